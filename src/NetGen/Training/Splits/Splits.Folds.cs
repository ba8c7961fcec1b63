using static System.FormattableString;

namespace NetGen;

public static partial class Splits
{
    /// <summary>Each row is tested once and trained on in all other folds; the folds differ by at most one row in size.</summary>
    /// <param name="count">The number of rows.</param>
    /// <param name="folds">The number of folds, 2 to <paramref name="count"/>.</param>
    /// <param name="seed">The order of the rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two folds, or more folds than rows.</exception>
    public static IReadOnlyList<Split> KFold(int count, int folds, ulong seed) => RepeatedKFold(count, folds, 1, seed);

    /// <summary><see cref="KFold"/> again and again, each time with other folds: <paramref name="folds"/> · <paramref name="repeats"/> splits.</summary>
    /// <inheritdoc cref="KFold"/>
    /// <param name="count">The number of rows.</param>
    /// <param name="folds">The number of folds, 2 to <paramref name="count"/>.</param>
    /// <param name="repeats">How often; the first time gives what <see cref="KFold"/> gives.</param>
    /// <param name="seed">The order of the rows.</param>
    public static IReadOnlyList<Split> RepeatedKFold(int count, int folds, int repeats, ulong seed) =>
        Repeated(count, folds, repeats, seed, static order => [.. order]);

    /// <summary><see cref="KFold"/> with class counts kept: how often a class is tested differs by at most one from fold to fold.</summary>
    /// <param name="classes">The class of each row.</param>
    /// <param name="folds">The number of folds, 2 to the number of rows.</param>
    /// <param name="seed">The order of the rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two folds, or more folds than rows.</exception>
    public static IReadOnlyList<Split> StratifiedKFold(ReadOnlySpan<int> classes, int folds, ulong seed) =>
        RepeatedStratifiedKFold(classes, folds, 1, seed);

    /// <summary><see cref="StratifiedKFold"/> again and again, each time with other folds.</summary>
    /// <inheritdoc cref="StratifiedKFold"/>
    /// <param name="classes">The class of each row.</param>
    /// <param name="folds">The number of folds, 2 to the number of rows.</param>
    /// <param name="repeats">How often; the first time gives what <see cref="StratifiedKFold"/> gives.</param>
    /// <param name="seed">The order of the rows.</param>
    public static IReadOnlyList<Split> RepeatedStratifiedKFold(ReadOnlySpan<int> classes, int folds, int repeats, ulong seed)
    {
        int[] values = classes.ToArray();
        // One class after the other is dealt out, each from where the last one stopped: sizes differ by at most one too.
        return Repeated(values.Length, folds, repeats, seed, order => [.. Members(values, order).SelectMany(rows => rows)]);
    }

    /// <summary>Folds of whole groups: the largest groups first, each to the fold that has the fewest rows.</summary>
    /// <param name="groups">The group of each row.</param>
    /// <param name="folds">The number of folds, 2 to the number of groups.</param>
    /// <param name="seed">The order of the rows, and of groups of one size.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two folds, or more folds than groups.</exception>
    public static IReadOnlyList<Split> GroupedKFold(ReadOnlySpan<int> groups, int folds, ulong seed)
    {
        int[] order = Shuffled(groups.Length, seed);
        int[][] members = [.. Members(groups, order).OrderByDescending(rows => rows.Length)];
        CheckFolds(folds, members.Length, "groups");
        int[] foldOf = new int[groups.Length];
        int[] sizes = new int[folds];
        foreach (int[] rows in members)
        {
            int smallest = Array.IndexOf(sizes, sizes.Min());
            sizes[smallest] += rows.Length;
            foreach (int row in rows)
                foldOf[row] = smallest;
        }

        return [.. Enumerable.Range(0, folds).Select(fold => Parts(order, Array.ConvertAll(foldOf, f => f == fold)))];
    }

    /// <summary>
    /// Folds that go forward in time: the rows in the order of time are cut into <paramref name="folds"/> + 1 runs, and each run but the first is tested by
    /// what was trained on all runs before it. Rows of one time are never parted.
    /// </summary>
    /// <param name="times">The time of each row, in any unit.</param>
    /// <param name="folds">The number of folds, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no fold, or there are not as many different times.</exception>
    public static IReadOnlyList<Split> TimeFolds<T>(ReadOnlySpan<T> times, int folds)
        where T : IComparable<T>
    {
        OutOfRange.ThrowIfLess(folds, 1);
        (int[] order, T[] sorted) = InOrder(times);
        int different = sorted.Length == 0 ? 0 : 1 + Enumerable.Range(1, sorted.Length - 1).Count(i => sorted[i - 1].CompareTo(sorted[i]) < 0);
        if (folds >= different)
            throw OutOfRange.Of(nameof(folds), folds, Invariant($"{folds} folds need more than {folds} different times; there are {different}."));
        int[] cuts = new int[folds + 1];
        cuts[folds] = sorted.Length;
        for (int fold = 0; fold < folds; fold++)
            cuts[fold] = Border(sorted, (int)((fold + 1L) * sorted.Length / (folds + 1)));
        Split[] splits = new Split[folds];
        for (int fold = 0; fold < folds; fold++)
        {
            if (cuts[fold] == cuts[fold + 1])
                throw OutOfRange.Of(nameof(folds), folds, Invariant($"Fold {fold} would have no row: too many rows have the same time. Take fewer folds."));
            splits[fold] = new(sorted.Length, order.AsSpan(0, cuts[fold]), order.AsSpan(cuts[fold], cuts[fold + 1] - cuts[fold]));
        }

        return splits;
    }

    private static Split[] Repeated(int count, int folds, int repeats, ulong seed, Func<int[], int[]> dealt)
    {
        CheckFolds(folds, count, "rows");
        OutOfRange.ThrowIfLess(repeats, 1);
        Split[] splits = new Split[folds * repeats];
        for (int repeat = 0; repeat < repeats; repeat++)
        {
            int[] order = Shuffled(count, seed, repeat);
            int[] foldOf = new int[count];
            int next = 0;
            foreach (int row in dealt(order))
            {
                foldOf[row] = next;
                next = next + 1 == folds ? 0 : next + 1;
            }

            for (int fold = 0; fold < folds; fold++)
                splits[repeat * folds + fold] = Parts(order, Array.ConvertAll(foldOf, f => f == fold));
        }

        return splits;
    }

    private static void CheckFolds(int folds, int most, string what)
    {
        if (folds < 2 || folds > most)
            throw OutOfRange.Of(nameof(folds), folds, Invariant($"There cannot be {folds} folds of {most} {what}; expected 2 to {most}."));
    }
}
