namespace NetGen;

/// <summary>
/// <see cref="Layers.Embedding"/> as the first layer of the attribute form: the stack's input are indices then. Initializers are for the
/// field form.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class EmbeddingAttribute(int count, int width) : LayerAttribute
{
    /// <summary>Rows of the table, at least 1.</summary>
    public int Count { get; } = count;

    /// <summary>Numbers of a row, at least 1.</summary>
    public int Width { get; } = width;

    /// <summary>The row that stands for nothing: it starts as zeros and no step changes it. −1: none.</summary>
    public int PaddingIndex { get; set; } = -1;
}
