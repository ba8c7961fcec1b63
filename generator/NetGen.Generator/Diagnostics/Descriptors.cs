using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Diagnostics;

/// <summary>
/// Everything NetGen can say. A message is written where the fact is known and passed through whole ("{0}"); the page of a code
/// (docs/diagnostics) tells why, with a wrong and a right example.
/// </summary>
internal static class Descriptors
{
    private const string Category = "NetGen";

    // NG01xx: what the class looks like.
    public static readonly DiagnosticDescriptor NotPartial = Error("NG0101", "The network is not partial");
    public static readonly DiagnosticDescriptor Nested = Error("NG0102", "The network is nested in another type");
    public static readonly DiagnosticDescriptor GenericClass = Error("NG0103", "The network is generic");
    public static readonly DiagnosticDescriptor NotAnOrdinaryClass = Error("NG0104", "The network is abstract, static or a record");
    public static readonly DiagnosticDescriptor NothingToCompile = Error("NG0105", "The network has neither Forward nor a stack of layers");
    public static readonly DiagnosticDescriptor MissingShape = Error("NG0106", "The shape of an input is missing");
    public static readonly DiagnosticDescriptor MixedForms = Error("NG0107", "The attribute form is incomplete or mixed with the field form");
    public static readonly DiagnosticDescriptor TooManyInputs = Error("NG0108", "A method has more inputs and results than a call can pass");
    public static readonly DiagnosticDescriptor NameTaken = Error("NG0109", "The name of a member belongs to the generated half");
    public static readonly DiagnosticDescriptor NotAnEntryPoint = Error("NG0110", "The method's signature is not one over tensors");
    public static readonly DiagnosticDescriptor NothingFrozen = Error("NG0124", "[Frozen] stands at something without weights");
    public static readonly DiagnosticDescriptor Variants = Error("NG0128", "The variants of a network cannot be made");
    public static readonly DiagnosticDescriptor ForeignName = Error("NG0127", "A name of another library is used");
    public static readonly DiagnosticDescriptor UnknownUpdates = Error("NG0111", "Updates names no weights");
    public static readonly DiagnosticDescriptor UnknownPrecision = Error("NG0112", "The precision is unknown");
    public static readonly DiagnosticDescriptor ForwardSignature = Error("NG0113", "Forward is not a method from tensors to tensors");
    public static readonly DiagnosticDescriptor ConstructorWithoutThis = Error("NG0114", "A constructor does not call the generated one");
    public static readonly DiagnosticDescriptor NothingGenerated = Warning("NG0115", "Nothing is generated for a network with hyper-parameters");
    public static readonly DiagnosticDescriptor BaseConstructor = Error("NG0116", "The base class has no constructor without parameters");
    public static readonly DiagnosticDescriptor ShadowedKeyword = Error("NG0122", "A type of the project has the name of a keyword that generated code uses");
    public static readonly DiagnosticDescriptor AliasOnly = Error("NG0123", "NetGen is referenced by an alias only");
    public static readonly DiagnosticDescriptor EmptyParameterList = Error("NG0121", "The class has an empty parameter list");

    // NG02xx: the language.
    public static readonly DiagnosticDescriptor OutsideLanguage = Error("NG0201", "The construct is outside the language");
    public static readonly DiagnosticDescriptor CallOutsideLanguage = Error("NG0202", "The called method is outside the language");
    public static readonly DiagnosticDescriptor NotConstant = Error("NG0203", "The value is not a compile-time constant");
    public static readonly DiagnosticDescriptor Recursion = Error("NG0204", "A method calls itself");
    public static readonly DiagnosticDescriptor EndlessLoop = Error("NG0205", "A loop has no constant bounds or does not end");
    public static readonly DiagnosticDescriptor LayerMadeInMethod = Error("NG0206", "A layer is made inside a method over tensors");
    public static readonly DiagnosticDescriptor LayerWithoutName = Error("NG0207", "A layer with weights is not held by a field");
    public static readonly DiagnosticDescriptor LayerNeverUsed = Warning("NG0208", "A layer is never used");
    public static readonly DiagnosticDescriptor FieldNotFixed = Error("NG0209", "A field can change at run time or has no initializer");
    public static readonly DiagnosticDescriptor OutlivesMethod = Error("NG0210", "What is changed outlives the method or initializer");
    public static readonly DiagnosticDescriptor NotYetInitialized = Error("NG0211", "Static initializers need one another");

