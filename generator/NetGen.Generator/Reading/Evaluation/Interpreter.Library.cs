using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Common;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations;
using NetGen.Generator.Operations.Norms;

namespace NetGen.Generator.Reading.Evaluation;

/// <summary>What NetGen's own functions mean: the factories of Layers, the functions of Ops, the operators of Tensor.</summary>
internal sealed partial class Interpreter
{
    private (Dictionary<string, object?> Arguments, CallSite Site) LibraryArguments(IInvocationOperation invocation, Scope scope)
    {
        var values = Arguments(invocation.Arguments, invocation.TargetMethod, scope);
        return (invocation.TargetMethod.Parameters.ToDictionary(p => p.Name, p => values[p.Ordinal]), Site(invocation));
    }

    /// <summary>A call of NetGen.Layers: makes a layer or a parameter.</summary>
    private object Factory(IMethodSymbol target, IInvocationOperation invocation, Scope scope)
    {
        if (method is not null)
        {
            var example = target.Name == "Parameter" ? "private readonly Parameter weight = " : "private readonly Layer layer = ";
            throw Error(
                Descriptors.LayerMadeInMethod,
                $"{target.Name} is made inside a method over tensors, where it would have no name and no weights of its own. Hold it in a field: {example}{invocation.Syntax};",
                invocation.Syntax);
        }
        var (arguments, site) = LibraryArguments(invocation, scope);
        switch (target.Name)
        {
            case "Sequential":
                return new SequentialLayer(Layers(arguments["layers"], invocation.Arguments[0].Value), invocation.Syntax);
            case "Repeat":
                return Repeat(arguments, site);
            case "Parameter":
                return BareParameter(arguments, site);
        }
        if (OperationRegistry.Layers.TryGetValue(target.Name, out var function))
        {
            try
            {
                var made = new RegistryLayer(target.Name, function.Create(ForRegistry(arguments, site)), site, Describe(target, invocation, arguments));
                if (arguments.TryGetValue("layer", out var inner))
                    ((RegistryLayer)inner!).InsideOf = made;
                return made;
            }
            catch (LanguageException e)
            {
                throw Error(e, site);
            }
            catch (OverflowException)
            {
                throw Overflow(site.Syntax);
            }
        }
        // Without weights: the function of NetGen.Ops of the same name, waiting for its tensor.
        return new LibraryFunction(target.Name, ["x"], arguments, site);
    }

    private IReadOnlyList<Callable> Layers(object? value, IOperation at) => Items(value, at).Items
        .Select(item => item as Callable ?? throw Error(Descriptors.NotConstant, "A layer is null or unknown here.", at.Syntax))
        .ToArray();

    private SequentialLayer Repeat(Dictionary<string, object?> arguments, CallSite site)
    {
        var count = (int)arguments["count"]!;
        if (count < 0)
            throw Error(Descriptors.OutOfRange, $"'count' must be at least 0; it is {count}.", site.Place("count"));
        var make = arguments["layer"] as Closure ?? throw Error(
            Descriptors.NotConstant,
            "The function that makes a layer is unknown here.",
            site.Place("layer"));
        if (!Budget.Allows(count))
        {
            throw Error(
                Descriptors.EndlessLoop,
                $"Repeat makes {count} layers, each by a call of a function; reading a network may take {Budget.Steps} steps.",
                site.Place("count"));
        }
        var layers = new List<Callable>();
        for (var i = 0; i < count; i++)
        {
            var made = Invoke(make, make.Parameters.Count == 1 ? [i] : [], site);
            layers.Add(made as Callable ?? throw Error(Descriptors.NotConstant, "The function makes no layer.", site.Place("layer")));
        }
        return new SequentialLayer(layers, site.Syntax);
    }

