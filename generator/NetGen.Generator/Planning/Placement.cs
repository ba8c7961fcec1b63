using NetGen.Generator.Common;

namespace NetGen.Generator.Planning;

/// <summary>A value that needs memory from one phase to another, both included.</summary>
internal sealed record Life(int Value, long Size, int From, int To);

/// <summary>
/// Places for values in one block of memory: those that are alive at once do not overlap. The best plan is NP-hard to find; greedy by
/// size (Pisarchyk and Lee 2020), the largest value first and each into the lowest gap that is free for its whole life, is close. Where it
/// needs more than what is alive at once at the worst moment, other orders are tried (longest life first, earliest first), and in each the value
/// that stands out at the top comes earlier, for some rounds.
/// </summary>
internal sealed class Placement
{
    private const int MostRounds = 32;

    /// <summary>A round compares each value with those before it. With more values than some hundred there are fewer rounds, which take together as long.</summary>
    private const long MostComparisons = 32L * 512 * 512;

    private readonly Dictionary<int, long> offsets = [];

    private Placement(IEnumerable<Life> order, CancellationToken cancellation)
    {
        // In the order of their offsets.
        var placed = new List<(long Offset, Life Life)>();
        foreach (var life in order.Until(cancellation))
        {
            long offset = 0;
            var position = 0;
            for (; position < placed.Count && placed[position].Offset < offset + life.Size; position++)
            {
                var (start, other) = placed[position];
                var apart = other.To < life.From || life.To < other.From;
                if (!apart && offset < start + other.Size)
                    offset = start + other.Size;
            }
            while (position > 0 && placed[position - 1].Offset > offset)
                position--;
            placed.Insert(position, (offset, life));
            offsets.Add(life.Value, offset);
            if (offset + life.Size > Total)
                (Total, Highest) = (offset + life.Size, life);
        }
    }

    /// <summary>The memory that the plan takes.</summary>
    public long Total { get; }

    /// <summary>What is alive at once at most: no plan takes less.</summary>
    public long Bound { get; private set; }

    public long this[int value] => offsets[value];

    private Life? Highest { get; }

    public static Placement Of(IEnumerable<Life> lives, CancellationToken cancellation = default)
    {
        var bySize = lives.OrderByDescending(l => l.Size).ThenBy(l => l.Value).ToArray();
        var bound = MostAliveAtOnce(bySize);
        var best = new Placement(bySize, cancellation);
        var rounds = Math.Min(MostRounds, Math.Max(1, MostComparisons / Math.Max(1, (long)bySize.Length * bySize.Length)));
        foreach (var first in new[] { bySize, bySize.OrderByDescending(l => l.To - l.From).ToArray(), bySize.OrderBy(l => l.From).ToArray() })
        {
            var order = first.ToList();
            for (var round = 0; round < rounds && best.Total > bound; round++)
            {
                var plan = new Placement(order, cancellation);
                if (plan.Total < best.Total)
                    best = plan;
                var place = order.IndexOf(plan.Highest!);
                order.RemoveAt(place);
                order.Insert(place / 2, plan.Highest!);
            }
        }
        best.Bound = bound;
        return best;
    }

    private static long MostAliveAtOnce(IReadOnlyList<Life> lives)
    {
        // By how much what is alive grows from one phase to the next.
        var growth = new long[lives.Select(l => l.To).DefaultIfEmpty(0).Max() + 2];
        foreach (var life in lives)
        {
            growth[life.From] += life.Size;
            growth[life.To + 1] -= life.Size;
        }
        var (alive, most) = (0L, 0L);
        foreach (var change in growth)
            most = Math.Max(most, alive += change);
        return most;
    }
}
