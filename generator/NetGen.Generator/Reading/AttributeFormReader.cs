using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Common;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Losses;
using NetGen.Generator.Reading.Evaluation;

namespace NetGen.Generator.Reading;

/// <summary>
/// Reads a network in attribute form: the attributes are the calls of the factories of the same names, in a Sequential without a
/// field. It gives Forward(x) and, with an objective, ComputeLoss(x, label) or ComputeLoss(x, target): a member called Loss would hide
/// the enum in [Objective(Loss.CrossEntropy)], because C# looks up names in a class's attributes among its members first.
/// </summary>
internal static class AttributeFormReader
{
    /// <summary>The layer attributes in the order of the source text.</summary>
    public static IReadOnlyList<AttributeData> Layers(INamedTypeSymbol type) => type.GetAttributes()
        .Where(a => a.AttributeClass?.BaseType.Is("LayerAttribute") == true && a.ApplicationSyntaxReference is not null)
        .OrderBy(a => a.ApplicationSyntaxReference!.SyntaxTree.FilePath, StringComparer.Ordinal)
        .ThenBy(a => a.ApplicationSyntaxReference!.Span.Start)
        .ToArray();

    public static ReadResult Read(INamedTypeSymbol type, TypeDeclarationSyntax syntax, Interpreter interpreter)
    {
        if (type.Attribute("InputAttribute") is not { } inputAttribute)
        {
            throw new ReadException(
                Descriptors.MixedForms,
                "The shape of the stack's input is missing. State the dimensions of one sample: [Network, Input(28, 28, 1)].",
                syntax);
        }
        if (type.GetMembers("Forward").OfType<IMethodSymbol>().FirstOrDefault(m => m.ReturnType.IsResult()) is { } forward)
        {
            throw new ReadException(
                Descriptors.MixedForms,
                $"'{type.Name}' has both layer attributes and Forward. Choose one form.",
                forward.DeclaringSyntaxReferences[0].GetSyntax());
        }
        if (type.GetMembers().Select(m => m.Attribute("FrozenAttribute")).FirstOrDefault(a => a is not null) is { } frozen)
            throw new ReadException(Descriptors.NothingFrozen, "[Frozen] is for fields with layers, and those of the attribute form are in none.", Syntax(frozen));
        var layers = Layers(type).Select(Layer).ToArray();
        var naming = new Naming(interpreter.Budget);
        for (var i = 0; i < layers.Length; i++)
            naming.Name(layers[i], Arithmetic.Display(i), layers[i].Syntax);
        var stack = new SequentialLayer(layers, syntax);
        var inputType = FieldFormReader.CheckedInput(Interpreter.AttributeDims(inputAttribute), "x", Syntax(inputAttribute));

        var input = new InputModel("x", inputType);
        if (TakesIndices(layers))
            input = input with { Type = inputType with { Element = ElementType.Int32 }, AreIndices = true };
        var parameters = new ParameterTable();
        var forwardGraph = new MethodGraph(parameters, "forward");
        var output = Apply(forwardGraph);
        forwardGraph.Builder.Output("result", output);
        var methods = new List<MethodModel>
        {
            new("Forward", false, default, EquatableArray.Create(input), forwardGraph.Builder.Build(), false),
        };
        if (type.Attribute("ObjectiveAttribute") is { } objective)
            methods.Add(Objective(objective));
        return new ReadResult(NetworkReader.Model(type, parameters, methods, forwardGraph.LayerRows), []);

        Value Apply(MethodGraph graph)
        {
            var x = graph.Input(0, input, Syntax(inputAttribute));
            return (Value)interpreter.Run(() => interpreter.Invoke(stack, [x], new CallSite(syntax)), graph)!;
        }

        MethodModel Objective(AttributeData attribute)
        {
            var place = Syntax(attribute);
            if (attribute.ConstructorArguments is not [{ Type: INamedTypeSymbol losses, Value: { } chosen }]
                || losses.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => Equals(f.ConstantValue, chosen)) is not { Name: var loss })
            {
                throw new ReadException(
                    Descriptors.MixedForms,
                    "The objective of the attribute form names its loss: [Objective(Loss.CrossEntropy)].",
                    place);
            }
            var graph = new MethodGraph(parameters, "loss");
            var logits = Apply(graph);
            var target = loss == "CrossEntropy"
                ? new InputModel("label", TensorType.Integers([.. logits.Type.Dims.Take(logits.Type.Rank - 1)]))
                : new InputModel("target", TensorType.PerSample([.. logits.Type.Dims]));
            var arguments = new Dictionary<string, object?>
            {
                [loss is "CrossEntropy" or "BinaryCrossEntropy" ? "logits" : "prediction"] = logits,
                [target.Name] = graph.Input(1, target, place),
            };
            if (loss == "Huber")
                arguments.Add("delta", 1f);
            var value = (Value)interpreter.Run(() => interpreter.CallFunction(loss, arguments, new CallSite(place)), graph)!;
            graph.Builder.Output("loss", value);
            ClassificationOutputs.Add(graph.Builder, value);
            var built = graph.Builder.Build();
            if (!built.Nodes.Any(n => n.Operation is Weight and not State))
                throw new ReadException(Descriptors.NothingToTrain, "No layer of the stack has weights; there is nothing to train.", place);
            target = target with { Range = graph.Builder.RangeOf(target.Name) };
            return new MethodModel("ComputeLoss", true, default, EquatableArray.Create(input, target), built, false);
        }

