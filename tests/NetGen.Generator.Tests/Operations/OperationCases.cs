using NetGen.Generator.Graph;
using NetGen.Generator.Operations;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Padding;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Views;

namespace NetGen.Generator.Tests.Operations;

/// <summary>
/// Every operation of the language in several shapes, odd ones included. Gradients, lowerings and run-time kernels are all checked
/// on this one list; a new operation adds its lines here.
/// </summary>
internal static class OperationCases
{
    private static readonly PaddingModel Same = new("Same");

    public static IReadOnlyDictionary<string, (int Batch, Func<TestGraph, TensorGraph> Build)> All { get; } = Cases()
        .Select((c, i) => (Name: $"{i:00} {c.Name}", c.Batch, c.Build))
        .ToDictionary(c => c.Name, c => (c.Batch, c.Build));

    public static IEnumerable<object[]> Names => All.Keys.Select(name => new object[] { name });

    /// <summary>Those in which every tensor has a row for each sample, or none of its own.</summary>
    public static IEnumerable<string> OfSamples => All.Keys.Where(name => !name.Contains("sequences", StringComparison.Ordinal));

    public static IEnumerable<object[]> NamesOfSamples => OfSamples.Select(name => new object[] { name });

    private static IEnumerable<(string Name, int Batch, Func<TestGraph, TensorGraph> Build)> Cases()
    {
        // Elementwise: one operand.
        foreach (var name in new[] { "Relu", "Sigmoid", "Tanh", "Softplus", "Gelu", "Silu", "Exp", "Square", "Abs", "Negate" })
        {
            yield return Of($"{name} [5]", 3, t => t.Call(name, ("x", t.X(5))));
            yield return Of($"{name} shared [2, 3]", 2, t => t.Call(name, ("x", t.W(2, 3))));
        }
        foreach (var name in new[]
        {
            "Mish", "Selu", "Celu", "Relu6", "HardSigmoid", "HardSwish", "HardTanh", "Softsign", "LogSigmoid", "Tanhshrink", "ThresholdedRelu",
            "Softshrink", "Hardshrink", "Expm1", "Erf", "Sin", "Cos", "Reciprocal", "Sign", "Floor", "Ceiling", "Round",
        })
        {
            yield return Of(name, 3, t => t.Call(name, ("x", t.X([7], high: 4))));
        }
        yield return Of("Tan", 3, t => t.Call("Tan", ("x", t.X([7], high: 1.2))));
        yield return Of("Atan2", 3, t => t.Call("Atan2", ("y", t.X(3, 5)), ("x", t.W(5))));
        yield return Of("Atan", 3, t => t.Call("Atan", ("x", t.X([7], high: 4))));
        yield return Of("Rsqrt", 3, t => t.Call("Rsqrt", ("x", t.X([7], positive: true))));
        yield return Of("Glu", 3, t => t.Call("Glu", ("x", t.X(3, 8))));
        yield return Of("Glu axis 0", 3, t => t.Call("Glu", ("x", t.X(4, 5)), ("axis", 0)));
        yield return Of("WithDerivative", 3, t => Derived(t, t.X(7)));
        yield return Of("Gelu by tanh", 3, t => t.Call("Gelu", ("x", t.X(7)), ("approximate", true)));
        yield return Of("Softplus 2", 3, t => t.Call("Softplus", ("x", t.X(7)), ("beta", 2f)));
        yield return Of("Celu 0.3", 3, t => t.Call("Celu", ("x", t.X(7)), ("alpha", 0.3f)));
        yield return Of("HardTanh -0.5 1.5", 3, t => t.Call("HardTanh", ("x", t.X(7)), ("min", -0.5f), ("max", 1.5f)));
        yield return Of("Clamp -0.5 1.5", 3, t => t.Call("Clamp", ("x", t.X(7)), ("min", -0.5f), ("max", 1.5f)));
        yield return Of("ThresholdedRelu 0.5", 3, t => t.Call("ThresholdedRelu", ("x", t.X(7)), ("theta", 0.5f)));
        yield return Of("Softshrink 1", 3, t => t.Call("Softshrink", ("x", t.X(7)), ("lambda", 1f)));
        yield return Of("HardSigmoid 0.2", 3, t => t.Call("HardSigmoid", ("x", t.X(7)), ("slope", 0.2f), ("offset", 0.4f)));
        yield return Of("PRelu [3, 5]", 3, t => t.Layer("PRelu", t.X(3, 5)));
        yield return Of("PRelu [3, 5] per channel", 3, t => t.Layer("PRelu", t.X(3, 5), ("perChannel", true)));
        yield return Of("PRelu []", 3, t => t.Layer("PRelu", t.X()));
        yield return Of("Log", 3, t => t.Call("Log", ("x", t.X([7], positive: true))));
        yield return Of("Log1P", 3, t => t.Call("Log1P", ("x", t.X([7], positive: true))));
        yield return Of("Sqrt", 3, t => t.Call("Sqrt", ("x", t.X([7], positive: true))));
        yield return Of("LeakyRelu", 3, t => t.Call("LeakyRelu", ("x", t.X(3, 5))));
        yield return Of("LeakyRelu 0.2", 3, t => t.Call("LeakyRelu", ("x", t.X(3, 5)), ("slope", 0.2f)));
        yield return Of("Elu", 3, t => t.Call("Elu", ("x", t.X(3, 5))));
        yield return Of("Elu 0.3", 3, t => t.Call("Elu", ("x", t.X(3, 5)), ("alpha", 0.3f)));

        // Elementwise: two operands, every kind of broadcasting.
        yield return Of("Pow [7] shared [7]", 3, t => t.Call("Pow", ("left", t.X([7], positive: true)), ("right", t.W(7))));
        foreach (var exponent in new[] { 0.5f, 1, 2, 3, -1, 1.7f })
            yield return Of($"Pow of {exponent}", 3, t => t.Call("Pow", ("left", t.X([7], positive: true)), ("right", t.Builder.Constant(exponent))));
        foreach (var name in new[] { "Add", "Subtract", "Multiply", "Divide", "Maximum", "Minimum" })
        {
            yield return Of($"{name} [3, 5] [3, 5]", 2, t => t.Call(name, ("left", t.X(3, 5)), ("right", t.X(3, 5))));
            yield return Of($"{name} [3, 5] shared [5]", 3, t => t.Call(name, ("left", t.X(3, 5)), ("right", t.W(5))));
            yield return Of($"{name} shared [3, 1] [4, 1, 5]", 2, t => t.Call(name, ("left", t.W(3, 1)), ("right", t.X(4, 1, 5))));
            yield return Of($"{name} shared [2] shared [1]", 2, t => t.Call(name, ("left", t.W(2)), ("right", t.W(1))));
            yield return Of($"{name} [] [3]", 2, t => t.Call(name, ("left", t.X()), ("right", t.X(3))));
        }
        foreach (var name in new[] { "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Equal", "NotEqual" })
            yield return Of($"{name} [3, 5] shared [5]", 2, t => t.Call(name, ("left", t.X(3, 5)), ("right", t.W(5))));
        yield return Of("Where [3, 5] [5] shared [3, 1]", 2, t => t.Call("Where", ("mask", Above(t, t.X(3, 5))), ("ifTrue", t.X(5)), ("ifFalse", t.W(3, 1))));
        yield return Of("Where of numbers", 2, t => t.Call("Where", ("mask", Above(t, t.X(7))), ("ifTrue", t.Builder.Constant(2)), ("ifFalse", t.X(7))));
        yield return Loss(
            "BinaryCrossEntropy of a computed target", 3, t => t.Call("BinaryCrossEntropy", ("logits", t.X(4)), ("target", Shares(t))));
        yield return Loss("CrossEntropy of a computed target", 3, t => t.Call("CrossEntropy", ("logits", t.X(4)), ("target", Shares(t))));
        yield return Of("x·x", 2, t => Twice(t, t.X(4)));

        // Reductions and shapes.
        foreach (var name in new[] { "Sum", "Mean" })
        {
            yield return Of($"{name} of all", 2, t => t.Call(name, ("x", t.X(3, 5))));
            yield return Of($"{name} axis 0", 2, t => t.Call(name, ("x", t.X(3, 5)), ("axis", 0)));
            yield return Of($"{name} axis -2, kept", 2, t => t.Call(name, ("x", t.X(3, 5, 2)), ("axis", -2), ("keepDims", true)));
            yield return Of($"{name} axes 0 and 2", 2, t => t.Call(name, ("x", t.X(3, 4, 2)), ("axes", new[] { -1, 0 })));
            yield return Of($"{name} shared", 2, t => t.Call(name, ("x", t.W(3, 5)), ("axis", 1)));
        }
        foreach (var name in new[] { "Max", "Min", "Prod", "LogSumExp" })
        {
            yield return Of($"{name} of all", 2, t => t.Call(name, ("x", t.X(3, 5))));
            yield return Of($"{name} of 37", 2, t => t.Call(name, ("x", t.X([37], low: 0.8, high: 1.2)), ("axis", 0)));
            yield return Of($"{name} axis 0, kept", 2, t => t.Call(name, ("x", t.X(3, 17)), ("axis", 0), ("keepDims", true)));
            yield return Of($"{name} axes 0 and 2", 2, t => t.Call(name, ("x", t.X(3, 4, 2)), ("axes", new[] { 2, 0 })));
            yield return Of($"{name} shared", 2, t => t.Call(name, ("x", t.W(3, 5)), ("axis", 1)));
        }
        yield return Of("CumSum", 2, t => t.Call("CumSum", ("x", t.X(3, 18))));
        yield return Of("CumSum axis 0, exclusive", 2, t => t.Call("CumSum", ("x", t.X(4, 19)), ("axis", 0), ("exclusive", true)));
        yield return Of("CumSum shared, reverse", 2, t => t.Call("CumSum", ("x", t.W(3, 5, 2)), ("axis", 1), ("reverse", true)));
        yield return Of("Outer", 2, t => t.Call("Outer", ("a", t.X(3, 5)), ("b", t.W(4))));
        yield return Of("Range", 2, t => t.Builder.Multiply(t.Call("Range", ("start", 0.5f), ("step", -2f), ("count", 7)), t.X(7)));
        yield return Of("Ones", 2, t => t.Builder.Add(t.Call("Ones", ("dims", new[] { 3, 2 })), t.X(2)));
        yield return Of("Variance of all", 2, t => t.Call("Variance", ("x", t.X(3, 5))));
        yield return Of(
            "Variance axes 0 and 1, kept", 2, t => t.Call("Variance", ("x", t.X(3, 4, 2)), ("axes", new[] { 0, 1 }), ("keepDims", true)));
        yield return Of("StandardDeviation axis 1", 2, t => t.Call("StandardDeviation", ("x", t.X(3, 5)), ("axis", 1), ("correction", 1)));
        yield return Of("Norm of all", 2, t => t.Call("Norm", ("x", t.X(3, 5))));
        yield return Of("Norm axis 0, kept", 2, t => t.Call("Norm", ("x", t.X(3, 5)), ("axis", 0), ("keepDims", true)));
        yield return Of("CosineSimilarity", 2, t => t.Call("CosineSimilarity", ("a", t.X(3, 5)), ("b", t.W(3, 5)), ("axis", -1)));
        yield return Of("Squeeze", 2, t => t.Call("Squeeze", ("x", t.X(3, 1, 2)), ("axis", 1)));
        yield return Of("Unsqueeze", 2, t => t.Call("Unsqueeze", ("x", t.X(3, 2)), ("axis", -1)));
        yield return Of("Stack", 2, t => t.Call("Stack", ("tensors", new[] { t.X(3, 2), t.W(3, 2) }), ("axis", 1)));
        yield return Of("BroadcastTo", 2, t => t.Builder.Apply(new BroadcastTo(TensorType.PerSample(4, 3, 2)), t.W(3, 1)));
        yield return Of("Flatten", 2, t => t.Call("Flatten", ("x", t.X(2, 3, 2))));
        yield return Of("Reshape", 2, t => t.Call("Reshape", ("x", t.X(4, 3)), ("dims", new[] { 2, -1 })));

        // Concat, of 1 to 6, along every axis.
        yield return Of("Concat of 1", 2, t => t.Call("Concat", ("tensors", new[] { t.X(3) })));
        yield return Of("Concat [3] [5]", 3, t => t.Call("Concat", ("tensors", new[] { t.X(3), t.X(5) })));
        yield return Of("Concat axis 0", 2, t => t.Call("Concat", ("tensors", new[] { t.X(3, 2), t.X(1, 2), t.X(2, 2) }), ("axis", 0)));
        yield return Of("Concat axis 1 of 3", 2, t => t.Call(
            "Concat", ("tensors", new[] { t.X(2, 3, 5), t.X(2, 17, 5), t.X(2, 1, 5), t.X(2, 2, 5) }), ("axis", -2)));
        yield return Of("Concat of 6 with a shared one", 2, t => t.Call(
            "Concat", ("tensors", new[] { t.X(3), t.X(5), t.W(2), t.X(1), t.X(4), t.X(7) })));
        yield return Of("Concat of shared ones", 2, t => t.Call("Concat", ("tensors", new[] { t.W(3, 2), t.W(3, 5) })));
        // Parts of tensors: ranges, places, both, of some and of all axes.
        yield return Of("Slice [1..3]", 2, t => Part(t, t.X(7, 2), Range(1, 3)));
        yield return Of("Slice [.., 2..5, ^1]", 2, t => Part(t, t.X(3, 7, 4), Whole, Range(2, 5), Last(1)));
        yield return Of("Slice [.., 0]", 3, t => Part(t, t.X(19, 3), Whole, Place(0)));
        yield return Of("Slice [4]", 3, t => Part(t, t.X(6), Place(4)));
        yield return Of("Slice [0, 1, 2]", 18, t => Part(t, t.X(2, 3, 4), Place(0), Place(1), Place(2)));
        yield return Of("Slice of shared [1.., ^2]", 2, t => Part(t, t.W(5, 3), new AxisRange(new AxisIndex(1, false), AxisIndex.End), Last(2)));
        yield return Of("Slice of a slice", 2, t => Part(t, Part(t, t.X(4, 7), Whole, Range(2, 5)), Range(1, 3), Range(1, 2)));
        yield return Of("two columns added", 2, t => t.Builder.Add(Part(t, t.X(19, 3), Whole, Place(0)), Part(t, t.X(19, 2), Whole, Place(1))));
        yield return Of("two parts of one tensor", 2, t => Parts(t, t.X(5, 8)));
        yield return Of("Sum of a slice", 2, t => t.Call("Sum", ("x", Part(t, t.X(3, 9, 2), Whole, Range(1, 8), Place(1))), ("axis", 1)));
        yield return Of("Sum of columns", 2, t => t.Call("Sum", ("x", t.Call("Square", ("x", Part(t, t.X(17, 3, 2), Whole, Place(1))))), ("axis", 0)));
        yield return Of("Dense of a slice", 3, t => t.Layer("Dense", Part(t, t.X(3, 5), Place(1)), ("units", 4)));
        yield return Of("PadAxis", 2, t => t.Builder.Apply(new PadAxis(1, 2, 1), t.X(3, 4, 2)));

        // Other orders of axes: rows that stay rows, transpositions within up to two loops, and within more.
        yield return Of("Permute [5, 4, 3] 1, 0, 2", 2, t => t.Call("Permute", ("x", t.X(5, 4, 3)), ("axes", new[] { 1, 0, 2 })));
        yield return Of("Permute [17, 33] 1, 0", 2, t => t.Call("Permute", ("x", t.X(17, 33)), ("axes", new[] { 1, 0 })));
        yield return Of("Permute shared [18, 5] 1, 0", 2, t => t.Call("Permute", ("x", t.W(18, 5)), ("axes", new[] { -1, 0 })));
        yield return Of("Permute [3, 4, 18] 2, 0, 1", 2, t => t.Call("Permute", ("x", t.X(3, 4, 18)), ("axes", new[] { 2, 0, 1 })));
        yield return Of("Permute [3, 4, 2, 18] 1, 0, 3, 2", 2, t => t.Call("Permute", ("x", t.X(3, 4, 2, 18)), ("axes", new[] { 1, 0, 3, 2 })));
        yield return Of("Permute [2, 3, 2, 3, 4] 4, 3, 2, 1, 0", 2, t => t.Call("Permute", ("x", t.X(2, 3, 2, 3, 4)), ("axes", new[] { 4, 3, 2, 1, 0 })));
        yield return Of("Permute of axes of size 1", 2, t => t.Call("Permute", ("x", t.X(3, 1, 4)), ("axes", new[] { 1, 0, 2 })));
        yield return Of("Permute between functions", 2, t => t.Call(
            "Multiply", ("left", t.Call("Permute", ("x", t.X(5, 4, 3)), ("axes", new[] { 1, 0, 2 }))), ("right", t.W(5, 3))));
        yield return Of("Transpose", 2, t => t.Call("Transpose", ("x", t.X(3, 5, 4))));
        yield return Of("Transpose 0, 2", 2, t => t.Call("Transpose", ("x", t.X(3, 5, 4)), ("axis1", 0), ("axis2", -1)));

        // Indices: tables, places of each sample's tensors, of several axes; more than one sample names a row.
        foreach (var width in new[] { 1, 3, 16, 37 })
            yield return Of($"Embedding {width}", 5, t => t.Layer("Embedding", t.Labels(4), ("count", 4), ("width", width)));
        yield return Of("Embedding at [3, 2], padded", 4, t => t.Layer("Embedding", t.Labels(6, 3, 2), ("count", 7), ("width", 5), ("paddingIndex", 6)));
        yield return Of("Embedding of a larger table", 3, t => t.Layer("Embedding", t.Labels(200, 5), ("count", 200), ("width", 4)));
        yield return Of("Gather of each sample", 3, t => t.Call("Gather", ("x", t.X(4, 3)), ("indices", t.Labels(4, 5)), ("axis", 0)));
        yield return Of("Gather axis 1", 3, t => t.Call("Gather", ("x", t.X(2, 5, 3)), ("indices", t.Labels(5, 2, 2)), ("axis", 1)));
        yield return Of("Gather axis -1", 3, t => t.Call("Gather", ("x", t.X(2, 17)), ("indices", t.Labels(17)), ("axis", -1)));
        yield return Of("Gather axis 1 of a table", 3, t => t.Call("Gather", ("x", t.W(2, 4, 3)), ("indices", t.Labels(4, 5)), ("axis", 1)));
        yield return Of("Gather of constant places", 2, t => t.Call("Gather", ("x", t.X(3, 6)), ("indices", new[] { 4, 1, 2, 3, 3 }), ("axis", 1)));
        yield return Of("Pick", 4, t => t.Call("Pick", ("x", t.X(5)), ("indices", t.Labels(5))));
        yield return Of("Pick [3, 2]", 4, t => t.Call("Pick", ("x", t.X(3, 2, 17)), ("indices", t.Labels(17, 3, 2))));
        yield return Of("Pick of several", 4, t => t.Call("Pick", ("x", t.X(3, 5)), ("indices", t.Labels(5, 3, 4))));
        yield return Of("ScatterAdd", 4, t => t.Call("ScatterAdd", ("values", t.X(3, 5)), ("indices", t.Labels(4, 3, 5)), ("count", 4)));
        yield return Of("Pick of ArgMax", 4, t => t.Call("Pick", ("x", t.X(3, 5)), ("indices", t.Call("ArgMax", ("x", t.X(3, 5))))));
        yield return Of("OneHot of ArgMin of axis 0", 4, t => t.Builder.Multiply(t.Call("OneHot", ("indices", t.Call("ArgMin", ("x", t.X(3, 5)), ("axis", 0))), ("count", 3)), t.X(5, 3)));
        yield return Of("rows of ArgMax", 4, t => t.Call("Gather", ("x", t.W(5, 3)), ("indices", t.Call("ArgMax", ("x", t.X(2, 5)))), ("axis", 0)));
        yield return Of("Sort", 3, t => t.Builder.Multiply(t.Call("Sort", ("x", t.X(3, 7))), t.X(3, 7)));
        yield return Of("Sort, descending", 3, t => t.Builder.Multiply(t.Call("Sort", ("x", t.X(11)), ("descending", true)), t.X(11)));
        yield return Of("TopK", 3, t => t.Builder.Multiply(t.Call("TopK", ("x", t.X(3, 7)), ("count", 3)), t.X(3, 3)));
        yield return Of("Pick of ArgSort", 3, t => t.Call("Pick", ("x", t.X(2, 5)), ("indices", t.Call("ArgSort", ("x", t.X(2, 5))))));
        yield return Of("OneHot", 3, t => t.Builder.Multiply(t.Call("OneHot", ("indices", t.Labels(5, 3)), ("count", 5)), t.X(3, 5)));

        // Repetitions.
        yield return Of("BroadcastTo [2, 3, 4]", 2, t => t.Call("BroadcastTo", ("x", t.X(3, 1)), ("dims", new[] { 2, 3, 4 })));
        yield return Of("Tile", 2, t => t.Call("Tile", ("x", t.X(2, 3)), ("repeats", new[] { 3, 2 })));
        yield return Of("Repeat", 2, t => t.Call("Repeat", ("x", t.X(2, 3)), ("count", 3), ("axis", -2)));

        // Dense and convolutions.
        yield return Of("Dense 5 to 7", 3, t => t.Layer("Dense", t.X(5), ("units", 7)));
        yield return Of("Dense 1 to 1, no bias", 1, t => t.Layer("Dense", t.X(1), ("units", 1), ("bias", false)));
        yield return Of("Dense 33 to 18", 2, t => t.Layer("Dense", t.X(33), ("units", 18)));
        yield return Of("Dense of [4, 3, 5] to 7", 3, t => t.Layer("Dense", t.X(4, 3, 5), ("units", 7)));
        yield return Of("Dense of [2, 32] to 48, twice", 2, t => t.Layer("Dense", t.Layer("Dense", t.X(2, 32), ("units", 48), ("bias", false)), ("units", 16)));
        yield return Loss("Dense 3 to 1 as the objective", 3, t => t.Call(
            "Reshape", ("x", t.Layer("Dense", t.X(3), ("units", 1), ("bias", false))), ("dims", Array.Empty<int>())));
        yield return Loss("Dense of one row as the objective", 3, t => t.Call("Sum", ("x", t.Layer("Dense", t.X(2, 3), ("units", 2)))));

        // Matrices on both sides: batched, shared, broadcast; vectors.
        yield return Product([3, 5], [5, 4]);
        yield return Product([2, 3, 7, 5], [2, 3, 5, 18]);
        yield return Product([3, 1, 4, 5], [2, 5, 1]);
        yield return Product([1, 16, 16], [2, 16, 32]);
        yield return Product([5], [3, 5, 4]);
        yield return Product([3, 4, 5], [5]);
        yield return Product([5], [5]);
        yield return Of("MatMul shared [3, 5] [2, 5, 4]", 2, t => t.Call("MatMul", ("a", t.W(3, 5)), ("b", t.X(2, 5, 4))));
        yield return Of("MatMul [2, 3, 5] shared [5, 4]", 2, t => t.Call("MatMul", ("a", t.X(2, 3, 5)), ("b", t.W(5, 4))));
        yield return Of("MatMul [2, 3, 5] shared [2, 5, 4]", 2, t => t.Call("MatMul", ("a", t.X(2, 3, 5)), ("b", t.W(2, 5, 4))));
        yield return Of("MatMul shared [3, 5] shared [5, 4]", 2, t => t.Call("MatMul", ("a", t.W(3, 5)), ("b", t.W(5, 4))));
        yield return Of("MatMul of a tensor and its transpose", 2, t => SelfProduct(t, t.X(5, 3)));
        yield return Conv([5, 5, 2], 3, [3, 3], [1, 1], null);
        yield return Conv([6, 5, 3], 2, [2, 3], [1, 1], null);
        yield return Conv([4, 4, 1], 5, [1, 1], [1, 1], null);
        yield return Conv([7, 6, 2], 3, [3, 2], [2, 3], null);
        yield return Conv([8, 7, 1], 2, [2, 2], [3, 3], null);
        yield return Conv([5, 5, 2], 3, [3, 3], [1, 1], Same);
        yield return Conv([5, 6, 2], 2, [2, 4], [2, 2], Same);
        yield return Conv([4, 5, 2], 2, [3, 3], [2, 1], new PaddingModel("Explicit", 2));
        yield return Conv([2, 3, 2], 2, [5, 4], [1, 1], Same);
        yield return Conv([6, 3, 1], 2, [3, 3], [2, 2], new PaddingModel("Explicit", 4));
        yield return Conv([3, 3, 2], 4, [3, 3], [1, 1], null);
        yield return Conv([5, 5, 1], 2, [1, 1], [2, 2], null);
        yield return Of("Conv2D without bias", 2, t => t.Layer("Conv2D", t.X(4, 4, 2), ("filters", 3), ("kernel", new[] { 2, 2 }), ("bias", false)));
        yield return Of("Two convolutions", 2, t => t.Layer(
            "Conv2D", t.Layer("Conv2D", t.X(6, 6, 2), ("filters", 3), ("kernel", new[] { 2, 2 })), ("filters", 2), ("kernel", new[] { 3, 3 })));
        // Dilated, in groups, each channel by itself; channels around the widths of vectors, and a row of more pixels than are computed at
        // once.
        yield return Conv([7, 8, 2], 3, [3, 3], [1, 1], null, ("dilation", new[] { 2, 3 }));
        yield return Conv([6, 7, 2], 3, [3, 2], [2, 1], Same, ("dilation", new[] { 2, 2 }));
        yield return Conv([5, 6, 4], 6, [3, 2], [1, 1], null, ("groups", 2));
        yield return Conv([5, 6, 6], 3, [3, 3], [2, 1], Same, ("groups", 3));
        yield return Conv([3, 9, 4], 4, [2, 2], [1, 1], new PaddingModel("Explicit", 2), ("groups", 2), ("dilation", new[] { 2, 2 }));
        yield return Conv([4, 4, 3], 6, [2, 2], [1, 1], null, ("groups", 3));
        yield return Depthwise([5, 6, 3], [3, 3], [1, 1], null);
        yield return Depthwise([4, 9, 18], [3, 2], [1, 1], Same);
        yield return Depthwise([5, 7, 5], [3, 3], [2, 3], new PaddingModel("Explicit", 1));
        yield return Depthwise([2, 2, 4], [3, 4], [1, 1], Same);
        yield return Depthwise([7, 7, 2], [3, 3], [1, 2], Same, ("dilation", new[] { 2, 2 }));
        yield return Depthwise([4, 4, 2], [2, 2], [1, 1], null, ("multiplier", 3));
        yield return Of("Pad2D dilated", 2, t => t.Builder.Apply(new Pad2D(1, 2, 3, 0, 2, 3), t.X(3, 2, 5)));
        yield return Of("Crop2D stepped", 2, t => t.Builder.Apply(new Crop2D(1, 2, 2, 3, 3, 2), t.X(6, 8, 5)));

        // Pools: disjoint, overlapping, gapped, padded; channels around the widths of vectors.
        foreach (var pool in new[] { "MaxPool2D", "AveragePool2D" })
        {
            yield return Pool(pool, [4, 4, 3], [2, 2], null, null);
            yield return Pool(pool, [5, 7, 17], [2, 2], null, null);
            yield return Pool(pool, [6, 6, 1], [3, 3], [2, 2], null);
            yield return Pool(pool, [6, 7, 2], [2, 3], [1, 1], null);
            yield return Pool(pool, [7, 8, 2], [2, 2], [3, 3], null);
            yield return Pool(pool, [5, 5, 4], [2, 2], null, Same);
            yield return Pool(pool, [5, 6, 2], [3, 3], [2, 2], Same);
            yield return Pool(pool, [5, 5, 2], [3, 3], [2, 1], new PaddingModel("Explicit", 1));
            yield return Pool(pool, [3, 3, 9], [3, 3], null, null);
        }
        // A last window that reaches over the end, padding that counts, means of windows of several sizes.
        foreach (var pool in new[] { "MaxPool2D", "AveragePool2D" })
        {
            yield return Pool(pool, [5, 7, 3], [2, 2], null, null, ("ceilMode", true));
            yield return Pool(pool, [6, 5, 2], [3, 2], [2, 3], new PaddingModel("Explicit", 1), ("ceilMode", true));
            yield return Pool(pool, [4, 3, 2], [1, 1], [3, 3], null, ("ceilMode", true));
        }
        yield return Pool("AveragePool2D", [5, 6, 3], [3, 3], [2, 2], new PaddingModel("Explicit", 1), ("countPadding", true));
        yield return Pool("AveragePool2D", [4, 6, 3], [3, 2], [2, 3], new PaddingModel("Explicit", 1), ("countPadding", true), ("ceilMode", true));
        yield return Of("AdaptiveAveragePool2D [6, 4] to 2", 2, t => t.Layer("AdaptiveAveragePool2D", t.X(6, 4, 3), ("size", new[] { 2, 2 })));
        yield return Of("AdaptiveAveragePool2D [5, 7] to 3×4", 2, t => t.Layer("AdaptiveAveragePool2D", t.X(5, 7, 3), ("size", new[] { 3, 4 })));
        yield return Of("AdaptiveAveragePool2D [2, 3] to 5×3", 2, t => t.Layer("AdaptiveAveragePool2D", t.X(2, 3, 2), ("size", new[] { 5, 3 })));
        yield return Of("GlobalMaxPool", 2, t => t.Call("GlobalMaxPool", ("x", t.X(3, 5, 4))));
        yield return Of("GlobalMaxPool of many pixels", 1, t => t.Call("GlobalMaxPool", ("x", t.X(2, 300, 1))));

        // Images of other sizes.
        foreach (var (mode, align) in new[] { (UpsampleMode.Nearest, false), (UpsampleMode.Bilinear, false), (UpsampleMode.Bilinear, true) })
        {
            yield return Of($"Upsample2D 2×3 {mode} {align}", 2, t => t.Layer(
                "Upsample2D", t.X(3, 4, 2), ("factor", new[] { 2, 3 }), ("mode", (int)mode), ("alignCorners", align)));
            yield return Of($"Resize2D [5, 3] to [3, 7] {mode} {align}", 2, t => t.Call(
                "Resize2D", ("x", t.X(5, 3, 17)), ("height", 3), ("width", 7), ("mode", (int)mode), ("alignCorners", align)));
            yield return Of($"Resize2D [3, 1] to [1, 4] {mode} {align}", 2, t => t.Call(
                "Resize2D", ("x", t.X(3, 1, 5)), ("height", 1), ("width", 4), ("mode", (int)mode), ("alignCorners", align)));
        }
        yield return Of("PixelShuffle 2", 2, t => t.Call("PixelShuffle", ("x", t.X(3, 2, 12)), ("factor", 2)));
        yield return Of("PixelShuffle 5", 1, t => t.Call("PixelShuffle", ("x", t.X(1, 2, 425)), ("factor", 5)));
        yield return Of("PixelUnshuffle 2", 2, t => t.Call("PixelUnshuffle", ("x", t.X(4, 6, 3)), ("factor", 2)));
        yield return Of("Pad axis 1", 2, t => t.Call("Pad", ("x", t.X(2, 3, 4)), ("axis", -2), ("before", 1), ("after", 2)));
        yield return Of("Pad by -1.5", 2, t => t.Call("Pad", ("x", t.X(2, 19)), ("axis", 1), ("before", 18), ("after", 1), ("value", -1.5f)));
        foreach (var mode in new[] { PaddingMode.Zeros, PaddingMode.Reflect, PaddingMode.Replicate })
        {
            yield return Of($"Pad2D {mode}", 2, t => t.Call(
                "Pad2D", ("x", t.X(3, 4, 5)), ("top", 2), ("bottom", 1), ("left", 0), ("right", 3), ("mode", (int)mode)));
        }
        yield return Of("Crop2D", 2, t => t.Call("Crop2D", ("x", t.X(4, 5, 3)), ("top", 1), ("bottom", 0), ("left", 1), ("right", 2)));
        yield return Conv([5, 6, 2], 3, [3, 4], [2, 1], Same, ("paddingMode", (int)PaddingMode.Reflect));
        yield return Depthwise([4, 4, 3], [3, 3], [1, 1], new PaddingModel("Explicit", 2), ("paddingMode", (int)PaddingMode.Replicate), ("dilation", new[] { 2, 2 }));
        // Transposed, over images and sequences.
        yield return Transposed([3, 4, 2], 3, [3, 3], [1, 1], null);
        yield return Transposed([3, 2, 3], 2, [3, 2], [2, 3], new PaddingModel("Explicit", 1), ("outputPadding", new[] { 1, 2 }));
        yield return Transposed([2, 3, 2], 3, [3, 4], [2, 2], Same);
        yield return Transposed([3, 3, 4], 6, [2, 3], [2, 1], null, ("groups", 2), ("dilation", new[] { 2, 2 }));
        yield return Transposed([3, 3, 3], 3, [3, 3], [2, 2], new PaddingModel("Explicit", 1), ("groups", 3));
        yield return Transposed([2, 2, 1], 1, [1, 1], [3, 2], Same);
        foreach (var sequence in new[] { "Conv1D", "ConvTranspose1D" })
        {
            yield return Sequence(sequence, [7, 3], ("filters", 4), ("kernel", 3));
            yield return Sequence(sequence, [6, 4], ("filters", 2), ("kernel", 3), ("stride", 2), ("padding", new PaddingModel("Explicit", 2)), ("groups", 2));
            yield return Sequence(sequence, [5, 2], ("filters", 2), ("kernel", 2), ("dilation", 3), ("padding", Same), ("groups", 2), ("bias", false));
        }
        yield return Sequence("Conv1D", [5, 2], ("filters", 3), ("kernel", 3), ("padding", Same), ("paddingMode", (int)PaddingMode.Reflect));
        yield return Sequence("ConvTranspose1D", [4, 2], ("filters", 3), ("kernel", 3), ("stride", 3), ("outputPadding", 2));
        foreach (var sequence in new[] { "MaxPool1D", "AveragePool1D" })
        {
            yield return Sequence(sequence, [7, 3], ("pool", 2));
            yield return Sequence(sequence, [8, 3], ("pool", 3), ("stride", 2), ("padding", new PaddingModel("Explicit", 1)), ("ceilMode", true), ("countPadding", true));
        }
        yield return Of("MaxPool2D 16×16", 1, t => t.Layer("MaxPool2D", t.X(17, 16, 1), ("pool", new[] { 16, 16 })));
        yield return Of("GlobalAveragePool", 2, t => t.Call("GlobalAveragePool", ("x", t.X(3, 5, 4))));

        // Softmax.
        foreach (var name in new[] { "Softmax", "LogSoftmax" })
        {
            yield return Of($"{name} [10]", 3, t => t.Call(name, ("x", t.X(10))));
            yield return Of($"{name} [2, 3, 17]", 2, t => t.Call(name, ("x", t.X(2, 3, 17))));
            yield return Of($"{name} [1]", 2, t => t.Call(name, ("x", t.X(1))));
            yield return Of($"{name} shared [3, 35]", 2, t => t.Call(name, ("x", t.W(3, 35))));
        }

        // Attention: several heads, fewer of keys, rows around the widths of vectors and of blocks, each option, operands that samples
        // share.
        yield return Attention("[3, 4]", 3, t => (t.X(3, 4), t.X(3, 4), t.X(3, 4)));
        yield return Attention("[5, 3] to [7, 3]", 2, t => (t.X(5, 3), t.X(7, 3), t.X(7, 3)), ("scale", 0.3f));
        yield return Attention("[2, 17, 6] causal", 2, t => (t.X(2, 17, 6), t.X(2, 17, 3), t.X(2, 17, 3)), ("heads", 2), ("causal", true));
        yield return Attention("[66, 2] causal window", 1, t => (t.X(66, 2), t.X(66, 2), t.X(66, 2)), ("causal", true), ("window", 5));
        yield return Attention("[20, 4] window", 2, t => (t.X(20, 4), t.X(20, 2), t.X(20, 2)), ("heads", 2), ("window", 3), ("alibi", true));
        yield return Attention("[6, 3] heads", 2, t => (t.X(6, 3), t.X(6, 1), t.X(6, 1)), ("heads", 3), ("alibi", true), ("causal", true));
        yield return Attention("[4, 5] soft cap", 2, t => (t.X(4, 5), t.X(9, 5), t.X(9, 5)), ("softCap", 1.5f));
        yield return Attention("[9, 4] dropout", 2, t => (t.X(9, 4), t.X(9, 4), t.X(9, 4)), ("heads", 2), ("dropout", 0.4f));
        yield return Attention("shared queries", 2, t => (t.W(3, 4), t.X(5, 4), t.X(5, 4)), ("heads", 2));
        yield return Attention("shared keys", 3, t => (t.X(3, 4), t.W(5, 4), t.W(5, 4)));
        foreach (var (name, bias) in new (string, Func<TestGraph, Value>)[]
        {
            ("[19]", t => t.X(19)), ("[5, 19]", t => t.W(5, 19)), ("[2, 1, 19]", t => t.W(2, 1, 19)), ("[2, 5, 19]", t => t.X(2, 5, 19)),
        })
        {
            yield return Of($"Attention bias {name}", 2, t => t.Call(
                "Attention", ("q", t.X(5, 6)), ("k", t.X(19, 6)), ("v", t.X(19, 6)), ("heads", 2), ("bias", bias(t)), ("softCap", 2f)));
        }
        foreach (var layer in new[] { "SelfAttention", "CausalSelfAttention" })
        {
            yield return Of($"{layer} [5, 4]", 2, t => t.Layer(layer, Scaled(t, t.X(5, 4)), ("heads", 2)));
            yield return Of($"{layer} [18, 8]", 1, t => t.Layer(
                layer, Scaled(t, t.X(18, 8)), ("heads", 4), ("keyHeads", 2), ("rotary", true), ("bias", false), ("dropout", 0.2f)));
        }
        yield return Of("TransformerEncoderLayer", 2, t => t.Layer(
            "TransformerEncoderLayer", Scaled(t, t.X(5, 4)), ("heads", 2), ("feedForward", 6), ("dropout", 0.1f)));
        yield return Of("CrossAttention [5, 4] to [3, 4]", 2, t => t.CrossLayer("CrossAttention", Scaled(t, t.X(5, 4)), Scaled(t, t.X(3, 4)), ("heads", 2)));
        yield return Of("CrossAttention [5, 4] to [3, 6]", 2, t => t.CrossLayer(
            "CrossAttention", Scaled(t, t.X(5, 4)), Scaled(t, t.X(3, 6)), ("heads", 2), ("bias", false), ("dropout", 0.2f)));
        yield return Of("TransformerDecoderLayer", 2, t => t.CrossLayer(
            "TransformerDecoderLayer", Scaled(t, t.X(4, 4)), Scaled(t, t.X(3, 6)), ("heads", 2), ("feedForward", 6), ("dropout", 0.1f)));
        yield return Of("LearnedPositions", 2, t => t.Layer("LearnedPositions", t.X(3, 5)));
        yield return Of("SinusoidalPositions", 2, t => t.Call("SinusoidalPositions", ("x", t.X(2, 3, 19))));
        yield return Of("RotaryPositions", 2, t => t.Call("RotaryPositions", ("x", t.X(4, 36))));
        yield return Of("RotaryPositions 2", 2, t => t.Call("RotaryPositions", ("x", t.X(2, 3, 12)), ("heads", 2), ("theta", 100f), ("interleaved", true)));

        // Recurrent layers: around the widths of vectors, one step, one unit, several sequences in a sample, both directions.
        foreach (var layer in new[] { "Lstm", "Gru", "Rnn" })
        {
            yield return Of($"{layer} 3 of [4, 2]", 2, t => t.Layer(layer, Scaled(t, t.X(4, 2)), ("units", 3)));
            yield return Of($"{layer} 1 of [1, 1]", 3, t => t.Layer(layer, Scaled(t, t.X(1, 1)), ("units", 1), ("bias", false)));
            yield return Of($"{layer} 17 of [2, 3, 2]", 1, t => t.Layer(layer, Scaled(t, t.X(2, 3, 2)), ("units", 17), ("bidirectional", true), ("last", true)));
        }
        // Sequences of any length: one step and several, in other orders than by length, around the widths of vectors.
        foreach (var function in new[] { "First", "Last", "SumOfSteps", "MeanOfSteps", "MaxOfSteps", "ReverseSteps" })
        {
            yield return Of($"{function} of sequences", 3, t => t.Call(function, ("x", t.S(t.Sequences(6, 2, 1, 5), 3))));
            yield return Of($"{function} of sequences of numbers", 2, t => t.Call(function, ("x", t.S(t.Sequences(6, 2, 3)))));
            yield return Of($"{function} of wide sequences", 2, t => t.Call(function, ("x", t.S(t.Sequences(4, 1, 3), 19))));
            yield return Of($"{function} of [4, 3]", 2, t => t.Call(function, ("x", t.X(2, 4, 3))));
        }
        yield return Of("EachStep of sequences", 3, t => t.Call("EachStep", ("x", t.X(3)), ("like", t.S(t.Sequences(6, 2, 1, 4), 2))));
        yield return Of("EachStep of [2, 4, 3]", 2, t => t.Call("EachStep", ("x", t.X(2, 3)), ("like", t.X(2, 4, 3))));
        yield return Of("ShiftSteps of [4, 3]", 2, t => t.Call("ShiftSteps", ("x", t.X(4, 3)), ("by", -1)));
        foreach (var by in new[] { 1, -2, 7 })
            yield return Of($"ShiftSteps of sequences by {by}", 3, t => t.Call("ShiftSteps", ("x", t.S(t.Sequences(6, 2, 1, 5), 3)), ("by", by)));
        foreach (var layer in new[] { "Lstm", "Gru", "Rnn" })
        {
            yield return Of($"{layer} of sequences", 3, t => t.Layer(layer, Scaled(t, t.S(t.Sequences(6, 2, 1, 5), 3)), ("units", 4)));
            yield return Of($"{layer} of sequences, both ways", 4, t => t.Layer(layer, Scaled(t, t.S(t.Sequences(6, 3, 4, 1, 2), 3)), ("units", 2), ("bidirectional", true), ("last", true)));
        }
        foreach (var layer in new[] { "SelfAttention", "CausalSelfAttention" })
        {
            yield return Of($"{layer} of sequences", 3, t => t.Layer(layer, Scaled(t, t.S(t.Sequences(6, 2, 1, 5), 4)), ("heads", 2), ("rotary", true)));
            yield return Of($"{layer} of sequences, dropout", 2, t => t.Layer(layer, Scaled(t, t.S(t.Sequences(9, 8, 3), 4)), ("heads", 2), ("keyHeads", 1), ("dropout", 0.4f), ("window", 3)));
        }
        yield return Of("Attention from sequences to other sequences", 3, t =>
        {
            var (from, to) = (t.Sequences(4, 2, 1, 3), t.Sequences(6, 5, 2, 1));
            return t.Call("Attention", ("q", t.S(from, 4)), ("k", t.S(to, 2)), ("v", t.S(to, 2)), ("heads", 2), ("softCap", 2f));
        });
        foreach (var layer in new[] { "LearnedPositions" })
            yield return Of($"{layer} of sequences", 3, t => t.Layer(layer, t.S(t.Sequences(6, 2, 1, 5), 3)));
        yield return Of("SinusoidalPositions of sequences", 3, t => t.Call("SinusoidalPositions", ("x", t.S(t.Sequences(6, 2, 1, 5), 4))));
        yield return Of("RotaryPositions of sequences", 3, t => t.Call("RotaryPositions", ("x", t.S(t.Sequences(6, 2, 1, 5), 8)), ("heads", 2)));
        yield return Of("Dense of sequences", 3, t => t.Layer("Dense", t.S(t.Sequences(6, 2, 1, 5), 3), ("units", 2)));
        yield return Of("BatchNorm of sequences", 3, t => t.Layer("BatchNorm", t.S(t.Sequences(6, 2, 1, 5), 3)));
        yield return Of("Lstm of two layers", 2, t => t.Layer("Lstm", Scaled(t, t.X(3, 2)), ("units", 2), ("layers", 2), ("dropout", 0.3f), ("bidirectional", true)));
        yield return Of("Rnn by ReLU", 2, t => t.Layer("Rnn", Scaled(t, t.X(3, 2)), ("units", 5), ("relu", true)));

        // Windows over steps: as many steps before and behind, or before alone; apart; groups; more than a sequence has steps.
        foreach (var (kernel, padding, dilation, groups) in new[] { (3, "Same", 1, 1), (2, "Causal", 3, 1), (4, "Same", 1, 2), (3, "Causal", 1, 4) })
        {
            yield return Of($"Conv1D of sequences, {kernel} {padding} {dilation} {groups}", 3, t => t.Layer(
                "Conv1D", Scaled(t, t.S(t.Sequences(6, 2, 1, 5), 4)), ("filters", 4), ("kernel", kernel), ("padding", new PaddingModel(padding)), ("dilation", dilation), ("groups", groups)));
        }
        yield return Of("Conv1D causal", 2, t => t.Layer("Conv1D", t.X(5, 3), ("filters", 2), ("kernel", 3), ("padding", new PaddingModel("Causal")), ("dilation", 2)));
        yield return Of("MaxPool1D causal", 2, t => t.Layer("MaxPool1D", t.X(5, 3), ("pool", 3), ("stride", 1), ("padding", new PaddingModel("Causal"))));
        foreach (var pool in new[] { "MaxPool1D", "AveragePool1D" })
        {
            yield return Of($"{pool} of sequences", 3, t => t.Layer(pool, t.S(t.Sequences(6, 2, 1, 5), 3), ("pool", 3), ("stride", 1), ("padding", Same)));
            yield return Of($"{pool} of sequences, causal", 2, t => t.Layer(
                pool, t.S(t.Sequences(6, 4, 2), 19), ("pool", 2), ("stride", 1), ("padding", new PaddingModel("Causal")), ("countPadding", true)));
        }
        yield return Of("SoftmaxOfSteps of sequences", 3, t => t.Call("SoftmaxOfSteps", ("x", t.S(t.Sequences(6, 2, 1, 5), 3))));
        yield return Of("SoftmaxOfSteps of [2, 4, 3]", 2, t => t.Call("SoftmaxOfSteps", ("x", t.X(2, 4, 3))));
        yield return Of("AttentionPool of sequences", 3, t => t.Layer("AttentionPool", t.S(t.Sequences(6, 2, 1, 5), 3), ("units", 4)));
        yield return Of("AttentionPool of [2, 4, 3]", 2, t => t.Layer("AttentionPool", t.X(2, 4, 3), ("units", 5)));

        foreach (var (name, batch, build) in ScanCases.All().Concat(ScanCases.Layers()).Concat(ScanCases.Corners()))
            yield return Of(name, batch, build);

        // Normalizations: rows, rows of several axes, groups of channels, single channels; around the widths of vectors.
        foreach (var name in new[] { "LayerNorm", "RmsNorm" })
        {
            yield return Of($"{name} [10]", 3, t => t.Layer(name, t.X(10)));
            yield return Of($"{name} [2, 3, 17]", 2, t => t.Layer(name, t.X(2, 3, 17)));
            yield return Of($"{name} over 2 of [4, 3, 5]", 2, t => t.Layer(name, t.X(4, 3, 5), ("axes", 2)));
            yield return Of($"{name} shared [3, 35]", 2, t => t.Layer(name, t.W(3, 35), ("affine", false), ("epsilon", 0.1f)));
        }
        yield return Of("GroupNorm 3 of [4, 5, 6]", 2, t => t.Layer("GroupNorm", t.X(4, 5, 6), ("groups", 3)));
        yield return Of("GroupNorm 1 of [2, 3, 5]", 2, t => t.Layer("GroupNorm", t.X(2, 3, 5), ("groups", 1)));
        yield return Of("GroupNorm 2 of [36]", 2, t => t.Layer("GroupNorm", t.X(36), ("groups", 2), ("affine", false)));
        yield return Of("InstanceNorm [3, 4, 21]", 2, t => t.Layer("InstanceNorm", t.X(3, 4, 21)));
        yield return Of("InstanceNorm [5, 3], affine", 3, t => t.Layer("InstanceNorm", t.X(5, 3), ("affine", true)));

        // Over the batch: one number of a channel in each sample or several, more than a part of the rows, channels around the widths of vectors.
        yield return Of("BatchNorm [5]", 4, t => t.Layer("BatchNorm", t.X(5)));
        yield return Of("BatchNorm [35]", 3, t => t.Layer("BatchNorm", t.X(35), ("affine", false), ("epsilon", 0.1f)));
        yield return Of("BatchNorm [7, 3]", 1, t => t.Layer("BatchNorm", t.X(7, 3), ("momentum", 0.3f)));
        yield return Of("BatchNorm [8, 9, 17]", 2, t => t.Layer("BatchNorm", t.X(8, 9, 17)));
        yield return Of("BatchNorm twice", 3, t => Twice(t, t.Layer("BatchNorm", t.X(4), ("affine", false))));

        // Losses: as the objective itself and inside of a larger one.
        foreach (var classes in new[] { 1, 2, 10, 37 })
        {
            yield return Loss($"CrossEntropy {classes}", 4, t => t.Call("CrossEntropy", ("logits", t.X(classes)), ("label", t.Labels(classes))));
            yield return Of($"CrossEntropy {classes} weighted", 3, t => t.Call("CrossEntropy", ("logits", t.X(classes)), ("label", t.Labels(classes))));
        }
        // Labels of their own length, repeated ones, none at all; more steps than labels and as many; states around the widths of vectors.
        yield return Loss("Ctc", 3, t => t.Call("Ctc", ("logits", t.X(5, 4)), ("target", t.Labels(3, 2)), ("blank", 3)));
        yield return Of("Ctc weighted", 3, t => t.Call("Ctc", ("logits", t.X(9, 3)), ("target", t.Labels(2, 4)), ("blank", 2), ("weight", t.X([], positive: true))));
        yield return Of("Ctc of other lengths", 5, t => t.Call(
            "Ctc", ("logits", t.X(8, 5)), ("target", t.Given(TensorType.Integers(4), 1, 1, 2, 4, 3, -1, 0, 0, -1, -1, -1, -1, 2, 2, 2, -1, 4, 3, 4, -1)), ("ignoreIndex", -1)));
        yield return Of("Ctc of 19 states", 2, t => t.Call("Ctc", ("logits", t.X(21, 6)), ("target", t.Labels(5, 9)), ("blank", 5)));
        yield return Of("Ctc too short", 2, t => t.Call(
            "Ctc", ("logits", t.X(3, 4)), ("target", t.Given(TensorType.Integers(2), 1, 1, 2, 1)), ("zeroInfinity", true)));
        yield return Of("Ctc of sequences", 3, t => t.Call(
            "Ctc", ("logits", t.S(t.Sequences(9, 7, 4, 9), 4)), ("target", t.Given(TensorType.Integers(3), 1, 1, 0, 2, 3, 1, 3, 3, 3)), ("ignoreIndex", 0)));
        yield return Of("Ctc of sequences to other sequences", 3, t =>
        {
            var (steps, labels) = (t.Sequences(7, 5, 2, 7), t.Sequences(3, 2, 1, 3));
            return t.Call("Ctc", ("logits", t.S(steps, 4)), ("target", t.Given(TensorType.Integers() with { Rows = labels }, 1, 1, 3, 2, 1, 2)));
        });
        yield return Loss("CrossEntropy at [2, 2]", 4, t => t.Call("CrossEntropy", ("logits", t.X(2, 2, 5)), ("label", t.Labels(5, 2, 2))));
        yield return Of("CrossEntropy at [3] weighted", 3, t => t.Call("CrossEntropy", ("logits", t.X(3, 17)), ("label", t.Labels(17, 3))));
        yield return Loss("CrossEntropy of probabilities at [3]", 2, t => t.Call("CrossEntropy", ("logits", t.X(3, 5)), ("target", t.X([3, 5], positive: true))));
        yield return Loss("CrossEntropy of probabilities", 3, t => t.Call("CrossEntropy", ("logits", t.X(5)), ("target", t.X([5], positive: true))));
        foreach (var (name, left) in new[]
        {
            ("BinaryCrossEntropy", "logits"), ("MeanSquaredError", "prediction"), ("MeanAbsoluteError", "prediction"), ("Huber", "prediction"),
        })
        {
            yield return Loss($"{name} [1]", 4, t => t.Call(name, (left, t.X(1)), ("target", t.X([1], high: 0.9, positive: true))));
            yield return Loss(
                $"{name} [3, 5]", 3, t => t.Call(name, (left, t.X(3, 5)), ("target", t.X([3, 5], high: 0.9, positive: true))));
            yield return Of($"{name} [] weighted", 3, t => t.Call(name, (left, t.X()), ("target", t.X([], high: 0.9, positive: true))));
        }
        // Means over what counts: class weights, a label that is left out (a class or none), smoothing, sample weights.
        foreach (var (name, arguments) in ClassOptions())
        {
            yield return Loss($"CrossEntropy, {name}", 5, t => t.Call("CrossEntropy", [("logits", t.X(4)), ("label", Some(t)), .. arguments]));
            if (name.Contains("class 1", StringComparison.Ordinal))
                continue;
            yield return Of($"NegativeLogLikelihood, {name}", 5, t => t.Call(
                "NegativeLogLikelihood", [("logProbabilities", t.X(4)), ("label", Some(t)), .. arguments.Where(a => a.Name != "labelSmoothing")]));
            yield return Loss($"Focal, {name}", 5, t => t.Call(
                "Focal", [("logits", t.X(4)), ("label", Some(t)), .. arguments.Where(a => a.Name != "labelSmoothing")]));
        }
        yield return Loss("CrossEntropy, none counts", 3, t => t.Call(
            "CrossEntropy", ("logits", t.X(4)), ("label", t.Given(TensorType.Integers(), -100, -100, -100)), ("ignoreIndex", -100)));
        yield return Loss("CrossEntropy, 35 class weights", 3, t => t.Call(
            "CrossEntropy", ("logits", t.X(35)), ("label", t.Labels(35)), ("weights", Enumerable.Range(1, 35).Select(i => i / 8f).ToArray())));
        yield return Loss("CrossEntropy of probabilities, smoothed and weighted", 3, t => t.Call(
            "CrossEntropy", ("logits", t.X(3)), ("target", t.X([3], positive: true)), ("labelSmoothing", 0.2f), ("weights", new[] { 1f, 0.5f, 2f })));
        yield return Loss("CrossEntropy at positions, without class 1, smoothed and weighted", 2, t => t.Call(
            "CrossEntropy", ("logits", t.X(3, 4)), ("label", t.Given(TensorType.Integers(3), 3, 1, 0, 2, 2, 1)), ("ignoreIndex", 1), ("weights", new[] { 1f, 0.5f, 2f, 3f }), ("labelSmoothing", 0.2f)));
        yield return Loss("CrossEntropy of weighted samples", 4, t => t.Call(
            "CrossEntropy", ("logits", t.X(3)), ("label", t.Labels(3)), ("weight", t.X([], positive: true))));
        yield return Loss("Weighted", 4, t => t.Call("Weighted", ("loss", t.X([1])), ("weight", t.X([1], positive: true))));
        yield return Loss("BinaryCrossEntropy 3", 3, t => t.Call(
            "BinaryCrossEntropy", ("logits", t.X(5)), ("target", t.X([5], high: 0.9, positive: true)), ("positiveWeight", 3f)));
        yield return Loss("BinaryFocal", 3, t => t.Call("BinaryFocal", ("logits", t.X(5)), ("target", t.X([5], high: 0.9, positive: true)), ("alpha", 0.25f)));
        yield return Loss("BinaryFocal 0.5", 3, t => t.Call(
            "BinaryFocal", ("logits", t.X(5)), ("target", t.X([5], high: 0.9, positive: true)), ("gamma", 0.5f), ("weight", t.X([], positive: true))));
        foreach (var name in new[] { "SmoothL1", "LogCosh", "Hinge", "SquaredHinge" })
            yield return Loss($"{name} [3, 5]", 3, t => t.Call(name, ("prediction", t.X(3, 5)), ("target", t.X(3, 5))));
        yield return Loss("SmoothL1 0.3", 3, t => t.Call("SmoothL1", ("prediction", t.X(5)), ("target", t.X(5)), ("beta", 0.3f)));
        yield return Loss("Quantile 0.9", 3, t => t.Call("Quantile", ("prediction", t.X(5)), ("target", t.X(5)), ("quantile", 0.9f)));
        yield return Loss("Poisson, log", 3, t => t.Call("PoissonNegativeLogLikelihood", ("prediction", t.X(5)), ("target", t.X([5], positive: true))));
        yield return Loss("Poisson", 3, t => t.Call(
            "PoissonNegativeLogLikelihood", ("prediction", t.X([5], positive: true)), ("target", t.X([5], positive: true)), ("isLog", false)));
        yield return Loss("Gaussian", 3, t => t.Call(
            "GaussianNegativeLogLikelihood", ("prediction", t.X(5)), ("target", t.X(5)), ("variance", t.X([5], positive: true)), ("epsilon", 0.3f)));
        yield return Loss("KLDivergence", 3, t => t.Call("KLDivergence", ("logProbabilities", t.X(2, 5)), ("target", t.X([2, 5], positive: true))));
        yield return Loss("CosineEmbedding", 6, t => t.Call("CosineEmbedding", ("a", t.X(5)), ("b", t.X(5)), ("target", t.X()), ("margin", -0.2f)));
        yield return Loss("Contrastive", 6, t => t.Call(
            "Contrastive", ("a", t.X(2, 5)), ("b", t.X(2, 5)), ("target", t.X([2], high: 0.9, positive: true)), ("margin", 4f)));
        yield return Loss("Triplet", 6, t => t.Call("Triplet", ("anchor", t.X(5)), ("positive", t.X(5)), ("negative", t.X(5)), ("margin", 0.5f)));
        yield return Loss("Triplet of equal vectors", 2, t => Equals(t, t.X(5)));
        yield return Loss("Huber 0.3", 3, t => t.Call("Huber", ("prediction", t.X(5)), ("target", t.X(5)), ("delta", 0.3f)));
        foreach (var name in new[] { "L1", "L2" })
        {
            yield return Loss($"{name} of two weights", 2, t => t.Call(name, ("weights", new[] { t.W(3, 5), t.W(4) })));
            yield return Loss($"{name} beside a loss", 3, t => t.Call("Add",
                ("left", t.Call("MeanSquaredError", ("prediction", t.X(3)), ("target", t.X(3)))), ("right", t.Call(name, ("weights", new[] { t.W(4) })))));
            yield return Loss($"{name} of activations", 3, t => t.Call(name, ("weights", new[] { t.X(4) })));
        }

        // Einsum.
        yield return Of("Einsum of a diagonal", 2, t => Einsum(t, "ii->i", t.X(4, 4)));
        yield return Of("Einsum of a trace", 2, t => Einsum(t, "iji->j", t.X(3, 5, 3)));
        yield return Of("Einsum of diagonals twice", 2, t => Einsum(t, "iijj,j->ij", t.X(2, 2, 3, 3), t.W(3)));
        yield return Of("Einsum of matrices around", 2, t => Einsum(t, "...ij,...jk->...ik", t.X(2, 3, 4), t.X(1, 4, 2)));
        yield return Of("Einsum of other axes, summed", 2, t => Einsum(t, "...i,i", t.X(2, 3), t.W(3)));
        yield return Of("Einsum of other axes left out", 2, t => Einsum(t, "...i->i", t.X(2, 4, 3)));
        yield return Of("Einsum of other axes in the middle", 2, t => Einsum(t, "i...j->j...i", t.X(2, 3, 4)));
        yield return Of("Einsum of a product", 2, t => Einsum(t, "ij,jk->ik", t.X(3, 4), t.W(4, 5)));
        yield return Of("Einsum of scores", 2, t => Einsum(t, "hqd,hkd->hqk", t.X(2, 3, 4), t.X(2, 5, 4)));
        yield return Of("Einsum of a transposition", 2, t => Einsum(t, "ijk->kij", t.X(3, 4, 5)));
        yield return Of("Einsum of a sum", 2, t => Einsum(t, "ij->j", t.X(3, 4)));
        yield return Of("Einsum of all", 2, t => Einsum(t, "i,i->", t.X(5), t.X(5)));
        yield return Of("Einsum without a result", 2, t => Einsum(t, "ij, jk", t.X(3, 4), t.X(4, 2)));
        yield return Of("Einsum, outer", 2, t => Einsum(t, "i,j->ji", t.X(3), t.X(4)));
        yield return Of("Einsum of three", 2, t => Einsum(t, "ai,aj,bij->b", t.X(2, 3), t.X(2, 4), t.W(5, 3, 4)));
        yield return Of("Einsum, element by element", 2, t => Einsum(t, "ij,i->ij", t.X(3, 4), t.W(3)));
        yield return Of("Einsum that sums alone", 2, t => Einsum(t, "ij,kl->il", t.X(3, 4), t.X(5, 2)));

        // Dropout.
        yield return Of("SpatialDropout 0.5", 3, t => t.Layer("SpatialDropout", t.X(4, 5, 7), ("p", 0.5f)));
        yield return Of("Dropout 0.5", 3, t => t.Layer("Dropout", t.X(3, 7), ("p", 0.5f)));
        yield return Of("RandomNormal", 3, t => t.Call("Multiply", ("left", t.X(5)), ("right", t.Call("RandomNormal", ("dims", new[] { 5 })))));
        yield return Of("RandomUniform of a sample", 3, t => t.Call("Multiply", ("left", t.X(5)), ("right", t.Call("RandomUniform", ("dims", new int[0])))));
        yield return Of("Dropout 0", 3, t => t.Layer("Dropout", t.X(3), ("p", 0f)));
        yield return Of("Dropout twice", 3, t => t.Layer("Dropout", t.Layer("Dropout", t.X(9), ("p", 0.3f)), ("p", 0.3f)));
    }

