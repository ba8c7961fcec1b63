using System.Text;
using NetGen;
using NetGen.Data;
using static System.FormattableString;

/// <summary>Who rated what, how.</summary>
/// <param name="Data">Columns <c>user</c> and <c>item</c>, numbered from 0, and <c>rating</c>.</param>
/// <param name="Titles">What the items are called.</param>
/// <param name="Noise">The standard deviation of what cannot be known, where the ratings are made: no test error can be less.</param>
internal sealed record Ratings(Dataset Data, string[] Titles, double? Noise)
{
    /// <summary>As many as MovieLens 100k has.</summary>
    public const int Users = 943, Items = 1682;

    /// <summary>MovieLens 100k (Harper and Konstan 2015), which <c>get-movielens.sh</c> brings.</summary>
    /// <exception cref="IOException">A file is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static Ratings MovieLens(string folder)
    {
        var options = new CsvOptions { Separator = '\t', HasHeader = false, Names = ["user", "item", "rating", "time"] };
        var table = Table.ReadCsv(Path.Combine(folder, "u.data"), options);
        var titles = File.ReadLines(Path.Combine(folder, "u.item"), Encoding.Latin1).Select(line => line.Split('|')[1]);
        var ratings = Array.ConvertAll(table["rating"].Numbers.ToArray(), rating => (float)rating);
        return Of(Numbered("user"), Numbered("item"), ratings, [.. titles], null);

        int[] Numbered(string name) => Array.ConvertAll(table[name].Numbers.ToArray(), number => (int)number - 1);
    }

    /// <summary>Ratings of users and items with vectors of three numbers, made by a seed, with noise that nothing explains.</summary>
    public static Ratings Generated(int count, ulong seed)
    {
        const double noise = 0.9;
        var random = new Random((int)seed);
        var (userVectors, itemVectors) = (Vectors(Users), Vectors(Items));
        var (users, items, ratings) = (new int[count], new int[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            var (user, item) = (userVectors[users[i] = random.Next(Users)], itemVectors[items[i] = random.Next(Items)]);
            var agreement = user.Skip(1).Zip(item.Skip(1), (a, b) => a * b).Sum();
            ratings[i] = (float)(3.5 + (0.4 * user[0]) + (0.5 * item[0]) + (0.3 * agreement) + (noise * Normal()));
        }

        return Of(users, items, ratings, [.. Enumerable.Range(1, Items).Select(item => Invariant($"item {item}"))], noise);

        double[][] Vectors(int rows) => [.. Enumerable.Range(0, rows).Select(_ => new[] { Normal(), Normal(), Normal(), Normal() })];
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    private static Ratings Of(int[] users, int[] items, float[] ratings, string[] titles, double? noise) =>
        new(new(new DataColumn("user", users), new DataColumn("item", items), new DataColumn("rating", ratings, 1)), titles, noise);
}
