using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Softmax;

/// <summary>An operation on each row of the last axis.</summary>
internal abstract record RowOperation : Operation
{
    protected abstract string Kernel { get; }

    /// <summary>One row: operands' rows to the result's.</summary>
    protected abstract double[] Row(double[][] operands);

    public override TensorType Infer(IReadOnlyList<TensorType> inputs)
    {
        Numbers.Check(Title, "x", inputs[0]);
        return inputs[0].Rank > 0
            ? inputs[0]
            : throw new LanguageException("NG0401", $"{Title} runs over the last dimension of a sample; x is a single number per sample.", "x");
    }

    public override RowUse RowUse => RowUse.Keeps;

    public override void Order(OrderContext context) => context.Elementwise();

    public override void Evaluate(ReferenceCall call)
    {
        var length = call.Type.Dims[call.Type.Rank - 1];
        for (var start = 0; start < call.Result.Length; start += length)
        {
            var operands = Enumerable.Range(0, call.InputCount).Select(i => call.Input(i).Skip(start).Take(length).ToArray());
            Row(operands.ToArray()).CopyTo(call.Result, start);
        }
    }

    public override KernelBody Lower(LoweringContext context)
    {
        var length = context.Result.Dims[context.Result.Rank - 1];
        return new RuntimeCallBody(
            "SoftmaxKernels." + Kernel, EquatableArray.Create(context.Result.Batched ? 1 : 0, (int)context.Result.Count / length, length))
        {
            // A row is read as a whole before its result is written, element by element.
            InPlace = context.Inputs.Select((_, operand) => new InPlacePair(operand, 0)).ToEquatableArray(),
        };
    }

    protected static double LogSum(double[] x)
    {
        var largest = x.Max();
        return largest + Math.Log(x.Sum(v => Math.Exp(v - largest)));
    }
}

/// <summary>y_j = exp(x_j) / Σ_k exp(x_k)</summary>
internal sealed record Softmax : RowOperation
{
    protected override string Kernel => "Softmax";

    protected override double[] Row(double[][] operands)
    {
        var logSum = LogSum(operands[0]);
        return operands[0].Select(x => Math.Exp(x - logSum)).ToArray();
    }

    public override Value?[] Backward(BackwardContext context) =>
        [context.Graph.Apply(new SoftmaxGradient(), context.Gradient, context.Result)];
}

/// <summary>(dy, y) to dx = y · (dy − Σ dy·y)</summary>
internal sealed record SoftmaxGradient : RowOperation
{
    protected override string Kernel => "SoftmaxGradient";

    protected override double[] Row(double[][] operands)
    {
        var (dy, y) = (operands[0], operands[1]);
        var dot = dy.Zip(y, (a, b) => a * b).Sum();
        return dy.Zip(y, (a, b) => b * (a - dot)).ToArray();
    }
}

/// <summary>y_j = x_j − log Σ_k exp(x_k)</summary>
internal sealed record LogSoftmax : RowOperation
{
    protected override string Kernel => "LogSoftmax";

    protected override double[] Row(double[][] operands)
    {
        var logSum = LogSum(operands[0]);
        return operands[0].Select(x => x - logSum).ToArray();
    }

    public override Value?[] Backward(BackwardContext context) =>
        [context.Graph.Apply(new LogSoftmaxGradient(), context.Gradient, context.Result)];
}

/// <summary>(dy, y) to dx = dy − exp(y) · Σ dy</summary>
internal sealed record LogSoftmaxGradient : RowOperation
{
    protected override string Kernel => "LogSoftmaxGradient";

    protected override double[] Row(double[][] operands)
    {
        var (dy, y) = (operands[0], operands[1]);
        var sum = dy.Sum();
        return dy.Zip(y, (a, b) => a - (Math.Exp(b) * sum)).ToArray();
    }
}

internal static class SoftmaxFunctions
{
    public static IEnumerable<TensorFunction> All { get; } =
    [
        new("Softmax", (g, a) => Checked(g, "Softmax", g.Apply(new Softmax(), a.Tensor("x")))),
        new("LogSoftmax", (g, a) => Checked(g, "LogSoftmax", g.Apply(new LogSoftmax(), a.Tensor("x")))),
    ];

    /// <summary>One value shares everything with itself alone.</summary>
    private static Value Checked(GraphBuilder graph, string function, Value y)
    {
        if (y.Type.Dims[y.Type.Rank - 1] == 1)
        {
            graph.Hint(new GraphHint(
                "NG0507",
                $"{function} runs over the last dimension of {y.Type.Shape}, which has one element: the result is always {(function == "Softmax" ? "1" : "0")}, "
                + "and nothing is learned through it. For one probability use Sigmoid."));
        }
        return y;
    }
}
