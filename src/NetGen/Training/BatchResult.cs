namespace NetGen;

/// <summary>What one batch gave.</summary>
/// <param name="Loss">The mean loss of the batch.</param>
/// <param name="Correct">How many of <paramref name="Count"/> were right, or -1 if the objective knows no right and wrong.</param>
/// <param name="Count">Over how many the loss is a mean: the samples, or the labels where a sample has several.</param>
public readonly record struct BatchResult(float Loss, int Correct, int Count);
