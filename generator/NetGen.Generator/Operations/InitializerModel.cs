using NetGen.Generator.Common;

namespace NetGen.Generator;

/// <summary>
/// How a weight starts. Kind is the factory's name in NetGen.Init ("GlorotUniform", "Normal", …) and Arguments are its numbers;
/// FanIn and FanOut are the layer's, for those that scale by them.
/// </summary>
internal sealed record InitializerModel(string Kind, EquatableArray<float> Arguments, int FanIn = 0, int FanOut = 0)
{
    /// <summary>So many numbers from there on are zeros instead.</summary>
    public int ZeroStart { get; init; }

    public int ZeroCount { get; init; }
}