    public static readonly DiagnosticDescriptor LabelsAsNumbers = Error("NG0220", "Labels are used as numbers");

    // NG03xx: hyper-parameters.
    public static readonly DiagnosticDescriptor OutOfRange = Error("NG0301", "A hyper-parameter is out of range");
    public static readonly DiagnosticDescriptor KernelTooLarge = Error("NG0302", "A kernel is larger than its input");
    public static readonly DiagnosticDescriptor ChannelsFirst = Warning("NG0303", "An image looks as if its channels came first");

    // NG04xx: shapes.
    public static readonly DiagnosticDescriptor WrongRank = Error("NG0401", "The input has the wrong number of dimensions");
    public static readonly DiagnosticDescriptor NoBroadcast = Error("NG0402", "Two shapes do not broadcast");
    public static readonly DiagnosticDescriptor NoSuchAxis = Error("NG0404", "An axis does not exist");
    public static readonly DiagnosticDescriptor ElementCount = Error("NG0405", "A shape has another number of elements");
    public static readonly DiagnosticDescriptor TwoInputSizes = Error("NG0406", "One layer is called with two input sizes");
    public static readonly DiagnosticDescriptor StatedShapeDiffers = Error("NG0407", "An argument has another shape than its parameter states");
    public static readonly DiagnosticDescriptor UnknownWeights = Error("NG0408", "A penalty is taken of weights that are not known");
    public static readonly DiagnosticDescriptor TensorAsNumber = Error("NG0410", "A tensor is used as a number");
    public static readonly DiagnosticDescriptor NoWayToIt = Error("NG0411", "A gradient is taken by what it does not depend on");
    public static readonly DiagnosticDescriptor GradientOfGradient = Error("NG0412", "A gradient is taken of a gradient");
    public static readonly DiagnosticDescriptor ComputedIndices = Error("NG0413", "Computed indices reach beyond what they name");
    public static readonly DiagnosticDescriptor OtherRows = Error("NG0414", "Two tensors have rows of different kinds");
    public static readonly DiagnosticDescriptor UnknownSequence = Error("NG0415", "A parameter has the steps of no sequence");
    public static readonly DiagnosticDescriptor NoSessions = Error("NG0416", "Sessions cannot compute this step by step");
    public static readonly DiagnosticDescriptor NotInCell = Error("NG0417", "A cell cannot hold this operation");

    // NG05xx: objectives.
    public static readonly DiagnosticDescriptor NotScalar = Error("NG0501", "An objective is not one number per sample");
    public static readonly DiagnosticDescriptor NothingToTrain = Error("NG0502", "An objective depends on no weights");

    public static readonly DiagnosticDescriptor BoundedLogits = Warning("NG0506", "The logits of a loss are bounded by an activation");
    public static readonly DiagnosticDescriptor NotOneObjective = Error("NG0508", "Fit and Evaluate are for networks with objectives");
    public static readonly DiagnosticDescriptor OneClass = Warning("NG0507", "A softmax over one class");

    // NG06xx: limits, and files that are read while compiling.
    public static readonly DiagnosticDescriptor TooLarge = Error("NG0601", "The network is too large for 32-bit element offsets");
    public static readonly DiagnosticDescriptor TooDeep = Error("NG0603", "Expressions, calls or layers are nested too deeply");
    public static readonly DiagnosticDescriptor TextTooLong = Error("NG0604", "A text is too long");
    public static readonly DiagnosticDescriptor TooManyDimensions = Error("NG0605", "A tensor has too many dimensions");
    public static readonly DiagnosticDescriptor NameTooLong = Error("NG0606", "A name is too long");
    public static readonly DiagnosticDescriptor NoTableFile = Error("NG0607", "The file of a table is not among the project's additional files");
    public static readonly DiagnosticDescriptor TableFile = Error("NG0608", "The file of a table is not well-formed");
    public static readonly DiagnosticDescriptor TableColumn = Error("NG0609", "A table asks for what its file does not have");
    public static readonly DiagnosticDescriptor TableClass = Error("NG0610", "The class of a table can have no other half");

