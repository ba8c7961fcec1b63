using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Reading.Evaluation;

/// <summary>
/// What reading one network may cost the editor it runs in. Every construct spends steps by what it makes (an expression, a call, an element of an
/// array, characters of a text, a node of the graph) and takes a level while it is at work on its parts, so no program can hold up, fill or crash the
/// compiler.
/// </summary>
internal sealed class Budget(CancellationToken cancellation)
{
    /// <summary>Far more than any network needs (a thousand-layer one takes some 50,000), and still under a second.</summary>
    public const int Steps = 400_000;

    /// <summary>A node costs more than its reading: every pass of the compiler goes over it. So a network has at most 10,000.</summary>
    public const int OfNode = 40;

    /// <summary>So many characters, elements that are copied, or dimensions are a step.</summary>
    public const int Bulk = 16;

    /// <summary>No text in a network is longer.</summary>
    public const int LongestText = 4096;

    /// <summary>Levels that fit into the smallest stacks that compilers run on, 1 MB.</summary>
    private const int DepthLimit = 400;

    private int depth;
    private long spent;

    /// <summary>Whether hardly anything can be done any more: a loop says then that it does not end, which its parts would say otherwise.</summary>
    public bool IsExhausted => spent > Steps - 200;

    /// <summary>Whether so many more steps may be spent; before something large is made.</summary>
    public bool Allows(long steps) => steps <= Steps - spent;

    public void Spend(SyntaxNode at, long steps)
    {
        if ((spent & ~127) != ((spent += steps) & ~127))
            cancellation.ThrowIfCancellationRequested();
        if (spent > Steps)
        {
            throw new ReadException(
                Descriptors.EndlessLoop,
                $"Reading the network did not end within {Steps} steps. Loops and functions of a network run while it is compiled; they must be small.",
                at);
        }
    }

    /// <summary>One level deeper, until <see cref="Leave"/>.</summary>
    public void Enter(SyntaxNode at)
    {
        if (depth >= DepthLimit)
            throw TooDeep(at);
        try
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
        }
        catch (InsufficientExecutionStackException)
        {
            throw TooDeep(at);
        }
        depth++;
    }

    public void Leave() => depth--;

    private static ReadException TooDeep(SyntaxNode at) => new(
        Descriptors.TooDeep,
        $"This is nested too deeply to be read: at most {DepthLimit} expressions, statements, calls and layers may be inside each other.",
        at);
}
