namespace NetGen;

/// <summary>
/// A function of a tensor and of another that it looks into: <see cref="Layers.CrossAttention"/>, <see
/// cref="Layers.TransformerDecoderLayer"/>, or a lambda
/// (<c>(x, memory) => …</c>). As with <see cref="Layer"/>, calling one twice shares its weights.
/// </summary>
/// <param name="x">What the layer changes.</param>
/// <param name="memory">What it reads: the result of an encoder, for instance.</param>
public delegate Tensor CrossLayer(Tensor x, Tensor memory);
