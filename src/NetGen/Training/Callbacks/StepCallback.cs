namespace NetGen;

/// <summary>
/// Code of the caller's before and after each step as well. A device that keeps the data makes one step at a time for it, where it would
/// make many.
/// </summary>
/// <example>
/// <code>
/// public sealed class LossOfEachStep : StepCallback
/// {
///     public List&lt;float> All { get; } = [];
///
///     public override void OnStepEnd(FitContext fit) => All.Add(fit.Loss);
/// }
/// </code>
/// </example>
public abstract class StepCallback : FitCallback
{
    /// <summary>A step is about to be made: <see cref="FitContext.LearningRate"/> is its rate.</summary>
    public virtual void OnStepBegin(FitContext fit)
    {
    }

    /// <summary>
    /// A step was made: <see cref="FitContext.Loss"/> is the loss before it. Not called where that is not finite, which ends the training.
    /// </summary>
    public virtual void OnStepEnd(FitContext fit)
    {
    }
}
