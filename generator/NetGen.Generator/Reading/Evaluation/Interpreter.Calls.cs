using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Reading.Evaluation;

internal sealed partial class Interpreter
{
    private object? Call(IInvocationOperation invocation, Scope scope)
    {
        var target = invocation.TargetMethod;
        if (target.ReturnType is IErrorTypeSymbol)
            throw new BrokenCodeException();
        var owner = target.ContainingType;
        if (owner.Is("Layers"))
            return Factory(target, invocation, scope);
        if (owner.Is("Init"))
            return Init(target, invocation, scope);
        if (owner.Is("Ops"))
        {
            var (arguments, site) = LibraryArguments(invocation, scope);
            return CallFunction(target, arguments, site);
        }
        if (target.MethodKind == MethodKind.DelegateInvoke)
        {
            var callee = Evaluate(invocation.Instance!, scope);
            var values = Arguments(invocation.Arguments, target, scope);
            return callee is Callable callable
                ? Invoke(callable, values, Site(invocation))
                : throw Error(
                    Descriptors.NotConstant,
                    $"'{invocation.Instance!.Syntax}' is null or unknown here; it cannot be called.",
                    invocation.Syntax);
        }
        if (target.MethodKind == MethodKind.LocalFunction && scope.TryGet(target, out var local))
            return Invoke((Closure)local!, Arguments(invocation.Arguments, target, scope), Site(invocation));

        if (IsMath(owner))
        {
            var values = Arguments(invocation.Arguments, target, scope);
            return MathFunctions.TryCall(target.Name, values, out var number)
                ? number
                : throw Error(
                    Descriptors.CallOutsideLanguage,
                    $"NetGen cannot compute '{target.ContainingType.Name}.{target.Name}' at build time.",
                    invocation.Syntax);
        }
        var self = invocation.Instance is null ? null : Evaluate(invocation.Instance, scope);
        if (self is ArrayValue list)
            return ListMethod(list, invocation, scope);
        var isOverridden = invocation.IsVirtual && self is ObjectValue { Type: var type } && !SymbolEqualityComparer.Default.Equals(type, owner);
        if (target.IsAbstract || target.IsAsync || isOverridden)
        {
            throw Error(
                Descriptors.CallOutsideLanguage,
                $"'{target.Name}' is {(target.IsAsync ? "async" : "virtual")}; NetGen compiles only calls whose target is plain.",
                invocation.Syntax);
        }
        if (UserMethod(target, self as ObjectValue, invocation.Syntax) is not { } method)
        {
            var isNumber = target.ReturnType is { IsValueType: true, SpecialType: not SpecialType.System_Void } or { SpecialType: SpecialType.System_String };
            throw isNumber
                ? Error(
                    Descriptors.NotConstant,
                    $"'{invocation.Syntax}' is not a compile-time constant: '{target.ContainingType.Name}.{target.Name}' is known only at run time.",
                    invocation.Syntax)
                : Error(
                    Descriptors.CallOutsideLanguage,
                    $"'{target.ContainingType.Name}.{target.Name}' is outside the language: NetGen compiles its own layers and functions, and functions whose source is in this project.",
                    invocation.Syntax);
        }
        if (!target.IsStatic && self is not ObjectValue)
            throw Error(Descriptors.NotConstant, $"'{invocation.Instance!.Syntax}' is not known at compile time.", invocation.Instance.Syntax);
        return Invoke(method, Arguments(invocation.Arguments, target, scope), Site(invocation));
    }

    /// <summary>The arguments in the order of the parameters; the compiler has filled in defaults and packed params arrays.</summary>
    private object?[] Arguments(IEnumerable<IArgumentOperation> arguments, IMethodSymbol method, Scope scope)
    {
        var values = new object?[method.Parameters.Length];
        foreach (var argument in arguments)
        {
            var parameter = argument.Parameter!;
            if (parameter.RefKind is RefKind.Ref or RefKind.Out)
                throw Outside(argument, "a ref or out argument");
            values[parameter.Ordinal] = Evaluate(argument.Value, scope);
        }
        return values;
    }

