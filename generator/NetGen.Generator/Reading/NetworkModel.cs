using NetGen.Generator.Common;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Order;
using NetGen.Generator.Operations.Loops;

namespace NetGen.Generator;

/// <summary>
/// Everything the compiler needs to know of one [Network] class, compared by value and free of symbols and syntax: the
/// boundary between reading C# and compiling tensors.
/// </summary>
internal sealed record NetworkModel(
    string Namespace,
    string Name,
    string Accessibility,
    EquatableArray<ParameterModel> Parameters,
    EquatableArray<MethodModel> Methods,
    EquatableArray<string> LayerLines)
{
    /// <summary>The name of the field that the generated half adds: none of the class's members has it.</summary>
    public string StateField { get; init; } = "networkState";

    /// <summary>
    /// How the members of a class that has errors are declared: of its methods the signatures alone are known (<see
    /// cref="Reading.UnreadNetwork"/>).
    /// </summary>
    public UnreadClass? Unread { get; init; }

    /// <summary>Whether the class has errors, so that its programs are not known.</summary>
    public bool IsUnread => Unread is not null;

    /// <summary>
    /// Whether the class has a Dispose of its own, so that what gives the network's memory back is called <see cref="DisposeOfNetwork"/>.
    /// </summary>
    public bool HasDispose { get; init; }

    public const string DisposeOfNetwork = "DisposeNetwork";

    /// <summary>The method that makes a variant, and what follows a constant in the name of the property with its values.</summary>
    public const string CreateVariant = "CreateVariant", ValuesOfVariants = "Variants";

    /// <summary>
    /// What a step on an objective is called: "Step" for the only one or the one called Loss; else Step and the name without "Loss".
    /// </summary>
    public static string StepName(string objective, int objectives)
    {
        const string loss = "Loss";
        if (objectives == 1 || objective == loss)
            return "Step";
        return "Step" + (objective.EndsWith(loss, StringComparison.Ordinal) ? objective.Substring(0, objective.Length - loss.Length) : objective);
    }

    /// <summary>What sessions do with new steps; null: there are none.</summary>
    public MethodModel? Session { get; init; }

    /// <summary>Whether something is a sequence of any length, which is computed on the processor only.</summary>
    public bool HasSteps => Methods.Any(m => m.Inputs.Any(i => i.LengthsOf is not null));

    /// <summary>Whether a cell goes from step to step (<see cref="StepLoop"/>), which is computed on the processor only.</summary>
    public bool HasLoops => Methods.Any(m => m.Graph.Nodes.Any(n => n.Operation is StepLoop));

    /// <summary>Whether the project has the package NetGen.Cuda, so that the network is compiled for CUDA devices as well.</summary>
    public bool HasCuda { get; init; }

    /// <summary>What products on a CUDA device round their operands to.</summary>
    public Precision Precision { get; init; }

    /// <summary>What the generated constructor calls where <c>base()</c> will not do, which is an error: that it is the only one.</summary>
    public string BaseCall { get; init; } = "";

    /// <summary>How the generated Dispose stands to one of a base class.</summary>
    public Disposal Disposal { get; init; } = Disposal.None;

    /// <summary>The classes that are made of this one with other sizes.</summary>
    public EquatableArray<VariantModel> Variants { get; init; }

    /// <summary>Which variant of another network it is; null: it is a network of its own.</summary>
    public VariantModel? Variant { get; init; }

    /// <summary>The network that it is a variant of, in which its class stands.</summary>
    public string Outer { get; init; } = "";

    /// <summary>"MnistCnn"; of a variant "MnistCnn.Width64".</summary>
    public string ShownName => Variant is null ? Name : Outer + "." + Name;

    /// <summary>"Samples.MnistCnn", without the @ that C# takes before keywords.</summary>
    public string FullName => Namespace.Length == 0 ? Unread?.Name ?? ShownName : Namespace + "." + (Unread?.Name ?? ShownName);

    /// <summary>
    /// The same network as a class in another one, whose members it does not have: it is written by NetGen alone.
    /// </summary>
    public NetworkModel AsVariant(string outer, VariantModel variant) => this with
    {
        Name = variant.Name,
        Outer = outer,
        Variant = variant,
        Variants = default,
        StateField = "networkState",
        HasDispose = false,
        Disposal = Disposal.None,
        BaseCall = "",
        Methods = Methods.Select(method => method with { HasDocumentation = false }).ToEquatableArray(),
    };
}

