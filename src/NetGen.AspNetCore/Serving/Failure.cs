namespace NetGen.AspNetCore.Serving;

/// <summary>What went wrong, and when.</summary>
internal sealed record Failure(string Message, DateTimeOffset At);
