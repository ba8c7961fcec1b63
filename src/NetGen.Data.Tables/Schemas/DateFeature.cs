namespace NetGen.Data;

/// <summary>A column of points in time, of which a part is to be taken.</summary>
/// <example>
/// <code>
/// Feature month = Feature.Date("sold").Cycle(DatePart.Month), year = Feature.Date("sold").Part(DatePart.Year);
/// </code>
/// </example>
public sealed class DateFeature
{
    private readonly string column;

    internal DateFeature(string column)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        this.column = column;
    }

    /// <summary>A part as a number, to be scaled as any other.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such part.</exception>
    public NumberFeature Part(DatePart part) => Enum.IsDefined(part)
        ? new(column, part)
        : throw OutOfRange.Of(nameof(part), part, "There is no such part of a point in time.");

    /// <summary>
    /// A part that comes round again, as the sine and cosine of its angle: December is as near to January as to November.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The part never comes back (the year, the days), or there is no such part.</exception>
    public Feature Cycle(DatePart part) => new CycleFeature(column, part);

    private sealed class CycleFeature : Feature
    {
        private readonly DatePart part;

        internal CycleFeature(string column, DatePart part)
            : base(column)
        {
            if (DateParts.Turn(DateTime.UnixEpoch, part) is null)
                throw OutOfRange.Of(nameof(part), part, $"{part} does not come round again; take it as a number: Part(DatePart.{part}).");
            this.part = part;
        }

        internal override FittedFeature Fit(Table train)
        {
            FittedCycle fitted = new(Column, part);
            fitted.CheckAll(train);
            return fitted;
        }
    }
}