    private ParameterValue BareParameter(Dictionary<string, object?> arguments, CallSite site)
    {
        var dims = arguments.TryGetValue("dims", out var array)
            ? Items<int>("dims", array, site)
            : Enumerable.Range(0, 4).Select(i => "dim" + i).Where(arguments.ContainsKey).Select(name => (int)arguments[name]!).ToArray();
        foreach (var (dim, i) in dims.Select((d, i) => (d, i)))
        {
            if (dim < 1)
            {
                throw Error(
                    Descriptors.OutOfRange,
                    $"Dimension {i} must be at least 1; it is {dim}.",
                    site.Place(arguments.ContainsKey("dim" + i) ? "dim" + i : "dims"));
            }
        }
        if (!MethodGraph.Fits(dims))
            throw Error(Descriptors.TooLarge, $"A parameter of {new EquatableArray<int>(dims)} has more than {int.MaxValue} elements.", site.Syntax);
        var initializer = arguments.TryGetValue("init", out var init) && init is InitializerModel model ? model : Initializers.Default;
        // Keras' rule for the fans of a bare weight; NetGen.Init states it.
        var receptive = dims.Take(Math.Max(0, dims.Length - 2)).Aggregate(1, (product, dim) => product * dim);
        var fanIn = dims.Length switch { 0 => 1, 1 => dims[0], _ => receptive * dims[dims.Length - 2] };
        var fanOut = dims.Length switch { 0 => 1, 1 => dims[0], _ => receptive * dims[dims.Length - 1] };
        return new ParameterValue(dims.ToEquatableArray(), initializer with { FanIn = fanIn, FanOut = fanOut }, site);
    }

    private static InitializerModel StaticInit(string name) => name switch
    {
        "Zeros" => Initializers.Zeros,
        "Ones" => new InitializerModel("Constant", EquatableArray.Create(1f)),
        _ => new InitializerModel(name, default),
    };

    private InitializerModel Init(IMethodSymbol target, IInvocationOperation invocation, Scope scope)
    {
        var (arguments, site) = LibraryArguments(invocation, scope);
        foreach (var argument in arguments)
        {
            var value = Number(argument.Value!);
            if (argument is { Key: "scale" } && !(value > 0))
                throw Error(Descriptors.OutOfRange, Text.Invariant($"'scale' must be above 0; it is {value}."), site.Place("scale"));
            if (argument.Value is EnumValue { Type: var type } && value is not (0 or 1 or 2))
                throw Error(Descriptors.OutOfRange, Text.Invariant($"'{argument.Key}' is no {type.Name}; it is {value}."), site.Place(argument.Key));
            if (float.IsNaN(value) || float.IsInfinity(value) || (argument.Key == "std" && value < 0))
            {
                throw Error(
                    Descriptors.OutOfRange,
                    Text.Invariant($"'{argument.Key}' must be {(argument.Key == "std" ? "at least 0" : "finite")}; it is {value}."),
                    site.Place(argument.Key));
            }
        }
        if (target.Name == "Uniform" && (float)arguments["low"]! > (float)arguments["high"]!)
        {
            throw Error(
                Descriptors.OutOfRange,
                Text.Invariant($"'low' must not be above 'high'; they are {arguments["low"]} and {arguments["high"]}."),
                site.Place("low"));
        }
        return new InitializerModel(target.Name, target.Parameters.Select(p => Number(arguments[p.Name]!)).ToEquatableArray());

        // A member of an enum by its number.
        static float Number(object value) =>
            value is EnumValue { Number: int number } ? number : (float)value;
    }

    private Value Apply(RegistryLayer layer, IReadOnlyList<Value> operands) => Apply(layer, scope => layer.Definition is CrossLayerDefinition cross
        ? cross.Apply(method!.Builder, scope, operands[0], operands[1])
        : layer.Definition.Apply(method!.Builder, scope, operands[0]));

    /// <summary>The result at each step, and the state behind the last: a tensor, or a tuple of them.</summary>
    private TupleValue ApplyStateful(RegistryLayer layer, Value x, object? initial, CallSite site)
    {
        Value[] states = [];
        var steps = Apply(layer, scope =>
        {
            var (y, final) = ((StatefulLayerDefinition)layer.Definition).Apply(method!.Builder, scope, x, initial switch
            {
                null => null,
                TupleValue tuple => [.. tuple.Items.Select(item => AsTensorOperand(item, site.Place("initial")))],
                var state => [AsTensorOperand(state, site.Place("initial"))],
            });
            states = final;
            return y;
        });
        return new TupleValue([steps, states.Length == 1 ? states[0] : new TupleValue([.. states.Select(state => (object?)state)])]);
    }

