using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading.Evaluation;

/// <summary>
/// Evaluates the user's field initializers and methods over Roslyn's operation tree. Two phases: fields make layers and no tensor exists; then each
/// method is run once on symbolic tensors, and what it does to them becomes a graph. Everything outside the language throws
/// <see cref="ReadException"/> at the very expression; a budget of steps bounds what any program can cost the IDE.
/// </summary>
internal sealed partial class Interpreter(Compilation compilation, CancellationToken cancellation)
{
    private const int DepthLimit = 200;

    private readonly Dictionary<SyntaxTree, SemanticModel> models = [];
    private readonly Dictionary<SyntaxNode, IOperation> bodies = [];
    private readonly List<(object Key, SyntaxNode Site)> calls = [];
    private readonly HashSet<ISymbol> fieldsInProgress = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<(string Code, SyntaxNode Place), Diagnostic> warnings = [];

    /// <summary>What is being read: an initializer or a method.</summary>
    private Region region = new();

    /// <summary>The tensor program under construction; null while fields are evaluated.</summary>
    private MethodGraph? method;

    public Budget Budget { get; } = new(cancellation);

    /// <summary>The members whose source was read: what C# errors have to be looked for in.</summary>
    public IEnumerable<(SemanticModel Model, SyntaxNode Member)> ReadMembers => bodies.Keys.Select(syntax => (Model(syntax), syntax));

    /// <summary>Where the outermost call's result came from, to report a wrong result there.</summary>
    public SyntaxNode? LastReturn { get; private set; }

    /// <summary>What operations noticed on the way, once for each place: methods call each other, so most expressions are read several times.</summary>
    public IEnumerable<Diagnostic> Warnings => warnings.Values;

    /// <summary>Runs a method of the network on symbolic tensors.</summary>
    public object? Run(IMethodSymbol entryPoint, ObjectValue self, object?[] arguments, MethodGraph graph)
    {
        var syntax = Declaration(entryPoint)!;
        // A method over tensors without a body is an error of C#.
        var closure = UserMethod(entryPoint, self, syntax) ?? throw new BrokenCodeException();
        return Run(() => Invoke(closure, arguments, new CallSite(syntax)), graph);
    }

    /// <summary>Runs what applies layers and functions to tensors of this graph.</summary>
    public T Run<T>(Func<T> body, MethodGraph graph)
    {
        method = graph;
        try
        {
            return InRegion(body);
        }
        finally
        {
            method = null;
            calls.Clear();
        }
    }

    /// <summary>Names what the network holds after its fields.</summary>
    public void Name(ObjectValue network, IEnumerable<ISymbol> members)
    {
        var naming = new Naming(Budget);
        foreach (var member in members)
            naming.Name(network.Members[member], member.Name, Declaration(member)!);
    }

    /// <summary>All layers and parameters with weights of their own inside a value, networks included.</summary>
    public IReadOnlyList<object> Leaves(object? value, SyntaxNode at) => new Naming(Budget).Leaves(value, at);

    /// <summary>The members marked [Frozen] of a network and of those inside it, with the layers and parameters in them.</summary>
    public IEnumerable<(ISymbol Member, IReadOnlyList<object> Leaves)> Frozen(object? value, SyntaxNode at) =>
        new Naming(Budget).Frozen(value, at).Select(frozen => (frozen.Member, Leaves(frozen.Value, at)));

    /// <summary>Reads an initializer or a method: what it makes, nobody else changes.</summary>
    private T InRegion<T>(Func<T> read)
    {
        var (saved, own) = (region, new Region());
        region = own;
        try
        {
            return read();
        }
        finally
        {
            own.IsOpen = false;
            region = saved;
        }
    }

    /// <summary>The operation tree of a member's body or initializer.</summary>
    private IOperation Body(SyntaxNode syntax)
    {
        if (!bodies.TryGetValue(syntax, out var body))
        {
            Step(syntax, SyntaxDepth.Check(syntax) / Budget.Bulk);
            try
            {
                body = Model(syntax).GetOperation(syntax, cancellation) ?? throw new BrokenCodeException();
            }
            catch (InsufficientExecutionStackException)
            {
                throw Error(Descriptors.TooDeep, "This is nested too deeply to be read.", syntax);
            }
            bodies.Add(syntax, body);
        }
        return body;
    }

