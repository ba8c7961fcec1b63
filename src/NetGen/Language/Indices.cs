namespace NetGen;

/// <summary>
/// Whole numbers of a sample that name rows of a table: words, users, items, actions. A [Shape] says how many, <c>[Shape(8)] Indices
/// tokens</c>; without one there is one
/// for each sample. The generated method takes them as <c>ReadOnlySpan&lt;int&gt;</c> and refuses those that are out of range.
/// </summary>
public class Indices
{
    private protected Indices()
    {
    }

    /// <summary>
    /// What a layer takes that reads indices (<see cref="Layers.Embedding"/>). What computes with numbers does not take them: an error at
    /// the argument.
    /// </summary>
    public static implicit operator Tensor(Indices indices) => throw NotExecuted.Error("Indices as a tensor");
}
