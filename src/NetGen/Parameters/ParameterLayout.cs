using static System.FormattableString;

namespace NetGen;

/// <summary>Where every parameter of a network lies in its weights: one block of floats.</summary>
public sealed class ParameterLayout
{
    /// <summary>Offsets are multiples of this many floats: one cache line, one 512-bit vector.</summary>
    public const int Alignment = 16;

    private readonly ParameterSpec[] parameters;
    private readonly int[][]? trained;

    /// <summary>Describes the weights of a network.</summary>
    /// <param name="parameters">The parameters in the network's order.</param>
    /// <param name="totalFloats">The length of the block, gaps included.</param>
    /// <param name="networkName">The name of the network, for messages and files.</param>
    /// <param name="trained">For each objective the positions of the parameters that a step on it changes; null: all that are not state, in
    /// each.</param>
    /// <exception cref="ArgumentException">Two parameters have one name, overlap, or reach past the block.</exception>
    public ParameterLayout(ParameterSpec[] parameters, int totalFloats, string networkName, int[][]? trained = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        OutOfRange.ThrowIfLess(totalFloats, 0);
        ArgumentException.ThrowIfNullOrEmpty(networkName);

        HashSet<string> names = new(StringComparer.Ordinal);
        ParameterSpec[] byOffset = [.. parameters];
        Array.Sort(byOffset, static (a, b) => a.Offset.CompareTo(b.Offset));
        long end = 0;
        string previous = "";
        foreach (ParameterSpec parameter in byOffset)
        {
            if (!names.Add(parameter.Name))
                throw new ArgumentException($"{networkName} has two parameters named '{parameter.Name}'.", nameof(parameters));
            if (parameter.Length == 0)
                continue;
            if (parameter.Offset < end)
                throw new ArgumentException(Invariant($"'{parameter.Name}' starts at {parameter.Offset}, inside '{previous}', which ends at {end}."), nameof(parameters));
            end = (long)parameter.Offset + parameter.Length;
            previous = parameter.Name;
            if (end > totalFloats)
                throw new ArgumentException(Invariant($"'{parameter.Name}' ends at {end}, past the {totalFloats} floats of {networkName}."), nameof(parameters));
        }

        this.parameters = [.. parameters];
        this.trained = trained;
        TotalFloats = totalFloats;
        NetworkName = networkName;
        foreach (ParameterSpec parameter in parameters)
            Count += parameter.Length;
    }

    /// <summary>The parameters in the network's order.</summary>
    public ReadOnlySpan<ParameterSpec> Parameters => parameters;

    /// <summary>The length of the block of weights in floats, gaps included.</summary>
    public int TotalFloats { get; }

    /// <summary>The number of weights, without the gaps that alignment leaves.</summary>
    public int Count { get; }

    /// <summary>The name of the network.</summary>
    public string NetworkName { get; }

    /// <summary>The positions of the parameters that a step on an objective changes.</summary>
    internal int[] Trained(int objective) => trained is not null && objective < trained.Length
        ? trained[objective]
        : [.. Enumerable.Range(0, parameters.Length).Where(i => !parameters[i].IsState)];

    /// <summary>Fills a block of weights with the first values of a seed; the gaps become 0.</summary>
    /// <param name="weights"><see cref="TotalFloats"/> floats.</param>
    /// <param name="seed">The seed of the network.</param>
    /// <exception cref="ArgumentException"><paramref name="weights"/> has another length.</exception>
    public void Initialize(Span<float> weights, ulong seed)
    {
        CheckLength(weights.Length, nameof(weights));
        weights.Clear();
        for (int i = 0; i < parameters.Length; i++)
            parameters[i].Initializer.Fill(weights.Slice(parameters[i].Offset, parameters[i].Length), seed, i);
    }

    internal void CheckLength(int length, string name)
    {
        if (length != TotalFloats)
            throw new ArgumentException(Invariant($"{name} has {length} floats; the weights of {NetworkName} are {TotalFloats}."), name);
    }
}
