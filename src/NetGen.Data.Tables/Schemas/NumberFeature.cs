using static System.FormattableString;

namespace NetGen.Data;

/// <summary>
/// A feature of one number. Its steps are done in the order in which they are written; each learns from what the steps before it gave of
/// the training rows.
/// </summary>
/// <example><code>Feature income = Feature.Number("income").FillMedian().Log1p().Standardize();</code></example>
public sealed class NumberFeature : Feature
{
    private readonly DatePart? part;
    private readonly Func<Sample, NumberStep>[] steps;
    private readonly bool hasIndicator;

    internal NumberFeature(string column, DatePart? part = null)
        : this(column, part, [], hasIndicator: false)
    {
    }

    private NumberFeature(string column, DatePart? part, Func<Sample, NumberStep>[] steps, bool hasIndicator)
        : base(column)
    {
        this.part = part;
        this.steps = steps;
        this.hasIndicator = hasIndicator;
    }

    /// <summary>Takes a given number where there is none.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is not finite.</exception>
    public NumberFeature Fill(double value)
    {
        CheckFinite(value, nameof(value));
        return Then(_ => new FillStep(value));
    }

    /// <summary>Takes the mean where there is none.</summary>
    public NumberFeature FillMean() => Then(sample => new FillStep(sample.Mean));

    /// <summary>Takes the median where there is none.</summary>
    public NumberFeature FillMedian() => Then(sample => new FillStep(sample.Quantile(0.5)));

    /// <summary>Takes the most frequent number where there is none; of several the least.</summary>
    public NumberFeature FillMostFrequent() => Then(sample => new FillStep(sample.MostFrequent()));

    /// <summary>
    /// Adds a second number: 1 where the column's is missing, 0 elsewhere. What the first one is there a filling step says.
    /// </summary>
    public NumberFeature WithMissingIndicator() => new(Column, part, steps, hasIndicator: true);

    /// <summary>Brings what lies outside of a range to its border.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A border is not finite, or the range is empty.</exception>
    public NumberFeature Clip(double low, double high)
    {
        CheckFinite(low, nameof(low));
        CheckFinite(high, nameof(high));
        OutOfRange.ThrowIfLess(high, low);
        return Then(_ => new ClipStep(low, high));
    }

    /// <summary>Brings what lies outside of two quantiles to them: <c>ClipQuantiles(0.01, 0.99)</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A share is not in [0, 1], or the range is empty.</exception>
    public NumberFeature ClipQuantiles(double low, double high)
    {
        CheckShares(low, high);
        return Then(sample => new ClipStep(sample.Quantile(low), sample.Quantile(high)));
    }

    /// <summary>The natural logarithm. A number that is not above 0 is an error.</summary>
    public NumberFeature Log() => Then(_ => new LogStep(0));

    /// <summary>The natural logarithm of 1 more: for amounts from 0 on. A number that is not above −1 is an error.</summary>
    public NumberFeature Log1p() => Then(_ => new LogStep(1));

    /// <summary>
    /// Brings the mean to 0 and the standard deviation (of a population) to 1: (x − mean) / deviation, as scikit-learn's StandardScaler.
    /// Where all numbers are the same the deviation counts as 1.
    /// </summary>
    public NumberFeature Standardize() => Then(sample => new ScaleStep(sample.Mean, OneIfConstant(sample, sample.StandardDeviation)));

    /// <summary>
    /// Brings the least number to <paramref name="low"/> and the largest to <paramref name="high"/>; later ones may lie outside.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A border is not finite, or the range is empty.</exception>
    public NumberFeature MinMax(double low = 0, double high = 1)
    {
        CheckFinite(low, nameof(low));
        CheckFinite(high, nameof(high));
        if (high <= low)
            throw OutOfRange.Of(nameof(high), high, FormattableString.Invariant($"The range is from {low} to {high}; expected one that is not empty."));
        return Then(sample => new RangeStep(sample.Minimum, OneIfConstant(sample, sample.Maximum - sample.Minimum), low, high));
    }

    /// <summary>
    /// Brings the median to 0 and the distance of two quantiles to 1, which a few far outliers do not change: scikit-learn's RobustScaler.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A share is not in [0, 1], or the range is empty.</exception>
    public NumberFeature Robust(double low = 0.25, double high = 0.75)
    {
        CheckShares(low, high);
        return Then(sample =>
        {
            double distance = sample.Quantile(high) - sample.Quantile(low);
            return new ScaleStep(sample.Quantile(0.5), distance == 0 ? 1 : distance);
        });
    }

    internal override FittedFeature Fit(Table train)
    {
        TableColumn column = train[Column];
        double[] values = FittedNumber.Source(column, part);
        List<NumberStep> fitted = [];
        foreach (Func<Sample, NumberStep> step in steps)
        {
            if (Array.TrueForAll(values, double.IsNaN))
                throw new InvalidDataException($"'{Column}' has no value in the rows for training: there is nothing to learn from.");
            NumberStep next = step(new Sample(values));
            int row = 0;
            try
            {
                for (; row < values.Length; row++)
                    values[row] = next.Apply(values[row]);
            }
            catch (CellException exception)
            {
                throw exception.At(train.Place(row), Column);
            }

            fitted.Add(next);
        }

        int missing = Array.FindIndex(values, double.IsNaN);
        return missing < 0
            ? new FittedNumber(Column, part, [.. fitted], hasIndicator)
            : throw new InvalidDataException(
                Invariant($"{train.Place(missing)}: '{Column}' is missing, as in {values.Count(double.IsNaN)} of {values.Length} rows for training. ")
                + "Say what stands for it (FillMedian(), Fill(0), …), or drop the rows (Table.DropMissing).");
    }

    private NumberFeature Then(Func<Sample, NumberStep> step) => new(Column, part, [.. steps, step], hasIndicator);

    private static double OneIfConstant(Sample sample, double scale) => sample.IsConstant ? 1 : scale;

    private static void CheckFinite(double value, string name)
    {
        if (!double.IsFinite(value))
            throw OutOfRange.Of(name, value, Invariant($"{name} is {value}; expected a finite number."));
    }

    private static void CheckShares(double low, double high)
    {
        if (!(low >= 0 && low < high && high <= 1))
            throw new ArgumentOutOfRangeException(nameof(low), Invariant($"The quantiles {low} and {high} are no range within 0 and 1."));
    }
}