    private static IEnumerable<(string Name, (string Name, object? Value)[] Arguments)> ClassOptions()
    {
        float[] weights = [0.5f, 2f, 0f, 1.5f];
        yield return ("class weights", [("weights", weights)]);
        yield return ("equal class weights, smoothed", [("weights", new[] { 2f, 2f, 2f, 2f }), ("labelSmoothing", 0.1f)]);
        yield return ("without class 1", [("ignoreIndex", 1)]);
        yield return ("without class 1, smoothed and weighted", [("ignoreIndex", 1), ("weights", weights), ("labelSmoothing", 0.3f)]);
    }

    private static Value Some(TestGraph t) => t.Given(TensorType.Integers(), 3, 0, 1, 2, 0);

    /// <summary>Both distances are 0: the loss is the margin, and no gradient is NaN.</summary>
    private static Value Equals(TestGraph t, Value x) =>
        t.Call("Triplet", ("anchor", x), ("positive", t.Builder.Add(x, t.Builder.Constant(0))), ("negative", x));

    private static readonly AxisRange Whole = Range(0, null);

    private static AxisRange Range(int from, int? to) => new(new AxisIndex(from, false), to is { } end ? new AxisIndex(end, false) : AxisIndex.End);

    private static AxisIndex Place(int place) => new(place, false);

