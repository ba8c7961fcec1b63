namespace NetGen;

/// <summary>A number that tells how good a network is after an epoch.</summary>
public enum Metric
{
    /// <summary>The mean loss over the training data, as it was before each step.</summary>
    Loss,

    /// <summary>The share of right answers on the training data.</summary>
    Accuracy,

    /// <summary>The mean loss over the validation data.</summary>
    ValidationLoss,

    /// <summary>The share of right answers on the validation data.</summary>
    ValidationAccuracy,

    /// <summary>One of <see cref="FitOptions.Metrics"/>, on the validation data.</summary>
    Custom,
}
