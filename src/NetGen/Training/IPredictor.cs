namespace NetGen;

/// <summary>A network with a Forward: what can be asked for predictions by code that does not know its class.</summary>
public interface IPredictor : INetwork
{
    /// <summary>The inputs of Forward in order.</summary>
    ReadOnlySpan<ColumnSpec> Inputs { get; }

    /// <summary>What Forward makes of one sample.</summary>
    ColumnSpec Output { get; }

    /// <summary>
    /// Predicts for a batch. Safe to call from several threads at once with a batch each, and beside Load: a call sees the old weights or
    /// the new ones, whole.
    /// </summary>
    /// <param name="batch">As many samples as it has, in <see cref="Inputs"/>.</param>
    /// <param name="result">Receives <see cref="Output"/> for each sample, one after the other.</param>
    /// <exception cref="ArgumentException"><paramref name="result"/> has not the length that belongs to the batch.</exception>
    void PredictBatch(Batch batch, Span<float> result);
}

/// <summary>A network with a Forward that can be made by code that knows its class only as a type argument.</summary>
/// <typeparam name="TSelf">The class.</typeparam>
public interface IPredictor<TSelf> : IPredictor
    where TSelf : class, IPredictor<TSelf>
{
    /// <summary>A new network: what the constructor makes.</summary>
    /// <param name="seed">Of the initial weights.</param>
    /// <param name="device">Where it computes; null: the processor.</param>
    static abstract TSelf Create(ulong seed = 0, Device? device = null);
}
