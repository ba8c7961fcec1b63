using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Shapes;
using NetGen.Generator.Operations.Views;

namespace NetGen.Generator.Operations.BatchMatMul;

/// <summary>
/// y[.., i, j] = Σ_l a[.., i, l] · b[.., l, j], a matrix product for each place of the axes before the last two, which broadcast, and for each sample.
/// TransposeA: the operand has a[.., l, i]. da = dy·bᵀ, db = aᵀ·dy.
/// </summary>
internal sealed record BatchMatMul(bool TransposeA = false) : Operation
{
    public override string Title => TransposeA ? "BatchMatMul[aᵀ]" : "BatchMatMul";

    private (int Rows, int Inner, int Columns) Sizes(TensorType a, TensorType b)
    {
        var (first, last) = (a.Dims[a.Rank - 2], a.Dims[a.Rank - 1]);
        return TransposeA ? (last, first, Rows.Length(b)) : (first, last, Rows.Length(b));
    }

    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        var (a, b) = (inputs[0], inputs[1]);
        var (rows, _, columns) = Sizes(a, b);
        var around = new Elementwise.Elementwise("Multiply").Infer([Around(a), Around(b)]);
        return around.WithDims(around.Dims.Concat([rows, columns]));
    }

    /// <summary>The axes before those of the matrix.</summary>
    public static TensorType Around(TensorType type) => type.WithDims(type.Dims.Take(type.Rank - 2));

    public override Value?[] Backward(BackwardContext context)
    {
        var (graph, a, b, dy) = (context.Graph, context.Inputs[0], context.Inputs[1], context.FullGradient);
        return TransposeA
            ? base.Backward(context)
            : [
                graph.SumTo(graph.Apply(new BatchMatMul(), dy, graph.SwapLast(b)), a.Type),
                graph.SumTo(graph.Apply(new BatchMatMul(TransposeA: true), a, dy), b.Type),
            ];
    }

    public override void Evaluate(ReferenceCall call)
    {
        var (a, b) = (call.InputType(0), call.InputType(1));
        var (rows, inner, columns) = Sizes(a, b);
        var around = Around(call.Type);
        for (var matrix = 0; matrix < call.Result.Length / (rows * columns); matrix++)
        {
            var (atA, atB) = (Indexing.BroadcastIndex(matrix, around, Around(a)) * rows * inner, Indexing.BroadcastIndex(matrix, around, Around(b)) * inner * columns);
            for (var i = 0; i < rows; i++)
            {
                for (var l = 0; l < inner; l++)
                {
                    for (var j = 0; j < columns; j++)
                    {
                        call.Result[(((matrix * rows) + i) * columns) + j] +=
                            call.Input(0)[atA + (TransposeA ? (l * rows) + i : (i * inner) + l)] * call.Input(1)[atB + (l * columns) + j];
                    }
                }
            }
        }
    }

    public override KernelBody Lower(LoweringContext context)
    {
        var (a, b) = (context.Inputs[0], context.Inputs[1]);
        var (rows, inner, columns) = Sizes(a, b);
        return new ContractionBody(
            Outer: Outer(a, b, context.Result).ToEquatableArray(),
            Rows: EquatableArray.Create(new Loop("i", rows, TransposeA ? 1 : inner, 0, columns)),
            Columns: columns,
            Reduce: EquatableArray.Create(new Loop("k", inner, TransposeA ? rows : 1, columns, 0)));
    }

    /// <summary>The loops over samples and over the axes before the matrices, outermost first; neighbours that both operands walk through as one are one.</summary>
    private static List<Loop> Outer(TensorType a, TensorType b, TensorType result)
    {
        var loops = new List<Loop>();
        var (strideA, strideB, strideResult) = (Matrix(a), Matrix(b), Matrix(result));
        for (var i = 1; i <= result.Rank - 2; i++)
        {
            var extent = result.Dims[result.Rank - 2 - i];
            var (dimA, dimB) = (Dim(a, i), Dim(b, i));
            var loop = new Loop(Text.Invariant($"o{result.Rank - 2 - i}"), extent, dimA == 1 ? 0 : strideA, dimB == 1 ? 0 : strideB, strideResult);
            (strideA, strideB, strideResult) = (checked(strideA * dimA), checked(strideB * dimB), checked(strideResult * extent));
            if (extent == 1)
                continue;
            var isOne = loops.Count > 0 && loops[0] is { Extent: { } inside } inner
                && loop.StrideA == inner.StrideA * inside && loop.StrideB == inner.StrideB * inside && loop.StrideResult == inner.StrideResult * inside;
            if (isOne)
                loops[0] = loops[0] with { Extent = loops[0].Extent * extent };
            else
                loops.Insert(0, loop);
        }
        if (result.Batched)
            loops.Insert(0, new Loop("b", null, a.Batched ? strideA : 0, b.Batched ? strideB : 0, strideResult));
        return loops;
    }

    private static int Matrix(TensorType type) => checked(type.Dims[type.Rank - 2] * type.Dims[type.Rank - 1]);

    /// <summary>The i-th dimension before those of the matrix, from the last; 1 where there is none.</summary>
    private static int Dim(TensorType type, int i) => type.Rank - 2 - i >= 0 ? type.Dims[type.Rank - 2 - i] : 1;
}

internal static class BatchMatMulFunctions
{
    public static IEnumerable<TensorFunction> All { get; } =
    [
        new("MatMul", (g, a) => MatMul(g, a.NumberTensor("MatMul", "a"), a.NumberTensor("MatMul", "b"))),
    ];

    /// <summary>A vector is a matrix of one row on the left, of one column on the right, and what it adds to the result is taken away again.</summary>
    private static Value MatMul(GraphBuilder graph, Value a, Value b)
    {
        if (a.Type.Rank == 0 || b.Type.Rank == 0)
        {
            throw new LanguageException(
                "NG0401", $"MatMul multiplies matrices and vectors; got {a.Type.Shape} and {b.Type.Shape}. Numbers are multiplied by *.", a.Type.Rank == 0 ? "a" : "b");
        }
        var (isRow, isColumn) = (a.Type.Rank == 1, b.Type.Rank == 1);
        var (inner, terms) = (Rows.Length(a.Type), b.Type.Dims[isColumn ? 0 : b.Type.Rank - 2]);
        if (inner != terms)
        {
            throw new LanguageException("NG0402", Text.Invariant(
                $"MatMul: rows of {inner} numbers, of {a.Type.Shape}, and columns of {terms}, of {b.Type.Shape}, have no product. A transposed matrix is Transpose(x)."));
        }
        if (isColumn)
            b = graph.Reshape(b, [terms, 1]);
        // The same matrix for all rows of all samples: one product.
        var y = a.Type.Batched && b.Type is { Batched: false, Rank: 2 }
            ? graph.Apply(new MatMul(), a, b)
            : Batch(graph, isRow ? graph.Reshape(a, [1, inner]) : a, b, isRow);
        return isColumn ? graph.Reshape(y, [.. y.Type.Dims.Take(y.Type.Rank - 1)]) : y;
    }

    private static Value Batch(GraphBuilder graph, Value a, Value b, bool isRow)
    {
        try
        {
            var y = graph.Apply(new BatchMatMul(), a, b);
            return isRow ? graph.Reshape(y, [.. y.Type.Dims.Where((_, axis) => axis != y.Type.Rank - 2)]) : y;
        }
        catch (LanguageException e) when (e.Code == "NG0402")
        {
            throw new LanguageException(
                "NG0402", $"MatMul: the axes of {a.Type.Shape} and {b.Type.Shape} before the last two do not broadcast.");
        }
    }
}
