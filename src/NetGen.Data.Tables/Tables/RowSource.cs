using static System.FormattableString;

namespace NetGen.Data;

/// <summary>
/// Where rows came from: each row that is read has a number of its own in this process, which it keeps in all tables that it gets into. So it is known of any
/// two tables whether they share a row, and in which line of which file a row stood.
/// </summary>
internal sealed class RowSource
{
    private static long next;

    private readonly int[] lines;

    /// <param name="name">The file, or what else there is to name.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="lines">The line of each row, counted from 1; empty where there are no lines.</param>
    internal RowSource(string name, int count, int[] lines)
    {
        Name = name;
        Count = count;
        this.lines = lines;
        First = Interlocked.Add(ref next, count) - count;
    }

    internal string Name { get; }

    /// <summary>The number of the first row; the others follow.</summary>
    internal long First { get; }

    internal int Count { get; }

    internal bool Has(long row) => row >= First && row < First + Count;

    /// <summary>For example <c>adult.csv(18)</c>, as compilers name a line, or <c>row 17 of people</c>.</summary>
    internal string Place(long row)
    {
        int index = (int)(row - First);
        return lines.Length > 0 ? Invariant($"{Name}({lines[index]})") : Invariant($"row {index} of {Name}");
    }
}
