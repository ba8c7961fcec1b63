using NetGen.Generator.Common;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Operations;

/// <summary>
/// A factory of NetGen.Layers ("Dense"): from its compile-time arguments a layer definition. The same name is the attribute
/// of the attribute form.
/// </summary>
internal sealed record LayerFunction(string Name, Func<CallArguments, LayerDefinition> Create)
{
    /// <summary>Whether it reads indices; in the attribute form the stack's input are those then.</summary>
    public bool TakesIndices { get; init; }
}

/// <summary>A function of NetGen.Ops over tensors ("Relu", "Concat", "CrossEntropy").</summary>
internal sealed record TensorFunction(string Name, Func<GraphBuilder, CallArguments, Value> Apply);

/// <summary>A function of NetGen.Ops that gives several tensors ("Split").</summary>
internal sealed record TensorsFunction(string Name, Func<GraphBuilder, CallArguments, IReadOnlyList<Value>> Apply);

/// <summary>
/// A layer with its hyper-parameters. Applied to a tensor it adds operations; its weights come from the scope, which gives
/// the same parameter each time the layer is called.
/// </summary>
internal abstract record LayerDefinition
{
    public abstract Value Apply(GraphBuilder graph, IParameterScope parameters, Value x);

    /// <summary>
    /// Which axis of its tensor called weight counts outputs, from the last: 1; null: it has none that is a matrix or a kernel.
    /// </summary>
    public virtual int? WeightOutputs => null;
}

/// <summary>A layer that looks into another tensor: a CrossLayer of the language.</summary>
internal abstract record CrossLayerDefinition : LayerDefinition
{
    public abstract Value Apply(GraphBuilder graph, IParameterScope parameters, Value x, Value memory);

    /// <summary>C# lets no CrossLayer be called with one tensor.</summary>
    public sealed override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x) => throw new InvalidOperationException("The memory is missing.");
}

/// <summary>A layer with a state that a call may give and that it gives back: a StatefulLayer or a StatefulLstm of the language.</summary>
internal abstract record StatefulLayerDefinition : LayerDefinition
{
    /// <param name="graph">The graph.</param>
    /// <param name="parameters">Its weights.</param>
    /// <param name="x">Steps.</param>
    /// <param name="initial">The states before the first step; null: zeros.</param>
    /// <returns>The result at each step, and the states behind the last.</returns>
    public abstract (Value Steps, Value[] States) Apply(GraphBuilder graph, IParameterScope parameters, Value x, IReadOnlyList<Value>? initial);

    public sealed override Value Apply(GraphBuilder graph, IParameterScope parameters, Value x) => Apply(graph, parameters, x, null).Steps;
}

/// <summary>The weights of one layer of the user's class; the reader knows their path ("features.0").</summary>
internal interface IParameterScope
{
    /// <summary>
    /// The parameter "path.name" as a value of the graph. A second call gives the same parameter; with other dimensions it throws
    /// <see cref="LanguageException"/> (one layer called with two input sizes).
    /// </summary>
    Value Parameter(string name, int[] dims, InitializerModel initializer, FileLayout layout);

    /// <summary>
    /// State of the layer, which steps change and no optimizer (<see cref="Leaves.State"/>): in everything else a parameter.
    /// </summary>
    Value State(string name, int[] dims, InitializerModel initializer, FileLayout layout);
}

/// <summary>The evaluated arguments of a call, by the names of the function's parameters; defaults are filled in.</summary>
internal sealed class CallArguments(IReadOnlyDictionary<string, object?> values)
{
    public Value Tensor(string name) => (Value)values[name]!;

    public IReadOnlyList<Value> Tensors(string name) => ((IEnumerable<Value>)values[name]!).ToArray();

    public bool IsTensor(string name) => values[name] is Value;

    public bool Has(string name) => values.TryGetValue(name, out var value) && value is not null;

    public int Int(string name) => (int)values[name]!;

    public float Float(string name) => Convert.ToSingle(values[name], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The number, or what it is where the call does not say.</summary>
    public float FloatOr(string name, float otherwise) => Has(name) ? Float(name) : otherwise;

    /// <summary>A finite number, or NG0301 at that argument.</summary>
    public float FiniteOr(string name, float otherwise) =>
        Checked(name, FloatOr(name, otherwise), value => !float.IsNaN(value) && !float.IsInfinity(value), "finite");

    /// <summary>A finite number of at least <paramref name="minimum"/>, or NG0301 at that argument.</summary>
    public float AtLeast(string name, float minimum, float otherwise) =>
        Checked(name, FiniteOr(name, otherwise), value => value >= minimum, Text.Invariant($"at least {minimum}"));

    /// <summary>A finite number above <paramref name="limit"/>, or NG0301 at that argument.</summary>
    public float Above(string name, float limit, float otherwise) =>
        Checked(name, FiniteOr(name, otherwise), value => value > limit, Text.Invariant($"above {limit}"));

    private static float Checked(string name, float value, Func<float, bool> holds, string what) => holds(value)
        ? value
        : throw new LanguageException("NG0301", Text.Invariant($"'{name}' must be {what}; it is {value}."), name);

    public string String(string name) => (string)values[name]!;

    public bool Bool(string name) => (bool)values[name]!;

    /// <summary>false where the call does not say.</summary>
    public bool Is(string name) => Has(name) && Bool(name);

    public IReadOnlyList<float> Floats(string name) => ((IEnumerable<float>)values[name]!).ToArray();

    public IReadOnlyList<int> Ints(string name) => ((IEnumerable<int>)values[name]!).ToArray();

    /// <summary>Indices and ranges.</summary>
    public IReadOnlyList<object?> Objects(string name) => (IReadOnlyList<object?>)values[name]!;

    /// <summary>
    /// A member of an enum, by the numbers that the public one has too; NG0301 at that argument where it is none. The first where the call
    /// does not say.
    /// </summary>
    public T Member<T>(string name)
        where T : struct, Enum
    {
        var value = Has(name) ? Int(name) : 0;
        return System.Enum.IsDefined(typeof(T), value)
            ? (T)(object)value
            : throw new LanguageException("NG0301", Text.Invariant($"'{name}' is no {typeof(T).Name}; it is {value}."), name);
    }

    /// <summary>null: no layer of weights, but several, or a function.</summary>
    public LayerDefinition? Layer(string name) => values[name] as LayerDefinition;

    public PaddingModel Padding(string name) => (PaddingModel)values[name]!;

    /// <summary>null: the caller left it to the layer.</summary>
    public InitializerModel? Initializer(string name) => (InitializerModel?)values[name];

    /// <summary>The same, or what it is where the call does not say.</summary>
    public int IntAtLeast(string name, int minimum, int otherwise) => Has(name) ? IntAtLeast(name, minimum) : otherwise;

    /// <summary>A whole number of at least <paramref name="minimum"/>, or NG0301 at that argument.</summary>
    public int IntAtLeast(string name, int minimum)
    {
        var value = Int(name);
        return value >= minimum
            ? value
            : throw new LanguageException("NG0301", $"'{name}' must be at least {minimum}; it is {value}.", name);
    }
}
