namespace NetGen.Metrics;

/// <summary>A number that tells how good predictions are: <c>(scores, labels) =&gt; RocCurve.Of(scores, labels).Area</c>.</summary>
/// <typeparam name="TPredicted">What was predicted: scores, numbers.</typeparam>
/// <typeparam name="TActual">What is true: labels, numbers.</typeparam>
/// <param name="predicted">Of some samples, one after the other.</param>
/// <param name="actual">Of the same samples.</param>
public delegate double Measure<TPredicted, TActual>(ReadOnlySpan<TPredicted> predicted, ReadOnlySpan<TActual> actual);
