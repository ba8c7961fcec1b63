using NetGen.Generator.Common;

namespace NetGen.Generator.Operations;

/// <summary>What layers start from where the user names nothing: Keras' defaults (Glorot and Bengio 2010; zero bias).</summary>
internal static class Initializers
{
    public static InitializerModel Default { get; } = new("GlorotUniform", default);

    public static InitializerModel Zeros { get; } = new("Constant", EquatableArray.Create(0f));

    /// <summary>What a bias starts from: PyTorch has a word for a layer's weight and bias together.</summary>
    /// <param name="weight">What the user names for the weight, if anything.</param>
    /// <param name="bias">What the user names for the bias, if anything.</param>
    public static InitializerModel OfBias(InitializerModel? weight, InitializerModel? bias) =>
        bias ?? (weight is { Kind: "PyTorch" } ? weight : Zeros);

    /// <summary>Those of matrices ask for one.</summary>
    public static void Check(InitializerModel initializer, IReadOnlyCollection<int> dims)
    {
        if (initializer.Kind is "Orthogonal" or "Identity" && dims.Count < 2)
        {
            throw new LanguageException(
                "NG0301", $"{initializer.Kind} is for weights of two dimensions and more; this one is {dims.ToEquatableArray()}.");
        }
    }
}
