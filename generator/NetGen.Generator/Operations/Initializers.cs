using NetGen.Generator.Common;

namespace NetGen.Generator.Operations;

/// <summary>What layers start from where the user names nothing: Keras' defaults (Glorot and Bengio 2010; zero bias).</summary>
internal static class Initializers
{
    public static InitializerModel Default { get; } = new("GlorotUniform", default);

    public static InitializerModel Zeros { get; } = new("Constant", EquatableArray.Create(0f));
}
