using NetGen.Generator;
using NetGen.Generator.Graph;

namespace NetGen.Compiled.Tests.Harness;

/// <summary>Writes the <see cref="ICompiledNetwork"/> of a network.</summary>
internal static class Adapter
{
    public const string Name = "CompiledNetworkAdapter";

    public static string Text(NetworkModel model)
    {
        var objectives = model.Methods.Where(m => m.IsObjective).ToArray();
        var predicting = model.Methods.Where(m => !m.IsObjective).ToArray();
        var predict = predicting.Where(m => m.Graph.Results.Count() == 1)
            .Select(m => $"case \"{m.Name}\": network.{m.Name}({Arguments(m)}result); return;");
        var predictAll = predicting.Select(m => $"case \"{m.Name}\": network.{m.Name}({Arguments(m)}{Results(m)}); return;");
        var loss = objectives.Select(m => $"case \"{m.Name}\": return network.{m.Name}({Arguments(m).TrimEnd(' ', ',')});");
        var step = objectives.Select(m => $"case \"{m.Name}\": return network.{StepName(m, objectives.Length)}({Arguments(m)}in optimizer);");
        var type = "global::" + model.FullName;
        return $$"""
            {{(model.Namespace.Length == 0 ? "" : $"namespace {model.Namespace};")}}

            public sealed class {{Name}} : NetGen.Compiled.Tests.Harness.ICompiledNetwork
            {
                private readonly {{type}} network;

                public {{Name}}(ulong seed, NetGen.Device device) => network = new {{type}}(seed, device);

                public NetGen.INetwork Network => network;

                public void Predict(string method, System.Array[] inputs, float[] result)
                {
                    switch (method)
                    {
                        {{string.Join("\n            ", predict)}}
                        default: throw new System.ArgumentOutOfRangeException(method);
                    }
                }

                public void Predict(string method, System.Array[] inputs, params float[][] results)
                {
                    switch (method)
                    {
                        {{string.Join("\n            ", predictAll)}}
                        default: throw new System.ArgumentOutOfRangeException(method);
                    }
                }

                public float Loss(string objective, System.Array[] inputs)
                {
                    switch (objective)
                    {
                        {{string.Join("\n            ", loss)}}
                        default: throw new System.ArgumentOutOfRangeException(objective);
                    }
                }

                public float Step<TOptimizer>(string objective, System.Array[] inputs, in TOptimizer optimizer)
                    where TOptimizer : struct, NetGen.IOptimizer<TOptimizer>
                {
                    switch (objective)
                    {
                        {{string.Join("\n            ", step)}}
                        default: throw new System.ArgumentOutOfRangeException(objective);
                    }
                }

                public void Dispose() => network.Dispose();
            }
            """;
    }

    private static string Results(MethodModel method) => string.Join(", ", method.Graph.Results.Select((_, i) => $"results[{i}]"));

    private static string Arguments(MethodModel method) => string.Concat(
        method.Inputs.Select((input, i) => $"({(input.Type.Element == ElementType.Int32 ? "int" : "float")}[])inputs[{i}], "));

    /// <summary>The rule that users know: Step for the only objective or the one called Loss, else Step and the name without "Loss".</summary>
    private static string StepName(MethodModel objective, int objectives)
    {
        var name = objective.Name;
        if (objectives == 1 || name == "Loss")
            return "Step";
        return "Step" + (name.EndsWith("Loss", StringComparison.Ordinal) ? name[..^4] : name);
    }
}
