using static System.FormattableString;

namespace NetGen;

/// <summary>One parameter of a network as the compiler planned it: its name, shape, place and first values.</summary>
public sealed partial class ParameterSpec
{
    private readonly int[] shape;
    private readonly int[] fileShape;
    private readonly FeatureBlock[] inputs;
    private readonly FeatureBlock[] outputs;

    /// <summary>Describes a parameter.</summary>
    /// <param name="name">The name in weight files, in PyTorch's style: <c>features.0.weight</c>.</param>
    /// <param name="shape">The shape in memory; empty for a single number.</param>
    /// <param name="offset">Where it starts in the network's weights, in floats; a multiple of <see cref="ParameterLayout.Alignment"/>.</param>
    /// <param name="initializer">The distribution of the first values.</param>
    /// <param name="fileLayout">How the axes map to those in a weight file.</param>
    /// <param name="inputs">For <see cref="FileLayout.Linear"/>: the order of the inputs; null: the same in memory and in the file.</param>
    /// <param name="outputs">
    /// For <see cref="FileLayout.Linear"/>: the order of the outputs; for a vector that is <see cref="FileLayout.AsIs"/>: the order of its values;
    /// null: the same in memory and in the file.
    /// </param>
    /// <param name="isOrderKnown">
    /// Whether this is PyTorch's order; false where the compiler cannot know it, and the file has the order of memory.
    /// </param>
    /// <param name="isState">Whether it is state that steps change and no optimizer does, as running statistics are.</param>
    /// <exception cref="ArgumentException">
    /// The name is empty, the shape has not the rank that <paramref name="fileLayout"/> needs, or <paramref name="inputs"/> or
    /// <paramref name="outputs"/> do not fit them.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A dimension or the offset is negative, the offset is not aligned, or the parameter has more than 2³¹-1 values.</exception>
    public ParameterSpec(
        string name, int[] shape, int offset, Initializer initializer, FileLayout fileLayout = FileLayout.AsIs,
        FeatureBlock[]? inputs = null, FeatureBlock[]? outputs = null, bool isOrderKnown = true, bool isState = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(shape);
        OutOfRange.ThrowIfLess(offset, 0);
        if (offset % ParameterLayout.Alignment != 0)
            throw OutOfRange.Of(nameof(offset), offset, Invariant($"The offset of '{name}' is {offset}; expected a multiple of {ParameterLayout.Alignment}."));
        Length = TensorShape.Length(shape, name);
        (int lowest, int highest) = fileLayout switch
        {
            FileLayout.AsIs => (0, int.MaxValue),
            FileLayout.Linear => (2, 2),
            FileLayout.Convolution => (3, int.MaxValue),
            FileLayout.ChannelsFirst => (2, int.MaxValue),
            FileLayout.Counter => (0, 0),
            _ => throw OutOfRange.Of(nameof(fileLayout), fileLayout, $"'{name}' has an unknown file layout."),
        };
        if (shape.Length < lowest || shape.Length > highest)
            throw new ArgumentException(Invariant($"'{name}' has the shape {TensorShape.Format(shape)}; the file layout {fileLayout} needs {(lowest == highest ? "" : "at least ")}{lowest} dimensions."), nameof(shape));
        CheckBlocks(inputs, fileLayout == FileLayout.Linear ? shape[0] : null, name, nameof(inputs));
        bool hasOutputs = fileLayout == FileLayout.Linear || (fileLayout == FileLayout.AsIs && shape.Length == 1);
        CheckBlocks(outputs, hasOutputs ? shape[^1] : null, name, nameof(outputs));

        Name = name;
        this.shape = [.. shape];
        Offset = offset;
        Initializer = initializer;
        FileLayout = fileLayout;
        IsOrderKnown = isOrderKnown;
        IsState = isState;
        this.inputs = [.. inputs ?? []];
        this.outputs = [.. outputs ?? []];
        fileShape = fileLayout switch
        {
            FileLayout.AsIs or FileLayout.Counter => this.shape,
            FileLayout.ChannelsFirst => [shape[^1], .. shape[..^1]],
            _ => [shape[^1], shape[^2], .. shape[..^2]],
        };
    }

    /// <summary>The name in weight files.</summary>
    public string Name { get; }

    /// <summary>The shape in memory.</summary>
    public ReadOnlySpan<int> Shape => shape;

    /// <summary>The shape in a weight file.</summary>
    public ReadOnlySpan<int> FileShape => fileShape;

    /// <summary>Where it starts in the network's weights, in floats.</summary>
    public int Offset { get; }

    /// <summary>The number of values.</summary>
    public int Length { get; }

    /// <summary>The distribution of the first values.</summary>
    public Initializer Initializer { get; }

    /// <summary>How the axes map to those in a weight file.</summary>
    public FileLayout FileLayout { get; }

    /// <summary>The order of a dense layer's inputs; empty: the same in memory and in the file.</summary>
    public ReadOnlySpan<FeatureBlock> Inputs => inputs;

    /// <summary>The order of a dense layer's outputs, or of a vector's values; empty: the same in memory and in the file.</summary>
    public ReadOnlySpan<FeatureBlock> Outputs => outputs;

    /// <summary>Whether a file has PyTorch's order; else it has that of memory, and its metadata say so.</summary>
    public bool IsOrderKnown { get; }

    /// <summary>Whether it is state that steps change and no optimizer does.</summary>
    public bool IsState { get; }

    /// <summary>The type of its values in a file, as the file calls it.</summary>
    internal string FileType => FileLayout == FileLayout.Counter ? "I64" : "F32";

    /// <summary>The bytes of one value in a file.</summary>
    internal int FileValueBytes => FileLayout == FileLayout.Counter ? sizeof(long) : sizeof(float);

    /// <summary>For example <c>classifier.1.weight [576, 64]</c>.</summary>
    public override string ToString() => $"{Name} {TensorShape.Format(shape)}";

    private static void CheckBlocks(FeatureBlock[]? blocks, int? length, string name, string argument)
    {
        if (blocks is null)
            return;
        if (length is null)
            throw new ArgumentException($"'{name}' has no axis of {argument}.", argument);
        long sum = 0;
        foreach (FeatureBlock block in blocks)
        {
            if (block.Positions < 1 || block.Channels < 1)
                throw new ArgumentException($"'{name}': {block} among its {argument} must have at least one position and one channel.", argument);
            sum += block.Length;
        }

        if (sum != length)
            throw new ArgumentException(Invariant($"'{name}' has {length} {argument}; the blocks have {sum}."), argument);
    }
}