    private static CallSite Site(IInvocationOperation invocation) => Site(invocation.Syntax, invocation.Arguments);

    private static CallSite Site(SyntaxNode syntax, IEnumerable<IArgumentOperation> arguments) => new(
        syntax,
        // The elements of a params array have no place of their own together; an error about them is one of the call.
        arguments.Where(a => a.ArgumentKind == ArgumentKind.Explicit).ToDictionary(
            a => a.Parameter!.Name, a => a.Syntax is ArgumentSyntax argument ? argument.Expression : a.Syntax));

    /// <summary>A method with source as a value; null where there is none.</summary>
    private Closure? UserMethod(IMethodSymbol method, ObjectValue? self, SyntaxNode site)
    {
        method = method.OriginalDefinition;
        if (method.IsExtern || method.IsAsync || method.Parameters.Any(p => p.RefKind is RefKind.Ref or RefKind.Out))
            return null;
        method = method.PartialImplementationPart ?? method;
        var syntax = Declaration(method);
        SyntaxNode? body = syntax switch
        {
            MethodDeclarationSyntax { Body: null, ExpressionBody: null } => null,
            BaseMethodDeclarationSyntax declaration => declaration,
            AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody,
            ArrowExpressionClauseSyntax arrow => arrow,
            _ => null,
        };
        return body is null
            ? null
            : new Closure(method.Name, method.Parameters, Body(body), new Scope(null, self), (method, self), site);
    }

    private SyntaxNode? GetterBody(IPropertySymbol property) =>
        Declaration(property.OriginalDefinition.GetMethod!) switch
        {
            AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody,
            ArrowExpressionClauseSyntax arrow => arrow,
            _ => null,
        };

    /// <summary>Calls a layer or function with evaluated arguments.</summary>
    public object? Invoke(Callable callee, object?[] arguments, CallSite site)
    {
        EnsureStack(site.Syntax);
        switch (callee)
        {
            case RegistryLayer layer:
                return Apply(layer, Tensor(arguments[0], site));
            case LibraryFunction function:
                var values = function.Bound.ToDictionary(b => b.Key, b => b.Value);
                for (var i = 0; i < arguments.Length; i++)
                    values[function.Open[i]] = arguments[i];
                return Within(function, () =>
                {
                    var y = CallFunction(function.Name, values, function.Site);
                    if (method is not null && function.Path is { } path && y is Value value)
                    {
                        var description = Description(function.Name, function.Bound.Select(b => (b.Key, true, b.Value)).ToArray());
                        method.LayerRows.Add(new LayerRow(path, description, value.Type.Shape, 0));
                    }
                    return y;
                });
            case SequentialLayer sequential:
                var x = arguments[0];
                foreach (var layer in sequential.Layers)
                    x = Invoke(layer, [x], site);
                return x;
            case Closure closure:
                return Within(closure, () => InvokeClosure(closure, arguments, site));
            default:
                throw new InvalidOperationException(callee.GetType().Name);
        }
    }

    /// <summary>Nodes of the graph are named after the innermost layer with a name.</summary>
    private object? Within(Callable callee, Func<object?> call)
    {
        if (method is null || callee.Path is not { } path)
            return call();
        var saved = method.Builder.Scope;
        method.Builder.Scope = Identifier(path);
        try
        {
            return call();
        }
        finally
        {
            method.Builder.Scope = saved;
        }
    }

