namespace Gpu;

/// <summary>A report that is written whenever something is added to it, so that what was measured is kept, whatever happens next.</summary>
internal sealed class Journal(string file, Report empty)
{
    private readonly List<Row> rows = [];
    private readonly SortedDictionary<string, Agreement> agreements = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Fact> facts = [];
    private readonly Dictionary<string, string> missing = [];

    /// <summary>Whether everything agreed and nothing failed.</summary>
    public bool IsGood => missing.Count == 0 && !Wrong.Any();

    public Report Report => empty with { Rows = [.. rows], Agreements = agreements, Facts = facts, Missing = missing };

    /// <summary>The checks that failed.</summary>
    public IEnumerable<string> Wrong => agreements.Where(pair => !pair.Value.Holds).Select(pair => pair.Key);

    public void Add(Entry entry)
    {
        if (entry.Row is { } row)
        {
            rows.Add(row);
        }
        if (entry.Agreement is { } agreement)
        {
            agreements[entry.Name] = agreement;
        }
        if (entry.Fact is { } fact)
        {
            facts[entry.Name] = fact;
        }
        if (entry.Missing is { } why)
        {
            missing[entry.Name] = why;
        }
        Write();
    }

    /// <summary>In one move: a reader finds the old report or the new one.</summary>
    public void Write()
    {
        var beside = file + ".new";
        File.WriteAllText(beside, Report.ToJson());
        File.Move(beside, file, overwrite: true);
    }
}
