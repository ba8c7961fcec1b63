using System.Globalization;
using NetGen.Generator.Common;
using NetGen.Generator.Emission.Cuda;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Api;

/// <summary>What the user's class and its programs both say.</summary>
internal static class ApiText
{
    /// <summary>The step that Fit makes: that of the only objective.</summary>
    public static CompiledProgram? Trainable(IReadOnlyList<CompiledProgram> programs) =>
        programs.Count(p => p.Kind == ProgramKind.Step) == 1 ? programs.Single(p => p.Kind == ProgramKind.Step) : null;

    /// <summary>The steps on several objectives, in their order; none where there is one, or none.</summary>
    public static CompiledProgram[] OfSeveral(IReadOnlyList<CompiledProgram> programs) =>
        programs.Where(p => p.Kind == ProgramKind.Step).ToArray() is { Length: > 1 } steps ? steps : [];

    /// <summary>The step that may take its samples from data that a device keeps.</summary>
    public static CompiledProgram? StepOfRows(IReadOnlyList<CompiledProgram> cuda) => cuda.FirstOrDefault(p => CudaEmitter.TakesRows(cuda, p));

    /// <summary>What Predict computes.</summary>
    public static CompiledProgram? Forward(IReadOnlyList<CompiledProgram> programs) => programs.FirstOrDefault(p => p.Kind == ProgramKind.Predict && p.Name == "Forward");

    /// <summary>
    /// What can be asked for predictions without knowing the class: Forward, where it has one result; a network with errors may lack it, or
    /// have it without samples.
    /// </summary>
    public static CompiledProgram? Predictor(IReadOnlyList<CompiledProgram> programs) =>
        Forward(programs) is { } forward && forward.Method.Inputs.Count > 0 && Results(forward) is [{ Type.Batched: true }]
        && forward.Method.Inputs.All(i => i.LengthsOf is null) ? forward : null;

    /// <summary>The parameters that receive what a method computes, beside those for its inputs.</summary>
    public static IReadOnlyList<(string Name, TensorType Type)> Results(CompiledProgram program)
    {
        var (graph, names) = (program.Program.Graph, new UniqueNames(program.Method.Inputs.Select(i => i.Name)));
        return [.. graph.Results.Select(result => (names.Take(result.Name.Length == 0 ? "result" : result.Name), graph[result.Value].Type))];
    }

    /// <summary>"[10]"; of several results "mean [20], variance [20]".</summary>
    public static string ResultShapes(CompiledProgram program) => Results(program) is [var result]
        ? $"{result.Type}"
        : string.Join(", ", Results(program).Select(r => $"{r.Name} {r.Type}"));

    /// <summary>Of a method with one result.</summary>
    public static TensorType ResultType(CompiledProgram program) => program.Program.Graph[program.Program.Graph.Output("result")].Type;

    public static string Shapes(CompiledProgram program) => string.Join(", ", program.Method.Inputs.Select(i => $"{i.Name} {i.Type}"));

    public static string ShapeText(TensorType type) =>
        type.Element == ElementType.Int32 && type.Rank == 0 ? "one label" : type.Rank == 0 ? "one number" : type.Shape;

    /// <summary>" for each sample"; nothing where it is one for all.</summary>
    public static string EachRow(TensorType type) => type.Rows.IsSteps ? $" for each step of {type.Rows.Name}" : type.Batched ? " for each sample" : "";

    public static string ShapeText(InputModel input) => input is { AreIndices: true, Type.Rank: 0 } ? "one index" : ShapeText(input.Type);

    /// <summary>Whether a loss takes only some numbers as targets.</summary>
    public static bool HasRanges(CompiledProgram program) => program.Method.Inputs.Any(input => input.Range is not null);

    /// <summary>What in a program needs the most samples; null where one is enough.</summary>
    public static Node? SmallestBatch(CompiledProgram program) => program.Program.Graph.Nodes
        .Where(n => n.Operation.SmallestBatch > 1).OrderByDescending(n => n.Operation.SmallestBatch).FirstOrDefault();

    /// <summary>How many classes or rows the integers of an input may name; those of one that nothing reads any.</summary>
    public static int IndexLimit(TensorGraph graph, string input) => Limits(graph, input).Select(l => l.Limit).DefaultIfEmpty(int.MaxValue).Min();

    /// <summary>The label that is no class and does not count, if all agree on it that know classes; null: there is none.</summary>
    public static int? IgnoredLabel(TensorGraph graph, string input)
    {
        var ignored = Limits(graph, input).Where(l => l.Limit < int.MaxValue).Select(l => l.Operation.IgnoredLabel).Distinct().ToArray();
        return ignored.Length == 1 && ignored[0] is { } label && (label < 0 || label >= IndexLimit(graph, input)) ? label : null;
    }

    private static IEnumerable<(Operation Operation, int Limit)> Limits(TensorGraph graph, string input) => graph.Nodes
        .Where(n => n.Inputs.Any(i => graph[i].Operation is Input { Parameter: var p } && p == input))
        .Select(n => (n.Operation, n.Operation.IndexLimit(n.Inputs.Select(i => graph[i].Type).ToArray()) ?? int.MaxValue));

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
