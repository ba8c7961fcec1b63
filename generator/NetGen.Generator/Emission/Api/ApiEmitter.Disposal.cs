using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Api;

/// <summary>How a network ends, alone or with what its base class holds.</summary>
internal sealed partial class ApiEmitter
{
    private void EmitDispose()
    {
        var (method, modifiers, callsBase) = (model.Disposal.Method, model.Disposal.Modifiers, model.Disposal.CallsBase);
        Summary("Gives the memory of weights and workspaces back.");
        if (method == DisposeMethod.Plain && !callsBase)
        {
            writer.Line($"{modifiers} void Dispose() => networkState.Dispose();");
            return;
        }
        writer.Line($"{modifiers} void Dispose({(method == DisposeMethod.OfPattern ? "bool disposing" : "")})");
        writer.Open();
        if (method == DisposeMethod.OfPattern)
            writer.Line("if (disposing)");
        writer.Line($"{(method == DisposeMethod.OfPattern ? "    " : "")}networkState.Dispose();");
        if (callsBase)
            writer.Line($"base.Dispose({(method == DisposeMethod.OfPattern ? "disposing" : "")});");
        writer.Close();
    }

    /// <summary>The step that minimizes an objective, by name.</summary>
    private string StepOf(CompiledProgram objective) => programs.First(p => p.Kind == ProgramKind.Step && p.Method == objective.Method).Name;
}
