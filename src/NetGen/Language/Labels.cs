namespace NetGen;

/// <summary>
/// Class numbers (0, 1, …), in the source text of a network: one for each sample, or with a [Shape] one at each of its positions. They are
/// indices of classes. The
/// generated method takes them as <c>ReadOnlySpan&lt;int&gt;</c>.
/// </summary>
public sealed class Labels : Indices
{
    private Labels()
    {
    }
}
