using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Reading.Evaluation;
using NetGen.Generator.Reading.Variants;

namespace NetGen.Generator.Reading;

/// <summary>
/// A network that has errors still has the members that its methods' signatures promise, so that the program that uses it has no errors of
/// its own and only what is wrong is shown. Nothing of it is computed: it cannot be constructed.
/// </summary>
internal static class UnreadNetwork
{
    /// <summary>The model of a class that could not be read; null where C# gives it no other half.</summary>
    public static NetworkModel? Of(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        if (!CanHaveOtherHalf(type, cancellation))
            return null;
        var isStack = AttributeFormReader.Layers(type).Count > 0 && type.GetMembers("Forward").IsEmpty;
        var declared = NetworkReader.Model(type, new ParameterTable(), isStack ? Stack(type) : Methods(type), []);
        var model = Of(declared with { Session = Session(type, declared) }, OtherHalf(type, compilation));
        // Of another package's types it is not known below which alias they are.
        var hasCuda = model.Unread!.Alias is null && compilation.GetTypeByMetadataName(LanguageTypes.CudaDevice) is not null;
        var variants = VariantDeclaration.Of(type).Variants.ToEquatableArray();
        var fitting = GeneratedMembers.Fit(type, model with { HasCuda = hasCuda && !model.HasSteps, Variants = variants });
        return fitting with { Disposal = BaseDisposal.Of(type), BaseCall = DeclarationCheck.BaseCall(type) };
    }

    /// <summary>A model whose programs are not known: each method gives the one weight that there is, for each sample.</summary>
    public static NetworkModel Of(NetworkModel model) => Of(model, new UnreadClass(model.ShownName, "class", Names.Escape(model.Name))
    {
        Around = model.Variant is null ? default : EquatableArray.Create($"partial class {Names.Escape(model.Outer)}"),
    });

    /// <summary>A variant of a class whose members are known by their signatures alone.</summary>
    public static NetworkModel Variant(NetworkModel unread, VariantModel variant)
    {
        var half = unread.Unread!;
        return unread.AsVariant(unread.Name, variant) with
        {
            Unread = half with
            {
                Name = half.Name + "." + variant.Name,
                Kind = "class",
                Self = variant.Name,
                Around = half.Around.Append($"partial {half.Kind} {half.Self}").ToEquatableArray(),
                IsStatic = false,
                HasConstructor = true,
                Taken = default,
                Said = default,
            },
        };
    }

    private static NetworkModel Of(NetworkModel model, UnreadClass half)
    {
        var type = TensorType.Shared();
        return model with
        {
            Unread = half,
            LayerLines = default,
            Parameters = EquatableArray.Create(new ParameterModel("weight", type.Dims, new InitializerModel("Constant", EquatableArray.Create(0f)), FileLayout.AsIs)),
            Methods = model.Methods.Select(method => method with { Updates = default, Graph = Graph(method) }).ToEquatableArray(),
            Session = model.Session is { } session ? session with { Graph = Graph(session) } : null,
        };

        TensorGraph Graph(MethodModel method)
        {
            var builder = new GraphBuilder();
            var weight = builder.Apply(new Weight("weight", type));
            var result = builder.Apply(new BroadcastTo(TensorType.PerSample()), weight);
            foreach (var name in method.Results.DefaultIfEmpty(""))
                builder.Output(method.IsObjective ? "loss" : "result", result, name);
            return builder.Build();
        }
    }

    /// <summary>
    /// Not in another file than the only one that sees the class; nor of a component, which is right without one, unless it is wrong and
    /// declared as if it had one. Where "partial" is missing C# says so, and knows the members nevertheless.
    /// </summary>
    private static bool CanHaveOtherHalf(INamedTypeSymbol type, CancellationToken cancellation)
    {
        if (type.TypeKind != TypeKind.Class || WithAround(type).Any(t => t.IsFileLocal))
            return false;
        if (type.PrimaryConstructor() is not { Parameters.Length: > 0 } || type.IsRecord)
            return true;
        var parts = type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>().ToArray();
        return parts.All(part => part.Modifiers.Any(SyntaxKind.PartialKeyword)) && ComponentCheck.Of(type, parts[0]).Any();
    }

