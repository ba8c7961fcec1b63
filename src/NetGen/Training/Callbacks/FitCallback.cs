namespace NetGen;

/// <summary>Code of the caller's at certain points of a training: <see cref="FitOptions.Callbacks"/>.</summary>
/// <remarks>
/// All methods are called on the training thread, in this order: <see cref="OnBegin"/>; for each epoch <see cref="OnEpochBegin"/>, the
/// steps (<see cref="StepCallback"/>), where there are data to validate with <see cref="OnValidationBegin"/> and
/// <see cref="OnValidationEnd"/>, then <see cref="OnEpochEnd"/>, which an epoch that ended inside does not have; at last
/// <see cref="OnEnd"/>. Of several callbacks the first one's <c>…Begin</c> comes first, and its <c>…End</c> last: they enclose one another.
/// <para>An exception of a callback, of a metric, a schedule or a progress report ends the training and comes through, after
/// <see cref="OnException"/> of all callbacks whose <see cref="OnBegin"/> was called; there is no <see cref="OnEnd"/> then. Callbacks may
/// predict, evaluate and save with the network and change its weights, but not train it. What a callback remembers is not part of a
/// checkpoint.</para>
/// </remarks>
/// <example>
/// <code>
/// public sealed class StopWhenGood : FitCallback
/// {
///     public override void OnEpochEnd(FitContext fit)
///     {
///         if (fit.Epochs[^1].ValidationLoss &lt; 0.1f)
///             fit.Stop();
///     }
/// }
/// </code>
/// </example>
public abstract class FitCallback
{
    /// <summary>The training begins, or goes on from a checkpoint.</summary>
    public virtual void OnBegin(FitContext fit)
    {
    }

    /// <summary>An epoch begins, or goes on from a checkpoint (<see cref="FitContext.Step"/> is above 0 then).</summary>
    public virtual void OnEpochBegin(FitContext fit)
    {
    }

    /// <summary>The validation after an epoch begins.</summary>
    public virtual void OnValidationBegin(FitContext fit)
    {
    }

    /// <summary>The validation is over, custom metrics included.</summary>
    public virtual void OnValidationEnd(FitContext fit)
    {
    }

    /// <summary>
    /// An epoch is over: <see cref="FitContext.Epochs"/> has it. Early stopping is decided, weights are kept and checkpoints written after
    /// it.
    /// </summary>
    public virtual void OnEpochEnd(FitContext fit)
    {
    }

    /// <summary>The training ends by an exception, which comes through afterwards.</summary>
    public virtual void OnException(FitContext fit, Exception exception)
    {
    }

    /// <summary>The training has ended, for whatever reason but an exception; the network has the weights that it will have.</summary>
    public virtual void OnEnd(FitContext fit, History history)
    {
    }
}
