namespace NetGen.Generator.Graph;

/// <summary>
/// What an operation noticed while it was applied: a program that compiles and surely means something else. The reader shows it at the expression that
/// it was reading.
/// </summary>
/// <param name="Code">The diagnostic (NG####), a warning.</param>
/// <param name="Message">The finished message.</param>
/// <param name="Cause">The value that it comes from, where that is another expression.</param>
/// <param name="Replacement">What the code fix writes there; null: it removes the cause.</param>
internal sealed record GraphHint(string Code, string Message, int? Cause = null, string? Replacement = null);
