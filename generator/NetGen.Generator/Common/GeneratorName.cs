namespace NetGen.Generator.Common;

/// <summary>The generator's own name, which is part of the paths of the files that it adds.</summary>
internal static class GeneratorName
{
    public const string Full = "NetGen.Generator.NetGenGenerator";
}
