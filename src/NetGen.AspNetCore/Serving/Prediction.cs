namespace NetGen.AspNetCore;

/// <summary>What a network says of the samples of one request.</summary>
/// <param name="Values">The network's <see cref="IPredictor.Output"/> for each sample, one after the other.</param>
/// <param name="Count">The number of samples.</param>
/// <param name="Weights">With which weights: all samples of a request are computed with the same.</param>
public sealed record Prediction(float[] Values, int Count, WeightsVersion Weights)
{
    /// <summary>For example <c>32 samples with the weights 9f86d081884c7d65</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Count} {(Count == 1 ? "sample" : "samples")} with the weights {Weights.Id}");
}
