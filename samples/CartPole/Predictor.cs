/// <summary>A network's Predict: [B, 4] to [B, 2].</summary>
internal delegate void Predictor(ReadOnlySpan<float> states, Span<float> values);
