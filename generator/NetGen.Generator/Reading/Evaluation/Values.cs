using Microsoft.CodeAnalysis;
using NetGen.Generator.Common;
using NetGen.Generator.Operations;

namespace NetGen.Generator.Reading.Evaluation;

// What an expression can evaluate to, besides constants (boxed C# values), tensors (Graph.Value), PaddingModel, InitializerModel and
// Size2D (an int[2]).

/// <summary>Anything that can be called: a layer, a method group, a lambda.</summary>
internal abstract class Callable(SyntaxNode syntax)
{
    /// <summary>Where it was made; shape errors of a layer are reported here.</summary>
    public SyntaxNode Syntax { get; } = syntax;

    /// <summary>Its place in the network, as PyTorch would call it ("features.0"); null until named, or where no field holds it.</summary>
    public string? Path { get; set; }
}

/// <summary>A layer of the registry, with weights or other state of its own (Dense, Conv2D, Dropout).</summary>
internal sealed class RegistryLayer(
    string function, LayerDefinition definition, CallSite site, string description) : Callable(site.Syntax)
{
    public string Function { get; } = function;

    public LayerDefinition Definition { get; } = definition;

    public CallSite Site { get; } = site;

    /// <summary>"Conv2D(32, 3)": the call as summaries show it.</summary>
    public string Description { get; } = description;

    public bool Used { get; set; }

    /// <summary>Position in the order of the network's fields; parameters are listed by it.</summary>
    public int Ordinal { get; set; }
}

/// <summary>A function of NetGen.Ops as a value: a method group (Relu), or with some arguments bound (LeakyRelu(0.2f)).</summary>
internal sealed class LibraryFunction(
    string name, IReadOnlyList<string> open, IReadOnlyDictionary<string, object?> bound, CallSite site) : Callable(site.Syntax)
{
    public string Name { get; } = name;

    /// <summary>Names of the parameters that a call still gives, in order.</summary>
    public IReadOnlyList<string> Open { get; } = open;

    public IReadOnlyDictionary<string, object?> Bound { get; } = bound;

    public CallSite Site { get; } = site;
}

/// <summary>Layers one after another.</summary>
internal sealed class SequentialLayer(IReadOnlyList<Callable> layers, SyntaxNode syntax) : Callable(syntax)
{
    public IReadOnlyList<Callable> Layers { get; } = layers;
}

/// <summary>A lambda, a local function or a method of the user's, with what it captures.</summary>
internal sealed class Closure(
    string name, IReadOnlyList<IParameterSymbol> parameters, IOperation body, Scope scope, object recursionKey, SyntaxNode syntax)
    : Callable(syntax)
{
    public string Name { get; } = name;

    public IReadOnlyList<IParameterSymbol> Parameters { get; } = parameters;

    public IOperation Body { get; } = body;

    public Scope Scope { get; } = scope;

    /// <summary>The object in "encoder.Forward" as a method group.</summary>
    public ObjectValue? Receiver { get; set; }

    /// <summary>Two calls with equal keys inside each other are a recursion.</summary>
    public object RecursionKey { get; } = recursionKey;
}

/// <summary>A bare weight.</summary>
internal sealed class ParameterValue(EquatableArray<int> dims, InitializerModel initializer, CallSite site)
{
    public EquatableArray<int> Dims { get; } = dims;

    public InitializerModel Initializer { get; } = initializer;

    public CallSite Site { get; } = site;

    public string? Path { get; set; }

    public int Ordinal { get; set; }

    public bool Used { get; set; }
}

/// <summary>An array or a List.</summary>
internal sealed class ArrayValue(List<object?> items)
{
    public List<object?> Items { get; } = items;
}

internal sealed class TupleValue(object?[] items)
{
    public object?[] Items { get; } = items;
}

/// <summary>An instance of a class of the user's: the network itself, a network it holds, or a record of settings.</summary>
internal sealed class ObjectValue(INamedTypeSymbol type)
{
    public INamedTypeSymbol Type { get; } = type;

    /// <summary>Arguments of the primary constructor, by parameter.</summary>
    public Dictionary<ISymbol, object?> Arguments { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Fields and automatic properties that have been evaluated.</summary>
    public Dictionary<ISymbol, object?> Members { get; } = new(SymbolEqualityComparer.Default);
}

/// <summary>A call in the source text and its arguments' expressions, to report an error at the argument it is about.</summary>
internal sealed class CallSite(SyntaxNode syntax, IReadOnlyDictionary<string, SyntaxNode>? arguments = null)
{
    public SyntaxNode Syntax { get; } = syntax;

    public SyntaxNode Place(string? argument) =>
        argument is not null && arguments is not null && arguments.TryGetValue(argument, out var place) ? place : Syntax;
}

/// <summary>The variables in sight of a statement: a block's own, then its surroundings'.</summary>
internal sealed class Scope(Scope? parent, ObjectValue? self)
{
    private readonly Dictionary<ISymbol, object?> variables = new(SymbolEqualityComparer.Default);

    /// <summary>"this".</summary>
    public ObjectValue? Self { get; } = self;

    public Scope Nested() => new(this, Self);

    public void Declare(ISymbol symbol, object? value) => variables[symbol.OriginalDefinition] = value;

    public bool TryGet(ISymbol symbol, out object? value)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope.variables.TryGetValue(symbol.OriginalDefinition, out value))
                return true;
        }
        value = null;
        return false;
    }

    public bool TrySet(ISymbol symbol, object? value)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
        {
            if (scope.variables.ContainsKey(symbol.OriginalDefinition))
            {
                scope.variables[symbol.OriginalDefinition] = value;
                return true;
            }
        }
        return false;
    }

    private Scope? Parent { get; } = parent;
}
