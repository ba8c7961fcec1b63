namespace NetGen;

/// <summary>Where a training stands when a callback is called. One object for a whole training: its properties change.</summary>
public sealed class FitContext
{
    private readonly IReadOnlyList<ObjectiveRun> objectives;

    internal FitContext(
        INetwork network, IReadOnlyList<ObjectiveRun> objectives, FitOptions options, int stepsPerEpoch, IReadOnlyList<EpochResult> epochs)
    {
        Network = network;
        this.objectives = objectives;
        Options = options;
        StepsPerEpoch = stepsPerEpoch;
        Epochs = epochs;
    }

    /// <summary>What is trained.</summary>
    public INetwork Network { get; }

    /// <summary>How.</summary>
    public FitOptions Options { get; }

    /// <summary>The epoch: 1, 2, …; 0 before the first.</summary>
    public int Epoch { get; internal set; }

    /// <summary>The steps made in this epoch; before a step, those before it. With several objectives: the batches.</summary>
    public int Step { get; internal set; }

    /// <summary>How many steps an epoch has.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>The steps made in this training; before a step, those before it.</summary>
    public long TotalSteps { get; internal set; }

    /// <summary>
    /// The loss of the last step, before it changed the weights, of several objectives the sum of the last of each; NaN before the first.
    /// </summary>
    public float Loss
    {
        get
        {
            float sum = float.NaN;
            foreach (ObjectiveRun objective in objectives)
            {
                if (objective.HasStepped)
                    sum = float.IsNaN(sum) ? objective.Loss : sum + objective.Loss;
            }

            return sum;
        }
    }

    /// <summary>
    /// The learning rate of the step that begins, or of the last one, of several objectives that of the first; NaN where the optimizer has
    /// none, and before the first.
    /// </summary>
    public float LearningRate => objectives[0].LearningRate;

    /// <summary>The names of several objectives in the order of their steps; none where there is one objective.</summary>
    public IEnumerable<string> Objectives => objectives.Count == 1 ? [] : objectives.Select(objective => objective.Spec.Name);

    /// <summary>The loss of the last step on one of several objectives, before it changed the weights; NaN before the first.</summary>
    /// <param name="objective">The name of the objective's method.</param>
    /// <exception cref="ArgumentException">The network is not trained on it.</exception>
    public float LossOf(string objective) => Named(objective).Loss;

    /// <summary>
    /// The learning rate of the next or the last step on one of several objectives; NaN where its optimizer has none, and before the first.
    /// </summary>
    /// <param name="objective">The name of the objective's method.</param>
    /// <exception cref="ArgumentException">The network is not trained on it.</exception>
    public float LearningRateOf(string objective) => Named(objective).LearningRate;

    /// <summary>The whole epochs so far, those before a checkpoint included.</summary>
    public IReadOnlyList<EpochResult> Epochs { get; }

    /// <summary>Whether somebody has asked to stop.</summary>
    public bool IsStopping { get; private set; }

    /// <summary>
    /// Ends the training after this step, or after this epoch if it is between steps. Early stopping still gives the best weights back.
    /// </summary>
    public void Stop() => IsStopping = true;

    /// <summary>
    /// The gradient of the last step by a parameter, where the optimizer stores them (<c>.StoreGradients()</c>); with
    /// <see cref="StoredGradients{TOptimizer}.Accumulate"/> the sum so far. Of several objectives that of the first that changes the
    /// parameter. Empty: no step was made, or none changes the parameter.
    /// </summary>
    /// <remarks><code>float largest = fit.GradientBy(network.Parameters["layers.0.weight"]).ToArray().Max(MathF.Abs);</code></remarks>
    /// <param name="parameter">One of <see cref="INetwork.Parameters"/>.</param>
    /// <exception cref="NotSupportedException">The optimizer uses gradients up where they are made.</exception>
    public ReadOnlySpan<float> GradientBy(NetworkParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        CheckGradients();
        foreach (ObjectiveRun objective in objectives)
        {
            if (objective.GradientBy(parameter.Spec) is { IsEmpty: false } gradient)
                return gradient;
        }

        return [];
    }

    /// <exception cref="NotSupportedException">An optimizer uses gradients up where they are made.</exception>
    internal void CheckGradients()
    {
        if (objectives.FirstOrDefault(objective => !objective.StoresGradients) is { } fused)
        {
            throw new NotSupportedException(
                $"{fused.OptimizerName} uses each gradient up in the kernel that makes it, and nothing of it is left to look at. Train with one that stores them: optimizer.StoreGradients().");
        }
    }

    private ObjectiveRun Named(string objective)
    {
        foreach (ObjectiveRun known in objectives)
        {
            if (known.Spec.Name == objective)
                return known;
        }

        throw new ArgumentException(
            $"{Network.Name} is not trained on an objective '{objective}'{(objectives.Count == 1 ? "" : $", but on {string.Join(", ", Objectives)}")}.", nameof(objective));
    }
}
