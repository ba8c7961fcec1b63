namespace NetGen;

/// <summary>Why a training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs are done.</summary>
    Completed,

    /// <summary>The watched metric did not improve any more.</summary>
    EarlyStopping,

    /// <summary>The cancellation token asked for it. The network has the weights of its last step.</summary>
    Canceled,

    /// <summary>
    /// The loss of a step was NaN or infinite: no later step could help. The network has weights of an earlier time (<see cref="History.RestoredEpoch"/>);
    /// <see cref="History.Advice"/> says what is known of the cause.
    /// </summary>
    LossNotFinite,

    /// <summary>
    /// A weight was NaN or infinite after the steps of an epoch, though the losses were finite: a gradient was not. The network has weights of an earlier time
    /// (<see cref="History.RestoredEpoch"/>); <see cref="History.Advice"/> names the weight.
    /// </summary>
    WeightsNotFinite,

    /// <summary>A callback asked for it (<see cref="FitContext.Stop"/>).</summary>
    Requested,
}
