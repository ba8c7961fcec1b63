namespace NetGen;

/// <summary>By which of a layer's sizes <see cref="Init.VarianceScaling"/> divides; <see cref="Init"/> says what they are.</summary>
public enum Fan
{
    /// <summary>fan_in: what one output sums over.</summary>
    In,

    /// <summary>fan_out.</summary>
    Out,

    /// <summary>The mean of both.</summary>
    Average,
}
