using static System.FormattableString;

namespace NetGen;

/// <summary>
/// Ways to split data into rows to train on and rows to test on. The same seed and data give the same rows on every machine.
/// </summary>
/// <remarks>
/// Classes, groups and times have one value for each row. Parts whose rows are drawn at random are in random order; those by time are in
/// the order of time.
/// </remarks>
/// <example>
/// <code>
/// var (train, test) = Splits.Stratified(labels, testFraction: 0.2, seed: 1).Of(data);
/// IReadOnlyList&lt;Split> folds = Splits.KFold(train.Count, folds: 5, seed: 1);
/// </code>
/// </example>
public static partial class Splits
{
    /// <summary>Rows at random.</summary>
    /// <param name="count">The number of rows.</param>
    /// <param name="testFraction">The share of the rows for testing, in (0, 1); their number is rounded to the nearest.</param>
    /// <param name="seed">The order of the rows.</param>
    /// <exception cref="ArgumentException">A part would have no row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not in (0, 1).</exception>
    public static Split Holdout(int count, double testFraction, ulong seed)
    {
        int test = TestRows(count, testFraction);
        int[] rows = Shuffled(count, seed);
        return new(count, rows.AsSpan(test), rows.AsSpan(0, test));
    }

    /// <summary>Rows at random, each class with its share: the number of its rows in the test differs from that by less than one.</summary>
    /// <param name="classes">The class of each row.</param>
    /// <param name="testFraction">The share of the rows for testing, in (0, 1); their number is rounded to the nearest.</param>
    /// <param name="seed">The order of the rows.</param>
    /// <exception cref="ArgumentException">A part would have no row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not in (0, 1).</exception>
    public static Split Stratified(ReadOnlySpan<int> classes, double testFraction, ulong seed)
    {
        int count = classes.Length;
        int test = TestRows(count, testFraction);
        int[] order = Shuffled(count, seed);
        int[][] members = Members(classes, order);

        // Largest remainders: each class gets the whole part of its share, and those with the largest rest one more, until the number is
        // right.
        int[] taken = Array.ConvertAll(members, rows => (int)((long)rows.Length * test / count));
        long[] rest = Array.ConvertAll(members, rows => (long)rows.Length * test % count);
        int[] byRest = [.. Enumerable.Range(0, members.Length).OrderByDescending(c => rest[c])];
        for (int i = 0, missing = test - taken.Sum(); i < missing; i++)
            taken[byRest[i]]++;

        bool[] isTest = new bool[count];
        for (int c = 0; c < members.Length; c++)
        {
            foreach (int row in members[c].AsSpan(0, taken[c]))
                isTest[row] = true;
        }

        return Parts(order, isTest);
    }

    /// <summary>Whole groups at random: no group (a patient, a user) has rows in both parts.</summary>
    /// <param name="groups">The group of each row.</param>
    /// <param name="testFraction">The share of the rows for testing, in (0, 1); groups are taken as long as that comes nearer to
    /// it.</param>
    /// <param name="seed">The order of groups and rows.</param>
    /// <exception cref="ArgumentException">There are fewer than two groups.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not in (0, 1).</exception>
    public static Split Grouped(ReadOnlySpan<int> groups, double testFraction, ulong seed)
    {
        int wanted = TestRows(groups.Length, testFraction);
        int[] order = Shuffled(groups.Length, seed);
        int[][] members = Members(groups, order);
        if (members.Length < 2)
            throw new ArgumentException(Invariant($"The rows have {members.Length} group; two parts need two of them at least."), nameof(groups));

        // In an order of their own: by their first row, large groups would be tested more often than small ones.
        Array.Sort(Shuffled(members.Length, seed, round: 1), members);
        int have = 0;
        bool[] isTest = new bool[groups.Length];
        foreach (int[] rows in members)
        {
            int then = have + rows.Length;
            if (then < groups.Length && Math.Abs(then - wanted) < Math.Abs(have - wanted))
                Take(rows);
        }

        // Each is more than twice as large as wanted.
        if (have == 0)
            Take(members.MinBy(rows => rows.Length)!);
        return Parts(order, isTest);

        void Take(int[] rows)
        {
            have += rows.Length;
            foreach (int row in rows)
                isTest[row] = true;
        }
    }

    /// <summary>The latest rows for testing. Rows of one time are never parted: all tested ones are later than all trained ones.</summary>
    /// <param name="times">The time of each row, in any unit.</param>
    /// <param name="testFraction">The share of the rows for testing, in (0, 1); their number is rounded to the nearest that parts no
    /// time.</param>
    /// <exception cref="ArgumentException">A part would have no row, since all rows have the same time.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not in (0, 1).</exception>
    public static Split ByTime<T>(ReadOnlySpan<T> times, double testFraction)
        where T : IComparable<T>
    {
        int test = TestRows(times.Length, testFraction);
        (int[] order, T[] sorted) = InOrder(times);
        int cut = Border(sorted, times.Length - test);
        return new(times.Length, order.AsSpan(0, cut), order.AsSpan(cut));
    }

    private static int TestRows(int count, double testFraction)
    {
        if (!(testFraction > 0 && testFraction < 1))
            throw OutOfRange.Of(nameof(testFraction), testFraction, Invariant($"The fraction for testing is {testFraction}; expected a number in (0, 1)."));
        int test = (int)Math.Round(count * testFraction);
        return test > 0 && test < count
            ? test
            : throw new ArgumentException(Invariant($"{testFraction} of {count} rows are {test}: a part would have none."), nameof(testFraction));
    }

    private static int[] Shuffled(int count, ulong seed, long round = 0)
    {
        int[] rows = new int[count];
        Rows.Shuffle(rows, seed, round);
        return rows;
    }

    /// <summary>The rows of each value, in a given order; values in the order of their first row.</summary>
    private static int[][] Members(ReadOnlySpan<int> values, int[] order)
    {
        Dictionary<int, List<int>> members = [];
        List<List<int>> found = [];
        foreach (int row in order)
        {
            if (!members.TryGetValue(values[row], out List<int>? rows))
            {
                members.Add(values[row], rows = []);
                found.Add(rows);
            }

            rows.Add(row);
        }

        return [.. found.Select(rows => rows.ToArray())];
    }

    /// <summary>The two parts in a given order.</summary>
    private static Split Parts(int[] order, bool[] isTest) =>
        new(order.Length, Array.FindAll(order, row => !isTest[row]), Array.FindAll(order, row => isTest[row]));

    /// <summary>The rows in the order of time, those of one time as they stand; and their times.</summary>
    private static (int[] Order, T[] Sorted) InOrder<T>(ReadOnlySpan<T> times)
        where T : IComparable<T>
    {
        T[] values = times.ToArray();
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(row => values[row])];
        return (order, Array.ConvertAll(order, row => values[row]));
    }

    /// <summary>The place nearest to the wanted one where a new time begins.</summary>
    private static int Border<T>(T[] sorted, int wanted)
        where T : IComparable<T>
    {
        for (int away = 0; away < sorted.Length; away++)
        {
            foreach (int place in new[] { wanted - away, wanted + away })
            {
                if (place > 0 && place < sorted.Length && sorted[place - 1].CompareTo(sorted[place]) < 0)
                    return place;
            }
        }

        throw new ArgumentException("All rows have the same time; they cannot be split by it.", "times");
    }
}
