namespace NetGen;

/// <summary>What one batch gave.</summary>
/// <param name="Loss">The mean loss of the batch.</param>
/// <param name="Count">Over how many the loss is a mean: the samples.</param>
public readonly record struct BatchResult(float Loss, int Count);
