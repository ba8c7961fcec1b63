using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cpu;

/// <summary>A transform of q×q numbers to p×p for all elements behind them: a call, or where something is done with the results one for each vector of elements.</summary>
internal static class TransformEmitter
{
    /// <summary>Lanes of the widest vector.</summary>
    private const int Lanes = 16;

    public static void Emit(CodeWriter writer, TensorGraph graph, KernelGroup group, KernelSignature signature)
    {
        var body = (TransformBody)group.Body!;
        var elements = Number(body.Elements);
        var x = signature.Name(group.Operands[0]);
        var call = $"WinogradKernels.Weights<V, WinogradF{Number(body.Outputs)}.{body.Matrix}>";
        if (group.Epilogue.Count == 0)
        {
            writer.Line($"{call}(ref {x}, ref {signature.Name(group.Results[0])}, {elements}, worker, workers);");
            return;
        }
        writer.Line($"Span<float> results = stackalloc float[{Number(body.Results * Lanes)}];");
        writer.Line("ref var result = ref MemoryMarshal.GetReference(results);");
        // Elements are a multiple of every vector's, and so is a worker's share of them.
        writer.Line($"var (begin, end) = Partition.Elements({elements}, worker, workers);");
        writer.Open("for (var i = begin; i < end; i += V.Count)");
        writer.Line($"{call}({ElementEmitter.At(x, "i")}, {elements}, ref result);");
        writer.Open($"for (nint e = 0; e < {Number(body.Results)}; e++)");
        writer.Line($"var at = e * {elements} + i;");
        writer.Line("var sum = V.Load(ref Unsafe.Add(ref result, e * V.Count));");
        new ElementEmitter(graph, group, signature).Emit(
            writer, group.Epilogue, new Dictionary<int, string> { [group.Results[0]] = "sum" },
            new ColumnEpilogue(graph, group, signature, columns: 0).Access("at", "0", masked: false));
        writer.Close();
        writer.Close();
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