    private object? InvokeClosure(Closure closure, object?[] arguments, CallSite site)
    {
        if (calls.Any(c => Equals(c.Key, closure.RecursionKey)))
        {
            throw Error(
                Descriptors.Recursion,
                $"'{closure.Name}' calls itself. NetGen runs functions while it compiles and has no recursion; use a loop or Repeat.", site.Syntax);
        }
        if (calls.Count >= DepthLimit)
            throw Error(Descriptors.Recursion, $"More than {DepthLimit} calls are inside each other here.", site.Syntax);
        var scope = closure.Scope.Nested();
        for (var i = 0; i < closure.Parameters.Count; i++)
        {
            var parameter = closure.Parameters[i];
            CheckStatedShape(closure, parameter, arguments[i], site);
            scope.Declare(parameter, arguments[i]);
        }
        calls.Add((closure.RecursionKey, site.Syntax));
        try
        {
            returned = null;
            switch (closure.Body)
            {
                case IMethodBodyBaseOperation method:
                    Execute((method.BlockBody ?? method.ExpressionBody)!, scope);
                    break;
                case IBlockOperation block:
                    Execute(block, scope);
                    break;
                case var expression:
                    returned = Evaluate(expression, scope);
                    break;
            }
            LastReturn = returnedFrom;
            var result = returned;
            returned = null;
            return result;
        }
        finally
        {
            calls.RemoveAt(calls.Count - 1);
        }
    }

    private void CheckStatedShape(Closure closure, IParameterSymbol parameter, object? argument, CallSite site)
    {
        if (argument is not Value value || StatedShape(parameter) is not { } stated || value.Type.Dims.SequenceEqual(stated))
            return;
        CheckLabels(parameter);
        throw Error(
            Descriptors.StatedShapeDiffers,
            $"'{closure.Name}' states [{string.Join(", ", stated)}] for '{parameter.Name}'; got {value.Type.Shape}.", site.Place(parameter.Name));
    }

    /// <summary>Labels are one number per sample: a [Shape] that says otherwise means something that they are not.</summary>
    public static void CheckLabels(IParameterSymbol parameter)
    {
        if (!parameter.Type.Is("Labels") || StatedShape(parameter) is not { Count: > 0 } stated)
            return;
        var dims = string.Join(", ", stated);
        throw new ReadException(
            Descriptors.LabelsHaveNoShape,
            $"Labels are one class number per sample, so '{parameter.Name}' cannot be [{dims}]. Remove [Shape({dims})]; for a number or a distribution at each position declare "
            + $"'[Shape({dims})] Tensor {parameter.Name}', which CrossEntropy and BinaryCrossEntropy take as target.",
            parameter.Attribute("ShapeAttribute")!.ApplicationSyntaxReference?.GetSyntax() ?? parameter.DeclaringSyntaxReferences[0].GetSyntax());
    }

    /// <summary>The dimensions of the parameter's [Shape]; null: it has none.</summary>
    public static IReadOnlyList<int>? StatedShape(IParameterSymbol parameter) => parameter.Attribute("ShapeAttribute") is { } attribute
        ? AttributeDims(attribute)
        : null;

