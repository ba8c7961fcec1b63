namespace NetGen.Generator;

/// <summary>Same names as NetGen.FileLayout at run time.</summary>
internal enum FileLayout
{
    AsIs,
    Linear,
    Convolution,
    ChannelsFirst,
    Counter,
}