    private Value Apply(RegistryLayer layer, Func<LayerScope, Value> apply)
    {
        if (layer.InsideOf is { } outer)
        {
            throw Error(
                Descriptors.LayerWithoutName,
                $"This {layer.Function} is inside of {outer.Function}, which has its weights. Call that one, or make a second layer for here.", layer.Syntax);
        }
        if (layer.Path is null)
            throw NoName(layer.Function, layer.Syntax);
        layer.Used = true;
        var graph = method!;
        return (Value)Within(layer, () =>
        {
            try
            {
                var y = apply(new LayerScope(graph.Parameters, graph.Builder, layer));
                CheckAdded(layer.Syntax);
                AddRow(new LayerRow(layer.Path, layer.Description, y.Type.Shape, graph.Parameters.Of(layer).Where(p => !p.IsState).Sum(p => p.Count)), layer.Syntax);
                return y;
            }
            catch (LanguageException e)
            {
                throw Error(e, layer.Site);
            }
            catch (OverflowException)
            {
                throw Overflow(layer.Syntax);
            }
        })!;
    }

    private void AddRow(LayerRow row, SyntaxNode at)
    {
        Step(at, 1 + ((row.Path.Length + row.Description.Length + row.Output.Length) / Budget.Bulk));
        method!.LayerRows.Add(row);
    }

    private ReadException NoName(string what, SyntaxNode place) => Error(
        Descriptors.LayerWithoutName,
        $"{what} has weights but no name: no field of the network leads to it. Hold it in an instance field (or an array, a Sequential or a [Network] in one).",
        place);

    private Value Weight(ParameterValue parameter, SyntaxNode place)
    {
        if (method is null)
            throw Error(Descriptors.OutsideLanguage, "A parameter is used as a tensor outside a method over tensors.", place);
        if (parameter.Path is null)
            throw NoName("This parameter", parameter.Site.Syntax);
        parameter.Used = true;
        try
        {
            var value = method.Parameters.Get(
                method.Builder, parameter, parameter.Ordinal, parameter.Path, [.. parameter.Dims], parameter.Initializer, FileLayout.AsIs);
            CheckAdded(place);
            return value;
        }
        catch (LanguageException e)
        {
            throw Error(e, parameter.Site);
        }
    }

    private object? CallFunction(IMethodSymbol target, Dictionary<string, object?> arguments, CallSite site)
    {
        // What the function's declaration says may not be null.
        foreach (var parameter in target.Parameters.Where(p => p.NullableAnnotation == NullableAnnotation.NotAnnotated && p.Type.IsReferenceType))
        {
            if (arguments.TryGetValue(parameter.Name, out var value) && value is null)
                throw Error(Descriptors.NotConstant, $"'{parameter.Name}' is null here.", site.Place(parameter.Name));
        }
        if (target.Name == "Scan")
            return Scan(arguments, site);
        return arguments.TryGetValue("layer", out var layer) ? Penalty(target.Name, layer, site) : CallFunction(target.Name, arguments, site);
    }

    public object? CallFunction(string name, Dictionary<string, object?> arguments, CallSite site)
    {
        if (method is null)
            throw Error(Descriptors.OutsideLanguage, $"{name} is called outside a method over tensors.", site.Syntax);
        var isOne = OperationRegistry.Functions.TryGetValue(name, out var function);
        if (!OperationRegistry.SeveralResults.TryGetValue(name, out var several) && !isOne)
            throw Error(Descriptors.CallOutsideLanguage, $"{name} is not available in this version of NetGen.", site.Syntax);
        if (name is "L1" or "L2" && arguments.TryGetValue("x", out var penalized))
            arguments["weights"] = new ArrayValue([AsTensorOperand(penalized, site.Place("x"))]);
        foreach (var argument in arguments.ToArray())
        {
            if (argument.Value is ParameterValue parameter)
                arguments[argument.Key] = Weight(parameter, site.Place(argument.Key));
            else if (argument is { Value: float number, Key: "left" or "right" or "ifTrue" or "ifFalse" or "derivative" })
                arguments[argument.Key] = method.Builder.Constant(number);
            else if (argument is { Value: null, Key: "x" or "left" or "right" })
                throw Error(Descriptors.NotConstant, $"'{argument.Key}' is null here.", site.Place(argument.Key));
        }
        foreach (var argument in arguments)
            Step(site.Place(argument.Key), argument.Value is ArrayValue { Items.Count: var count } ? count / Budget.Bulk : 0);
        try
        {
            var inputs = ForRegistry(arguments, site);
            object result = isOne
                ? function!.Apply(method.Builder, inputs)
                : new ArrayValue([.. several!.Apply(method.Builder, inputs).Select(value => (object?)value)], region);
            CheckAdded(site.Syntax);
            return result;
        }
        catch (LanguageException e)
        {
            throw Error(e, site);
        }
        catch (OverflowException)
        {
            throw Overflow(site.Syntax);
        }
    }

