using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Leaves;

namespace NetGen.Generator.Reading;

/// <summary>
/// What sessions do with new steps, made of what a method does with whole sequences: the operations on one step stay, those that look at
/// earlier steps read what these have left in the session's memory.
/// </summary>
internal static class SessionSteps
{
    /// <summary>The first operation that looks at later steps; null: none does.</summary>
    public static int? FirstOfLater(GraphBuilder graph, Value result)
    {
        var needed = new HashSet<int> { result.Id };
        for (var i = result.Id; i >= 0; i--)
        {
            if (needed.Contains(i))
                needed.UnionWith(graph.Nodes[i].Inputs);
        }
        var context = Context(new GraphBuilder(), graph.Nodes.Select(n => n.Operation).OfType<Input>().First(i => i.Type.Rows.IsSteps),
            out _);
        var values = new Value[graph.Nodes.Count];
        foreach (var node in graph.Nodes.Where(n => needed.Contains(n.Id)))
        {
            if (Of(context, node, values) is not { } value)
                return node.Id;
            values[node.Id] = value;
        }
        return null;
    }

    /// <summary>The method by which sessions go on, called so.</summary>
    public static MethodModel Of(MethodModel method, string name)
    {
        var builder = new GraphBuilder();
        var context = Context(builder, method.Graph.Nodes.Select(n => n.Operation).OfType<Input>().First(i => i.Type.Rows.IsSteps),
            out var inputs);
        var values = new Value[method.Graph.Nodes.Count];
        foreach (var node in method.Graph.Nodes)
        {
            builder.Scope = node.Origin;
            values[node.Id] = Of(context, node, values)!.Value;
        }
        builder.Output("result", values[method.Graph.Output("result")]);
        return method with
        {
            Name = name,
            Inputs = EquatableArray.Create(method.Inputs[0], inputs[0], inputs[1]),
            Graph = builder.Build(),
            SessionFloats = Math.Max(1, context.Floats),
        };
    }

    private static SessionContext Context(GraphBuilder builder, Input sequence, out InputModel[] inputs)
    {
        var names = new UniqueNames([sequence.Parameter]);
        inputs =
        [
            new InputModel(names.Take("spans"), TensorType.Integers(Operations.Steps.Spans.Width)) { LengthsOf = sequence.Parameter },
            new InputModel(names.Take("sessions"), TensorType.Integers(SessionContext.AddressWidth)) { LengthsOf = sequence.Parameter },
        ];
        var leaves = inputs.Select((input, i) => builder.Apply(new Input(i + 1, input.Name, input.Type))).ToArray();
        return new SessionContext(builder, leaves[0], leaves[1]);
    }

    /// <summary>A node for new steps; what reads lengths is told the spans instead.</summary>
    private static Value? Of(SessionContext context, Node node, Value[] values) => node.Operation is Input { Type.Rows.IsSteps: false }
        ? context.Spans
        : node.Operation.InSession(context, [.. node.Inputs.Select(i => values[i])]);
}
