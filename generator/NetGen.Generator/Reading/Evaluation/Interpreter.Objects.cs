using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Reading.Evaluation;

/// <summary>Objects of the user's classes: how they are constructed, which member a virtual call means, what their members are.</summary>
internal sealed partial class Interpreter
{
    private object? New(IObjectCreationOperation creation, Scope scope)
    {
        if (creation.Type is not INamedTypeSymbol type || creation.Constructor is not { } constructor)
            throw new BrokenCodeException();
        if (type.Is("Size2D"))
            return Arguments(creation.Arguments, constructor, scope) is [int height, int width] ? new[] { height, width } : new[] { 0, 0 };
        if (type.Is("Padding"))
            return new PaddingModel("Valid");
        if (SequenceKind(type) == Sequence.List)
        {
            var list = NewList(creation, constructor, scope);
            Initialize(list, creation.Initializer, scope);
            return list;
        }
        if (type.TypeKind == TypeKind.Delegate)
            throw Outside(creation, "this delegate");
        if (type.DeclaringSyntaxReferences.IsEmpty)
        {
            throw Error(
                Descriptors.CallOutsideLanguage,
                $"'{type.Name}' is outside the language: its source is not in this project.",
                creation.Syntax);
        }
        if (method is not null && type.IsNetwork())
        {
            throw Error(
                Descriptors.LayerMadeInMethod,
                $"A network is made inside a method over tensors. Hold it in a field: private readonly {type.Name} {Camel(type.Name)} = {creation.Syntax};",
                creation.Syntax);
        }
        var made = new ObjectValue(type);
        if (type.IsNetwork() && type.OriginalDefinition.PrimaryConstructor() is not { Parameters.Length: > 0 })
        {
            // The constructor that NetGen generates for a network (seed, device) says nothing about what it computes.
            if (creation.Initializer is not null)
                throw Outside(creation.Initializer, "an object initializer of a network without hyper-parameters");
            CreateMembers(made, creation.Syntax);
            return made;
        }
        made.IsConstructed = made.IsInConstruction = true;
        Construct(made, constructor, Arguments(creation.Arguments, constructor, scope), creation.Syntax);
        Initialize(made, creation.Initializer, scope);
        made.IsInConstruction = false;
        return made;
    }

    /// <summary>
    /// As C# does: the initializers of the class, then the base's constructor (its initializers first), then the body. Another constructor of the
    /// same class does the first two where it is called.
    /// </summary>
    private void Construct(ObjectValue made, IMethodSymbol constructor, object?[] arguments, SyntaxNode site)
    {
        constructor = constructor.OriginalDefinition;
        var type = constructor.ContainingType;
        if (type.SpecialType is SpecialType.System_Object or SpecialType.System_ValueType)
            return;
        if (type.DeclaringSyntaxReferences.IsEmpty)
            throw Error(Descriptors.CallOutsideLanguage, $"'{type.Name}' is outside the language: its source is not in this project.", site);
        if (constructor.Parameters.Any(p => p.RefKind != RefKind.None))
            throw Error(Descriptors.CallOutsideLanguage, $"The constructor of '{type.Name}' has a ref, out or in parameter.", site);
        RunStaticConstructor(type, site);
        Enter((made, constructor), $"The constructor of '{type.Name}'", site, () =>
        {
            switch (Declaration(constructor))
            {
                case ConstructorDeclarationSyntax syntax:
                    var body = (IConstructorBodyOperation)Body(syntax);
                    var scope = new Scope(null, made, region);
                    foreach (var parameter in constructor.Parameters)
                        scope.Declare(parameter, arguments[parameter.Ordinal]);
                    ConstructBase(made, type, Invocation(body.Initializer), scope, site);
                    if ((body.BlockBody ?? body.ExpressionBody) is { } block)
                        Execute(block, scope);
                    returned = null;
                    return;
                case TypeDeclarationSyntax syntax:
                    foreach (var parameter in constructor.Parameters)
                    {
                        made.Arguments[parameter] = arguments[parameter.Ordinal];
                        if (PositionalProperty(type, parameter) is { } property)
                            made.Members[property] = arguments[parameter.Ordinal];
                    }
                    var parent = syntax.BaseList?.Types.OfType<PrimaryConstructorBaseTypeSyntax>().FirstOrDefault();
                    ConstructBase(made, type, parent is null ? null : Invocation(Body(parent)), new Scope(null, made, region), site);
                    return;
                default:
                    // A struct has initializers only where it has a constructor.
                    if (!type.IsValueType)
                        ConstructBase(made, type, null, new Scope(null, made, region), site);
                    return;
            }
        });
    }

