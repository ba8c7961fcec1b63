namespace Comparison;

/// <summary>Height, width and channels of one sample; a vector is a pixel with many channels.</summary>
internal readonly record struct ImageShape(int Height, int Width, int Channels)
{
    public int Pixels => Height * Width;

    public int Length => Pixels * Channels;
}

/// <summary>A layer as the peers build it.</summary>
internal abstract record LayerSpec
{
    /// <summary>Operations of one sample's forward pass: two for each multiplication and addition of a product.</summary>
    public virtual long Flops => 0;

    /// <summary>The lengths of the layer's parameters, weight before bias.</summary>
    public virtual IReadOnlyList<int> ParameterLengths => [];
}

internal sealed record ConvolutionSpec(ImageShape Input, ImageShape Output, int Kernel, int Padding) : LayerSpec
{
    public override long Flops => 2L * Output.Length * Kernel * Kernel * Input.Channels;

    public override IReadOnlyList<int> ParameterLengths => [Kernel * Kernel * Input.Channels * Output.Channels, Output.Channels];
}

internal sealed record DenseSpec(ImageShape Input, int Outputs, bool Bias) : LayerSpec
{
    public override long Flops => 2L * Input.Length * Outputs;

    public override IReadOnlyList<int> ParameterLengths => Bias ? [Input.Length * Outputs, Outputs] : [Input.Length * Outputs];
}

/// <summary>A recurrent layer over the rows of its input, of which the last state goes on.</summary>
internal sealed record RecurrentSpec(ImageShape Input, int Units, bool IsGru) : LayerSpec
{
    public int Gates => (IsGru ? 3 : 4) * Units;

    public override long Flops => 2L * Input.Pixels * (Input.Channels + Units) * Gates;

    public override IReadOnlyList<int> ParameterLengths => [Input.Channels * Gates, Units * Gates, Gates, Gates];
}

internal sealed record ReluSpec : LayerSpec;

internal sealed record MaxPoolSpec(int Size) : LayerSpec;

internal sealed record FlattenSpec : LayerSpec;

internal sealed record DropoutSpec(double Probability) : LayerSpec;