    private static AxisIndex Last(int place) => new(place, true);

    private static Value Part(TestGraph t, Value x, params object[] at) => t.Call("Slice", ("x", x), ("at", at));

    private static Value Parts(TestGraph t, Value x) => t.Builder.Multiply(Part(t, x, Whole, Range(0, 4)), Part(t, x, Whole, Range(3, 7)));

    private static Value Above(TestGraph t, Value x) => t.Call("Greater", ("left", x), ("right", t.Builder.Constant(0.25f)));

    private static Value SelfProduct(TestGraph t, Value x) => t.Call("MatMul", ("a", x), ("b", t.Call("Transpose", ("x", x))));

    private static (string, int, Func<TestGraph, TensorGraph>) Product(int[] a, int[] b) =>
        Of($"MatMul {Text(a)} {Text(b)}", 2, t => t.Call("MatMul", ("a", t.X(a)), ("b", t.X(b))));

    /// <summary>From 0 to 1, which the compiler cannot know.</summary>
    private static Value Shares(TestGraph t) =>
        t.Call("Multiply", ("left", t.Call("Sigmoid", ("x", t.X(4)))), ("right", t.Call("Sigmoid", ("x", t.W(4)))));

    /// <summary>x² and its derivative as a user would write them.</summary>
    private static Value Derived(TestGraph t, Value x) => t.Call(
        "WithDerivative", ("y", t.Call("Square", ("x", x))), ("x", x), ("derivative", t.Builder.Multiply(x, t.Builder.Constant(2))));

