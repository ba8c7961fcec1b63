namespace NetGen.Metrics;

/// <summary>How wrong it is to take one class for another, in <see cref="Classification.CohensKappa"/>.</summary>
public enum KappaWeights
{
    /// <summary>One mistake is as wrong as another.</summary>
    None,

    /// <summary>By the distance of the two classes: for classes with an order.</summary>
    Linear,

    /// <summary>By the square of the distance.</summary>
    Quadratic,
}
