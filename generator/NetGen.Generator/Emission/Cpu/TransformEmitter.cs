using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cpu;

/// <summary>A transform of q×q numbers to p×p for all elements behind them, a vector of elements at a time.</summary>
internal static class TransformEmitter
{
    public static void Emit(CodeWriter writer, TensorGraph graph, KernelGroup group, KernelSignature signature)
    {
        var body = (TransformBody)group.Body!;
        var (elements, size, inner) = (body.Elements, body.Transform.Count, body.Transform[0].Count);
        var epilogue = new ColumnEpilogue(graph, group, signature, columns: 0);
        if (epilogue.IsLong)
        {
            writer.Line($"Span<float> results = stackalloc float[{Number(body.Results * 16)}];");
            writer.Line("ref var result = ref MemoryMarshal.GetReference(results);");
        }
        // Elements are a multiple of every vector's, and so is a worker's share of them.
        writer.Line($"var (begin, end) = Partition.Elements({Number(elements)}, worker, workers);");
        writer.Open("for (var i = begin; i < end; i += V.Count)");
        var chain = new ElementEmitter(graph, group, signature);
        TransformText.Emit(
            writer,
            body.Transform.Select(row => (IReadOnlyList<double>)row).ToArray(),
            (k, l) => $"V.Load({ElementEmitter.At(signature.Name(group.Operands[0]), At(k, l, inner))})",
            (i, j, value) =>
            {
                if (epilogue.IsLong)
                {
                    writer.Line($"({value}).Store({ElementEmitter.At("result", (i * size) + j == 0 ? "0" : $"{Number((i * size) + j)} * V.Count")});");
                    return;
                }
                var local = $"y{Number(i)}{Number(j)}";
                writer.Line($"var {local} = {value};");
                chain.Emit(
                    writer, group.Epilogue, new Dictionary<int, string> { [group.Results[0]] = local },
                    epilogue.Access(At(i, j, size), "0", masked: false, $"_{Number(i)}{Number(j)}"));
            });
        if (epilogue.IsLong)
        {
            writer.Open($"for (nint e = 0; e < {Number(body.Results)}; e++)");
            writer.Line($"var at = e * {Number(elements)} + i;");
            writer.Line("var sum = V.Load(ref Unsafe.Add(ref result, e * V.Count));");
            chain.Emit(
                writer, group.Epilogue, new Dictionary<int, string> { [group.Results[0]] = "sum" }, epilogue.Access("at", "0", masked: false, ""));
            writer.Close();
        }
        writer.Close();

        string At(int row, int column, int width) => (row * width) + column == 0 ? "i" : $"{Number(((row * width) + column) * (long)elements)} + i";
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