    /// <summary>Whether C# will say that "partial" is missing, at the class or around it, where there is another half.</summary>
    public static bool LacksPartial(INamedTypeSymbol type, CancellationToken cancellation) =>
        WithAround(type).SelectMany(t => t.DeclaringSyntaxReferences).Where(GeneratedMembers.IsUsers)
            .Select(r => r.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>().Any(t => !t.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static UnreadClass OtherHalf(INamedTypeSymbol type, Compilation compilation) =>
        new(string.Join(".", WithAround(type).Select(t => t.MetadataName)), Kind(type), Self(type))
        {
            Around = WithAround(type).Where(t => !SymbolEqualityComparer.Default.Equals(t, type))
                .Select(t => $"partial {Kind(t)} {Self(t)}").ToEquatableArray(),
            IsStatic = type.IsStatic,
            HasConstructor = !type.IsStatic && type.PrimaryConstructor() is not { Parameters.Length: > 0 },
            HasNullable = compilation is CSharpCompilation { LanguageVersion: >= LanguageVersion.CSharp8 },
            HasStaticAbstract = compilation is CSharpCompilation { LanguageVersion: >= LanguageVersion.CSharp11 },
            Alias = ReferenceCheck.OnlyAlias(type),
        };

    /// <summary>The types around it and itself.</summary>
    private static IEnumerable<INamedTypeSymbol> WithAround(INamedTypeSymbol type) =>
        type.ContainingType is { } around ? WithAround(around).Append(type) : [type];

    private static string Kind(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { TypeKind: TypeKind.Struct } => type.IsRecord ? "record struct" : "struct",
        _ => type.IsRecord ? "record" : "class",
    };

    private static string Self(INamedTypeSymbol type) =>
        Names.Escape(type.Name) + (type.TypeParameters.IsEmpty ? "" : $"<{string.Join(", ", type.TypeParameters.Select(p => Names.Escape(p.Name)))}>");

    /// <summary>
    /// The methods over tensors, by their parameters alone. A class without Forward has one of one input: most networks do.
    /// </summary>
    private static IEnumerable<MethodModel> Methods(INamedTypeSymbol type)
    {
        var methods = type.GetMembers().OfType<IMethodSymbol>().Where(m => m.MethodKind == MethodKind.Ordinary && !FieldFormReader.GeneratedNames.Contains(m.Name))
            .Where(m => m.Name == "Forward" || m.Attribute("ObjectiveAttribute") is not null
                || (m.DeclaredAccessibility == Accessibility.Public && m.IsStatic == type.IsStatic && m.ReturnType.IsResult()))
            .Where(m => m is { IsGenericMethod: false, Parameters.Length: > 0 and < FieldFormReader.MaximumSpans } && m.Parameters.All(p => p.Type.IsInput())
                && MethodInputs.Count(type, m) + Math.Max(1, FieldFormReader.ResultNames(m).Count) <= FieldFormReader.MaximumSpans)
            .GroupBy(m => m.Name).Select(same => same.First()).OrderByDescending(m => m.Name == "Forward").ToArray();
        if (type.GetMembers("Forward").IsEmpty)
            yield return Method("Forward", false, new InputModel("x", TensorType.PerSample()));
        foreach (var method in methods)
        {
            var isObjective = method.Attribute("ObjectiveAttribute") is not null;
            yield return Method(method.Name, isObjective, [.. Inputs(type, method)]) with
            {
                Results = isObjective ? default : FieldFormReader.ResultNames(method).ToEquatableArray(),
            };
        }
    }

    /// <summary>What sessions of Forward would run, by its declaration: it says that there is a Start.</summary>
    private static MethodModel? Session(INamedTypeSymbol type, NetworkModel declared)
    {
        var forward = declared.Methods.FirstOrDefault(m => m.Name == "Forward");
        var asks = type.GetMembers("Forward").OfType<IMethodSymbol>().Any(m => m.Attribute("SessionsAttribute") is not null);
        return asks && forward?.Inputs is { Count: > 0 } inputs
            ? Method("ForwardInSessions", false, inputs[0]) with { SessionFloats = 1 }
            : null;
    }

    /// <summary>By their types; where even that is wrong, of its parameters alone.</summary>
    private static IEnumerable<InputModel> Inputs(INamedTypeSymbol type, IMethodSymbol method)
    {
        static TensorType Row(IParameterSymbol p) => p.Type.IsIntegers() ? TensorType.Integers() : TensorType.PerSample();
        try
        {
            // Rows do not matter where nothing is computed.
            return MethodInputs.Of(type, method, Row).All.Select(input => input with { Type = input.Type with { Rows = RowSpace.Samples } });
        }
        catch (ReadException)
        {
            return method.Parameters.Select(p => new InputModel(p.Name, Row(p)));
        }
    }

    private static IEnumerable<MethodModel> Stack(INamedTypeSymbol type)
    {
        var input = new InputModel("x", AttributeFormReader.TakesIndices(type) ? TensorType.Integers() : TensorType.PerSample());
        yield return Method("Forward", false, input);
        if (type.Attribute("ObjectiveAttribute") is not { } objective)
            yield break;
        var hasLabels = objective.ConstructorArguments is [{ Type: INamedTypeSymbol losses, Value: { } chosen }]
            && losses.GetMembers("CrossEntropy").OfType<IFieldSymbol>().Any(f => Equals(f.ConstantValue, chosen));
        yield return Method("ComputeLoss", true, input, hasLabels ? new InputModel("label", TensorType.Integers()) : new InputModel("target", TensorType.PerSample()));
    }

    private static MethodModel Method(string name, bool isObjective, params InputModel[] inputs) =>
        new(name, isObjective, default, inputs.ToEquatableArray(), new TensorGraph(default, default), false);
}
