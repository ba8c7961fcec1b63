using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Order;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Operations;

/// <summary>
/// What a node computes: a value-equal record of its compile-time attributes with its rules. One folder holds everything
/// about it: the name in the language, the shape rule, the backward rule, the reference meaning and the lowering.
/// </summary>
internal abstract record Operation
{
    /// <summary>How dumps and comments call it; attributes included where they matter.</summary>
    public virtual string Title => GetType().Name;

    /// <summary>The shape rule: the type of the result. Throws <see cref="LanguageException"/> where the operands do not fit.</summary>
    public abstract TensorType Infer(IReadOnlyList<TensorType> inputs);

    /// <summary>
    /// The backward rule (vector-Jacobian product): given the gradient of the result, the gradients of the inputs; null for
    /// an input through which nothing flows. Most of what only backward passes are made of, and what passes put behind them, has none: gradients of gradients
    /// are outside the language, and one that is asked for is a bug and not 0.
    /// </summary>
    /// <exception cref="InvalidOperationException">The operation has no such rule.</exception>
    public virtual Value?[] Backward(BackwardContext context) => throw NoGradientOf(context.Graph.Nodes[context.Result.Id]);

    /// <summary>The failure of who asks a node without a backward rule for one.</summary>
    public static InvalidOperationException NoGradientOf(Node node) =>
        new($"%{node.Id} {node.Name} = {node.Operation.Title} has no backward rule: gradients of gradients are not taken.");

    /// <summary>
    /// What the operation is outside of training; most are what they are. A rule of the operation, so no pass knows dropout or running statistics.
    /// </summary>
    public virtual Value AtInference(GraphBuilder graph, Value[] inputs) => graph.Apply(this, inputs);

    /// <summary>What the operation is in a training step, where it may also change state of the network.</summary>
    public virtual Value AtTraining(TrainingContext context, Value[] inputs) => context.Graph.Apply(this, inputs);

    /// <summary>The fewest samples that it can be computed of: a spread is one of two numbers at least.</summary>
    public virtual int SmallestBatch => 1;

    /// <summary>How many classes the labels among the operands count; null for an operation that reads none.</summary>
    public virtual int? LabelClasses(IReadOnlyList<TensorType> inputs) => null;

    /// <summary>
    /// The rule of order: what follows for where PyTorch has the elements of operands and result, from which weight files have its order of features.
    /// </summary>
    public virtual void Order(OrderContext context) => context.Opaque();

    /// <summary>The meaning, by naive loops in double. Tests compare everything with it; nothing that ships calls it.</summary>
    public abstract void Evaluate(Reference.ReferenceCall call);

    /// <summary>The loops that compute it, for every backend.</summary>
    public abstract KernelBody Lower(LoweringContext context);
}

/// <summary>What an operation's rule of training sees: the graph of the step, and what the step makes of the network's state.</summary>
/// <param name="graph">The graph under construction.</param>
/// <param name="changes">Whether the step may change a leaf, by its name.</param>
/// <param name="isFrozen">Whether no step may.</param>
internal sealed class TrainingContext(GraphBuilder graph, Func<string, bool> changes, Func<string, bool> isFrozen)
{
    private readonly Dictionary<string, Value> assigned = [];

    public GraphBuilder Graph { get; } = graph;

    /// <summary>What the state is at the end of the step, by name.</summary>
    public IReadOnlyDictionary<string, Value> Assigned => assigned;

    /// <summary>
    /// Changes state: to <paramref name="next"/> of what it is so far. A layer that is called twice in a step changes it twice, one after the
    /// other.
    /// </summary>
    public void Change(Value state, Func<Value, Value> next)
    {
        var name = NameOf(state);
        if (changes(name))
            assigned[name] = next(assigned.TryGetValue(name, out var current) ? current : state);
    }

    /// <summary>Whether state belongs to a layer that its user has frozen.</summary>
    public bool IsFrozen(Value state) => isFrozen(NameOf(state));

    private string NameOf(Value state) => ((State)Graph.Nodes[state.Id].Operation).Parameter;
}

/// <summary>What a backward rule sees.</summary>
internal sealed record BackwardContext(
    GraphBuilder Graph, IReadOnlyList<Value> Inputs, Value Result, Value Gradient)
{
    /// <summary>The only input of an operation that has one.</summary>
    public Value Input => Inputs[0];

    /// <summary>The gradient with a number for each of the result's: what is the same for all elements, or samples, may come as one.</summary>
    public Value FullGradient => Gradient.Type == Result.Type ? Gradient : Graph.Apply(new BroadcastTo(Result.Type), Gradient);
}
