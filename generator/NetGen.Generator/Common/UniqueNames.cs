using System.Globalization;

namespace NetGen.Generator.Common;

/// <summary>Names of one scope: a second one of a name gets a number. Takes the same time for the thousandth.</summary>
internal sealed class UniqueNames(IEnumerable<string> reserved)
{
    private readonly HashSet<string> taken = [.. reserved];
    private readonly Dictionary<string, int> numbers = [];

    public UniqueNames(params string[] reserved)
        : this(reserved.AsEnumerable())
    {
    }

    /// <summary>All that cannot be had any more.</summary>
    public IEnumerable<string> Taken => taken;

    public bool TryTake(string name) => taken.Add(name);

    /// <summary>The name, or the name with the first number from 2 on that is free: "y", "y2", "y3".</summary>
    /// <param name="name">What it should be called.</param>
    /// <param name="separator">Between the name and its number.</param>
    public string Take(string name, string separator = "")
    {
        if (taken.Add(name))
            return name;
        if (!numbers.TryGetValue(name, out var number))
            number = 2;
        string numbered;
        do
        {
            numbered = name + separator + number.ToString(CultureInfo.InvariantCulture);
            number++;
        }
        while (!taken.Add(numbered));
        numbers[name] = number;
        return numbered;
    }
}
