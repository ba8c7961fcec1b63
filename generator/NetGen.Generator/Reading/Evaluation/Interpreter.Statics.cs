using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading.Evaluation;

/// <summary>
/// Static fields. An initializer changes nothing that was there before (see <see cref="Region"/>), so one that is evaluated at first need has the
/// value that C# gives it in the order of the text; where it has not, because initializers need one another, it is an error. A class with a static
/// constructor is initialized as C# does it: all initializers and then the constructor.
/// </summary>
internal sealed partial class Interpreter
{
    private readonly Dictionary<ISymbol, object?> staticFields = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> staticConstructors = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> runningStaticConstructors = new(SymbolEqualityComparer.Default);
    private readonly Stack<ISymbol> initializing = new();
    private readonly Dictionary<ISymbol, HashSet<ISymbol>> needs = new(SymbolEqualityComparer.Default);

    private object? Static(ISymbol member, SyntaxNode site)
    {
        member = Key(member);
        CheckFixed(member, site, mayBeInit: false);
        var type = member.ContainingType;
        CheckOrder(member, type, site);
        RunStaticConstructor(type, site);
        if (staticFields.TryGetValue(member, out var known))
            return known;
        if (staticConstructors.Contains(type))
            return Default(TypeOf(member), site);
        initializing.Push(member);
        try
        {
            var value = InRegion(() => Initializer(member, new Scope(null, null, region), site));
            staticFields.Add(member, value);
            return value;
        }
        finally
        {
            initializing.Pop();
        }
    }

    /// <summary>C# would read a field of this class that is not initialized yet, or it depends on which class is used first.</summary>
    private void CheckOrder(ISymbol? member, INamedTypeSymbol type, SyntaxNode site)
    {
        if (initializing.Count == 0)
            return;
        var reader = initializing.Peek();
        var needed = member ?? type;
        if (SymbolEqualityComparer.Default.Equals(reader.ContainingType, type))
        {
            var members = type.GetMembers();
            if (member is not null && !runningStaticConstructors.Contains(type) && members.IndexOf(member) > members.IndexOf(reader))
            {
                throw Error(
                    Descriptors.NotYetInitialized,
                    $"'{needed.Name}' is declared after '{reader.Name}', whose initializer reads it: C# would read its default value. Declare it before.",
                    site);
            }
            return;
        }
        if (!needs.TryGetValue(reader.ContainingType, out var types))
            needs.Add(reader.ContainingType, types = new HashSet<ISymbol>(SymbolEqualityComparer.Default));
        types.Add(type);
        if (Reaches(type, reader.ContainingType, new HashSet<ISymbol>(SymbolEqualityComparer.Default)))
        {
            throw Error(
                Descriptors.NotYetInitialized,
                $"The static initializers of '{reader.ContainingType.Name}' and '{type.Name}' need each other: what they read depends on which class is used first.",
                site);
        }
    }

    private bool Reaches(ISymbol from, ISymbol to, HashSet<ISymbol> seen) => seen.Add(from) && needs.TryGetValue(from, out var next)
        && (next.Contains(to) || next.Any(n => Reaches(n, to, seen)));

    /// <summary>Before the first use of a class with a static constructor.</summary>
    private void RunStaticConstructor(INamedTypeSymbol type, SyntaxNode site)
    {
        type = type.OriginalDefinition;
        if (type.StaticConstructors.FirstOrDefault(c => !c.IsImplicitlyDeclared) is not { } constructor || Declaration(constructor) is not ConstructorDeclarationSyntax syntax)
            return;
        CheckOrder(null, type, site);
        if (!staticConstructors.Add(type))
            return;
        runningStaticConstructors.Add(type);
        initializing.Push(constructor);
        var savedReturn = returned;
        InRegion<object?>(() =>
        {
            var scope = new Scope(null, null, region);
            foreach (var member in type.GetMembers().Where(m => m.IsStatic && m is IFieldSymbol { IsConst: false, IsImplicitlyDeclared: false } or IPropertySymbol))
            {
                if (InitializerOf(member) is { } initializer)
                    staticFields[member] = EvaluateInitializer(initializer, scope);
            }
            var body = (IConstructorBodyOperation)Body(syntax);
            var saved = method;
            method = null;
            Execute((body.BlockBody ?? body.ExpressionBody)!, scope.Nested());
            method = saved;
            return null;
        });
        returned = savedReturn;
        initializing.Pop();
        runningStaticConstructors.Remove(type);
    }
}
