using NetGen.Generator.Common;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Lowering;

/// <summary>
/// One result element from the operands' elements at the same (broadcast) place; with a Stream also from that stream's random number of the
/// place.
/// </summary>
internal sealed record PointwiseBody(ElementFunction Function, float Alpha = 0f, uint? Stream = null) : KernelBody;

/// <summary>
/// The elements of a sample of the operand at Start + Σ iₖ·Strideₖ: read in place by the pointwise nodes and sums behind it, a copy for
/// others.
/// </summary>
internal sealed record ViewBody(int Start, EquatableArray<int> Strides) : KernelBody;

/// <summary>
/// The sum over some axes of a sample, and over the batch where OverBatch, times Scale (a mean is a sum with 1/n); or another fold of them.
/// </summary>
internal sealed record ReductionBody(EquatableArray<int> Axes, bool OverBatch, float Scale) : KernelBody
{
    public Fold Fold { get; init; } = Fold.Sum;
}

/// <summary>What elements are folded by: an associative operation with a neutral element. In texts V is the vector type.</summary>
/// <param name="Name">What locals that hold it are called.</param>
/// <param name="Neutral">C# of the neutral element.</param>
/// <param name="Add">C# of the fold of {0} and {1}.</param>
/// <param name="Lanes">The C# function that folds the lanes of a vector.</param>
/// <param name="Block">The C# function that folds what the threads of a CUDA block have.</param>
internal sealed record Fold(string Name, string Neutral, string Add, string Lanes, string Block)
{
    public static Fold Sum { get; } = new("sum", "V.Zero", "{0} + {1}", "V.Sum", "BlockSum.Of");

    /// <summary>NaN where one is NaN.</summary>
    public static Fold Max { get; } = new("largest", "V.Broadcast(float.NegativeInfinity)", "V.Max({0}, {1})", "V.Maximum", "BlockSum.Largest");

    public static Fold Product { get; } = new("product", "V.Broadcast(1f)", "{0} * {1}", "VectorMath.Product", "BlockSum.Product");

    /// <summary>C# of the neutral element as a vector of a type.</summary>
    public string NeutralOf(string vector) => Neutral.Replace("V.", vector + ".");

    /// <summary>C# of the fold of two vectors of a type.</summary>
    public string Of(string vector, string left, string right) => Add.Replace("V.", vector + ".").Replace("{0}", left).Replace("{1}", right);

    /// <summary>C# statement that folds one more into a local.</summary>
    public string Into(string vector, string local, string value) => this == Sum ? $"{local} += {value};" : $"{local} = {Of(vector, local, value)};";
}

/// <summary>The optimizer's step on a weight, element by element, with the gradient as operand.</summary>
internal sealed record UpdateBody(string Parameter) : KernelBody;
