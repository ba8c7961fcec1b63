using Microsoft.CodeAnalysis;
using NetGen.Generator.Common;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;
using NetGen.Generator.Reading.Evaluation;

namespace NetGen.Generator.Reading;

/// <summary>
/// The members that the generated half adds to the user's class, and whether there is room for them: overloads of them are the user's to
/// have, what C# could not tell from them is not. Only Dispose may be the user's own.
/// </summary>
internal static class GeneratedMembers
{
    private const string Floats = "System.ReadOnlySpan<float>", Labels = "System.ReadOnlySpan<int>", Results = "System.Span<float>", Text = "string";

    private const string FloatBuffer = "NetGen.Cuda.CudaBuffer<float>", LabelBuffer = "NetGen.Cuda.CudaBuffer<int>", Optimizer = "ref !0";

    /// <param name="Name">What it is called.</param>
    /// <param name="Parameters">The types of a method's parameters; null: a property.</param>
    /// <param name="Arity">The number of a method's type parameters.</param>
    /// <param name="Method">The user's method that it is made of; null: every network has it.</param>
    private sealed record Member(string Name, IReadOnlyList<string>? Parameters = null, int Arity = 0, string? Method = null)
    {
        /// <summary>Whether it is made because of [Variants].</summary>
        public bool OfVariants { get; init; }
    }

    /// <summary>The model with the names that the members of the class leave free.</summary>
    /// <exception cref="ReadException">A member of the class is in the way of a generated one.</exception>
    public static NetworkModel Fit(INamedTypeSymbol type, NetworkModel model)
    {
        var hasDispose = type.GetMembers("Dispose").Any(member => IsUsers(member) && member is IMethodSymbol { Parameters.IsEmpty: true, IsGenericMethod: false });
        var generated = Members(model, hasDispose).ToLookup(member => member.Name);
        var inTheWay = Inherited(type).SelectMany(
            own => generated[own.Name].Where(member => IsInTheWay(own, member)).Select(member => (Own: own, Member: member)));
        if (model.Unread is { } unread)
        {
            // The error is known, and what there is room for is generated nevertheless: also a Save or Load of which the class has a
            // shorter one.
            var taken = inTheWay
                .Where(pair => pair.Member.Name is not ("Save" or "Load") || pair.Member == generated[pair.Member.Name].Last())
                .Select(pair => pair.Member.Name);
            model = model with { Unread = unread with { Taken = taken.Distinct().ToEquatableArray() } };
        }
        else
        {
            CheckPrograms(type, model);
            foreach (var (own, member) in inTheWay)
                throw new ReadException(Descriptors.NameTaken, Message(type, own, member), Place(type, own));
        }
        return model with { StateField = new UniqueNames(Inherited(type).Select(own => own.Name)).Take(model.StateField), HasDispose = hasDispose };
    }

    /// <summary>Two programs of one name: steps on "ALoss" and "A", or a method that is called as a step.</summary>
    private static void CheckPrograms(INamedTypeSymbol type, NetworkModel model)
    {
        var methods = new Dictionary<string, MethodModel>();
        foreach (var (name, method) in Programs(model))
        {
            if (methods.TryGetValue(name, out var other))
            {
                throw new ReadException(
                    Descriptors.NameTaken, $"'{other.Name}' and '{method.Name}' both make a method '{name}': a step is called after its objective. Call one of them otherwise.",
                    type.GetMembers(method.Name).OfType<IMethodSymbol>().Where(IsUsers).SelectMany(m => m.DeclaringSyntaxReferences).First().GetSyntax());
            }
            methods.Add(name, method);
        }
    }

    private static IEnumerable<(string Name, MethodModel Method)> Programs(NetworkModel model)
    {
        var objectives = model.Methods.Count(m => m.IsObjective);
        return model.Methods.Select(method => (method.Name, method))
            .Concat(model.Methods.Where(m => m.IsObjective).Select(method => (NetworkModel.StepName(method.Name, objectives), method)));
    }

