namespace NetGen;

/// <summary>Where a training stands when a callback is called. One object for a whole training: its properties change.</summary>
public sealed class FitContext
{
    internal FitContext(ITrainable network, FitOptions options, int stepsPerEpoch, IReadOnlyList<EpochResult> epochs)
    {
        Network = network;
        Options = options;
        StepsPerEpoch = stepsPerEpoch;
        Epochs = epochs;
    }

    /// <summary>What is trained.</summary>
    public ITrainable Network { get; }

    /// <summary>How.</summary>
    public FitOptions Options { get; }

    /// <summary>The epoch: 1, 2, …; 0 before the first.</summary>
    public int Epoch { get; internal set; }

    /// <summary>The steps made in this epoch; before a step, those before it.</summary>
    public int Step { get; internal set; }

    /// <summary>How many steps an epoch has.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>The steps made in this training; before a step, those before it.</summary>
    public long TotalSteps { get; internal set; }

    /// <summary>The loss of the last step, before it changed the weights; NaN before the first.</summary>
    public float Loss { get; internal set; } = float.NaN;

    /// <summary>The learning rate of the step that begins, or of the last one; NaN where the optimizer has none, and before the first.</summary>
    public float LearningRate { get; internal set; } = float.NaN;

    /// <summary>The whole epochs so far, those before a checkpoint included.</summary>
    public IReadOnlyList<EpochResult> Epochs { get; }

    /// <summary>Whether somebody has asked to stop.</summary>
    public bool IsStopping { get; private set; }

    /// <summary>Ends the training after this step, or after this epoch if it is between steps. Early stopping still gives the best weights back.</summary>
    public void Stop() => IsStopping = true;
}