    // NG07xx: the project.
    public static readonly DiagnosticDescriptor LanguageVersion = Error("NG0701", "The language version is too low");
    public static readonly DiagnosticDescriptor DebugBuild = new(
        "NG0702", "The network is compiled without optimization", "{0}", Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
        helpLinkUri: Link("NG0702"), customTags: WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor ForgottenDispose = Warning("NG0704", "The class's own Dispose does not dispose of the network");

    // NG08xx: what surely means something else.
    public static readonly DiagnosticDescriptor NormOfOne = Warning("NG0810", "A normalization of single numbers");

    public static readonly DiagnosticDescriptor LinearLayers = Suggestion("NG0811", "Two dense layers with no activation between them");

    public static readonly DiagnosticDescriptor BiasBeforeNorm = Suggestion("NG0812", "A bias before a normalization over the batch");

    public static readonly DiagnosticDescriptor DropoutBeforeNorm = Suggestion("NG0813", "Dropout before a normalization over the batch");

    public static readonly DiagnosticDescriptor NeverDisposed = Suggestion("NG0814", "A network is never disposed of");
    public static readonly DiagnosticDescriptor NumbersAsIndices = Error("NG0817", "Numbers are used as indices");
    public static readonly DiagnosticDescriptor NotOneWeight = Error("NG0818", "A layer has no single tensor of that name");

    // NG09xx: NetGen itself.
    public static readonly DiagnosticDescriptor InternalFailure = Error("NG0901", "NetGen failed");

    public static IReadOnlyDictionary<string, DiagnosticDescriptor> All { get; } = new[]
    {
        NotPartial, Nested, GenericClass, NotAnOrdinaryClass, NothingToCompile, MissingShape, MixedForms, TooManyInputs, NameTaken,
        NotAnEntryPoint, UnknownUpdates, NothingFrozen, Variants, ForeignName, UnknownPrecision, OutsideLanguage, CallOutsideLanguage, NotConstant, Recursion, EndlessLoop, LayerMadeInMethod,
        LayerWithoutName, LayerNeverUsed, FieldNotFixed, OutlivesMethod, NotYetInitialized, OutOfRange, KernelTooLarge, WrongRank, NoBroadcast, NoSuchAxis,
        ElementCount, TwoInputSizes, StatedShapeDiffers, UnknownWeights, NotScalar, NothingToTrain, TooLarge, InternalFailure,
        EmptyParameterList, ForwardSignature, ConstructorWithoutThis, NothingGenerated, BaseConstructor, ChannelsFirst, TensorAsNumber, NoWayToIt, GradientOfGradient, ComputedIndices,
        OtherRows, UnknownSequence, NoSessions, NotInCell,
        BoundedLogits, OneClass, NormOfOne, LinearLayers, BiasBeforeNorm, DropoutBeforeNorm, NeverDisposed, NumbersAsIndices, NotOneWeight, LanguageVersion, DebugBuild,
        ShadowedKeyword, AliasOnly, ForgottenDispose, NotOneObjective, LabelsAsNumbers, TooDeep, TextTooLong, TooManyDimensions, NameTooLong,
        NoTableFile, TableFile, TableColumn, TableClass,
    }.ToDictionary(d => d.Id);

    /// <summary>What the code fix of a diagnostic writes travels with it, under the name that NetGen.CodeFixes knows.</summary>
    public static ImmutableDictionary<string, string?> Properties(string? replacement) => replacement is null
        ? ImmutableDictionary<string, string?>.Empty
        : ImmutableDictionary<string, string?>.Empty.Add("Replacement", replacement);

    /// <summary>What others say for NetGen, with titles: MSBuild by the package's targets.</summary>
    public static IReadOnlyDictionary<string, string> SaidByOthers { get; } = new Dictionary<string, string>
    {
        ["NG0703"] = "NetGen compiles C# only",
    };

    private const string Pages = "https://github.com/netgen-net/netgen/blob/main/docs/diagnostics/";

    private static DiagnosticDescriptor Error(string id, string title) => new(
        id, title, "{0}", Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Link(id));

    private static DiagnosticDescriptor Warning(string id, string title) => new(
        id, title, "{0}", Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Link(id));

    /// <summary>Not shown by a build: what is written works, and could be better.</summary>
    private static DiagnosticDescriptor Suggestion(string id, string title) => new(
        id, title, "{0}", Category, DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: Link(id));

    private static string Link(string id) => Pages + id + ".md";
}
