using NetGen.Generator.Graph.Order;
using NetGen.Generator.Graph.Reference;

namespace NetGen.Generator.Graph;

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
    /// The backward rule (vector-Jacobian product): given the gradient of the result, the gradients of the inputs; null for an input
    /// through which nothing flows. Most of what only backward passes are made of, and what passes put behind them, has none: gradients of
    /// gradients are outside the language, and one that is asked for is a bug and not 0.
    /// </summary>
    /// <exception cref="InvalidOperationException">The operation has no such rule.</exception>
    public virtual Value?[] Backward(BackwardContext context) => throw NoGradientOf(context.Graph.Nodes[context.Result.Id]);

    /// <summary>The failure of who asks a node without a backward rule for one.</summary>
    public static InvalidOperationException NoGradientOf(Node node) =>
        new($"%{node.Id} {node.Name} = {node.Operation.Title} has no backward rule: gradients of gradients are not taken.");

    /// <summary>
    /// What the operation is outside of training; most are what they are. A rule of the operation, so no pass knows dropout or running
    /// statistics.
    /// </summary>
    public virtual Value AtInference(GraphBuilder graph, Value[] inputs) => graph.Apply(this, inputs);

    /// <summary>What the operation is in a training step, where it may also change state of the network.</summary>
    public virtual Value AtTraining(TrainingContext context, Value[] inputs) => context.Graph.Apply(this, inputs);

    /// <summary>The fewest samples that it can be computed of: a spread is one of two numbers at least.</summary>
    public virtual int SmallestBatch => 1;

    /// <summary>The name of the state that it is (<see cref="TrainingContext"/>); null for everything else.</summary>
    public virtual string? StateName => null;

    /// <summary>
    /// Whether it looks from one step of a sequence to others: its operands and result may have rows of several kinds, and its kernel goes
    /// through the samples.
    /// </summary>
    public virtual bool CrossesSteps => false;

    /// <summary>
    /// What it is where steps come one after the other and what earlier ones left is in a session's memory; null: it looks at later steps.
    /// </summary>
    public virtual Value? InSession(SessionContext context, Value[] inputs) => CrossesSteps ? null : context.Graph.Apply(this, inputs);

    /// <summary>The rows whose number it is computed with, though none of its values may have them.</summary>
    public virtual RowSpace CountedRows => RowSpace.None;

    /// <summary>Whether its user says that no gradient flows through it, whatever it is of.</summary>
    public virtual bool StopsGradients => false;

    /// <summary>Whether its result is its operand's memory with other dimensions: no kernel computes it.</summary>
    public virtual bool IsAlias => false;

    /// <summary>Whether its result is its first operand, a layer's weight, by a number: both have PyTorch's order alike.</summary>
    public virtual bool ScalesWeight => false;

    /// <summary>
    /// Whether its result lies in memory before the program runs. What else has no operands is computed again wherever it is needed.
    /// </summary>
    public virtual bool IsStored => false;

    /// <summary>
    /// Whether a kernel makes it though it has no operands: its elements are no function of their place that others could compute as well.
    /// </summary>
    public virtual bool IsMadeOnce => false;

    /// <summary>
    /// How many classes or rows the integers among the operands may name, counted from 0; null for an operation that reads none.
    /// </summary>
    public virtual int? IndexLimit(IReadOnlyList<TensorType> inputs) => null;

    /// <summary>
    /// How many places its integers may name, counted from 0; null: that is not known. What they name of something smaller is an error at
    /// build time.
    /// </summary>
    public virtual int? IndexCount(IReadOnlyList<TensorType> inputs) => null;

    /// <summary>A label that is no class and does not count; null: there is none.</summary>
    public virtual int? IgnoredLabel => null;

    /// <summary>Whether its operands are rows in PyTorch, or its result where they are.</summary>
    public virtual RowUse RowUse => RowUse.None;

    /// <summary>
    /// The rule of order: what follows for where PyTorch has the elements of operands and result, from which weight files have its order of
    /// features.
    /// </summary>
    public virtual void Order(OrderContext context) => context.Opaque();

    /// <summary>The meaning, by naive loops in double. Tests compare everything with it; nothing that ships calls it.</summary>
    public abstract void Evaluate(ReferenceCall call);

    /// <summary>The loops that compute it, for every backend.</summary>
    public abstract KernelBody Lower(LoweringContext context);
}
