namespace NetGen;

/// <summary>One parameter of a network as the compiler planned it: its name, shape, place and first values.</summary>
public sealed class ParameterSpec
{
    private readonly int[] shape;
    private readonly int[] fileShape;

    /// <summary>Describes a parameter.</summary>
    /// <param name="name">The name in weight files, in PyTorch's style: <c>features.0.weight</c>.</param>
    /// <param name="shape">The shape in memory; empty for a single number.</param>
    /// <param name="offset">Where it starts in the network's weights, in floats; a multiple of <see cref="ParameterLayout.Alignment"/>.</param>
    /// <param name="initializer">The distribution of the first values.</param>
    /// <param name="fileLayout">How the axes map to those in a weight file.</param>
    /// <exception cref="ArgumentException">The name is empty, or the shape has not the rank that <paramref name="fileLayout"/> needs.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A dimension or the offset is negative, the offset is not aligned, or the parameter has more than 2³¹-1 values.</exception>
    public ParameterSpec(string name, int[] shape, int offset, Initializer initializer, FileLayout fileLayout = FileLayout.AsIs)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (offset % ParameterLayout.Alignment != 0)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"The offset of '{name}' is {offset}; expected a multiple of {ParameterLayout.Alignment}.");
        Length = TensorShape.Length(shape, name);
        (int lowest, int highest) = fileLayout switch
        {
            FileLayout.AsIs => (0, int.MaxValue),
            FileLayout.Linear => (2, 2),
            FileLayout.Convolution => (3, int.MaxValue),
            _ => throw new ArgumentOutOfRangeException(nameof(fileLayout), fileLayout, $"'{name}' has an unknown file layout."),
        };
        if (shape.Length < lowest || shape.Length > highest)
            throw new ArgumentException($"'{name}' has the shape {TensorShape.Format(shape)}; the file layout {fileLayout} needs {(lowest == highest ? "" : "at least ")}{lowest} dimensions.", nameof(shape));

        Name = name;
        this.shape = [.. shape];
        Offset = offset;
        Initializer = initializer;
        FileLayout = fileLayout;
        fileShape = fileLayout switch
        {
            FileLayout.AsIs => this.shape,
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

    /// <summary>For example <c>classifier.1.weight [576, 64]</c>.</summary>
    public override string ToString() => $"{Name} {TensorShape.Format(shape)}";

    /// <summary>Brings values from the order in memory to the order in a file.</summary>
    internal void ToFile(ReadOnlySpan<float> memory, Span<float> file)
    {
        // Both layouts see the memory as [leading, in, out] and the file as [out, in, leading].
        (int leading, int inputs, int outputs) = Axes();
        if (leading == 0)
        {
            memory.CopyTo(file);
            return;
        }

        for (int l = 0; l < leading; l++)
        {
            for (int i = 0; i < inputs; i++)
            {
                for (int o = 0; o < outputs; o++)
                    file[(o * inputs + i) * leading + l] = memory[(l * inputs + i) * outputs + o];
            }
        }
    }

    /// <summary>Brings values from the order in a file to the order in memory.</summary>
    internal void FromFile(ReadOnlySpan<float> file, Span<float> memory)
    {
        (int leading, int inputs, int outputs) = Axes();
        if (leading == 0)
        {
            file.CopyTo(memory);
            return;
        }

        for (int l = 0; l < leading; l++)
        {
            for (int i = 0; i < inputs; i++)
            {
                for (int o = 0; o < outputs; o++)
                    memory[(l * inputs + i) * outputs + o] = file[(o * inputs + i) * leading + l];
            }
        }
    }

    // leading 0: nothing to permute.
    private (int Leading, int Inputs, int Outputs) Axes()
    {
        if (FileLayout == FileLayout.AsIs || Length == 0)
            return (0, 0, 0);
        int outputs = shape[^1];
        int inputs = shape[^2];
        return (Length / outputs / inputs, inputs, outputs);
    }
}
