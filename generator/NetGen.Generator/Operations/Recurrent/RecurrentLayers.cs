using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Dropout;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Shapes;
using NetGen.Generator.Operations.Steps;
using NetGen.Generator.Operations.Views;

namespace NetGen.Generator.Operations.Recurrent;

/// <summary>
/// Lstm, Gru and Rnn(units, layers, bidirectional, dropout, last, bias, …): each layer projects all steps by one product and goes through
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

    public RecurrentOptions Options { get; init; } = new();

    /// <summary>Numbers of a step's result, for one direction.</summary>
    private int Width => Options.Projection > 0 ? Options.Projection : Units;

    public override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x) =>
        Run(graph, parameters, x, null, givesState: false).Steps;

    /// <summary>
    /// The result, and the states behind the last step: of one layer and direction [units], of several [layers · directions, units].
    /// </summary>
    public (Value Steps, Value[] States) Run(
        GraphBuilder graph, IParameterScope parameters, Value x, IReadOnlyList<Value>? initial, bool givesState)
    {
        Numbers.Check(Name, "x", x.Type);
        if (!x.Type.Batched || (x.Type.Rank < 2 && !x.Type.HasSteps()) || x.Type.Rank == 0)
        {
            throw new LanguageException(
                "NG0401", $"{Name} is over the steps of a sequence: of a [Sequence], or the axis before the last, [.., steps, width]; got {(x.Type.Rank == 0 ? "a single number" : x.Type.Shape)}{(x.Type.Batched ? "" : " without a batch")}.");
        }
        var directions = IsBidirectional ? 2 : 1;
        var states = new List<Value[]>();
        for (var layer = 0; layer < Layers; layer++)
        {
            if (layer > 0)
                x = new DropoutLayer(Dropout).Apply(graph, parameters, x);
            var isLast = Last && layer == Layers - 1;
            var results = new List<Value>();
            foreach (var isReverse in new[] { false, true }.Take(directions))
            {
                var suffix = Text.Invariant($"_l{layer}") + (isReverse ? "_reverse" : "");
                var start = initial is null ? null : Initial(graph, initial, states.Count, directions * Layers);
                var steps = Direction(graph, parameters, x, suffix, isReverse, start, givesState);
                // What a direction knows of the whole sequence is where it ends.
                Value End(Value value) => StepFunctions.At(graph, Name, value, isLast: !isReverse);
                if (givesState)
                    states.Add([.. steps.Select(End)]);
                else if (initial is not null)
                    states.Add([]);
                results.Add(isLast ? End(steps[0]) : steps[0]);
            }
            x = results.Count == 1 ? results[0] : graph.Apply(new Concat.Concat(results[0].Type.Rank - 1), [.. results]);
        }
        return (x, givesState ? [.. Enumerable.Range(0, states[0].Length).Select(i => Stacked(graph, [.. states.Select(s => s[i])]))] : []);
    }

    private static Value Stacked(GraphBuilder graph, Value[] states) => states.Length == 1
        ? states[0]
        : Concat.ConcatFunctions.Joined(graph, 0, [.. states.Select(state => graph.Unsqueeze(state, 0))]);

    /// <summary>The states of a layer's direction before its first step.</summary>
    private Value[] Initial(GraphBuilder graph, IReadOnlyList<Value> initial, int number, int count)
    {
        var widths = new[] { Width, Units };
        return [.. initial.Select((state, i) =>
        {
            Numbers.Check(Name, "initial", state.Type);
            int[] dims = count == 1 ? [widths[i]] : [count, widths[i]];
            if (!state.Type.Dims.SequenceEqual(dims) || state.Type.Rows.IsSteps)
            {
                throw new LanguageException("NG0402",
                    $"{Name} starts from {(i == 0 ? "a state" : "cells")} of {dims.ToEquatableArray()}{(count == 1 ? "" : ", a row for each layer and direction")}, one for all samples or one for each; got {state.Type.Shape}{(state.Type.Rows.IsSteps ? $" for each step of '{state.Type.Rows}'" : "")}.",
                    "initial");
            }
            return count == 1 ? state : graph.Reshape(graph.Slice(state, 0, number, 1), [widths[i]]);
        })];
    }

    /// <summary>The states at each step: h, and of an LSTM that gives its state the cells.</summary>
    private Value[] Direction(
        GraphBuilder graph, IParameterScope parameters, Value x, string suffix, bool isReverse, Value[]? initial, bool givesState)
    {
        var shape = new RecurrenceShape(Kind, Units, isReverse) { OfSteps = x.Type.HasSteps() };
        Value[] spans = shape.OfSteps ? [graph.Spans(x.Type.Rows)] : [];
        var inputs = x.Type.Dims[x.Type.Rank - 1];
        // PyTorch's: U(±1/√units), of all of them.
        var spread = (float)(1 / Math.Sqrt(Units));
        var init = (Init ?? new InitializerModel("Uniform", EquatableArray.Create(-spread, spread))) with { FanIn = inputs, FanOut = Units };
        var biasInit = Init is null ? init : Initializers.Zeros;
        Value BiasOf(string name) => parameters.Parameter(name + suffix, [shape.Gates], biasInit, FileLayout.AsIs);
        x = Options.WithInputDropout(graph, x);
        var g = graph.Apply(new MatMul(), x, parameters.Parameter("weight_ih" + suffix, [inputs, shape.Gates], init, FileLayout.Linear));
        var weight = parameters.Parameter("weight_hh" + suffix, [Width, shape.Gates], init with { FanIn = Width }, FileLayout.Linear);
        if (Bias)
            g = graph.Add(g, BiasOf("bias_ih"));
        var ofGru = Kind == CellKind.Gru && Options.ResetAfter;
        if (Bias && !ofGru)
            g = graph.Add(g, BiasOf("bias_hh"));
        Value? bias = Bias && ofGru ? BiasOf("bias_hh") : null;
        if (initial is null && !(givesState && Kind == CellKind.Lstm) && !Options.NeedCell)
            return [graph.Apply(new Recurrence(shape), [g, weight, .. bias is { } b ? [b] : Array.Empty<Value>(), .. spans])];
        Value? peepholes = null, projection = null;
        if (Options.Peepholes)
            peepholes = parameters.Parameter("weight_ch" + suffix, [3 * Units], init with { FanIn = Units }, FileLayout.AsIs);
        if (Options.Projection > 0)
        {
            var ofUnits = init with { FanIn = Units, FanOut = Options.Projection };
            projection = parameters.Parameter("weight_hr" + suffix, [Units, Options.Projection], ofUnits, FileLayout.Linear);
        }
        var states = new RecurrentCell(graph, Name, Kind, Units, Options, weight, bias, peepholes, projection).Over(g, initial, isReverse);
        return givesState ? states : [states[0]];
    }

    public static RecurrentLayer Create(CallArguments arguments, string name, CellKind kind)
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
            !arguments.Has("bias") || arguments.Bool("bias"), arguments.Initializer("init"))
        {
            Options = RecurrentOptions.Of(arguments),
        };
    }
}

/// <summary>
/// LstmWithState, GruWithState and RnnWithState: the same layers, whose state a call may give, and which give that behind the last step.
/// </summary>
internal sealed record StatefulRecurrentLayer(RecurrentLayer Layer) : StatefulLayerDefinition
{
    public static readonly LayerFunction
        Lstm = new("LstmWithState", a => Create(a, "LstmWithState", CellKind.Lstm)),
        Gru = new("GruWithState", a => Create(a, "GruWithState", CellKind.Gru)),
        Rnn = new("RnnWithState", a => Create(a, "RnnWithState", a.Is("relu") ? CellKind.Relu : CellKind.Tanh));

    public override (Value Steps, Value[] States) Apply(
        GraphBuilder graph, IParameterScope parameters, Value x, IReadOnlyList<Value>? initial) => Layer.Run(graph, parameters, x, initial, givesState: true);

    private static StatefulRecurrentLayer Create(CallArguments arguments, string name, CellKind kind) =>
        new(RecurrentLayer.Create(arguments, name, kind));
}
