namespace NetGen;

/// <summary>The weights of a layer as tensors, in methods over tensors.</summary>
/// <example><code>public Tensor Penalty(Tensor x) => Mean(Square(hidden.Weight));</code></example>
public static class LayerWeights
{
    extension(Layer layer)
    {
        /// <summary>
        /// The layer's <c>weight</c>, the same for every sample, in the layout of memory: of an <see cref="Layers.Embedding"/> [count,
        /// width], of a
        /// <see cref="Layers.Dense"/> [inputs, units]. So a decoder shares an encoder's weights: <c>MatMul(x,
        /// Transpose(embedding.Weight))</c>. A tensor must have gone through the layer before.
        /// </summary>
        public Tensor Weight => throw NotExecuted.Error("Layer.Weight");

        /// <summary>The layer's <c>bias</c>, as <see cref="get_Weight"/>.</summary>
        public Tensor Bias => throw NotExecuted.Error("Layer.Bias");
    }
}