    /// <summary>Shape rules compute sizes with checked arithmetic.</summary>
    private ReadException Overflow(SyntaxNode place) => Error(
        Descriptors.TooLarge, $"The result has more than {int.MaxValue} elements per sample.", place);

    /// <summary>L1 or L2 of a layer: the sum over the tensors called weight of all layers inside.</summary>
    private object? Penalty(string name, object? layer, CallSite site)
    {
        if (method is null)
            throw Error(Descriptors.OutsideLanguage, $"{name} is called outside a method over tensors.", site.Syntax);
        var leaves = Leaves(layer, site.Place("layer"));
        var weights = leaves.SelectMany(l => method.Parameters.Of(l)).Where(IsPenalized).ToArray();
        if (weights.Length == 0)
        {
            throw Error(
                Descriptors.UnknownWeights,
                leaves.Count == 0
                    ? $"{name}: this layer has no weights."
                    : $"{name}: the weights of this layer are not known here, because no tensor has gone through it yet. Call the layer before its penalty.",
                site.Place("layer"));
        }
        Step(site.Syntax, weights.Length);
        var tensors = weights.Select(w => (object?)ParameterTable.Leaf(method.Builder, w)).ToList();
        return CallFunction(name, new Dictionary<string, object?> { ["weights"] = new ArrayValue(tensors) }, site);
    }

    /// <summary>A weight, or what SpectralNorm makes it of.</summary>
    private static bool IsPenalized(ParameterModel parameter) =>
        parameter.Name.EndsWith(".weight", StringComparison.Ordinal) || parameter.Name.EndsWith(".weight_orig", StringComparison.Ordinal);

    /// <summary>The one tensor of that name that a layer has.</summary>
    private Value WeightOf(object? layer, string name, SyntaxNode place)
    {
        if (method is null)
            throw Error(Descriptors.OutsideLanguage, "A layer's weight is read outside a method over tensors.", place);
        var leaves = Leaves(layer, place);
        var found = leaves.SelectMany(leaf => method.Parameters.Of(leaf)).Where(p => p.Name.EndsWith("." + name, StringComparison.Ordinal)).ToArray();
        return found.Length == 1
            ? ParameterTable.Leaf(method.Builder, found[0])
            : throw Error(
                Descriptors.NotOneWeight,
                found.Length > 1
                    ? $"'{place}' has {found.Length} tensors called '{name}'. Hold the layer that is meant in a field of its own."
                    : leaves.Count > 0 && leaves.All(leaf => method.Parameters.Of(leaf).Count == 0)
                        ? $"The {name} of '{place}' is not known here, because no tensor has gone through it yet. Call the layer before."
                        : leaves.Any(leaf => leaf is RegistryLayer { Definition: SpectralNormLayer })
                            ? $"'{place}' has no {name} of its own: SpectralNorm makes it in each call, of weight_orig and its largest singular value."
                            : $"'{place}' has no {name}.",
                place);
    }

    private object? TensorOperator(IMethodSymbol target, IReadOnlyList<IOperation> operands, IOperation operation, Scope scope) => TensorOperator(
        target, operands.Select(o => AsTensorOperand(Evaluate(o, scope), o.Syntax)).ToArray(), operation.Syntax);

    private object? TensorOperator(IMethodSymbol target, IReadOnlyList<Value> operands, SyntaxNode place)
    {
        var name = target.Name switch
        {
            "op_Addition" => "Add",
            "op_Subtraction" => "Subtract",
            "op_Multiply" => "Multiply",
            "op_Division" => "Divide",
            "op_GreaterThan" => "Greater",
            "op_GreaterThanOrEqual" => "GreaterOrEqual",
            "op_LessThan" => "Less",
            "op_LessThanOrEqual" => "LessOrEqual",
            _ => "Negate",
        };
        var arguments = operands.Count == 1
            ? new Dictionary<string, object?> { ["x"] = operands[0] }
            : new Dictionary<string, object?> { ["left"] = operands[0], ["right"] = operands[1] };
        return CallFunction(name, arguments, new CallSite(place));
    }

