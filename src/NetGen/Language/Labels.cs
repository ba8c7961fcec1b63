namespace NetGen;

/// <summary>
/// One class number per sample (0, 1, …), in the source text of a network. The generated method takes it as <c>ReadOnlySpan&lt;int&gt;</c>.
/// </summary>
public sealed class Labels
{
    private Labels()
    {
    }
}
