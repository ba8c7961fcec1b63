namespace NetGen;

/// <summary>The distribution of <see cref="Init.VarianceScaling"/>.</summary>
public enum Spread
{
    /// <summary>Normal, drawn again beyond two standard deviations, and as much wider that the variance is as stated.</summary>
    TruncatedNormal,

    /// <summary>Normal.</summary>
    Normal,

    /// <summary>Uniform.</summary>
    Uniform,
}
