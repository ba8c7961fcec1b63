using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Common;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Gradients;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Losses;
using NetGen.Generator.Reading.Evaluation;

namespace NetGen.Generator.Reading;

/// <summary>Reads a network in field form: layers in fields, wired by Forward and the other methods over tensors.</summary>
internal sealed class FieldFormReader
{
    /// <summary>A call binds eight spans, of inputs and results.</summary>
    public const int MaximumSpans = 8;

    /// <summary>What no method over tensors can be called.</summary>
    public static readonly HashSet<string> GeneratedNames =
        ["Predict", "Step", "Save", "Load", "Dispose", "Parameters", "Device", "Summary", "Plan"];

    private readonly INamedTypeSymbol type;
    private readonly TypeDeclarationSyntax syntax;
    private readonly Interpreter interpreter;
    private readonly ParameterTable parameters = new();
    private readonly ObjectValue self;

    /// <summary>The weights and the state that no step changes, by name.</summary>
    private HashSet<string> frozen = [];

    private FieldFormReader(INamedTypeSymbol type, TypeDeclarationSyntax syntax, Interpreter interpreter)
    {
        this.type = type;
        this.syntax = syntax;
        this.interpreter = interpreter;
        self = new ObjectValue(type);
    }

    public static ReadResult Read(INamedTypeSymbol type, TypeDeclarationSyntax syntax, Interpreter interpreter) =>
        new FieldFormReader(type, syntax, interpreter).Read();

    private ReadResult Read()
    {
        if (type.Attribute("InputAttribute") is { } input)
        {
            throw new ReadException(
                Descriptors.MixedForms,
                "[Input] belongs to the attribute form, and the class has no layer attributes.",
                Syntax(input));
        }
        if (type.Attribute("ObjectiveAttribute") is { } objective)
        {
            throw new ReadException(
                Descriptors.MixedForms,
                "[Objective] on the class belongs to the attribute form. Put it on a method that returns the loss.",
                Syntax(objective));
        }
        var entryPoints = EntryPoints();
        if (!entryPoints.Any(m => m.Name == "Forward"))
            throw ForwardCheck.Missing(type, syntax, entryPoints);
        CheckNames(entryPoints);

        interpreter.CreateMembers(self, syntax);
        interpreter.Name(self, Interpreter.LayerMembers(type));

        var methods = new List<(IMethodSymbol Symbol, MethodModel Model, IReadOnlyList<LayerRow> Rows)>();
        foreach (var method in entryPoints.OrderByDescending(m => m.Name == "Forward"))
            methods.Add(ReadMethod(method));
        frozen = [.. Frozen().SelectMany(parameters.Of).Select(p => p.Name)];
        var models = methods.Select(m => m.Model.IsObjective ? WithUpdates(m.Symbol, WithFrozen(m.Symbol, m.Model)) : m.Model).ToArray();
        var model = NetworkReader.Model(type, parameters, models, methods[0].Rows);
        if (methods[0].Symbol is { Name: "Forward" } forward && forward.Attribute("SessionsAttribute") is not null)
            model = model with { Session = SessionSteps.Of(methods[0].Model, new UniqueNames(models.Select(m => m.Name)).Take("ForwardInSessions")) };
        model = model with { Parameters = model.Parameters.Select(p => p with { IsFrozen = frozen.Contains(p.Name) }).ToEquatableArray() };
        return new ReadResult(model, Unused().ToArray());
    }

