using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;
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

    /// <summary>
    /// Moves the parameters of one part of the network towards those of another: to ← to + share · (from − to). So a target network follows
    /// the one that is trained, at once or step by step (Polyak averaging).
    /// </summary>
    /// <remarks><code>network.Parameters.Follow("target", "online");          // fields of the network</code></remarks>
    /// <param name="to">The part that changes: the beginning of names, up to a dot.</param>
    /// <param name="from">The part that is followed, with parameters of the same names and shapes.</param>
    /// <param name="share">How far, above 0 and at most 1; 1 copies.</param>
    /// <exception cref="ArgumentException">There is no such part, or the two differ; nothing has changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is not above 0 and at most 1.</exception>
    public void Follow(string to, string from, float share = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(to);
        ArgumentException.ThrowIfNullOrEmpty(from);
        if (!(share > 0 && share <= 1))
            throw OutOfRange.Of(nameof(share), share, Invariant($"The share is {share}; expected a number above 0 and at most 1."));
        NetworkParameter[] targets = Part(to, nameof(to)), sources = Part(from, nameof(from));
        if (targets.Length != sources.Length)
            throw new ArgumentException(Invariant($"'{to}' has {targets.Length} parameters, and '{from}' {sources.Length}."), nameof(from));
        for (int i = 0; i < targets.Length; i++)
        {
            if (targets[i].Name[to.Length..] != sources[i].Name[from.Length..] || !targets[i].Shape.SequenceEqual(sources[i].Shape))
                throw new ArgumentException($"'{targets[i]}' is not like '{sources[i]}'.", nameof(from));
        }

        Span<float> weights = Weights;
        for (int i = 0; i < targets.Length; i++)
        {
            ReadOnlySpan<float> source = weights.Slice(sources[i].Spec.Offset, sources[i].Length);
            Span<float> target = weights.Slice(targets[i].Spec.Offset, targets[i].Length);
            if (share == 1)
                source.CopyTo(target);
            else
                Move(target, source, share);
        }
    }

    private static void Move(Span<float> target, ReadOnlySpan<float> source, float share)
    {
        Span<Vector<float>> targets = MemoryMarshal.Cast<float, Vector<float>>(target);
        ReadOnlySpan<Vector<float>> sources = MemoryMarshal.Cast<float, Vector<float>>(source);
        for (int k = 0; k < targets.Length; k++)
            targets[k] += share * (sources[k] - targets[k]);
        for (int k = targets.Length * Vector<float>.Count; k < target.Length; k++)
            target[k] += share * (source[k] - target[k]);
    }

    private NetworkParameter[] Part(string name, string argument)
    {
        NetworkParameter[] part = Array.FindAll(parameters, p => p.Name == name || p.Name.StartsWith(name + ".", StringComparison.Ordinal));
        if (part.Length == 0)
        {
            throw new ArgumentException(
                $"{Layout.NetworkName} has no parameter in '{name}'; it has: {string.Join(", ", byName.Keys)}.", argument);
        }

        return part;
    }

    internal ParameterLayout Layout { get; }

    /// <summary>All weights, gaps included.</summary>
    internal Span<float> Weights => store.Weights;

    /// <summary>Whether optimizers that look at all weights can train them.</summary>
    internal bool KnowPasses => store.KnowsPasses;

    /// <summary>A copy of all weights as they are between two steps, gaps included.</summary>
    internal AlignedFloats Snapshot() => store.Snapshot();

    /// <summary>
    /// Puts other weights, gaps included, in the place of those that are there: a call beside it sees the ones or the others.
    /// </summary>
    internal void Replace(AlignedFloats staged)
    {
        if (store.TryReplace(staged))
            return;
        Span<float> weights = Weights;
        foreach (ParameterSpec spec in Layout.Parameters)
            staged.Span.Slice(spec.Offset, spec.Length).CopyTo(weights[spec.Offset..]);
    }

    /// <summary>
    /// What steps on an objective with an optimizer have made of the network, until the next one; null: a network written by hand keeps
    /// that to itself.
    /// </summary>
    internal StepState? Capture<TOptimizer>(int objective = 0)
        where TOptimizer : struct, IOptimizer<TOptimizer> => store.Capture<TOptimizer>(objective);

    /// <summary>Goes on from there.</summary>
    internal void Restore<TOptimizer>(StepState state, int objective = 0)
        where TOptimizer : struct, IOptimizer<TOptimizer> => store.Restore<TOptimizer>(state, objective);

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