    private Value AsTensorOperand(object? value, SyntaxNode place) => value switch
    {
        Value tensor => tensor,
        ParameterValue parameter => Weight(parameter, place),
        float number when method is not null => method.Builder.Constant(number),
        _ => throw Error(Descriptors.NotConstant, "This is null or unknown here; expected a tensor or a number.", place),
    };

    private Value Tensor(object? value, CallSite site) => value is Value tensor && method is not null
        ? tensor
        : throw Error(Descriptors.NotConstant, "The layer's input is null or unknown here.", site.Syntax);

    private static bool IsTensorType(ITypeSymbol? type) => type.Is("Tensor") || type.Is("Parameter");

    /// <summary>Arguments that are arrays of whole numbers, where they are no single one.</summary>
    private static readonly HashSet<string> WholeNumbers = ["dims", "axes", "sizes", "repeats", "indices"];

    /// <summary>In the registry's terms: arrays of whole numbers and of tensors are plain.</summary>
    private CallArguments ForRegistry(Dictionary<string, object?> arguments, CallSite site) => new(arguments.ToDictionary(a => a.Key, a => a.Value switch
    {
        _ when a.Key == "dims" || (a.Value is ArrayValue && WholeNumbers.Contains(a.Key)) => Items<int>(a.Key, a.Value, site),
        ArrayValue indices when a.Key == "at" => Items<object>(a.Key, indices, site),
        ArrayValue numbers when numbers.Items.Count > 0 && numbers.Items[0] is float => Items<float>(a.Key, numbers, site),
        ArrayValue => Items<Value>(a.Key, a.Value, site),
        EnumValue member => member.Number,
        RegistryLayer layer => layer.Definition,
        var value => value,
    }));

    private T[] Items<T>(string name, object? value, CallSite site) => value is ArrayValue array && array.Items.All(item => item is T)
        ? array.Items.Cast<T>().ToArray()
        : throw Error(Descriptors.NotConstant, $"'{name}' is null, or an element of it is, or unknown here.", site.Place(name));

    /// <summary>"Conv2D(32, 3, padding: Same)": the arguments that the user wrote, evaluated.</summary>
    private static string Describe(IMethodSymbol target, IInvocationOperation invocation, Dictionary<string, object?> arguments)
    {
        var written = invocation.Arguments.Where(a => a.ArgumentKind != ArgumentKind.DefaultValue).Select(a => a.Parameter!.Name).ToArray();
        var parameters = target.Parameters.Where(p => written.Contains(p.Name));
        return Description(target.Name, parameters.Select(p => (p.Name, p.IsOptional, arguments[p.Name])).ToArray());
    }

    public static string Description(string name, IReadOnlyCollection<(string Name, bool IsOptional, object? Value)> arguments) =>
        arguments.Count > 0 ? $"{name}({string.Join(", ", arguments.Select(a => (a.IsOptional ? a.Name + ": " : "") + Show(a.Value)))})" : name;

    private static string Show(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        ArrayValue array => string.Join(", ", array.Items.Select(Show)),
        int[] { Length: 2 } size => size[0] == size[1] ? Arithmetic.Display(size[0]) : Text.Invariant($"{size[0]}×{size[1]}"),
        PaddingModel { Kind: "Explicit" } padding => Arithmetic.Display(padding.Amount),
        PaddingModel padding => padding.Kind,
        RegistryLayer layer => layer.Description,
        InitializerModel { Arguments.Count: 0 } init => init.Kind,
        InitializerModel init => $"{init.Kind}({string.Join(", ", init.Arguments.Select(a => Arithmetic.Display(a)))})",
        _ => Arithmetic.Display(value),
    };

    /// <summary>
    /// A path as a C# identifier, for nodes and kernels: "features_0"; in the attribute form paths are numbers: "layer_0".
    /// </summary>
    private static string Identifier(string path)
    {
        var name = (char.IsDigit(path[0]) ? "layer_" : "") + path.Replace('.', '_');
        return SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : name + "_";
    }
}
