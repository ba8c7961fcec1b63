using System.Diagnostics;
using NetGen.Runtime;

namespace NetGen;

/// <summary>One objective in a call of Fit: what is trained whatever its optimizer is.</summary>
internal abstract class ObjectiveRun(ObjectiveSpec spec, ObjectiveSteps? steps)
{
    private Batch? batch;

    /// <summary>The objective; its name is empty where the network has no other.</summary>
    internal ObjectiveSpec Spec { get; } = spec;

    /// <summary>The loss of its last step, before it changed the weights; NaN before the first.</summary>
    internal float Loss { get; set; } = float.NaN;

    /// <summary>Whether a step on it was made, in an earlier process too.</summary>
    internal bool HasStepped { get; set; }

    /// <summary>Whether its optimizer has a rate that a schedule can change.</summary>
    internal abstract bool HasRate { get; }

    /// <summary>The rate of its step that begins, or of its last one; NaN where it has none, and before the first.</summary>
    internal float LearningRate { get; private protected set; } = float.NaN;

    /// <summary>The optimizer's type, as messages name it.</summary>
    internal abstract string OptimizerName { get; }

    /// <summary>The optimizer's type, as checkpoints name it.</summary>
    internal abstract string OptimizerType { get; }

    /// <summary>Whether it ends its steps by a look at all weights.</summary>
    internal abstract bool HasPass { get; }

    /// <summary>The samples of a step.</summary>
    internal Batch Batch => batch!;

    /// <summary>Begins with batches of a data set, or of no sample yet.</summary>
    internal virtual void Connect(Dataset training, int batchSize, FitOptions options, int batches)
    {
        batch = new(Spec.Columns, batchSize);
        batch.Fill(training, 0, Math.Min(batchSize, training.Count));
    }

    /// <summary>Whether the batch that comes is for it.</summary>
    internal bool Takes(FitContext fit) => steps?.Takes(fit) ?? true;

    /// <summary>Makes its optimizer that of a step.</summary>
    /// <param name="step">The number of the batch in the training: 1, 2, …</param>
    /// <param name="factor">What its rate is multiplied with; null: it stays.</param>
    internal abstract void Next(long step, double? factor);

    /// <summary>Makes a step with what <see cref="Batch"/> has.</summary>
    internal abstract BatchResult Step(Span<double> correct);

    /// <summary>Computes the objective for other samples.</summary>
    internal abstract BatchResult Evaluate(Batch samples, Span<double> correct);

    /// <summary>Whether its optimizer stores gradients.</summary>
    internal abstract bool StoresGradients { get; }

    /// <summary>The gradient of its last step by a parameter; empty where it has none.</summary>
    internal abstract ReadOnlySpan<float> GradientBy(ParameterSpec parameter);

    /// <summary>What its steps have made of the network; null: the network keeps that to itself.</summary>
    internal abstract StepState? Capture();

    /// <summary>Goes on from there.</summary>
    internal abstract void Restore(StepState state);

    /// <summary>On a device that keeps the data: how many steps come next.</summary>
    internal abstract int StepsAtOnce(int left);

    /// <summary>The optimizer of the step that begins is that of one of them.</summary>
    internal abstract void Remember(int position);

    /// <summary>Makes them.</summary>
    internal abstract void StepRows(ResidentData data, ReadOnlySpan<int> rows, int steps);

    /// <summary>What they gave.</summary>
    internal abstract (BatchResult Result, ReadOnlyMemory<double> Correct) ResultOf(int position);
}

