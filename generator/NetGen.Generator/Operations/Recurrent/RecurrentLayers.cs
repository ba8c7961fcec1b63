using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Dropout;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Steps;

namespace NetGen.Generator.Operations.Recurrent;

/// <summary>
/// Lstm, Gru and Rnn(units, layers, bidirectional, dropout, last, bias): each layer projects all steps by one product and goes through
/// them. The weights have the names, and start as those, of torch.nn.LSTM, GRU and RNN.
/// </summary>
internal sealed record RecurrentLayer(
    string Name, CellKind Kind, int Units, int Layers, bool IsBidirectional, float Dropout, bool Last, bool Bias, InitializerModel? Init)
        : LayerDefinition
{
    public static readonly LayerFunction
        Lstm = new("Lstm", a => Create(a, "Lstm", CellKind.Lstm)),
        Gru = new("Gru", a => Create(a, "Gru", CellKind.Gru)),
        Rnn = new("Rnn", a => Create(a, "Rnn", a.Is("relu") ? CellKind.Relu : CellKind.Tanh));

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x)
    {
        Numbers.Check(Name, "x", x.Type);
        if (!x.Type.Batched || (x.Type.Rank < 2 && !x.Type.HasSteps()) || x.Type.Rank == 0)
        {
            throw new LanguageException(
                "NG0401", $"{Name} is over the steps of a sequence: of a [Sequence], or the axis before the last, [.., steps, width]; got {(x.Type.Rank == 0 ? "a single number" : x.Type.Shape)}{(x.Type.Batched ? "" : " without a batch")}.");
        }
        for (var layer = 0; layer < Layers; layer++)
        {
            if (layer > 0)
                x = new DropoutLayer(Dropout).Apply(graph, parameters, x);
            var suffix = Text.Invariant($"_l{layer}");
            var forward = Direction(graph, parameters, x, suffix, isReverse: false);
            var isLast = Last && layer == Layers - 1;
            if (!IsBidirectional)
            {
                x = isLast ? StepFunctions.At(graph, Name, forward, isLast: true) : forward;
                continue;
            }
            // What a direction knows of the whole sequence is where it ends.
            var backward = Direction(graph, parameters, x, suffix + "_reverse", isReverse: true);
            if (isLast)
                (forward, backward) = (
                    StepFunctions.At(graph, Name, forward, isLast: true), StepFunctions.At(graph, Name, backward, isLast: false));
            x = graph.Apply(new Concat.Concat(forward.Type.Rank - 1), forward, backward);
        }
        return x;
    }

    private Value Direction(GraphBuilder graph, IParameterScope parameters, Value x, string suffix, bool isReverse)
    {
        var shape = new RecurrenceShape(Kind, Units, isReverse) { OfSteps = x.Type.HasSteps() };
        Value[] spans = shape.OfSteps ? [graph.Spans(x.Type.Rows)] : [];
        var inputs = x.Type.Dims[x.Type.Rank - 1];
        // PyTorch's: U(±1/√units), of all of them.
        var spread = (float)(1 / Math.Sqrt(Units));
        var init = (Init ?? new InitializerModel("Uniform", EquatableArray.Create(-spread, spread))) with { FanIn = inputs, FanOut = Units };
        var biasInit = Init is null ? init : Initializers.Zeros;
        Value BiasOf(string name) => parameters.Parameter(name + suffix, [shape.Gates], biasInit, FileLayout.AsIs);
        var g = graph.Apply(new MatMul(), x, parameters.Parameter("weight_ih" + suffix, [inputs, shape.Gates], init, FileLayout.Linear));
        var weight = parameters.Parameter("weight_hh" + suffix, [Units, shape.Gates], init with { FanIn = Units }, FileLayout.Linear);
        if (!Bias)
            return graph.Apply(new Recurrence(shape), [g, weight, .. spans]);
        g = graph.Add(g, BiasOf("bias_ih"));
        return Kind == CellKind.Gru
            ? graph.Apply(new Recurrence(shape), [g, weight, BiasOf("bias_hh"), .. spans])
            : graph.Apply(new Recurrence(shape), [graph.Add(g, BiasOf("bias_hh")), weight, .. spans]);
    }

    private static RecurrentLayer Create(CallArguments arguments, string name, CellKind kind)
    {
        var p = arguments.FiniteOr("dropout", 0);
        if (p is < 0 or >= 1)
            throw new LanguageException("NG0301",
                Text.Invariant($"'dropout' is the probability of dropping an element, from 0 to below 1; it is {p}."), "dropout");
        var layers = arguments.IntAtLeast("layers", 1, 1);
        if (p > 0 && layers == 1)
            throw new LanguageException("NG0301",
                $"'dropout' is between the layers of {name}, and there is one. Behind it stands Dropout({Text.Literal(p)}).", "dropout");
        return new(
            name, kind, arguments.IntAtLeast("units", 1), layers, arguments.Is("bidirectional"), p, arguments.Is("last"),
            !arguments.Has("bias") || arguments.Bool("bias"), arguments.Initializer("init"));
    }
}