    private static Value Einsum(TestGraph t, string pattern, params Value[] tensors) => t.Call("Einsum", ("pattern", pattern), ("tensors", tensors));

    private static Value Twice(TestGraph t, Value x) => t.Call("Multiply", ("left", x), ("right", x));

    private static (string, int, Func<TestGraph, TensorGraph>) Attention(
        string name, int batch, Func<TestGraph, (Value Q, Value K, Value V)> operands, params (string Name, object? Value)[] options) =>
        Of($"Attention {name}", batch, t =>
        {
            var (q, k, v) = operands(t);
            return t.Call("Attention", [("q", q), ("k", k), ("v", v), .. options]);
        });

    /// <summary>Rows whose products with weights are small enough that a softmax of them is not of one weight.</summary>
    private static Value Scaled(TestGraph t, Value x) => t.Builder.Multiply(x, t.Builder.Constant(0.3f));

    private static (string, int, Func<TestGraph, TensorGraph>) Of(string name, int batch, Func<TestGraph, Value> build) =>
        (name, batch, t => t.Forward(build(t)));

    private static (string, int, Func<TestGraph, TensorGraph>) Loss(string name, int batch, Func<TestGraph, Value> build) =>
        (name, batch, t => t.Objective(build(t)));

    private static (string, int, Func<TestGraph, TensorGraph>) Conv(
        int[] x, int filters, int[] kernel, int[] stride, PaddingModel? padding, params (string Name, object? Value)[] more) => Of(
        $"Conv2D {Text(x)} {filters} {Text(kernel)} {Text(stride)} {padding?.Kind}{Text(more)}", 2, t => t.Layer(
            "Conv2D", t.X(x), [("filters", filters), ("kernel", kernel), ("stride", stride), ("padding", padding ?? new PaddingModel("Valid")), .. more]));

