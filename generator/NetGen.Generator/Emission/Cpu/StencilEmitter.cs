using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cpu;

/// <summary>
/// A convolution of each channel by itself as C#: the library makes the sums of some pixels at a time, the kernel does what is done with
/// them.
/// </summary>
internal static class StencilEmitter
{
    public static void Emit(CodeWriter writer, TensorGraph graph, KernelGroup group, KernelSignature signature)
    {
        var body = (StencilBody)group.Body!;
        var channels = Number(body.Channels);
        var operands = $"ref {signature.Name(group.Operands[0])}, ref {signature.Name(group.Operands[1])}";
        writer.Line("// image, pixels of the result, kernel, stride, dilation, padding before");
        writer.Line($"var shape = new StencilShape({string.Join(", ", body.Constants.Select(c => Number(c)))});");
        writer.Line("var tiles = new StencilTiles<V>(in shape, batch, worker, workers);");
        writer.Open("while (tiles.Next())");
        if (group.Epilogue.Count == 0)
        {
            writer.Line($"tiles.Sum({operands}, ref {signature.Name(group.Results[0])});");
            writer.Close();
            return;
        }
        var masked = body.Channels % 16 != 0;
        var epilogue = new ColumnEpilogue(graph, group, signature, body.Channels);
        writer.Line($"tiles.Sum({operands});");
        writer.Line("ref var c = ref tiles.Sums;");
        writer.Line("var (left, right) = (tiles.Channel, tiles.Channel + tiles.Width);");
        writer.Line($"var at = tiles.Pixel * {channels};");
        writer.Open($"for (var pixel = tiles.Pixels; pixel > 0; pixel--, at += {channels})");
        writer.Open("for (var n = left; n < right; n += V.Count)");
        writer.Line("var i = at + n;");
        if (masked)
            writer.Line($"var count = (int)Math.Min(V.Count, {channels} - n);");
        writer.Line("var sum = V.Load(ref c);");
        writer.Line("c = ref Unsafe.Add(ref c, V.Count);");
        new ElementEmitter(graph, group, signature).Emit(
            writer, group.Epilogue, new Dictionary<int, string> { [group.Results[0]] = "sum" },
            epilogue.Access("i", "n", masked, element: "i"));
        writer.Close();
        writer.Close();
        writer.Close();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
