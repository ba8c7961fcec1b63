using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission.Api;

/// <summary>How a network ends, alone or with what its base class holds.</summary>
internal sealed partial class ApiEmitter
{
    private void EmitDispose()
    {
        if (model.Unread is { IsStatic: true } || !IsFree(NetworkModel.DisposeOfNetwork))
            return;
        var (method, modifiers, callsBase) = (model.Disposal.Method, model.Disposal.Modifiers, model.Disposal.CallsBase);
        Summary("Gives the memory of weights and workspaces back.");
        if (model.HasDispose)
        {
            writer.Line("/// <remarks>For the class's own Dispose to call.</remarks>");
            writer.Line($"private void {NetworkModel.DisposeOfNetwork}() => {Body($"{State}.Dispose()")};");
            return;
        }
        var signature = $"{modifiers} void Dispose({(method == DisposeMethod.OfPattern ? "bool disposing" : "")})";
        if (model.IsUnread || (method == DisposeMethod.Plain && !callsBase))
        {
            writer.Line($"{signature} => {Body($"{State}.Dispose()")};");
            return;
        }
        writer.Line(signature);
        writer.Open();
        if (method == DisposeMethod.OfPattern)
            writer.Line("if (disposing)");
        writer.Line($"{(method == DisposeMethod.OfPattern ? "    " : "")}{State}.Dispose();");
        if (callsBase)
            writer.Line($"base.Dispose({(method == DisposeMethod.OfPattern ? "disposing" : "")});");
        writer.Close();
    }

    /// <summary>The step that minimizes an objective, by name.</summary>
    private string StepOf(CompiledProgram objective) =>
        NetworkModel.StepName(objective.Name, model.Methods.Count(method => method.IsObjective));
}
