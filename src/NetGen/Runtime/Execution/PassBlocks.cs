namespace NetGen.Runtime;

/// <summary>
/// What the pass of an optimizer works on: the parameters that an objective's steps change, cut into chunks, and the floats that are kept
/// of each weight.
/// </summary>
/// <remarks>Chunks depend on the sizes of the parameters alone, and so do sums over them: the number of threads changes no bit.</remarks>
internal sealed class PassBlocks
{
    /// <summary>Floats of a chunk: it and what is kept of it stay in the second-level cache.</summary>
    private const int ChunkFloats = 8192;

    private readonly WeightChunk[] chunks;
    private readonly long floats;
    private int[] groups;
    private object? grouping;
    private AlignedFloats? scratch;
    private int reserved;

    internal PassBlocks(ParameterLayout layout, int objective)
    {
        Layout = layout;
        Trained = layout.Trained(objective);
        List<WeightChunk> cut = [];
        foreach (int parameter in Trained)
        {
            var spec = layout.Parameters[parameter];
            for (var begin = 0; begin < spec.Length; begin += ChunkFloats)
            {
                var length = Math.Min(ChunkFloats, spec.Length - begin);
                cut.Add(new(cut.Count, parameter, spec.Offset + begin, length, floats));
                floats += length;
            }
        }
        chunks = [.. cut];
        Sums = new double[2 * chunks.Length];
        groups = new int[layout.Parameters.Length];
    }

    internal ParameterLayout Layout { get; }

    /// <summary>The positions of the parameters that a step changes.</summary>
    internal int[] Trained { get; }

    internal ReadOnlySpan<WeightChunk> Chunks => chunks;

    /// <summary>Two numbers for each chunk.</summary>
    internal double[] Sums { get; }

    /// <summary>What is kept per weight.</summary>
    internal AlignedFloats?[] Slots { get; set; } = [];

    /// <summary>Memory of the pass itself, for all its workers; a null reference where none was reserved.</summary>
    internal ref float Scratch => ref scratch is null ? ref System.Runtime.CompilerServices.Unsafe.NullRef<float>() : ref scratch.Start;

    /// <summary>Makes that memory at least as large, before a step.</summary>
    internal void Reserve(int floats)
    {
        if (floats > reserved)
        {
            (scratch, reserved) = (new AlignedFloats(floats, cleared: false, $"What a step of {Layout.NetworkName} computes with"), floats);
        }
    }

    /// <summary>The group of a parameter; 0 where there are none.</summary>
    internal int GroupOf(int parameter) => groups[parameter];

    /// <summary>Whether the groups are those that were made for this.</summary>
    internal bool IsGroupedFor(object key) => ReferenceEquals(grouping, key);

    /// <summary>Puts the parameters in groups.</summary>
    /// <param name="key">What they are made for.</param>
    /// <param name="of">The group of each.</param>
    internal void Group(object key, int[] of) => (groups, grouping) = (of, key);

    /// <summary>Which worker has a chunk.</summary>
    internal int WorkerOf(in WeightChunk chunk, int workers) => (int)(chunk.Before * workers / floats);
}

/// <summary>Weights that lie side by side.</summary>
/// <param name="Index">Its place among the chunks.</param>
/// <param name="Parameter">The position of the parameter they are of.</param>
/// <param name="Start">Where they start in the network's weights.</param>
/// <param name="Length">How many there are.</param>
/// <param name="Before">Weights in the chunks before.</param>
internal readonly record struct WeightChunk(int Index, int Parameter, int Start, int Length, long Before);
