namespace NetGen.Generator.Graph;

/// <summary>A loss that knows right and wrong.</summary>
/// <param name="Loss">Its value.</param>
/// <param name="Answer">The logits.</param>
/// <param name="Truth">The labels, or the target.</param>
/// <param name="Correct">For each sample the share of its answers that is right: 0 or 1, or between where a sample has several.</param>
internal sealed record Classification(Value Loss, Value Answer, Value Truth, Value Correct);
