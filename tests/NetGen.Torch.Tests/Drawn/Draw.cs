using System.Globalization;

namespace AgainstTorch.Drawn;

/// <summary>Settings by chance, the same for a seed on every machine.</summary>
internal sealed class Draw(int seed)
{
    private readonly Random random = new(seed);

    public int Batch { get; } = 1 + (seed % 4);

    /// <summary>From least to most, both included.</summary>
    public int Whole(int least, int most) => random.Next(least, most + 1);

    public bool Flag() => random.Next(2) == 0;

    /// <summary>A number with two decimals, which is the same in C# and here.</summary>
    public double Number(double least, double most) => Math.Round(least + ((most - least) * random.NextDouble()), 2);

    public T Of<T>(params T[] choices) => choices[random.Next(choices.Length)];

    public double[] Values(int count, double scale = 1) => [.. Enumerable.Range(0, count).Select(_ => scale * (0.1 + (0.9 * random.NextDouble())) * (random.Next(2) == 0 ? 1 : -1))];

    /// <summary>As C# has it.</summary>
    public static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture) + "f";

    public static string Text(bool flag) => flag ? "true" : "false";
}
