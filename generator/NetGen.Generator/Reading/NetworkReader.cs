using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Common;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Reading.Evaluation;
using NetGen.Generator.Reading.Variants;

namespace NetGen.Generator.Reading;

/// <summary>Reads one [Network] class: C# in, a <see cref="NetworkModel"/> or diagnostics out.</summary>
internal static class NetworkReader
{
    private const int LongestMessage = 1000;

    public static ReadResult Read(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation) =>
        OwnStack.Run(() => VariantReader.Read(
            type, compilation, ReadHere(type, compilation, VariantDeclaration.Of(type), cancellation),
            (variant, project) => ReadHere(variant, project, VariantDeclaration.Nothing, cancellation), cancellation));

    private static ReadResult ReadHere(INamedTypeSymbol type, Compilation compilation, VariantDeclaration variants, CancellationToken cancellation)
    {
        var attribute = type.Attribute("NetworkAttribute")?.ApplicationSyntaxReference?.GetSyntax(cancellation);
        if (attribute?.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } syntax
            || syntax.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error))
        {
            return ReadResult.Nothing;
        }
        if (ProjectCheck.Of(type, syntax, compilation, cancellation) is { } project)
            return new ReadResult(null, [project]);
        var interpreter = new Interpreter(compilation, cancellation);
        // What is wrong with the declaration but hides nothing: the network is read and written all the same, so callers have no errors of
        // their own.
        IReadOnlyList<Diagnostic> declared = [];
        try
        {
            CheckDeclaration(type, syntax);
            if (IsComponent(type))
                return new ReadResult(null, [.. variants.Errors, .. ComponentCheck.Of(type, syntax)]);
            declared = [.. variants.Errors, .. DeclarationCheck.Of(type, syntax, cancellation)];
            var read = AttributeFormReader.Layers(type).Count > 0
                ? AttributeFormReader.Read(type, syntax, interpreter)
                : FieldFormReader.Read(type, syntax, interpreter);
            read = read with { Diagnostics = [.. declared, .. read.Diagnostics, .. interpreter.Warnings] };
            return read.Model is { } model
                ? read with
                {
                    Model = GeneratedMembers.Fit(type, model with { Variants = variants.Variants.ToEquatableArray() }) with
                    {
                        HasCuda = !model.HasSteps && !model.HasLoops && compilation.GetTypeByMetadataName(LanguageTypes.CudaDevice) is not null,
                        Precision = PrecisionOf(type, attribute),
                        Disposal = BaseDisposal.Of(type),
                        BaseCall = DeclarationCheck.BaseCall(type),
                    },
                }
                : read;
        }
        catch (BrokenCodeException)
        {
            return Broken();
        }
        catch (ReadException e)
        {
            return HasErrors(interpreter, type, compilation, cancellation) ? Broken() : new ReadResult(null, [.. declared, ToDiagnostic(e, type)]);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return HasErrors(interpreter, type, compilation, cancellation)
                ? Broken()
                : new ReadResult(null, [Diagnostic.Create(
                    Descriptors.InternalFailure, syntax.Identifier.GetLocation(),
                    Failure(type, $"{e.GetType().Name}: {e.Message}"))]);
        }

        // An error of C# explains itself; what NetGen makes of it would only confuse, except where the error is that a tensor is no number,
        // or a name of another library.
        ReadResult Broken() => new(null, [.. declared, .. TensorMisuse.In(interpreter.ReadMembers.Concat(Attributes()), cancellation)]);

        IEnumerable<(SemanticModel, SyntaxNode)> Attributes() =>
            syntax.AttributeLists.Select(list => (compilation.GetSemanticModel(syntax.SyntaxTree), (SyntaxNode)list));
    }

    private static Precision PrecisionOf(INamedTypeSymbol type, SyntaxNode attribute)
    {
        var named = type.Attribute("NetworkAttribute")!.NamedArguments.FirstOrDefault(a => a.Key == "Precision").Value;
        var precision = (Precision)(named.Value as int? ?? 0);
        if (Enum.IsDefined(typeof(Precision), precision))
            return precision;
        var names = string.Join(", ", Enum.GetNames(typeof(Precision)).Select(name => "Precision." + name));
        throw new ReadException(
            Descriptors.UnknownPrecision, $"The precision of '{type.Name}' is {((int)precision).ToString(CultureInfo.InvariantCulture)}, which is none of {names}.", attribute);
    }

    /// <summary>A class with hyper-parameters exists only inside other networks.</summary>
    private static bool IsComponent(INamedTypeSymbol type) => type.PrimaryConstructor() is { Parameters.Length: > 0 };

    private static void CheckDeclaration(INamedTypeSymbol type, TypeDeclarationSyntax syntax)
    {
        ReadException Wrong(DiagnosticDescriptor descriptor, string message) => new(descriptor, message, syntax);
        if (!type.TypeParameters.IsEmpty)
        {
            throw Wrong(
                Descriptors.GenericClass,
                $"'{type.Name}' is generic. A network's program is one, compiled once; make what varies a hyper-parameter.");
        }
        if (type.IsAbstract || type.IsStatic || type.IsRecord || type.IsFileLocal)
        {
            var kind = type.IsRecord ? "a record" : type.IsStatic ? "static" : type.IsFileLocal ? "local to its file" : "abstract";
            throw Wrong(
                Descriptors.NotAnOrdinaryClass,
                $"'{type.Name}' is {kind}. A network is an ordinary class: NetGen writes its other half, and it is constructed.");
        }
        if (IsComponent(type))
            return;
        if (type.ContainingType is not null)
            throw Wrong(Descriptors.Nested, $"'{type.Name}' is nested in '{type.ContainingType.Name}'. Declare it in a namespace.");
    }

    /// <summary>Whether C# has errors in what was read: the members, and the attributes of the class.</summary>
    private static bool HasErrors(Interpreter interpreter, INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var attributes = type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>()
            .SelectMany(d => d.AttributeLists).Select(list => (compilation.GetSemanticModel(list.SyntaxTree), (SyntaxNode)list));
        return interpreter.ReadMembers.Concat(attributes).Any(m =>
            m.Item1.GetDiagnostics(m.Item2.Span, cancellation).Any(d => d.Severity == DiagnosticSeverity.Error));
    }

    private static string Failure(INamedTypeSymbol type, string what) => $"NetGen failed to read '{type.Name}'; this is a bug of NetGen, please report it. {what}";

    private static Diagnostic ToDiagnostic(ReadException e, INamedTypeSymbol network)
    {
        var place = e.Place switch
        {
            BaseTypeDeclarationSyntax type => type.Identifier.GetLocation(),
            MethodDeclarationSyntax method => method.Identifier.GetLocation(),
            VariableDeclaratorSyntax variable => variable.Identifier.GetLocation(),
            PropertyDeclarationSyntax property => property.Identifier.GetLocation(),
            var other => other.GetLocation(),
        };
        // What a message quotes can be as long as the program.
        var message = e.Descriptor == Descriptors.InternalFailure ? Failure(network, e.Message) : e.Message;
        if (message.Length > LongestMessage)
            message = message.Substring(0, LongestMessage) + " …";
        return Diagnostic.Create(e.Descriptor, place, e.Calls.Select(c => c.GetLocation()), Descriptors.Properties(e.Replacement), message);
    }

    private static string NamespaceName(INamespaceSymbol space) =>
        space.IsGlobalNamespace ? "" : space.ContainingNamespace.IsGlobalNamespace ? space.Name : $"{NamespaceName(space.ContainingNamespace)}.{space.Name}";

    public static NetworkModel Model(
        INamedTypeSymbol type, ParameterTable parameters, IEnumerable<MethodModel> methods, IReadOnlyList<LayerRow> rows) => new(
        NamespaceName(type.ContainingNamespace),
        type.Name,
        SyntaxFacts.GetText(type.DeclaredAccessibility),
        parameters.Models,
        methods.ToEquatableArray(),
        LayerRow.Lines(rows).ToEquatableArray());
}
