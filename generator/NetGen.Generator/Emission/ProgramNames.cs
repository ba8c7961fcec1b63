using NetGen.Generator.Common;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission;

/// <summary>
/// What the members of a network's class of programs are called. They are named after the user's methods, which may be called like
/// anything, also like each other's helpers; every emitter finds the same names.
/// </summary>
internal sealed class ProgramNames
{
    /// <summary>Parameters and locals of the methods, and the fields of the class.</summary>
    private static readonly string[] Own =
    [
        "Layout", "Inputs", "Output", "Columns", "Sessions", "Accuracies", "state", "frame", "batch", "result", "outcome", "optimizer", "loss", "correct",
        "program", "call", "places", "data", "rows", "batchSize", "optimizers", "results", .. StepNames.All, .. StepNames.Whole,
    ];

    private readonly Dictionary<(string Program, string Part), string> names = [];
    private readonly HashSet<string> taken;

    public ProgramNames(IEnumerable<CompiledProgram> programs)
    {
        var unique = new UniqueNames(GeneratedText.Reserved.Concat(Own));
        var all = programs.Select(p => p.Name).ToArray();
        foreach (var (before, after) in new[] { ("", ""), ("Run", ""), ("Run", "OnDevice"), ("Run", "RowsOnDevice") })
        {
            foreach (var program in all)
                names.Add((program, before + after), Names.Escape(unique.Take(before + program + after)));
        }
        taken = [.. unique.Taken];
    }

    /// <summary>The method that checks its arguments and runs the program.</summary>
    public string Method(CompiledProgram program) => names[(program.Name, "")];

    /// <summary>The program on the processor.</summary>
    public string Run(CompiledProgram program) => names[(program.Name, "Run")];

    /// <summary>The program on a device.</summary>
    public string OnDevice(CompiledProgram program) => names[(program.Name, "RunOnDevice")];

    /// <summary>Steps through data that a device keeps.</summary>
    public string RowsOnDevice(CompiledProgram program) => names[(program.Name, "RunRowsOnDevice")];

    /// <summary>C# of the inputs' names.</summary>
    public string[] Inputs(CompiledProgram program) => Values(program).Inputs;

    /// <summary>C# of the names of what a prediction computes.</summary>
    public string[] Results(CompiledProgram program) => Values(program).Results;

    private (string[] Inputs, string[] Results) Values(CompiledProgram program)
    {
        var unique = new UniqueNames(taken);
        string[] inputs = [.. program.Method.Inputs.Select(input => Names.Escape(unique.Take(input.Name)))];
        string[] results = program.Method.Results.Count == 0 ? ["result"] : [.. program.Method.Results.Select(name => Names.Escape(unique.Take(name)))];
        return (inputs, results);
    }
}
