using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Dense;

/// <summary>
/// One of several equal parts of the sum of a product: y[b, n] = Σ_k x[b, k] · w[k, n] over the Part-th of Parts runs of k. All parts
/// over the same operands are one kernel.
/// </summary>
internal sealed record MatMulPart(int Part, int Parts) : Operation, IMergeableOperation
{
    public override string Title => $"MatMul[{Part + 1}/{Parts}]";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => inputs[0].WithDims([inputs[1].Dims[1]]);

    public override void Evaluate(ReferenceCall call)
    {
        var (x, w) = (call.Input(0), call.Input(1));
        var (inner, columns) = (call.InputType(1).Dims[0], call.InputType(1).Dims[1]);
        for (var b = 0; b < call.Batch; b++)
        {
            for (var k = inner / Parts * Part; k < inner / Parts * (Part + 1); k++)
            {
                for (var n = 0; n < columns; n++)
                    call.Result[(b * columns) + n] += x[(b * inner) + k] * w[(k * columns) + n];
            }
        }
    }

    public override KernelBody Lower(LoweringContext context)
    {
        var (inner, columns) = (context.Inputs[1].Dims[0], context.Inputs[1].Dims[1]);
        return Loops(inner, columns) with { StartA = inner / Parts * Part, StartB = inner / Parts * Part * columns };
    }

    public MergedKernel? Merge(IReadOnlyList<Operation> siblings, IReadOnlyList<TensorType> operands)
    {
        if (siblings.Count != Parts || siblings.Any(s => s is not MatMulPart))
            return null;
        var (inner, columns) = (operands[1].Dims[0], operands[1].Dims[1]);
        var parts = new Loop("part", Parts, inner / Parts, inner / Parts * columns, 0);
        return new MergedKernel(
            Loops(inner, columns) with { Outer = EquatableArray.Create(parts), HasResultPerPart = true },
            Enumerable.Range(0, Parts).Select(part => siblings.ToList().FindIndex(s => ((MatMulPart)s).Part == part)).ToArray());
    }

    private ContractionBody Loops(int inner, int columns) => new(
        Outer: default,
        Rows: EquatableArray.Create(new Loop("b", null, inner, 0, columns)),
        Columns: columns,
        Reduce: EquatableArray.Create(new Loop("k", inner / Parts, 1, columns, 0)));
}
