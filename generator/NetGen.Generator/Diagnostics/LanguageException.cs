namespace NetGen.Generator;

/// <summary>
/// The user's program cannot be compiled: the diagnostic (NG####), the finished message, and the argument it is about where it is
/// about one. The reader knows which expression it was reading and reports it there.
/// </summary>
internal sealed class LanguageException(string code, string message, string? argument = null) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>Name of the parameter of the called function whose value is wrong; null: the whole call.</summary>
    public string? Argument { get; } = argument;

    /// <summary>What the code fix writes; null: more than one edit mends it, or none.</summary>
    public string? Replacement { get; init; }
}
