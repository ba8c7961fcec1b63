using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Leaves;

namespace NetGen.Generator.Operations.Losses;

/// <summary>What a program says of right and wrong.</summary>
internal static class ClassificationOutputs
{
    /// <summary>
    /// Adds an output for every classification that the objective is made of, whatever its weight is and wherever it was called. It is named by what it classifies, so
    /// that no name depends on the order of the terms: by the parameter that its labels come from, and where several classify the same, by the layer that answers, too.
    /// </summary>
    public static void Add(GraphBuilder graph, Value objective)
    {
        var terms = Reached(graph, objective);
        var of = graph.Classifications.Where(c => terms.Contains(c.Loss.Id)).GroupBy(c => c.Correct.Id).Select(same => same.First()).ToArray();
        var names = of.Select(c => Subject(graph, c)).ToArray();
        for (var i = 0; i < of.Length; i++)
        {
            var name = names.Count(n => n == names[i]) == 1 ? names[i] : $"{names[i]} by {graph.Nodes[of[i].Answer.Id].Name}";
            graph.Output("correct", of[i].Correct, Unused(graph, name));
        }
    }

    /// <summary>"label": the parameters of the method that the truth is made of; where it is made of none, the layer that answers.</summary>
    private static string Subject(GraphBuilder graph, Classification classification)
    {
        var inputs = Reached(graph, classification.Truth).Select(id => graph.Nodes[id].Operation).OfType<Input>().OrderBy(i => i.Index).Select(i => i.Parameter).ToArray();
        return inputs.Length > 0 ? string.Join("+", inputs) : graph.Nodes[classification.Answer.Id].Name;
    }

    /// <summary>The name, with a number where another classification has it.</summary>
    private static string Unused(GraphBuilder graph, string name)
    {
        var unused = name;
        for (var number = 2; graph.Outputs.Any(o => o.Role == "correct" && o.Name == unused); number++)
            unused = FormattableString.Invariant($"{name} {number}");
        return unused;
    }

    /// <summary>A value and everything that it is made of.</summary>
    private static HashSet<int> Reached(GraphBuilder graph, Value from)
    {
        var reached = new HashSet<int> { from.Id };
        for (var id = from.Id; id >= 0; id--)
        {
            if (reached.Contains(id))
                reached.UnionWith(graph.Nodes[id].Inputs);
        }
        return reached;
    }
}
