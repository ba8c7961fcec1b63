namespace Gpu;

/// <param name="LargestError">Of the results that were compared.</param>
/// <param name="Bound">The largest that was allowed.</param>
/// <param name="Holds">Whether each error was within its bound.</param>
internal sealed record Agreement(double LargestError, double Bound, bool Holds)
{
    /// <summary>Of several the one that is nearest to its bound or furthest behind it; it holds if all do.</summary>
    public static Agreement Worst(IReadOnlyCollection<Agreement> agreements) =>
        agreements.MaxBy(agreement => agreement switch
        {
            // An error that is no number.
            { Holds: false, LargestError: double.NaN } => double.PositiveInfinity,
            { LargestError: 0 } => 0,
            _ => agreement.LargestError / agreement.Bound,
        })! with
        { Holds = agreements.All(agreement => agreement.Holds) };
}
