/// <summary>A network's Predict: what is seen of B environments to a number for each action.</summary>
internal delegate void Predictor(ReadOnlySpan<float> states, Span<float> values);
