using System.Collections;
using System.Diagnostics.CodeAnalysis;
using NetGen.Runtime;
using static System.FormattableString;

namespace NetGen;

/// <summary>The parameters of a network by position and by name.</summary>
public sealed class NetworkParameters : IReadOnlyList<NetworkParameter>
{
    private readonly NetworkParameter[] parameters;
    private readonly Dictionary<string, NetworkParameter> byName;
    private readonly IWeightStore store;

    /// <summary>Names the parts of a block of weights.</summary>
    public NetworkParameters(ParameterLayout layout, IWeightStore store)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(store);
        Layout = layout;
        this.store = store;
        parameters = new NetworkParameter[layout.Parameters.Length];
        byName = new(parameters.Length, StringComparer.Ordinal);
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = new NetworkParameter(this, layout.Parameters[i]);
            byName.Add(parameters[i].Name, parameters[i]);
        }
    }

    /// <summary>Names the parts of an array of weights: for networks that are written by hand.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="weights">As many floats as the layout has; used in place.</param>
    /// <exception cref="ArgumentException"><paramref name="weights"/> has another length than the layout.</exception>
    public NetworkParameters(ParameterLayout layout, float[] weights)
        : this(layout, new ArrayStore(weights)) => layout.CheckLength(weights.Length, nameof(weights));

    /// <summary>The number of parameters.</summary>
    public int Count => parameters.Length;

    /// <summary>The number of values in all parameters together.</summary>
    public int TotalLength => Layout.Count;

    /// <summary>The parameter at a position.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public NetworkParameter this[int index] => (uint)index < (uint)parameters.Length
        ? parameters[index]
        : throw OutOfRange.Of(nameof(index), index, Invariant($"{Layout.NetworkName} has {Count} parameters."));

    /// <summary>The parameter of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such name.</exception>
    public NetworkParameter this[string name] => TryGet(name, out NetworkParameter? parameter)
        ? parameter
        : throw new KeyNotFoundException($"{Layout.NetworkName} has no parameter '{name}'; it has: {string.Join(", ", byName.Keys)}.");

    /// <summary>Looks for a parameter by its name.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out NetworkParameter? parameter) => byName.TryGetValue(name, out parameter);

    /// <summary>The parameters in the network's order.</summary>
    public IEnumerator<NetworkParameter> GetEnumerator() => ((IEnumerable<NetworkParameter>)parameters).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal ParameterLayout Layout { get; }

    /// <summary>All weights, gaps included.</summary>
    internal Span<float> Weights => store.Weights;

    /// <summary>A copy of all weights as they are between two steps, gaps included.</summary>
    internal AlignedFloats Snapshot() => store.Snapshot();

    /// <summary>Puts other weights, gaps included, in the place of those that are there: a call beside it sees the ones or the others.</summary>
    internal void Replace(AlignedFloats staged)
    {
        if (store.TryReplace(staged))
            return;
        Span<float> weights = Weights;
        foreach (ParameterSpec spec in Layout.Parameters)
            staged.Span.Slice(spec.Offset, spec.Length).CopyTo(weights[spec.Offset..]);
    }

    /// <summary>What steps with an optimizer have made of the network, until the next one; null: a network written by hand keeps that to itself.</summary>
    internal StepState? Capture<TOptimizer>()
        where TOptimizer : struct, IOptimizer<TOptimizer> => store.Capture<TOptimizer>();

    /// <summary>Goes on from there.</summary>
    internal void Restore<TOptimizer>(StepState state)
        where TOptimizer : struct, IOptimizer<TOptimizer> => store.Restore<TOptimizer>(state);

    /// <summary>The same with a copy of the values.</summary>
    internal void Replace(ReadOnlySpan<float> weights)
    {
        AlignedFloats staged = new(weights.Length, cleared: false, $"A copy of the weights of {Layout.NetworkName}");
        weights.CopyTo(staged.Span);
        Replace(staged);
    }

    private sealed class ArrayStore(float[] weights) : IWeightStore
    {
        private readonly float[] weights = weights ?? throw new ArgumentNullException(nameof(weights));

        public Span<float> Weights => weights;
    }
}