    private IReadOnlyList<IMethodSymbol> EntryPoints()
    {
        var entryPoints = new List<IMethodSymbol>();
        foreach (var method in type.GetMembers().OfType<IMethodSymbol>().Where(m => m.MethodKind == MethodKind.Ordinary))
        {
            if (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not MethodDeclarationSyntax declaration)
                continue;
            var isObjective = method.Attribute("ObjectiveAttribute") is not null;
            if ((isObjective || method.Name == "Forward")
                && (method.ReturnType is IErrorTypeSymbol || method.Parameters.Any(p => p.Type is IErrorTypeSymbol)))
            {
                throw new BrokenCodeException();
            }
            var overTensors = IsOverTensors(method);
            if (isObjective && !(overTensors && method.ReturnType.Is("Tensor")))
            {
                throw new ReadException(
                    Descriptors.NotAnEntryPoint,
                    $"The objective '{method.Name}' must be an instance method that takes Tensor, Labels and Indices parameters and returns one Tensor.",
                    declaration);
            }
            if (!overTensors && method is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, MethodKind: MethodKind.Ordinary, Parameters.IsEmpty: false }
                && method.ReturnType.IsIntegers() && method.Parameters.All(p => p.Type.IsInput()))
            {
                throw new ReadException(
                    Descriptors.NotAnEntryPoint,
                    $"'{method.Name}' returns indices, and what is generated of a method gives numbers. Make it private for your other methods to call, or let it return a Tensor that the indices are taken of outside.",
                    declaration);
            }
            if (overTensors && (isObjective || method.Name == "Forward" || method.DeclaredAccessibility == Accessibility.Public))
                entryPoints.Add(method);
        }
        return entryPoints;
    }

    /// <summary>Whether a method takes tensors, labels and indices and gives a tensor or a tuple of tensors.</summary>
    public static bool IsOverTensors(IMethodSymbol method) => method is { IsStatic: false, IsGenericMethod: false, Parameters.IsEmpty: false } && method.ReturnType.IsResult()
        && method.Parameters.All(p => p.RefKind == RefKind.None && p.Type.IsInput());

    private static void CheckNames(IReadOnlyList<IMethodSymbol> entryPoints)
    {
        foreach (var method in entryPoints)
        {
            if (GeneratedNames.Contains(method.Name))
            {
                throw new ReadException(
                    Descriptors.NameTaken, $"'{method.Name}' is a method that NetGen generates. Call yours otherwise, or make it private if only your other methods call it.",
                    Declaration(method));
            }
            if (entryPoints.Count(m => m.Name == method.Name) > 1)
            {
                throw new ReadException(
                    Descriptors.NameTaken,
                    $"Several public methods over tensors are called '{method.Name}', and what is generated is named after the method. Give each its own name.",
                    Declaration(method));
            }
            var count = MethodInputs.Count(method.ContainingType, method);
            var results = Math.Max(1, ResultNames(method).Count);
            if (count + results > MaximumSpans)
            {
                var lengths = count > method.Parameters.Length ? " with the lengths of its sequences" : "";
                throw new ReadException(
                    Descriptors.TooManyInputs,
                    results == 1
                        ? $"'{method.Name}' has {count} inputs{lengths}; a call passes at most {MaximumSpans - 1}. Concatenate some of them."
                        : $"'{method.Name}' has {count} input{(count == 1 ? "" : "s")}{lengths} and {results} results; a call passes at most {MaximumSpans} of both. Concatenate some of them.",
                    Declaration(method));
            }
        }
    }

    private (IMethodSymbol Symbol, MethodModel Model, IReadOnlyList<LayerRow> Rows) ReadMethod(IMethodSymbol method)
    {
        var inputs = MethodInputs.Of(type, method, p => InputType(method, p));
        var graph = new MethodGraph(parameters, Camel(method.Name));
        var arguments = inputs.OfParameters.Select(i => (object?)graph.Input(i, inputs.All[i], Declaration(method))).ToArray();
        var isObjective = method.Attribute("ObjectiveAttribute") is not null;
        var result = interpreter.Run(method, self, arguments, graph);
        var place = interpreter.LastReturn ?? Declaration(method);
        var values = (result is TupleValue tuple ? tuple.Items : [result]).OfType<Value>().ToArray();
        var resultNames = ResultNames(method);
        if (values.Length != Math.Max(1, resultNames.Count) || values.Any(v => v.Type.Element != ElementType.Float32))
            throw new ReadException(Descriptors.NotAnEntryPoint, $"'{method.Name}' returns no tensor.", place);
        var value = values[0];
        if (isObjective && (!value.Type.Batched || value.Type.Rank != 0))
        {
            throw new ReadException(
                Descriptors.NotScalar,
                value.Type.Batched
                    ? $"An objective is one number per sample; '{method.Name}' returns {value.Type.Shape}. Reduce it with Mean or Sum."
                    : $"An objective is one number per sample; what '{method.Name}' returns does not depend on the samples.",
                place);
        }
        if (Array.FindIndex(values, v => !v.Type.Batched) is var independent and >= 0)
        {
            var which = resultNames.Count == 0 ? "The result" : $"The result '{resultNames[independent]}'";
            throw new ReadException(Descriptors.NotAnEntryPoint, $"{which} of '{method.Name}' does not depend on its inputs.", place);
        }
        if (method.Attribute("SessionsAttribute") is { } sessions)
            CheckSessions(method, inputs, graph, values, Syntax(sessions));
        for (var i = 0; i < values.Length; i++)
            graph.Builder.Output(isObjective ? "loss" : "result", values[i], resultNames.Count == 0 ? "" : resultNames[i]);
        if (isObjective)
            ClassificationOutputs.Add(graph.Builder, value);
        var built = graph.Builder.Build();
        if (isObjective && GradientFunctions.AreDifferentiated(built))
        {
            throw new ReadException(
                Descriptors.GradientOfGradient,
                $"The objective '{method.Name}' depends on weights through a Gradient, and training it would take the gradient of that. NetGen takes no gradients of gradients.",
                place);
        }
        if (isObjective && !built.Nodes.Any(n => n.Operation is Weight and not State))
        {
            throw new ReadException(
                Descriptors.NothingToTrain,
                $"The objective '{method.Name}' depends on no weights; there is nothing to train.",
                place);
        }
        var held = inputs.All.Select(input => input with { Range = graph.Builder.RangeOf(input.Name) });
        var model = new MethodModel(method.Name, isObjective, default, held.ToEquatableArray(), built, HasDocumentation(method))
        {
            Results = resultNames.ToEquatableArray(),
        };
        return (method, model, graph.LayerRows);
    }

    /// <summary>
    /// What the parameters for the elements of a returned tuple are called: as these, in lower case, or result1 and so on; none of a method
    /// that returns one tensor.
    /// </summary>
    public static IReadOnlyList<string> ResultNames(IMethodSymbol method)
    {
        if (method.ReturnType is not INamedTypeSymbol { IsTupleType: true } tuple)
            return [];
        var names = new UniqueNames(method.Parameters.Select(p => p.Name));
        return [.. tuple.TupleElements.Select((element, i) => names.Take(
            element.IsExplicitlyNamedTupleElement ? Camel(element.Name) : FormattableString.Invariant($"result{i + 1}")))];
    }

    /// <summary>Sessions go through one sequence, and no operation looks ahead.</summary>
    private static void CheckSessions(IMethodSymbol method, MethodInputs inputs, MethodGraph graph, Value[] results, SyntaxNode place)
    {
        var result = results[0];
        if (method.Name != "Forward" || method.Parameters.Length != 1 || inputs.All.Count != 2 || results.Length > 1 || result.Type.Rows != inputs.All[0].Type.Rows)
        {
            throw new ReadException(
                Descriptors.NoSessions, "[Sessions] is on a Forward over one [Sequence] that returns one tensor with a row for each of its steps.", place);
        }
        if (SessionSteps.FirstOfLater(graph.Builder, result) is { } later)
        {
            throw new ReadException(
                Descriptors.NoSessions,
                $"A session computes a step from those before it; {graph.Builder.Nodes[later].Operation.Title} looks at later steps, or at all of them. Make it causal, or leave [Sessions] out.",
                graph.Place(later) ?? place);
        }
    }

    /// <summary>
    /// The parameter's own [Shape], or that of Forward's parameter of the same name; labels and indices without one are one number for each
    /// sample.
    /// </summary>
    private TensorType InputType(IMethodSymbol method, IParameterSymbol parameter)
    {
        var stating = parameter.Attribute("ShapeAttribute") is not null
            ? parameter
            : type.GetMembers("Forward").OfType<IMethodSymbol>().SelectMany(f => f.Parameters)
                .FirstOrDefault(p => p.Name == parameter.Name && p.Attribute("ShapeAttribute") is not null && p.Type.IsIntegers() == parameter.Type.IsIntegers());
        var place = parameter.DeclaringSyntaxReferences[0].GetSyntax();
        if (stating is null && parameter.Type.IsIntegers())
            return TensorType.Integers();
        if (stating?.Attribute("ShapeAttribute") is not { } attribute)
        {
            var advice = method.Name == "Forward" ? "" : $", or give Forward a parameter called '{parameter.Name}' that has one";
            throw new ReadException(
                Descriptors.MissingShape,
                $"The shape of '{parameter.Name}' is missing. State the dimensions of one sample, [Shape(28, 28, 1)] Tensor {parameter.Name}{advice}.",
                place);
        }
        var dims = Interpreter.AttributeDims(attribute);
        var input = CheckedInput(dims, parameter.Name, attribute.ApplicationSyntaxReference?.GetSyntax() ?? place);
        return parameter.Type.IsIntegers() ? input with { Element = ElementType.Int32 } : input;
    }

    public static TensorType CheckedInput(IReadOnlyList<int> dims, string name, SyntaxNode place)
    {
        foreach (var dim in dims)
        {
            if (dim < 1)
            {
                throw new ReadException(
                    Descriptors.OutOfRange,
                    $"Each dimension of '{name}' must be at least 1; one is {dim}. The batch is not among them.",
                    place);
            }
        }
        return TensorType.PerSample([.. dims]);
    }

    /// <summary>
    /// What is marked [Frozen], which has weights: on anything else it would say nothing. Of a layer that nothing calls that is not known,
    /// and said already.
    /// </summary>
    private IEnumerable<object> Frozen()
    {
        foreach (var (member, leaves) in interpreter.Frozen(self, syntax))
        {
            if (leaves.All(leaf => IsUsed(leaf) && parameters.Of(leaf).Count == 0))
            {
                throw new ReadException(
                    Descriptors.NothingFrozen, $"'{member.Name}' has no weights that [Frozen] could keep from training.", Syntax(member.Attribute("FrozenAttribute")!));
            }
            foreach (var leaf in leaves)
                yield return leaf;
        }
    }

    /// <summary>With what no step changes of what an objective depends on, which must leave something to train.</summary>
    private MethodModel WithFrozen(IMethodSymbol method, MethodModel model)
    {
        var leaves = model.Graph.Nodes.Select(n => n.Operation).OfType<Weight>().ToArray();
        if (leaves.All(leaf => leaf is State || frozen.Contains(leaf.Parameter)))
        {
            throw new ReadException(
                Descriptors.NothingToTrain, $"All weights that the objective '{method.Name}' depends on are [Frozen]; there is nothing to train.", Declaration(method));
        }
        return model with { Frozen = leaves.Select(leaf => leaf.Parameter).Where(frozen.Contains).Distinct().OrderBy(name => name, StringComparer.Ordinal).ToEquatableArray() };
    }

    /// <summary>The weights that a step on the objective changes, by name; empty: all it depends on.</summary>
    private MethodModel WithUpdates(IMethodSymbol method, MethodModel model)
    {
        var attribute = method.Attribute("ObjectiveAttribute")!;
        var named = attribute.NamedArguments.FirstOrDefault(a => a.Key == "Updates").Value;
        if (named.Kind != TypedConstantKind.Array || named.IsNull || named.Values.IsEmpty)
            return model;
        var depends = new HashSet<string>(model.Graph.Nodes.Select(n => n.Operation).OfType<Weight>().Select(w => w.Parameter));
        var updates = new List<string>();
        foreach (var field in named.Values.Select(v => v.Value as string ?? ""))
        {
            var member = Interpreter.LayerMembers(type).FirstOrDefault(m => m.Name == field)
                ?? throw new ReadException(Descriptors.UnknownUpdates, $"'{type.Name}' has no field '{field}' with layers.", Syntax(attribute));
            var weights = interpreter.Leaves(self.Members[member], Declaration(member)).SelectMany(parameters.Of).Select(p => p.Name).Where(depends.Contains).ToArray();
            if (weights.Length > 0 && weights.All(frozen.Contains))
                throw new ReadException(Descriptors.UnknownUpdates, $"'{field}' is [Frozen]: no step changes its weights.", Syntax(attribute));
            if (weights.Length == 0)
            {
                throw new ReadException(
                    Descriptors.UnknownUpdates,
                    $"The objective '{method.Name}' depends on no weights of '{field}'.",
                    Syntax(attribute));
            }
            updates.AddRange(weights);
        }
        return model with { Updates = parameters.Models.Select(p => p.Name).Where(updates.Contains).ToEquatableArray() };
    }

    private IEnumerable<Diagnostic> Unused()
    {
        foreach (var member in Interpreter.LayerMembers(type))
        {
            var leaves = interpreter.Leaves(self.Members[member], Declaration(member));
            var place = member.Locations[0];
            if (leaves.Count > 0 && !leaves.Any(IsUsed))
            {
                yield return Diagnostic.Create(
                    Descriptors.LayerNeverUsed, place, $"No method over tensors calls '{member.Name}'. Its weights do not become part of the network.");
                continue;
            }
            // A layer of a component may well be for another network; one of this class is meant for it.
            foreach (var group in leaves.GroupBy(Creation).Where(g => g.Key.SyntaxTree == syntax.SyntaxTree && syntax.Span.Contains(g.Key.Span)))
            {
                if (!group.Any(IsUsed))
                {
                    yield return Diagnostic.Create(
                        Descriptors.LayerNeverUsed, group.Key.GetLocation(), $"No method over tensors calls this layer of '{member.Name}'. Its weights do not become part of the network.");
                }
            }
        }
    }

    private static bool IsUsed(object leaf) => leaf is RegistryLayer { Used: true } or ParameterValue { Used: true };

    private static SyntaxNode Creation(object leaf) => leaf is RegistryLayer layer ? layer.Syntax : ((ParameterValue)leaf).Site.Syntax;

    private static bool HasDocumentation(IMethodSymbol method) => Declaration(method).GetLeadingTrivia().Any(t =>
        t.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia) || t.IsKind(SyntaxKind.MultiLineDocumentationCommentTrivia));

    private static SyntaxNode Declaration(ISymbol symbol) => symbol.DeclaringSyntaxReferences[0].GetSyntax();

    private SyntaxNode Syntax(AttributeData attribute) => attribute.ApplicationSyntaxReference?.GetSyntax() ?? syntax;

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
}