    private static (string, int, Func<TestGraph, TensorGraph>) Transposed(
        int[] x, int filters, int[] kernel, int[] stride, PaddingModel? padding, params (string Name, object? Value)[] more) => Of(
        $"ConvTranspose2D {Text(x)} {filters} {Text(kernel)} {Text(stride)} {padding?.Kind}{Text(more)}", 2, t => t.Layer(
            "ConvTranspose2D", t.X(x), [("filters", filters), ("kernel", kernel), ("stride", stride), ("padding", padding ?? new PaddingModel("Valid")), .. more]));

    private static (string, int, Func<TestGraph, TensorGraph>) Sequence(string layer, int[] x, params (string Name, object? Value)[] arguments) =>
        Of($"{layer} {Text(x)}{Text(arguments)}", 2, t => t.Layer(layer, t.X(x), arguments));

    private static (string, int, Func<TestGraph, TensorGraph>) Depthwise(
        int[] x, int[] kernel, int[] stride, PaddingModel? padding, params (string Name, object? Value)[] more) => Of(
        $"DepthwiseConv2D {Text(x)} {Text(kernel)} {Text(stride)} {padding?.Kind}{Text(more)}", 2, t => t.Layer(
            "DepthwiseConv2D", t.X(x), [("kernel", kernel), ("stride", stride), ("padding", padding ?? new PaddingModel("Valid")), .. more]));

    private static (string, int, Func<TestGraph, TensorGraph>) Pool(
        string name, int[] x, int[] pool, int[]? stride, PaddingModel? padding, params (string Name, object? Value)[] more) => Of(
        $"{name} {Text(x)} {Text(pool)} {(stride is null ? "" : Text(stride))} {padding?.Kind}{Text(more)}", 3, t => t.Layer(
            name, t.X(x), [("pool", pool), ("stride", stride), ("padding", padding ?? new PaddingModel("Valid")), .. more]));

    private static string Text(int[] numbers) => string.Join("×", numbers);

    private static string Text((string Name, object? Value)[] arguments) =>
        string.Concat(arguments.Select(a => $", {a.Name} {(a.Value is int[] numbers ? Text(numbers) : a.Value is PaddingModel padding ? padding.Kind : a.Value)}"));
}