    private void ConstructBase(ObjectValue made, INamedTypeSymbol type, IInvocationOperation? call, Scope scope, SyntaxNode site)
    {
        if (call is not null && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType.OriginalDefinition, type))
        {
            Construct(made, call.TargetMethod, Arguments(call.Arguments, call.TargetMethod, scope), call.Syntax);
            return;
        }
        InitializeMembers(made, type);
        if (call is not null)
        {
            Construct(made, call.TargetMethod, Arguments(call.Arguments, call.TargetMethod, scope), call.Syntax);
        }
        else if (type.BaseType is { SpecialType: SpecialType.None } parent)
        {
            var constructor = parent.InstanceConstructors.FirstOrDefault(c => c.Parameters.IsEmpty)
                ?? throw Error(Descriptors.CallOutsideLanguage, $"The constructor of '{parent.Name}' is called without saying so.", site);
            Construct(made, constructor, [], site);
        }
    }

    private static IInvocationOperation? Invocation(IOperation? initializer) => initializer switch
    {
        IInvocationOperation call => call,
        IExpressionStatementOperation { Operation: IInvocationOperation call } => call,
        _ => null,
    };

    /// <summary>The property that a record makes of a parameter.</summary>
    private static IPropertySymbol? PositionalProperty(INamedTypeSymbol type, IParameterSymbol parameter) => type.IsRecord
        ? type.GetMembers(parameter.Name).OfType<IPropertySymbol>().FirstOrDefault(p => p.DeclaringSyntaxReferences.Any(r => r.GetSyntax() is ParameterSyntax))
        : null;

    /// <summary>Field and property initializers in the order of the source text.</summary>
    private void InitializeMembers(ObjectValue made, INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            if (member.IsStatic || member is not (IFieldSymbol { IsImplicitlyDeclared: false } or IPropertySymbol) || InitializerOf(member) is not { } initializer)
                continue;
            var before = changes;
            try
            {
                made.Members[member] = EvaluateInitializer(initializer, new Scope(null, made, region));
            }
            catch (ReadException e) when (!e.IsThrown && changes == before && !TypeOf(member).HoldsLayers() && IsOutside(e.Descriptor))
            {
                // What the network does not read, a stopwatch or a logger, may be anything.
                made.Members[member] = new UnreadableValue(e);
            }
        }
    }

    private static bool IsOutside(DiagnosticDescriptor descriptor) => descriptor == Descriptors.OutsideLanguage
        || descriptor == Descriptors.CallOutsideLanguage || descriptor == Descriptors.NotConstant || descriptor == Descriptors.FieldNotFixed;

    /// <summary>Evaluates all fields and automatic properties that can hold weights, in the order of the source text.</summary>
    public void CreateMembers(ObjectValue owner, SyntaxNode site)
    {
        if (!fieldsInProgress.Add(owner.Type))
            throw Error(Descriptors.Recursion, $"'{owner.Type.Name}' holds itself.", site);
        foreach (var member in LayerMembers(owner.Type))
            Member(owner, member, Declaration(member) ?? site);
        fieldsInProgress.Remove(owner.Type);
    }

    /// <summary>Those of base classes first.</summary>
    public static IEnumerable<ISymbol> LayerMembers(INamedTypeSymbol type)
    {
        var classes = new Stack<INamedTypeSymbol>();
        for (var at = type; at is { SpecialType: SpecialType.None }; at = at.BaseType)
            classes.Push(at);
        return classes.SelectMany(c => c.GetMembers()).Where(m => m switch
        {
            IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false } field => field.Type.HoldsLayers(),
            IPropertySymbol { IsStatic: false, IsIndexer: false } property => property.Type.HoldsLayers()
                && property.DeclaringSyntaxReferences.Any(r => r.GetSyntax() is PropertyDeclarationSyntax { Initializer: not null }),
            _ => false,
        });
    }

    private void Initialize(object made, IObjectOrCollectionInitializerOperation? initializer, Scope scope)
    {
        if (initializer is null)
            return;
        var inner = scope.About(made);
        foreach (var part in initializer.Initializers)
        {
            switch (part)
            {
                case ISimpleAssignmentOperation or IInvocationOperation:
                    Evaluate(part, inner);
                    break;
                case IMemberInitializerOperation { Initializer: { } nested } member when Evaluate(member.InitializedMember, inner) is { } value:
                    Initialize(value, nested, scope);
                    break;
                default:
                    throw Outside(part, "this initializer");
            }
        }
    }

    /// <summary>record with { … }: a copy of all members, and then the assignments.</summary>
    private ObjectValue With(IWithOperation with, Scope scope)
    {
        if (Evaluate(with.Operand, scope) is not ObjectValue { IsConstructed: true } original || HasCopyConstructor(original.Type))
            throw Outside(with, "this with expression");
        var copy = new ObjectValue(original.Type) { IsConstructed = true, IsInConstruction = true };
        foreach (var member in original.Members)
            copy.Members.Add(member.Key, member.Value);
        foreach (var argument in original.Arguments)
            copy.Arguments.Add(argument.Key, argument.Value);
        Initialize(copy, with.Initializer, scope);
        copy.IsInConstruction = false;
        return copy;

        static bool HasCopyConstructor(INamedTypeSymbol? type) => type is not null && (HasCopyConstructor(type.BaseType) || type.InstanceConstructors.Any(c =>
            !c.IsImplicitlyDeclared && c.Parameters is [{ Type: var only }] && SymbolEqualityComparer.Default.Equals(only, c.ContainingType)));
    }

    /// <summary>The member that a call of a virtual or interface member means for an object of this class.</summary>
    private IMethodSymbol Implementation(IMethodSymbol target, INamedTypeSymbol type, IOperation at)
    {
        if (target.IsStatic)
            return target;
        if (target.ContainingType.TypeKind == TypeKind.Interface)
            target = type.FindImplementationForInterfaceMember(target) as IMethodSymbol ?? throw Outside(at, $"this call of '{target.ContainingType.Name}.{target.Name}'");
        if (!(target.IsVirtual || target.IsAbstract || target.IsOverride))
            return target;
        for (var candidate = type; candidate is not null && target.ContainingType.TypeKind != TypeKind.Interface; candidate = candidate.BaseType)
        {
            foreach (var member in candidate.GetMembers(target.Name).OfType<IMethodSymbol>())
            {
                for (var overridden = member; overridden is not null; overridden = overridden.OverriddenMethod)
                {
                    if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, target.OriginalDefinition))
                        return member;
                }
            }
        }
        return target;
    }

    private object? ObjectProperty(ObjectValue self, IPropertySymbol property, object?[] arguments, bool isBase, IOperation at)
    {
        var declared = property;
        while (declared.GetMethod is null && declared.OverriddenProperty is { } overridden)
            declared = overridden;
        if (declared.GetMethod is not { } getter)
            throw Outside(at, "a property without get");
        if (!isBase)
            getter = Implementation(getter, self.Type, at);
        var actual = (IPropertySymbol)getter.AssociatedSymbol!;
        if (GetterBody(actual) is not null)
            return Invoke(UserMethod(getter, self, at.Syntax) ?? throw Outside(at, "this property"), arguments, new CallSite(at.Syntax));
        return getter.IsAbstract || actual.IsIndexer ? throw Outside(at, "this property") : Member(self, actual.OriginalDefinition, at.Syntax);
    }

    /// <summary>The value of a field or automatic property of an object; that of a network of its own is evaluated at first need.</summary>
    public object? Member(ObjectValue owner, ISymbol member, SyntaxNode site)
    {
        member = Key(member);
        if (owner.IsConstructed)
        {
            if (!owner.IsInConstruction && !owner.Type.IsValueType)
                CheckFixed(member, site, mayBeInit: true);
            return Stored(owner, member, site);
        }
        if (owner.Members.TryGetValue(member, out var known))
            return known;
        CheckFixed(member, site, mayBeInit: false);
        if (IsAssignedInConstructor(member))
        {
            throw Error(
                Descriptors.FieldNotFixed,
                $"'{member.Name}' is assigned by a constructor, which runs with the program and not while it is compiled. Give it its value where it is declared.",
                site);
        }
        var value = InRegion(() => Initializer(member, new Scope(null, owner, region), site));
        owner.Members.Add(member, value);
        return value;
    }

    /// <summary>A member of a constructed object; what no initializer or constructor has assigned is default.</summary>
    private object? Stored(ObjectValue owner, ISymbol member, IOperation at) => Stored(owner, member, at.Syntax);

    private object? Stored(ObjectValue owner, ISymbol member, SyntaxNode site) => owner.Members.TryGetValue(member, out var value)
        ? value is UnreadableValue { Reason: var reason } ? throw Error(reason.Descriptor, reason.Message, reason.Place) : value
        : Default(TypeOf(member), site);

    /// <summary>All fields of an object, automatic properties for their fields.</summary>
    private static IEnumerable<ISymbol> Fields(INamedTypeSymbol? type) => type is null
        ? []
        : Fields(type.BaseType).Concat(type.OriginalDefinition.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic).Select(Key));

    /// <summary>Values are stored by the definition, and those of automatic properties by the property.</summary>
    private static ISymbol Key(ISymbol member) => member.OriginalDefinition is IFieldSymbol { AssociatedSymbol: IPropertySymbol property } ? property : member.OriginalDefinition;

    private static ITypeSymbol TypeOf(ISymbol member) => member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;

    /// <summary>What can change when the program runs is no constant.</summary>
    private void CheckFixed(ISymbol member, SyntaxNode site, bool mayBeInit)
    {
        var isFixed = member switch
        {
            IFieldSymbol field => field.IsReadOnly,
            IPropertySymbol { SetMethod: { } set } => set.IsInitOnly && mayBeInit,
            _ => true,
        };
        if (isFixed || member.DeclaringSyntaxReferences.IsEmpty)
            return;
        var remedy = member is IFieldSymbol ? "readonly" : "get-only";
        throw Error(
            Descriptors.FieldNotFixed,
            member is IPropertySymbol { SetMethod.IsInitOnly: true }
                ? $"'{member.Name}' can be given another value where the network is made, which the compiled network would not notice. Make it {remedy}."
                : $"'{member.Name}' can change at run time, which the compiled network would not notice. Make it {remedy}.",
            site);
    }

    /// <summary>Whether one of the user's constructors assigns it; what NetGen generates does not, and is not there yet for them to call.</summary>
    private bool IsAssignedInConstructor(ISymbol member) => member.ContainingType.InstanceConstructors
        .Select(Declaration).OfType<ConstructorDeclarationSyntax>()
        .Where(c => c.DescendantTokens().Any(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == member.Name))
        .SelectMany(c => Model(c).GetOperation(c, cancellation)?.DescendantsAndSelf() ?? []).OfType<IMemberReferenceOperation>()
        .Any(r => SymbolEqualityComparer.Default.Equals(Key(r.Member), member) && (r.Parent is ITupleOperation or IArgumentOperation
            || (r.Parent is IAssignmentOperation assignment && assignment.Target == r) || r.Parent is IIncrementOrDecrementOperation));

    private EqualsValueClauseSyntax? InitializerOf(ISymbol member) => member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) switch
    {
        VariableDeclaratorSyntax field => field.Initializer,
        PropertyDeclarationSyntax property => property.Initializer,
        _ => null,
    };

    private object? Initializer(ISymbol member, Scope scope, SyntaxNode site)
    {
        if (member.DeclaringSyntaxReferences.IsEmpty)
        {
            throw Error(
                Descriptors.NotConstant,
                $"'{member.ToDisplayString()}' is not a compile-time constant: its source is not in this project.",
                site);
        }
        if (InitializerOf(member) is not { } initializer)
        {
            throw Error(
                Descriptors.FieldNotFixed,
                $"'{member.Name}' has no initializer; NetGen reads initializers, not constructors. Give it its value where it is declared.",
                site);
        }
        if (!fieldsInProgress.Add(member))
            throw Error(Descriptors.Recursion, $"The initializer of '{member.Name}' needs its own value.", site);
        try
        {
            return EvaluateInitializer(initializer, scope);
        }
        finally
        {
            fieldsInProgress.Remove(member);
        }
    }

    private object? EvaluateInitializer(SyntaxNode initializer, Scope scope)
    {
        // An initializer may be evaluated first from within a method; layers that it makes belong to the field.
        var saved = method;
        method = null;
        try
        {
            return Body(initializer) switch
            {
                ISymbolInitializerOperation operation => Evaluate(operation.Value, scope),
                var operation => Evaluate(operation, scope),
            };
        }
        finally
        {
            method = saved;
        }
    }
}
