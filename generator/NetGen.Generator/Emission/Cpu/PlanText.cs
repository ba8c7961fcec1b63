using System.Globalization;
using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Cpu;

/// <summary>Kernels and memory in words: for comments and the network's Plan.</summary>
internal static class PlanText
{
    /// <summary>The kernels of a program before it is known when they run and where their values lie.</summary>
    public static string Kernels(FusedProgram program) => string.Join("\n", program.Groups.SelectMany(group => KernelDescription.Lines(program, group)));

    /// <summary>Everything about the network's programs.</summary>
    public static string Of(NetworkModel model, IReadOnlyList<CompiledProgram> programs, CancellationToken cancellation = default)
    {
        var writer = new CodeWriter();
        var weights = model.Parameters.Where(p => !p.IsState).ToArray();
        writer.Line($"{model.FullName}: {weights.Length} parameters, {Total(weights)} weights");
        // Equal layers have equal tiles, and choosing them is most of the work.
        var tiles = new Dictionary<ContractionBody, string>();
        foreach (var program in programs)
        {
            writer.Line();
            writer.Lines(Of(program, tiles, cancellation));
            if (program.ForFewer is not { } fewer)
                continue;
            writer.Line();
            writer.Lines(Of(fewer, tiles, cancellation));
        }
        return writer.ToString();
    }

    /// <summary>One program: its kernels by phase and its memory.</summary>
    public static string Of(CompiledProgram program) => Of(program, [], default);

    private static string Of(CompiledProgram program, Dictionary<ContractionBody, string> tiles, CancellationToken cancellation)
    {
        var writer = new CodeWriter();
        var memory = program.Memory;
        writer.Line(
            $"{program.Name}: {program.Program.Groups.Count} kernels in {program.Schedule.Phases} phases; workspace "
            + $"{Bytes(memory.FloatsPerSample)} per sample + {string.Concat(memory.OfSteps.Select(r => $"{Bytes(r.Floats)} per step of {r.Rows} + "))}{Bytes(memory.FixedFloats)} "
            + $"(alive at once at most: {Bytes(memory.LiveOf(RowSpace.Samples))} + {string.Concat(memory.OfSteps.Select(r => $"{Bytes(r.Live)} + "))}{Bytes(memory.LiveOf(RowSpace.None))})");
        if (program.ForFewer is { } fewer)
            writer.Line($"  from {program.SmallestBatch.ToString(CultureInfo.InvariantCulture)} samples on; fewer: {fewer.Name}");
        if (program.Blocks is { } blocks)
        {
            writer.Line(
                $"  {blocks.Samples.ToString(CultureInfo.InvariantCulture)} samples at a time through all layers; "
                + $"workspace for at most {blocks.Capacity.ToString(CultureInfo.InvariantCulture)} samples of each thread"
                + OncePhases(program));
        }
        foreach (var phase in program.Schedule.InOrder(program.Program))
        {
            foreach (var group in phase.Until(cancellation))
            {
                var lines = KernelDescription.Lines(program.Program, group).ToArray();
                var tile = "";
                if (group.Body is ContractionBody contraction && !tiles.TryGetValue(contraction, out tile))
                    tiles.Add(contraction, tile = Tiles(contraction));
                if (group.Body is WinogradBody winograd)
                    tile = Tiles(winograd);
                writer.Line($"  {(phase.Key + 1).ToString(CultureInfo.InvariantCulture),3}  {lines[0]}");
                writer.Line($"       {lines[1].Trim()}{Places(program, group)}{tile}");
            }
        }
        return writer.ToString();
    }

