using NetGen.Generator.Common;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Lowering;

/// <summary>
/// A call of a generic method of NetGen.Runtime, for operations whose loops gain nothing from being written out: rows of softmax,
/// windows of pooling, copies. The call is <c>Function&lt;V&gt;(ref operands…, ref results…, constants…, batch, worker, workers)</c>.
/// </summary>
internal sealed record RuntimeCallBody(string Function, EquatableArray<int> Constants) : KernelBody, ILoopBody
{
    /// <summary>The pairs of an operand and a result of which the kernel allows that they are the same memory.</summary>
    public EquatableArray<InPlacePair> InPlace { get; init; }

    /// <summary>The constants are arguments of this struct's constructor, by these names; null: of the function itself.</summary>
    public string? Struct { get; init; }

    /// <summary>Of the struct's arguments, in the order of the constants.</summary>
    public EquatableArray<string> Names { get; init; }

    /// <summary>In front of the constants the function takes the key of a stream of random numbers, if any.</summary>
    public bool TakesKey { get; init; }

    /// <summary>The stream; null: it draws none.</summary>
    public uint? Stream { get; init; }

    /// <summary>Of its operand it reads no more than the result has, whatever the operand's size.</summary>
    public bool ReadsRows { get; init; }

    /// <summary>What a GPU computes instead, where the function is a processor's alone.</summary>
    public ContractionBody? DeviceLoops { get; init; }

    ContractionBody? ILoopBody.Loops => DeviceLoops;
}

/// <summary>
/// The optimizer's step on a table, whose gradients are sums of rows of the first operand, by the order of the indices that is the second:
/// <c>IndexKernels.UpdateRows&lt;V, TOptimizer&gt;(ref operands…, ref weight, ref slot0, ref slot1, in optimizer, constants…, batch,
/// worker, workers)</c>.
/// </summary>
internal sealed record RowUpdateBody(string Parameter, EquatableArray<int> Constants) : KernelBody;

/// <summary>
/// Positions among the operands and results of a kernel that reads an element of the operand for the last time before it, or any other
/// worker, writes the element at the same place of the result.
/// </summary>
internal sealed record InPlacePair(int Operand, int Result);