    private SemanticModel Model(SyntaxNode syntax)
    {
        if (!models.TryGetValue(syntax.SyntaxTree, out var model))
            models.Add(syntax.SyntaxTree, model = compilation.GetSemanticModel(syntax.SyntaxTree));
        return model;
    }

    private SyntaxNode? Declaration(ISymbol symbol) => symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation);

    private void Step(IOperation at, long cost = 1) => Step(at.Syntax, cost);

    private void Step(SyntaxNode at, long cost)
    {
        try
        {
            Budget.Spend(at, cost);
        }
        catch (ReadException e)
        {
            throw Error(e.Descriptor, e.Message, at);
        }
    }

    /// <summary>A step, and one level deeper until the budget is told to leave it.</summary>
    private void Enter(SyntaxNode at)
    {
        Step(at, 1);
        try
        {
            Budget.Enter(at);
        }
        catch (ReadException e)
        {
            throw Error(e.Descriptor, e.Message, at);
        }
    }

    private void EnsureStack(SyntaxNode at)
    {
        Enter(at);
        Budget.Leave();
    }

    /// <summary>After operations were added to the graph: their sizes and their number.</summary>
    private void CheckAdded(SyntaxNode place)
    {
        Step(place, method!.CheckSizes(place));
        foreach (var hint in method.Builder.Hints)
        {
            var cause = hint.Cause is { } node ? method.Place(node)?.GetLocation() : null;
            warnings[(hint.Code, place)] = Diagnostic.Create(
                Descriptors.All[hint.Code], place.GetLocation(), cause is null ? [] : [cause], Descriptors.Properties(hint.Replacement), hint.Message);
        }
        method.Builder.Hints.Clear();
    }

    /// <summary>What an expression has made costs by its size, whatever made it.</summary>
    private object? Made(IOperation operation, object? value)
    {
        switch (value)
        {
            case string { Length: > Budget.LongestText }:
                throw Error(
                    Descriptors.TextTooLong,
                    $"The text is longer than {Budget.LongestText} characters; what a network is made of is shorter.",
                    operation.Syntax);
            case string text:
                Step(operation, text.Length / Budget.Bulk);
                break;
            case ArrayValue array when operation is not (ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation):
                Step(operation, array.Items.Count / Budget.Bulk);
                break;
        }
        return value;
    }

    private ReadException Error(DiagnosticDescriptor descriptor, string message, SyntaxNode place, bool isThrown = false) => new(descriptor, message, place)
    {
        IsThrown = isThrown,
        Calls = calls.Skip(1).Select(c => c.Site).Reverse().ToArray(),
    };

    /// <summary>An error that a shape rule or an argument check found, at its place.</summary>
    private ReadException Error(LanguageException error, CallSite site)
    {
        if (!Descriptors.All.TryGetValue(error.Code, out var descriptor))
            return Error(Descriptors.InternalFailure, $"{error.Code} has no descriptor: {error.Message}", site.Syntax);
        var placed = Error(descriptor, error.Message, site.Place(error.Argument));
        placed.Replacement = error.Replacement;
        return placed;
    }

    /// <summary>An exception that is none of the user's: a bug of NetGen, which is told at the expression that showed it.</summary>
    private static bool IsFailure(Exception e) => e is not (ReadException or BrokenCodeException or OperationCanceledException);

    private ReadException Failure(Exception e, IOperation operation) => Error(
        Descriptors.InternalFailure,
        $"{e.GetType().Name}: {e.Message}",
        operation.Syntax);

    private ReadException Outside(IOperation operation, string what) => Outside(operation.Syntax, what);

    private ReadException Outside(SyntaxNode place, string what) => Error(
        Descriptors.OutsideLanguage,
        $"NetGen cannot compile {what}. Networks are constants, layers, tensors, loops and conditions over constants, and functions of them.",
        place);
}
