namespace NetGen.Generator.Tests.Harness;

/// <summary>
/// Some of many cases, always the same, where others are much like them and all would take minutes. NETGEN_ALL_CASES=1 in the environment
/// takes all.
/// </summary>
internal static class Sampled
{
    public static bool TakesAll => Environment.GetEnvironmentVariable("NETGEN_ALL_CASES") == "1";

    /// <summary>Of each kind the first, and one in so many after it.</summary>
    public static IEnumerable<T> OfEachKind<T>(IEnumerable<T> cases, Func<T, string> kind, int oneIn) =>
        TakesAll ? cases : cases.GroupBy(kind).SelectMany(alike => alike.Where((_, i) => i % oneIn == 0));

    /// <summary>Places in an array of that length: all, or the first of a shuffled order, for neighbours are alike.</summary>
    public static IEnumerable<int> Places(int length, int most)
    {
        var places = Enumerable.Range(0, length).ToArray();
        if (length <= most || TakesAll)
            return places;
        new Random(length).Shuffle(places);
        return places.Take(most);
    }
}