    public static IReadOnlyList<int> AttributeDims(AttributeData attribute) =>
        attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Array, IsNull: false } dims]
            ? dims.Values.Select(v => v.Value is int dim ? dim : 0).ToArray()
            : [];

    private object MethodGroup(IMethodReferenceOperation reference, Scope scope)
    {
        var target = reference.Method;
        if (target.ContainingType.Is("Ops"))
            return new LibraryFunction(target.Name, target.Parameters.Select(p => p.Name).ToArray(), NoArguments, new CallSite(reference.Syntax));
        if (target.MethodKind == MethodKind.LocalFunction && scope.TryGet(target, out var local))
            return local!;
        var self = reference.Instance is null ? null : Evaluate(reference.Instance, scope);
        if (target.MethodKind == MethodKind.DelegateInvoke && self is Callable callable)
            return callable;
        if (UserMethod(target, self as ObjectValue, reference.Syntax) is { } closure)
        {
            // The network that a method group belongs to may be held by nothing else.
            closure.Receiver = reference.Instance is null or IInstanceReferenceOperation ? null : self as ObjectValue;
            return closure;
        }
        throw Error(
            Descriptors.CallOutsideLanguage,
            $"'{target.ContainingType.Name}.{target.Name}' is outside the language: it is no layer of NetGen and its source is not in this project.",
            reference.Syntax);
    }

    private static readonly Dictionary<string, object?> NoArguments = [];

    private object? New(IObjectCreationOperation creation, Scope scope)
    {
        if (creation.Type is not INamedTypeSymbol type || creation.Constructor is not { } constructor)
            throw new BrokenCodeException();
        if (creation.Initializer is not null)
            throw Outside(creation.Initializer, "an object initializer");
        if (type.Is("Size2D"))
            return Arguments(creation.Arguments, constructor, scope) is [int height, int width] ? new[] { height, width } : new[] { 0, 0 };
        if (type.Is("Padding"))
            return new PaddingModel("Valid");
        if (type is { IsGenericType: true, Name: "List" } && type.ContainingNamespace.ToDisplayString() == "System.Collections.Generic")
        {
            var source = Arguments(creation.Arguments, constructor, scope);
            return new ArrayValue(source is [ArrayValue array] ? [.. array.Items] : []);
        }
        if (type is { IsGenericType: true, Name: "Func" or "Action" } || type.TypeKind == TypeKind.Delegate)
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
        var primary = type.OriginalDefinition.PrimaryConstructor();
        if (SymbolEqualityComparer.Default.Equals(primary, constructor.OriginalDefinition))
        {
            var values = Arguments(creation.Arguments, constructor, scope);
            foreach (var parameter in primary!.Parameters)
                made.Arguments.Add(parameter, values[parameter.Ordinal]);
        }
        else if (!type.IsNetwork() && !constructor.IsImplicitlyDeclared)
        {
            throw Error(
                Descriptors.CallOutsideLanguage,
                $"The constructor of '{type.Name}' has a body; NetGen reads primary constructors and initializers only.",
                creation.Syntax);
        }
        // The constructor that NetGen generates for a network (seed, device) says nothing about what it computes.
        CreateMembers(made, creation.Syntax);
        return made;
    }

    /// <summary>Evaluates all fields and automatic properties that can hold weights, in the order of the source text.</summary>
    public void CreateMembers(ObjectValue owner, SyntaxNode site)
    {
        if (!fieldsInProgress.Add(owner.Type))
            throw Error(Descriptors.Recursion, $"'{owner.Type.Name}' holds itself.", site);
        foreach (var member in LayerMembers(owner.Type))
            Member(owner, member, Declaration(member) ?? site);
        fieldsInProgress.Remove(owner.Type);
    }

    public static IEnumerable<ISymbol> LayerMembers(INamedTypeSymbol type)
    {
        var own = type.GetMembers().Where(m => m switch
        {
            IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false } field => field.Type.HoldsLayers(),
            IPropertySymbol { IsStatic: false, IsIndexer: false } property => property.Type.HoldsLayers()
                && property.DeclaringSyntaxReferences.Any(r => r.GetSyntax() is PropertyDeclarationSyntax { Initializer: not null }),
            _ => false,
        });
        return type.BaseType is { SpecialType: SpecialType.None } parent ? LayerMembers(parent).Concat(own) : own;
    }

    private object? ListMethod(ArrayValue list, IInvocationOperation invocation, Scope scope)
    {
        var arguments = Arguments(invocation.Arguments, invocation.TargetMethod, scope);
        switch (invocation.TargetMethod.Name, arguments)
        {
            case ("Add", [var item]):
                list.Items.Add(item);
                return null;
            case ("Insert", [int index, var item]) when index >= 0 && index <= list.Items.Count:
                list.Items.Insert(index, item);
                return null;
            case ("AddRange", [ArrayValue items]):
                Step(invocation, items.Items.Count);
                list.Items.AddRange(items.Items.ToArray());
                return null;
            case ("Reverse", []):
                list.Items.Reverse();
                return null;
            case ("ToArray" or "ToList", []):
                Step(invocation, list.Items.Count);
                return new ArrayValue([.. list.Items]);
            default:
                throw Error(
                    Descriptors.CallOutsideLanguage,
                    $"'{invocation.TargetMethod.Name}' of a list is outside the language; Add, AddRange, Insert, Reverse and ToArray are in it.",
                    invocation.Syntax);
        }
    }

    private static bool IsMath(INamedTypeSymbol type) => type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64
            or SpecialType.System_Single or SpecialType.System_Double
        || (type is { Name: "Math" or "MathF", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } });

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
}