/// <summary>
/// How the other half of a class with errors is declared. It computes nothing, so it may be of any class that C# gives two halves, also of
/// one that no network can be.
/// </summary>
/// <param name="Name">That of the class below its namespace, which no other class has: "Outer.Net`1".</param>
/// <param name="Kind">"record".</param>
/// <param name="Self">C# of the class where it is declared: "Net&lt;T>".</param>
internal sealed record UnreadClass(string Name, string Kind, string Self)
{
    /// <summary>The declarations of the types around it, the outermost first.</summary>
    public EquatableArray<string> Around { get; init; }

    /// <summary>Whether all its members are static.</summary>
    public bool IsStatic { get; init; }

    /// <summary>Whether a constructor is generated.</summary>
    public bool HasConstructor { get; init; } = true;

    /// <summary>Whether its C# knows nullable references.</summary>
    public bool HasNullable { get; init; } = true;

    /// <summary>Whether its C# knows static members of interfaces.</summary>
    public bool HasStaticAbstract { get; init; } = true;

    /// <summary>The names of members that are not generated, since one of the class's own is in the way.</summary>
    public EquatableArray<string> Taken { get; init; }

    /// <summary>What the generator says of it, since no analyzer will be asked.</summary>
    public EquatableArray<SaidByGenerator> Said { get; init; }

    /// <summary>The extern alias below which alone the project has NetGen.</summary>
    public string? Alias { get; init; }
}

/// <summary>A weight: its PyTorch-style name, its dimensions in memory, how it starts and how files lay it out.</summary>
internal sealed record ParameterModel(
    string Name, EquatableArray<int> Dims, InitializerModel Initializer, FileLayout Layout)
{
    public long Count => Dims.Aggregate(1L, (product, dim) => product * dim);

    /// <summary>Whether steps change it as state of the network, and no optimizer does.</summary>
    public bool IsState { get; init; }

    /// <summary>Whether no step changes it.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>The order of a dense layer's inputs in a file; empty: as in memory.</summary>
    public EquatableArray<FeatureBlock> Inputs { get; init; }

    /// <summary>The order of a dense layer's outputs, or of a vector's values; empty: as in memory.</summary>
    public EquatableArray<FeatureBlock> Outputs { get; init; }

    /// <summary>Whether a file has PyTorch's order of features; else it has that of memory.</summary>
    public bool IsOrderKnown { get; init; } = true;
}

/// <summary>What a base class already disposes by.</summary>
/// <param name="Method">Whether it has none, a method Dispose() or the pattern's Dispose(bool).</param>
/// <param name="Modifiers">Of the method that is generated ("protected override").</param>
/// <param name="CallsBase">Whether the base's own is called afterwards.</param>
internal sealed record Disposal(DisposeMethod Method, string Modifiers, bool CallsBase)
{
    public static Disposal None { get; } = new(DisposeMethod.Plain, "public", false);
}

/// <summary>Dispose() or Dispose(bool disposing).</summary>
internal enum DisposeMethod
{
    Plain,
    OfPattern,
}

/// <summary>The same values as NetGen.Precision in the language.</summary>
internal enum Precision
{
    Float32,
    TensorFloat32,
    BFloat16,
}

/// <summary>A public method over tensors, as a graph whose outputs are its results, or the "loss" of an objective.</summary>
internal sealed record MethodModel(
    string Name,
    bool IsObjective,
    EquatableArray<string> Updates,
    EquatableArray<InputModel> Inputs,
    TensorGraph Graph,
    bool HasDocumentation)
{
    /// <summary>The weights and the state that no step changes, by name.</summary>
    public EquatableArray<string> Frozen { get; init; }

    /// <summary>
    /// Of a method that returns a tuple, what parameters for its elements are called, each another; empty: it returns one tensor.
    /// </summary>
    public EquatableArray<string> Results { get; init; }

    /// <summary>Of what sessions do with new steps, how many floats a session's memory has; 0 for everything else.</summary>
    public long SessionFloats { get; init; }

    /// <summary>
    /// Whether a step on the objective changes a weight or state. One that names fields trains what is below them; else everything.
    /// </summary>
    public bool Changes(string leaf) => !Frozen.Contains(leaf)
        && (Updates.Count == 0 || Updates.Any(update => leaf == update || leaf.StartsWith(update + ".", StringComparison.Ordinal)));
}

/// <summary>A parameter of an entry point.</summary>
internal sealed record InputModel(string Name, TensorType Type)
{
    /// <summary>Whether messages call its integers indices; else labels.</summary>
    public bool AreIndices { get; init; }

    /// <summary>Of lengths, the parameter that has the sequences; null for everything else.</summary>
    public string? LengthsOf { get; init; }

    /// <summary>What its numbers must be, where a loss takes them as targets; null: any number.</summary>
    public TargetRange? Range { get; init; }
}