    /// <summary>A table of the layers: what each makes and how many weights it has; then the weights.</summary>
    public static string Summary(NetworkModel model)
    {
        var writer = new CodeWriter();
        writer.Line(model.FullName);
        foreach (var line in model.LayerLines)
            writer.Line("  " + line);
        writer.Line();
        var width = model.Parameters.Select(p => p.Name.Length).DefaultIfEmpty(0).Max();
        foreach (var parameter in model.Parameters)
            writer.Line($"  {parameter.Name.PadRight(width)}  {parameter.Dims}{(parameter.IsState ? "; not trained, changed by steps" : "")}{(parameter.IsFrozen ? "; frozen" : "")}{FileNote(parameter)}");
        var (weights, state) = (model.Parameters.Where(p => !p.IsState).ToArray(), model.Parameters.Where(p => p.IsState).ToArray());
        var frozen = weights.Where(p => p.IsFrozen).ToArray();
        writer.Line($"  {Total(weights)} weights in {Count(weights)} parameters{(frozen.Length == 0 ? "" : $", of which {Total(frozen)} in {Count(frozen)} are frozen")}");
        if (state.Length > 0)
            writer.Line($"  {Total(state)} numbers that are not trained, in {Count(state)} more");
        return writer.ToString();

        static string Count(ParameterModel[] parameters) => parameters.Length.ToString(CultureInfo.InvariantCulture);
    }

    private static string Total(IEnumerable<ParameterModel> parameters) => parameters.Sum(p => p.Count).ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"; phases 1 to 2 once before, for they read weights only".</summary>
    private static string OncePhases(CompiledProgram program)
    {
        var phases = program.Schedule.InOrder(program.Once).Count();
        return phases == 0
            ? ""
            : $"; phase{(phases == 1 ? " 1" : $"s 1 to {phases.ToString(CultureInfo.InvariantCulture)}")} once before, for {(phases == 1 ? "it reads" : "they read")} weights only";
    }

    /// <summary>What a weight file has otherwise than memory, besides the order of a layer's axes.</summary>
    private static string FileNote(ParameterModel parameter) => !parameter.IsOrderKnown
        ? "; in files as in memory, PyTorch's order of features is not known"
        : parameter.Inputs.Count > 0 || parameter.Outputs.Count > 0 || parameter.Layout == FileLayout.ChannelsFirst
            ? "; in files channels first"
            : "";

    /// <summary>"; d_loss in place of layers_3": the results that are written over an operand.</summary>
    private static string Places(CompiledProgram program, KernelGroup group)
    {
        var graph = program.Program.Graph;
        return string.Concat(group.Stores.Select(value => program.Memory.Find(value)?.InPlaceOf is { } operand
            ? $"; {graph[value].Name} in place of {graph[operand].Name}"
            : ""));
    }

    private static string Tiles(ContractionBody contraction)
    {
        string Of(int registers, int lanes) => string.Join(", ", contraction.All
            .Select(part => TileShapes.Choose(part, ContractionRows.Of(part), registers, lanes)).Select(t => $"{t.Rows}×{t.Vectors}").Distinct());
        var blocks = SampleBlocks.Of(contraction) is { } samples ? $"; {samples} samples at a time" : "";
        var panels = WeightPanels.Transposes(contraction) ? "; columns transposed and packed by each worker" : WeightPanels.Pack(contraction) ? "; columns packed where the weights exceed half of a core's level-2 cache and rows are many" : "";
        var (many, few) = (Of(32, 16), Of(16, 8));
        return $"{blocks}{panels}; tiles of up to (rows × vectors) {(many == few ? many : $"{many} with 32 registers, {few} with 16")}";
    }

    /// <summary>"; 25 tiles of a sample, 16 products each instead of 36; 102,400 B for each worker".</summary>
    private static string Tiles(WinogradBody body) => string.Format(
        CultureInfo.InvariantCulture,
        "; {0} {1} of a sample, {2} products each instead of {3}; {4} {5} and {6} columns at a time; {7} for each worker",
        body.Tiles,
        body.Tiles == 1 ? "tile" : "tiles",
        body.Transform.Products,
        WinogradTransform.Kernel * WinogradTransform.Kernel * body.Outputs * body.Outputs,
        body.Samples,
        body.Samples == 1 ? "sample" : "samples",
        body.ColumnBlock,
        Bytes(body.ScratchFloats));

    private static string Bytes(long floats) => $"{(floats * 4).ToString("N0", CultureInfo.InvariantCulture)} B";
}