    private static IEnumerable<Member> Members(NetworkModel model, bool hasDispose)
    {
        foreach (var property in new[] { "Parameters", "Device", "Plan" })
            yield return new Member(property);
        yield return new Member("Summary", []);
        // What may be left out may be missing in the user's: a call could mean either.
        yield return new Member("Save", [Text]);
        yield return new Member("Save", [Text, "bool"]);
        yield return new Member("Load", [Text]);
        yield return new Member("Load", [Text, "NetGen.FileOrder"]);
        yield return new Member("Load", [Text, "NetGen.FileOrder", "bool"]);
        if (hasDispose)
            yield return new Member(NetworkModel.DisposeOfNetwork, []);
        foreach (var member in OfVariants(model))
            yield return member;
        if (model.Session is not null)
            yield return new Member("Start", []);
        foreach (var (floats, labels, results) in new[] { (Floats, Labels, Results), (FloatBuffer, LabelBuffer, FloatBuffer) }.Take(model.HasCuda ? 2 : 1))
        {
            foreach (var (name, method) in Programs(model))
            {
                string[] inputs = [.. method.Inputs.Select(i => i.Type.Element == ElementType.Int32 ? labels : floats)];
                if (name != method.Name)
                {
                    yield return new Member(name, inputs, 1, method.Name);
                    yield return new Member(name, [.. inputs, Optimizer], 1, method.Name);
                }
                else if (method.IsObjective)
                {
                    yield return new Member(name, inputs, 0, method.Name);
                }
                else
                {
                    yield return new Member(name, WithResults(), 0, method.Name);
                }
                if (name != "Forward")
                    continue;
                yield return new Member("Predict", WithResults(), 0, name);
                if (floats == Floats)
                    yield return new Member("Predict", inputs, 0, name);

                string[] WithResults() => [.. inputs, .. Enumerable.Repeat(results, Math.Max(1, method.Results.Count))];
            }
        }
    }

    /// <summary>What a network has that others are made of.</summary>
    private static IEnumerable<Member> OfVariants(NetworkModel model)
    {
        if (model.Variants.Count == 0)
            yield break;
        var sizes = model.Variants[0].Sizes;
        foreach (var variant in model.Variants)
            yield return new Member(variant.Name) { OfVariants = true };
        foreach (var size in sizes)
            yield return new Member(VariantSize.Pascal(size.Constant) + NetworkModel.ValuesOfVariants) { OfVariants = true };
        string[] asked = [.. sizes.Select(_ => "int")];
        foreach (var parameters in new string[][] { asked, [.. asked, "ulong"], [.. asked, "ulong", "NetGen.Device"] })
            yield return new Member(NetworkModel.CreateVariant, parameters) { OfVariants = true };
    }

    /// <summary>The user's members of the class and, but for Dispose, those that it inherits.</summary>
    private static IEnumerable<ISymbol> Inherited(INamedTypeSymbol type) => type.GetMembers().Where(IsUsers).Concat(Bases(type)
        .SelectMany(parent => parent.GetMembers()).Where(member => IsUsers(member) && member.DeclaredAccessibility != Accessibility.Private && member.Name != "Dispose"));

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (var parent = type.BaseType; parent is { SpecialType: SpecialType.None }; parent = parent.BaseType)
            yield return parent;
    }

    /// <summary>Written by the user: where diagnostics are made, the generated half is there already.</summary>
    public static bool IsUsers(ISymbol member) => !member.IsImplicitlyDeclared && member.DeclaringSyntaxReferences.All(IsUsers);

    public static bool IsUsers(SyntaxReference declaration) => !declaration.SyntaxTree.FilePath.Contains(GeneratorName.Full);

    private static bool IsInTheWay(ISymbol own, Member member)
    {
        // Of a property the accessors have names of their own.
        if (own is not IMethodSymbol method || member.Parameters is null)
            return own.Kind != SymbolKind.NamedType || own is INamedTypeSymbol { Arity: 0 } || member.Parameters is not null;
        return method.Arity == member.Arity && method.Parameters.Select(TypeOf).SequenceEqual(member.Parameters);
    }

    private static string TypeOf(IParameterSymbol parameter) => (parameter.RefKind == RefKind.None ? "" : "ref ")
        + (parameter.Type is ITypeParameterSymbol { TypeParameterKind: TypeParameterKind.Method } type
            ? "!" + Arithmetic.Display(type.Ordinal)
            : parameter.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString());

    private static string Message(INamedTypeSymbol type, ISymbol own, Member member)
    {
        var of = member.OfVariants ? "it is made for [Variants]"
            : member.Method is null ? "every network has one"
            : member.Method == member.Name ? $"it is made of '{member.Method}'"
            : $"it is made for '{member.Method}'";
        var what = SymbolEqualityComparer.Default.Equals(own.ContainingType, type)
            ? $"'{own.Name}' is in the way of"
            : $"'{own.ContainingType.Name}.{own.Name}', which '{type.Name}' inherits, is in the way of";
        var advice = own is IMethodSymbol && member.Parameters is not null ? "Call yours otherwise, or give it other parameters." : "Call yours otherwise.";
        return $"{what} the {(member.Parameters is not null ? "method" : member.OfVariants ? "member" : "property")} '{member.Name}' that NetGen generates: {of}. {advice}";
    }

    /// <summary>The member, or of an inherited one the class.</summary>
    private static SyntaxNode Place(INamedTypeSymbol type, ISymbol own) =>
        (SymbolEqualityComparer.Default.Equals(own.ContainingType, type) ? own : type).DeclaringSyntaxReferences[0].GetSyntax();
}