        SyntaxNode Syntax(AttributeData attribute) => attribute.ApplicationSyntaxReference?.GetSyntax() ?? syntax;
    }

    /// <summary>Whether what the first layer reads are indices.</summary>
    private static bool TakesIndices(Callable[] layers) => layers.FirstOrDefault() is RegistryLayer { Function: var first } && OperationRegistry.Layers[first].TakesIndices;

    /// <summary>The same of a class that could not be read.</summary>
    public static bool TakesIndices(INamedTypeSymbol type) => Layers(type).FirstOrDefault()?.AttributeClass?.Name is { } name && name.EndsWith("Attribute", StringComparison.Ordinal)
        && OperationRegistry.Layers.TryGetValue(name.Substring(0, name.Length - "Attribute".Length), out var first) && first.TakesIndices;

    private static Callable Layer(AttributeData attribute)
    {
        var name = attribute.AttributeClass!.Name;
        name = name.Substring(0, name.Length - "Attribute".Length);
        if (attribute.AttributeConstructor is not { } constructor)
            throw new BrokenCodeException();
        var site = Site(attribute, constructor);
        var written = new Dictionary<string, object?>();
        for (var i = 0; i < constructor.Parameters.Length; i++)
        {
            var argument = attribute.ConstructorArguments[i];
            if (argument.Kind == TypedConstantKind.Error)
                throw new BrokenCodeException();
            written.Add(constructor.Parameters[i].Name, argument.Kind == TypedConstantKind.Array
                ? new ArrayValue(argument.Values.Select(v => v.Value).ToList())
                : argument.Value);
        }
        foreach (var named in attribute.NamedArguments)
        {
            if (named.Value.Kind == TypedConstantKind.Error)
                throw new BrokenCodeException();
            written.Add(char.ToLowerInvariant(named.Key[0]) + named.Key.Substring(1), named.Value.Value);
        }

        if (!OperationRegistry.Layers.TryGetValue(name, out var function))
            return new LibraryFunction(name, ["x"], written, site);
        var description = Interpreter.Description(name, written.Select((a, i) => (a.Key, i >= constructor.Parameters.Length, a.Value)).ToArray());
        try
        {
            var arguments = FactoryArguments(written, site, isSequence: name.EndsWith("1D", StringComparison.Ordinal));
            return new RegistryLayer(name, function.Create(new CallArguments(arguments)), site, description);
        }
        catch (LanguageException e)
        {
            throw Descriptors.All.TryGetValue(e.Code, out var descriptor) ? new ReadException(descriptor, e.Message, site.Place(e.Argument)) : e;
        }
    }

    /// <summary>The attribute's arguments as those of the factory of the same name.</summary>
    private static Dictionary<string, object?> FactoryArguments(Dictionary<string, object?> written, CallSite site, bool isSequence)
    {
        var arguments = new Dictionary<string, object?>(written) { ["init"] = null, ["biasInit"] = null };
        arguments.Remove("same");
        if (!arguments.ContainsKey("bias"))
            arguments.Add("bias", true);
        foreach (var size in new[] { "kernel", "pool", "dilation", "size", "factor", "outputPadding" })
        {
            if (written.TryGetValue(size, out var value))
                arguments[size] = Size(value);
        }
        arguments["stride"] = written.TryGetValue("stride", out var stride) && !(written.ContainsKey("pool") && stride is 0)
            ? Size(stride)
            : null;
        var amount = written.TryGetValue("padding", out var padding) ? (int)padding! : 0;
        if (amount < 0)
            throw new ReadException(Descriptors.OutOfRange, $"'Padding' must be at least 0; it is {amount}.", site.Place("padding"));
        var same = written.TryGetValue("same", out var flag) && flag is true;
        if (same && amount != 0)
            throw new ReadException(Descriptors.OutOfRange, "Same computes the padding; leave Padding out.", site.Place("padding"));
        arguments["padding"] = same ? new PaddingModel("Same") : amount == 0 ? new PaddingModel("Valid") : new PaddingModel("Explicit", amount);
        return arguments;

        // Sequences have one size where images have two.
        object Size(object? number) => isSequence ? number! : new[] { (int)number!, (int)number };
    }

    private static CallSite Site(AttributeData attribute, IMethodSymbol constructor)
    {
        var syntax = (AttributeSyntax)attribute.ApplicationSyntaxReference!.GetSyntax();
        var places = new Dictionary<string, SyntaxNode>();
        foreach (var (argument, i) in (syntax.ArgumentList?.Arguments ?? default).Select((a, i) => (a, i)))
        {
            var parameter = constructor.Parameters.ElementAtOrDefault(i);
            var name = argument.NameEquals?.Name.Identifier.ValueText ?? argument.NameColon?.Name.Identifier.ValueText
                ?? (parameter is { IsParams: false } ? parameter.Name : null);
            if (name is null)
                continue;
            name = char.ToLowerInvariant(name[0]) + name.Substring(1);
            if (!places.ContainsKey(name))
                places.Add(name, argument.Expression);
        }
        return new CallSite(syntax, places);
    }
}
