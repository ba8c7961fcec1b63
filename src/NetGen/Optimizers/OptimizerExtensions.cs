namespace NetGen;

/// <summary>Optimizers around others.</summary>
/// <example>
/// <code>
/// network.Fit(train, options, new Sgd(0.1f).ClipValue(1f));
/// network.Fit(train, options, new Adam(1e-3f).StoreGradients() with { ClipNorm = 1f });
/// </code>
/// </example>
public static class OptimizerExtensions
{
    /// <summary>
    /// The same optimizer, with gradients that are all there before the first weight changes: <c>new Adam(1e-3f).StoreGradients() with {
    /// ClipNorm = 1f }</c>.
    /// </summary>
    public static StoredGradients<TOptimizer> StoreGradients<TOptimizer>(this TOptimizer optimizer)
        where TOptimizer : struct, IOptimizer<TOptimizer> => new(optimizer);

    /// <summary>
    /// The same optimizer, with gradients between −<paramref name="limit"/> and <paramref name="limit"/>:
    /// <c>torch.nn.utils.clip_grad_value_</c>.
    /// </summary>
    public static ClipValue<TOptimizer> ClipValue<TOptimizer>(this TOptimizer optimizer, float limit)
        where TOptimizer : struct, IOptimizer<TOptimizer> => new(optimizer, limit);

    /// <summary>The same optimizer's weights, pulled back every some steps to where slower ones are.</summary>
    /// <param name="optimizer">Makes the fast steps.</param>
    /// <param name="every">k, at least 1.</param>
    /// <param name="rate">α in (0, 1].</param>
    public static Lookahead<TOptimizer> Lookahead<TOptimizer>(this TOptimizer optimizer, int every = 5, float rate = 0.5f)
        where TOptimizer : struct, IOptimizer<TOptimizer> => new(optimizer, every, rate);
}
