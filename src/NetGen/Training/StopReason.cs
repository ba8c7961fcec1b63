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

    /// <summary>The loss of a step was NaN or infinite: no later step could help. Try a smaller learning rate.</summary>
    LossNotFinite,
}
