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

    /// <summary>The layer that it is a part of, and that has its weights (SpectralNorm); null: none.</summary>
    public RegistryLayer? InsideOf { get; set; }

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

    /// <summary>The function of the other parameters, with this value for the first: "x.Plus" of an extension method.</summary>
    public Closure Bound(object? first)
    {
        var scope = Scope.Nested();
        scope.Declare(Parameters[0], first);
        return new Closure(Name, Parameters.Skip(1).ToArray(), Body, scope, RecursionKey, Syntax);
    }

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

/// <summary>
/// What is made while one initializer or one method is read: its arrays, lists and variables. Each is read once, in an order that is
/// NetGen's, so what it made must not change any more when it has ended: the next one would see it.
/// </summary>
internal sealed class Region
{
    public bool IsOpen { get; set; } = true;
}

/// <summary>An array or a List. Without a region it never changes.</summary>
internal sealed class ArrayValue(List<object?> items, Region? region = null, bool isList = false)
{
    public List<object?> Items { get; } = items;

    public Region? Region { get; } = region;

    /// <summary>Whether it can grow: a List, not an array.</summary>
    public bool IsList { get; } = isList;

    /// <summary>How often a list was changed; a foreach over it ends with an exception when it was.</summary>
    public int Version { get; set; }
}

internal sealed class TupleValue(object?[] items)
{
    public object?[] Items { get; } = items;
}

/// <summary>A value of an enum, which knows its type as a boxed one does: its number is a boxed value of the underlying type.</summary>
internal sealed record EnumValue(INamedTypeSymbol Type, object Number)
{
    public bool Equals(EnumValue? other) => other is not null && SymbolEqualityComparer.Default.Equals(Type, other.Type) && Number.Equals(other.Number);

    public override int GetHashCode() => Number.GetHashCode();
}

/// <summary>An instance of a class of the user's: the network itself, a network it holds, or a record of settings.</summary>
internal sealed class ObjectValue(INamedTypeSymbol type)
{
    public INamedTypeSymbol Type { get; } = type;

    /// <summary>Arguments of the primary constructor, by parameter.</summary>
    public Dictionary<ISymbol, object?> Arguments { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Fields and automatic properties that have been evaluated.</summary>
    public Dictionary<ISymbol, object?> Members { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>
    /// Whether it was constructed as C# does it. Otherwise it is a network of its own, which is made when the program runs: its
    /// initializers are evaluated when they are needed, and what a constructor does to it is not known.
    /// </summary>
    public bool IsConstructed { get; set; }

    /// <summary>Whether its constructor or object initializer is at work, which alone may assign its members.</summary>
    public bool IsInConstruction { get; set; }
}

/// <summary>A member whose initializer is outside the language: an error where it is read, and none where it is not.</summary>
internal sealed record UnreadableValue(ReadException Reason);

/// <summary>A call in the source text and its arguments' expressions, to report an error at the argument it is about.</summary>
internal sealed class CallSite(SyntaxNode syntax, IReadOnlyDictionary<string, SyntaxNode>? arguments = null)
{
    public SyntaxNode Syntax { get; } = syntax;

    public SyntaxNode Place(string? argument) =>
        argument is not null && arguments is not null && arguments.TryGetValue(argument, out var place) ? place : Syntax;
}

/// <summary>The variables in sight of a statement: a block's own, then its surroundings'.</summary>
internal sealed class Scope(Scope? parent, ObjectValue? self, Region region)
{
    private readonly Dictionary<ISymbol, object?> variables = new(SymbolEqualityComparer.Default);

    /// <summary>"this".</summary>
    public ObjectValue? Self { get; } = self;

    /// <summary>What is being read where these variables are declared; they change no more when it has ended.</summary>
    public Region Region { get; } = region;

    /// <summary>The object that an object initializer or a with expression is about.</summary>
    public object? Receiver { get; private set; }

    public Scope Nested() => new(this, Self, Region) { Receiver = Receiver };

    /// <summary>The surroundings of a lambda's call: what it declares belongs to the caller's region.</summary>
    public Scope Nested(Region region) => new(this, Self, region) { Receiver = Receiver };

    public Scope About(object receiver) => new(this, Self, Region) { Receiver = receiver };

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

    /// <summary>The scope that declares the variable; null: none does.</summary>
    public Scope? Declaring(ISymbol symbol)
    {
        var scope = this;
        while (scope is not null && !scope.variables.ContainsKey(symbol.OriginalDefinition))
            scope = scope.Parent;
        return scope;
    }

    private Scope? Parent { get; } = parent;
}