/// <summary>The same, with its optimizer.</summary>
internal sealed class ObjectiveRun<TOptimizer> : ObjectiveRun
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    private readonly INetwork network;
    private readonly ITrainable? only;
    private readonly IMultiObjective? several;
    private readonly int index;
    private readonly Func<long, TOptimizer>? schedule;

    /// <summary>The optimizer as it was given, before a schedule changes its rate.</summary>
    private TOptimizer given;

    private TOptimizer optimizer;
    private StepsAtOnce<TOptimizer>? chunk;

    /// <summary>The only objective of a network.</summary>
    internal ObjectiveRun(ITrainable network, TOptimizer optimizer, Func<long, TOptimizer>? schedule)
        : base(new("", network.Columns.ToArray(), network.Accuracies.ToArray(), network.SmallestBatch), null)
    {
        this.network = only = network;
        given = this.optimizer = optimizer;
        this.schedule = schedule;
    }

    /// <summary>One of several.</summary>
    internal ObjectiveRun(IMultiObjective network, int index, ObjectiveSteps? steps, TOptimizer optimizer, Func<long, TOptimizer>? schedule)
        : base(network.Objectives[index], steps)
    {
        this.network = several = network;
        this.index = index;
        given = this.optimizer = optimizer;
        this.schedule = schedule;
    }

    internal override bool HasRate => !float.IsNaN(given.LearningRate);

    internal override string OptimizerName => NetGen.OptimizerName.Of<TOptimizer>();

    // Not the full name: of a type with arguments that has the assembly's version in it.
    internal override string OptimizerType => typeof(TOptimizer).ToString();

    internal override bool HasPass => TOptimizer.HasPass;

    internal override void Connect(Dataset training, int batchSize, FitOptions options, int batches)
    {
        base.Connect(training, batchSize, options, batches);
        if (only is IResidentTrainable)
            chunk = new(batches, Spec.Accuracies.Length, options);
    }

    internal override void Next(long step, double? factor)
    {
        if (schedule is not null)
            given = schedule(step);
        if (factor is { } by)
            optimizer = given.WithLearningRate((float)(given.LearningRate * by));
        else if (schedule is not null)
            optimizer = given;
        if (factor is not null || schedule is not null)
            optimizer.Validate();
        if (HasRate)
            LearningRate = optimizer.LearningRate;
    }

    internal override BatchResult Step(Span<double> correct) => only is not null
        ? only.StepBatch(Batch, in optimizer, correct)
        : several!.StepBatch(index, Batch, in optimizer, correct);

    internal override BatchResult Evaluate(Batch samples, Span<double> correct) =>
        only is not null ? only.EvaluateBatch(samples, correct) : several!.EvaluateBatch(index, samples, correct);

    internal override bool StoresGradients => TOptimizer.StoresGradients;

    internal override ReadOnlySpan<float> GradientBy(ParameterSpec parameter)
    {
        ParameterLayout layout = network.Parameters.Layout;
        if (!HasStepped || !layout.Trained(index).Any(position => ReferenceEquals(layout.Parameters[position], parameter)))
            return [];
        // The kernels' first number for each weight.
        return Capture()!.Slots[0].Span.Slice(parameter.Offset, parameter.Length);
    }

    internal override StepState? Capture() => network.Parameters.Capture<TOptimizer>(index);

    internal override void Restore(StepState state) => network.Parameters.Restore<TOptimizer>(state, index);

    internal override int StepsAtOnce(int left) => chunk!.Next(left);

    internal override void Remember(int position) => chunk!.Optimizers[position] = optimizer;

    internal override void StepRows(ResidentData data, ReadOnlySpan<int> rows, int steps)
    {
        long began = Stopwatch.GetTimestamp();
        ((IResidentTrainable)only!).StepRows(
            data, rows, Batch.Capacity, chunk!.Optimizers.AsSpan(0, steps), chunk.Results.AsSpan(0, steps),
            chunk.Correct.AsSpan(0, steps * Spec.Accuracies.Length));
        chunk.Took(steps, Stopwatch.GetElapsedTime(began));
    }

    internal override (BatchResult Result, ReadOnlyMemory<double> Correct) ResultOf(int position)
    {
        int kinds = Spec.Accuracies.Length;
        return (chunk!.Results[position], chunk.Correct.AsMemory(position * kinds, kinds));
    }
}
