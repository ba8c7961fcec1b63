using System.Numerics;
using System.Runtime.InteropServices;
using NetGen.Runtime;
using static System.FormattableString;

namespace NetGen;

/// <summary>
/// A mean of a network's weights over steps, beside the network: for loops over steps of one's own. <c>Fit</c> keeps one itself (<see
/// cref="FitOptions.Average"/>).
/// </summary>
/// <example><code>
/// var mean = new AveragedWeights(network, decay: 0.999);
/// foreach (var (x, y) in batches)
/// {
///     network.Step(x, y, new Adam(1e-3f));
///     mean.Add();
/// }
/// mean.Swap();                                // the network has the mean
/// network.Save("mean.safetensors");
/// mean.Swap();                                // and its own weights again
/// </code></example>
public sealed class AveragedWeights
{
    private readonly NetworkParameters parameters;
    private readonly double? decay;

    /// <summary>A mean of nothing yet.</summary>
    /// <param name="network">The network. On another device than the processor each <see cref="Add"/> brings its weights to the
    /// host.</param>
    /// <param name="decay">d in (0, 1): m ← d·m + (1 − d)·w; null: all count the same.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="decay"/> is out of range.</exception>
    public AveragedWeights(INetwork network, double? decay = 0.999)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (decay is { } number && !(number > 0 && number < 1))
            throw OutOfRange.Of(nameof(decay), decay, Invariant($"The decay of the weights' mean is {number}; expected a number above 0 and below 1."));
        parameters = network.Parameters;
        this.decay = decay;
        Values = new(parameters.Layout.TotalFloats, cleared: true, $"A mean of the weights of {network.Name}");
    }

    /// <summary>How many times weights were added.</summary>
    public long Count { get; private set; }

    /// <summary>Whether the network has the mean now, and its own weights are kept here.</summary>
    public bool IsSwapped { get; private set; }

    /// <summary>The mean, gaps included, or what the network has if it is swapped.</summary>
    internal AlignedFloats Values { get; }

    /// <summary>Adds the weights as they are; state (running statistics) is left out.</summary>
    /// <exception cref="InvalidOperationException">The network has the mean.</exception>
    public void Add()
    {
        if (IsSwapped)
            throw new InvalidOperationException($"The network has the mean of its weights; give it back its own ({nameof(Swap)}) before more are added.");
        float share = Count == 0 ? 1f : (float)(decay is { } d ? 1 - d : 1d / (Count + 1));
        ReadOnlySpan<float> weights = parameters.Weights;
        foreach (ParameterSpec parameter in parameters.Layout.Parameters)
        {
            if (!parameter.IsState)
                Move(Values.Span.Slice(parameter.Offset, parameter.Length), weights.Slice(parameter.Offset, parameter.Length), share);
        }

        Count++;
    }

    /// <summary>
    /// Gives the network the mean and keeps its own weights, or the other way round. Nothing is swapped while there is no mean.
    /// </summary>
    public void Swap()
    {
        if (Count == 0)
            return;
        Span<float> weights = parameters.Weights;
        foreach (ParameterSpec parameter in parameters.Layout.Parameters)
        {
            if (!parameter.IsState)
                Exchange(weights.Slice(parameter.Offset, parameter.Length), Values.Span.Slice(parameter.Offset, parameter.Length));
        }

        IsSwapped = !IsSwapped;
    }

    /// <summary>Goes on from an earlier mean.</summary>
    internal void Restore(AlignedFloats earlier, long count)
    {
        earlier.Span.CopyTo(Values.Span);
        Count = count;
    }

    private static void Move(Span<float> mean, ReadOnlySpan<float> to, float share)
    {
        Span<Vector<float>> means = MemoryMarshal.Cast<float, Vector<float>>(mean);
        ReadOnlySpan<Vector<float>> targets = MemoryMarshal.Cast<float, Vector<float>>(to);
        Vector<float> shares = new(share);
        // At first it is the weights to the bit: 0 + 1·(w − 0).
        for (int i = 0; i < means.Length; i++)
            means[i] += shares * (targets[i] - means[i]);
        for (int i = means.Length * Vector<float>.Count; i < mean.Length; i++)
            mean[i] += share * (to[i] - mean[i]);
    }

    private static void Exchange(Span<float> a, Span<float> b)
    {
        for (int i = 0; i < a.Length; i++)
            (a[i], b[i]) = (b[i], a[i]);
    }
}
