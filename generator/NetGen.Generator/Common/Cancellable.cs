namespace NetGen.Generator.Common;

/// <summary>An editor has no use for what the next keystroke changes, so no loop over all that a network is made of is longer than it can wait.</summary>
internal static class Cancellable
{
    /// <summary>The items, as long as nobody wants to stop.</summary>
    /// <exception cref="OperationCanceledException">Somebody does.</exception>
    public static IEnumerable<T> Until<T>(this IEnumerable<T> items, CancellationToken cancellation)
    {
        foreach (var item in items)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return item;
        }
    }
}
