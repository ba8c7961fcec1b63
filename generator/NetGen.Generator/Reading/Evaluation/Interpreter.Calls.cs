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

        if (target.IsStatic && MathFunctions.Has(owner))
        {
            var values = Arguments(invocation.Arguments, target, scope);
            return MathFunctions.TryCall(target, values, out var number)
                ? number
                : throw Error(
                    Descriptors.CallOutsideLanguage,
                    $"NetGen cannot compute '{target.ContainingType.Name}.{target.Name}' at build time.",
                    invocation.Syntax);
        }
        var variable = StructVariable(invocation, scope);
        var self = variable is { } place ? place.Get() : invocation.Instance is null ? null : Evaluate(invocation.Instance, scope);
        if (self is ArrayValue list)
            return ListMethod(list, invocation, scope);
        if (target.IsStatic ? target.IsAbstract || target.IsVirtual : invocation.ConstrainedToType is not null)
            throw NotPlain(target, "called on a type parameter", invocation);
        if (self is ObjectValue instance && invocation.IsVirtual && !target.ContainingType.DeclaringSyntaxReferences.IsEmpty)
            target = Implementation(target, instance.Type, invocation);
        if (TryValueMethod(self, variable, invocation, scope, out var result))
            return result;
        if (target.IsAbstract || target.IsAsync || target.IsIterator)
            throw NotPlain(target, target.IsAsync ? "async" : target.IsIterator ? "an iterator" : "abstract", invocation);
        if (target.GetAttributes().Any(a => a.AttributeClass?.Name == "ConditionalAttribute"))
            throw NotPlain(target, "conditional", invocation);
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
        var evaluated = Arguments(invocation.Arguments, target, scope);
        if (target.IsStatic)
            RunStaticConstructor(target.ContainingType, invocation.Syntax);
        if (variable is { } receiver)
            method = UserMethod(target, receiver.Get() as ObjectValue, invocation.Syntax)!;
        return Invoke(method, evaluated, Site(invocation));
    }

    /// <summary>A method of a struct is called on the variable, not on a copy: what the arguments assign to it, the method sees.</summary>
    private Location? StructVariable(IInvocationOperation invocation, Scope scope) =>
        invocation.TargetMethod.ContainingType.IsValueType && (invocation.Instance is ILocalReferenceOperation or IParameterReferenceOperation or IArrayElementReferenceOperation)
            && (invocation.Instance is not IParameterReferenceOperation parameter || scope.TryGet(parameter.Parameter, out _))
                ? Place(invocation.Instance, scope)
                : null;

    private ReadException NotPlain(IMethodSymbol target, string what, IOperation at) => Error(
        Descriptors.CallOutsideLanguage, $"'{target.Name}' is {what}; NetGen compiles only calls whose target is plain.", at.Syntax);

    private void CheckPlain(IMethodSymbol function, IOperation at)
    {
        if (function.IsAsync || function.IsIterator || function.ReturnsByRef || function.ReturnsByRefReadonly || function.Parameters.Any(p => p.RefKind != RefKind.None))
            throw Outside(at, function.IsAsync ? "an async function" : function.IsIterator ? "an iterator" : "a function with references");
    }

    /// <summary>The arguments in the order of the parameters; the compiler has filled in defaults and packed params arrays.</summary>
    private object?[] Arguments(IEnumerable<IArgumentOperation> arguments, IMethodSymbol method, Scope scope) =>
        Arguments(arguments, method.Parameters.Length, scope);

    private object?[] Arguments(IEnumerable<IArgumentOperation> arguments, int count, Scope scope)
    {
        var values = new object?[count];
        foreach (var argument in arguments)
        {
            var parameter = argument.Parameter!;
            if (parameter.RefKind != RefKind.None)
                throw Outside(argument, "a ref, out or in argument");
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
        if (method.IsExtern || method.IsAsync || method.IsIterator || method.ReturnsByRef || method.ReturnsByRefReadonly
            || method.Parameters.Any(p => p.RefKind != RefKind.None))
        {
            return null;
        }
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
            : new Closure(method.Name, method.Parameters, Body(body), new Scope(null, self, region), (method, self), site);
    }

    /// <summary>Calls a layer or function with evaluated arguments.</summary>
    public object? Invoke(Callable callee, object?[] arguments, CallSite site)
    {
        Enter(callee is SequentialLayer ? callee.Syntax : site.Syntax);
        try
        {
            return InvokeCore(callee, arguments, site);
        }
        finally
        {
            Budget.Leave();
        }
    }

    private object? InvokeCore(Callable callee, object?[] arguments, CallSite site)
    {
        switch (callee)
        {
            case RegistryLayer { Definition: StatefulLayerDefinition } layer:
                return ApplyStateful(layer, Tensor(arguments[0], site), arguments.Length > 1 ? arguments[1] : null, site);
            case RegistryLayer layer:
                return Apply(layer, [.. arguments.Select(argument => Tensor(argument, site))]);
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
                        AddRow(new LayerRow(path, description, value.Type.Shape, 0), function.Syntax);
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
        object? result = null;
        Enter(closure.RecursionKey, $"'{closure.Name}'", site.Syntax, () =>
        {
            var scope = closure.Scope.Nested(region);
            for (var i = 0; i < closure.Parameters.Count; i++)
            {
                var parameter = closure.Parameters[i];
                CheckStatedShape(closure, parameter, arguments[i], site);
                scope.Declare(parameter, arguments[i]);
            }
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
            result = returned;
            returned = null;
        });
        return result;
    }

    /// <summary>A call, within the limit of depth and not within itself.</summary>
    private void Enter(object key, string name, SyntaxNode site, Action body)
    {
        if (calls.Any(c => Equals(c.Key, key)))
        {
            throw Error(
                Descriptors.Recursion,
                $"{name} calls itself. NetGen runs functions while it compiles and has no recursion; use a loop or Repeat.", site);
        }
        if (calls.Count >= DepthLimit)
            throw Error(Descriptors.TooDeep, $"More than {DepthLimit} calls are inside each other here.", site);
        calls.Add((key, site));
        try
        {
            body();
        }
        finally
        {
            calls.RemoveAt(calls.Count - 1);
        }
    }

    private void CheckStatedShape(Closure closure, IParameterSymbol parameter, object? argument, CallSite site)
    {
        if (argument is Value { Type.Rows: { IsSteps: false } } && parameter.Attribute("SequenceAttribute") is not null)
        {
            throw Error(
                Descriptors.StatedShapeDiffers,
                $"'{closure.Name}' states a [Sequence] for '{parameter.Name}'; this tensor has no steps of sequences.", site.Place(parameter.Name));
        }
        if (argument is not Value value || StatedShape(parameter) is not { } stated || value.Type.Dims.SequenceEqual(stated))
            return;
        throw Error(
            Descriptors.StatedShapeDiffers,
            $"'{closure.Name}' states [{string.Join(", ", stated)}] for '{parameter.Name}'; got {value.Type.Shape}.", site.Place(parameter.Name));
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
        if (target.IsStatic && (target.IsAbstract || target.IsVirtual))
            throw NotPlain(target, "called on a type parameter", reference);
        if (self is ObjectValue instance && reference.IsVirtual)
            target = Implementation(target, instance.Type, reference);
        if ((target.IsStatic || self is ObjectValue) && UserMethod(target, self as ObjectValue, reference.Syntax) is { } closure)
        {
            if (target.IsStatic && reference.Instance is not null)
                return closure.Bound(self);
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

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
}
