namespace NetGen;

/// <summary>How the axes of a parameter in memory map to the axes in a weight file.</summary>
/// <remarks>
/// Kernels want the output channels innermost, so that one vector holds neighbouring outputs; files follow PyTorch,
/// which stores them outermost. The order changes when a file is written or read, never while computing.
/// </remarks>
public enum FileLayout
{
    /// <summary>The same order in memory and in the file.</summary>
    AsIs,

    /// <summary>Memory <c>[in, out]</c>, file <c>[out, in]</c> (<c>torch.nn.Linear</c>).</summary>
    Linear,

    /// <summary>Memory <c>[kernel…, in, out]</c>, file <c>[out, in, kernel…]</c> (<c>torch.nn.Conv1d</c>, <c>Conv2d</c>, <c>Conv3d</c>).</summary>
    Convolution,

    /// <summary>Memory <c>[position…, channel]</c>, file <c>[channel, position…]</c>: a bare parameter that meets images element by element.</summary>
    ChannelsFirst,

    /// <summary>
    /// A single number that counts: a float in memory (exact up to 2²⁴ = 16,777,216, where it stays), a 64-bit integer in the file (<c>num_batches_tracked</c> of
    /// <c>torch.nn.BatchNorm2d</c>).
    /// </summary>
    Counter,
}
