using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Reading.Evaluation;

/// <summary>A <see cref="LanguageException"/> with its place: what ends the reading of a network, as one diagnostic.</summary>
internal sealed class ReadException(DiagnosticDescriptor descriptor, string message, SyntaxNode place) : Exception(message)
{
    public DiagnosticDescriptor Descriptor { get; } = descriptor;

    public SyntaxNode Place { get; } = place;

    /// <summary>What the code fix writes; null: more than one edit mends it, or none.</summary>
    public string? Replacement { get; set; }

    /// <summary>Whether C# would throw an exception there, too: the code is understood, and wrong.</summary>
    public bool IsThrown { get; set; }

    /// <summary>The calls of the user's functions that led to the place, innermost first.</summary>
    public IReadOnlyList<SyntaxNode> Calls { get; set; } = [];
}

/// <summary>The C# itself has errors; the C# compiler reports them and NetGen stays silent.</summary>
internal sealed class BrokenCodeException() : Exception("The user's code does not compile.");
