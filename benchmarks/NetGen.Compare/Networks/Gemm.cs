using NetGen;
using static NetGen.Layers;

/// <summary>A batch of 256 through this is the product of two square matrices.</summary>
[Network]
internal sealed partial class Gemm256
{
    private readonly Layer layer = Dense(256, bias: false);

    public Tensor Forward([Shape(256)] Tensor x) => layer(x);
}

/// <summary>512 × 512.</summary>
[Network]
internal sealed partial class Gemm512
{
    private readonly Layer layer = Dense(512, bias: false);

    public Tensor Forward([Shape(512)] Tensor x) => layer(x);
}

/// <summary>1024 × 1024.</summary>
[Network]
internal sealed partial class Gemm1024
{
    private readonly Layer layer = Dense(1024, bias: false);

    public Tensor Forward([Shape(1024)] Tensor x) => layer(x);
}

/// <summary>2048 × 2048.</summary>
[Network]
internal sealed partial class Gemm2048
{
    private readonly Layer layer = Dense(2048, bias: false);

    public Tensor Forward([Shape(2048)] Tensor x) => layer(x);
}
