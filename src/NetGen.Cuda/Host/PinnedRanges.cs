using System.Collections.Immutable;

namespace NetGen.Cuda.Host;

/// <summary>The page-locked memory that users have: a span that lies there needs no staging.</summary>
internal static class PinnedRanges
{
    private static ImmutableArray<(nint Start, nint End)> ranges = [];

    public static bool Contain(nint start, long bytes)
    {
        foreach (var (from, to) in ranges.AsSpan())
        {
            if (start >= from && start + bytes <= to)
            {
                return true;
            }
        }
        return false;
    }

    public static void Add(nint start, long bytes) => ImmutableInterlocked.Update(ref ranges, (all, range) => all.Add(range), (start, start + (nint)bytes));

    public static void Remove(nint start) => ImmutableInterlocked.Update(ref ranges, (all, at) => all.RemoveAll(range => range.Start == at), start);
}
