using static System.FormattableString;

namespace NetGen.Metrics;

/// <summary>Predictions and truth of samples, to be measured over some of them.</summary>
internal readonly ref struct Samples<TPredicted, TActual>
{
    private readonly ReadOnlySpan<TPredicted> predicted;
    private readonly ReadOnlySpan<TActual> actual;
    private readonly int predictedPerRow;
    private readonly int actualPerRow;

    internal Samples(ReadOnlySpan<TPredicted> predicted, ReadOnlySpan<TActual> actual, int count)
    {
        Check.SomeRows(count, nameof(actual));
        if (predicted.IsEmpty || predicted.Length % count != 0)
            throw new ArgumentException(Invariant($"There are {predicted.Length} predictions for {count} samples; expected as many for each."), nameof(predicted));
        if (actual.IsEmpty || actual.Length % count != 0)
            throw new ArgumentException(Invariant($"There are {actual.Length} true values for {count} samples; expected as many for each."), nameof(actual));
        this.predicted = predicted;
        this.actual = actual;
        (predictedPerRow, actualPerRow) = (predicted.Length / count, actual.Length / count);
    }

    internal double Of(ReadOnlySpan<int> rows, Measure<TPredicted, TActual> measure)
    {
        TPredicted[] p = new TPredicted[rows.Length * predictedPerRow];
        TActual[] a = new TActual[rows.Length * actualPerRow];
        for (int i = 0; i < rows.Length; i++)
        {
            predicted.Slice(rows[i] * predictedPerRow, predictedPerRow).CopyTo(p.AsSpan(i * predictedPerRow));
            actual.Slice(rows[i] * actualPerRow, actualPerRow).CopyTo(a.AsSpan(i * actualPerRow));
        }

        return measure(p, a);
    }
}
