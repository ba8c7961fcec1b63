using System.Reflection;
using NetGen.Data;
using Xunit;

namespace NetGen.Generator.Tests.Documentation;

/// <summary>
/// Types that users make, derive from or call have an example in their XML documentation, at themselves or at a member, or stand below with the reason why they need none; and each
/// example compiles.
/// </summary>
public sealed class ExampleTests
{
    internal static readonly Assembly[] Packages =
    [
        typeof(NetworkAttribute).Assembly, typeof(Mnist).Assembly, typeof(Table).Assembly, typeof(ImageInput).Assembly, typeof(ParquetTables).Assembly, typeof(DataFrames).Assembly,
        typeof(Metrics.RocCurve).Assembly, typeof(Metrics.Plot).Assembly, typeof(Text.ITokenizer).Assembly, typeof(Text.MicrosoftTokenizers).Assembly,
        typeof(AspNetCore.Prediction).Assembly, typeof(Terminal.ConsoleProgress).Assembly, typeof(NetGen.Cuda.CudaDevice).Assembly,
    ];

    private const string Generated = "what is generated makes or implements it", Result = "users get it, and read its properties";

    /// <summary>Types that look as if users made them, and why they need no example.</summary>
    private static readonly Dictionary<string, string> WithoutOne = new()
    {
        ["INetwork"] = Generated,
        ["ITrainable"] = Generated,
        ["IMultiObjective"] = Generated,
        ["IPredictor"] = Generated,
        ["IPredictor`1"] = Generated,
        ["IResidentTrainable"] = Generated,
        ["BatchResult"] = Generated,
        ["ColumnSpec"] = Generated,
        ["FeatureBlock"] = Generated,
        ["Initializer"] = Generated,
        ["ObjectiveSpec"] = Generated,
        ["ParameterLayout"] = Generated,
        ["ParameterSpec"] = Generated,
        ["ResidentData"] = Generated,
        ["CudaArguments"] = Generated,
        ["CudaCall"] = Generated,
        ["CudaPlace"] = Generated,
        ["CudaProgram"] = Generated,
        ["CudaRows"] = Generated,
        ["CudaSize"] = Generated,
        ["CudaSourceAttribute"] = Generated,
        ["FittedTable`1"] = Generated,
        ["IOptimizer`1"] = "the optimizers that there are implement it",
        ["EpochResult"] = Result,
        ["Evaluation"] = Result,
        ["RatePoint"] = Result,
        ["Prediction"] = Result,
        ["WeightsVersion"] = Result,
        ["ClassPrediction"] = Result,
        ["CalibrationBin"] = Result,
        ["ClassScores"] = Result,
        ["ConfidenceInterval"] = Result,
        ["DriftScore"] = Result,
        ["Importance"] = Result,
        ["OperatingPoint"] = Result,
        ["WorstSample"] = Result,
        ["BeamResult"] = Result,
        ["ImageShape"] = "that of images is made of a column",
        ["ObjectiveSteps`1"] = "its example is that of ObjectiveSteps",
        ["ITokenSession"] = "NetworkSession and WindowSession are the ones",
        ["ITokenSequence"] = "TokenArray and TokenFile are the ones",
    };

    [Fact]
    public void Types_that_users_make_or_call_have_an_example()
    {
        var with = XmlExample.All.Select(example => example.Type).ToHashSet();
        var lacking = Packages.SelectMany(package => package.GetExportedTypes()).Where(IsForUsers).Where(type => !with.Contains(XmlExample.NameOf(type))).ToArray();
        var missing = lacking.Where(type => !WithoutOne.ContainsKey(type.Name)).Select(type => type.FullName).Order(StringComparer.Ordinal).ToArray();
        Assert.True(missing.Length == 0, $"These have no <example>: give each one, or the reason here why it needs none.\n{string.Join("\n", missing)}");
        // Reasons that nothing needs any more.
        Assert.Empty(WithoutOne.Keys.Except(lacking.Select(type => type.Name)));
    }

    [Fact]
    public void Examples_compile()
    {
        var errors = ExampleCompiler.Errors(XmlExample.All).ToArray();
        Assert.True(errors.Length == 0, string.Join("\n", errors));
    }

    /// <summary>
    /// What is made by a constructor or a static member, derived from, implemented or called without an object. Enumerations, delegates and exceptions explain themselves; the layers of
    /// the attribute form are those of <see cref="Layers"/>; what lies in NetGen.Runtime and among the kernels is for generated code alone.
    /// </summary>
    private static bool IsForUsers(Type type)
    {
        const BindingFlags members = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly, statics = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (type.IsNested || type.IsEnum || type.IsSubclassOf(typeof(Delegate)) || type.IsSubclassOf(typeof(Exception)) || type.IsSubclassOf(typeof(LayerAttribute)) || IsForGeneratedCode(type))
            return false;
        var isStatic = type is { IsAbstract: true, IsSealed: true };
        return type.IsInterface
            || (isStatic && type.GetMethods(statics).Length > 0)
            || type.GetConstructors(members).Length > 0
            || type.GetConstructors(BindingFlags.NonPublic | BindingFlags.Instance).Any(constructor => constructor.IsFamily || constructor.IsFamilyOrAssembly)
            || type.GetMethods(statics).Any(method => !method.IsSpecialName && method.ReturnType == type)
            || type.GetProperties(statics).Any(property => property.PropertyType == type);
    }

    private static bool IsForGeneratedCode(Type type) => type.Namespace is "NetGen.Runtime" or "NetGen.Cuda.Kernels" or "System.Runtime.CompilerServices";
}
