namespace NetGen.AspNetCore;

/// <summary>A request is not taken, for too many wait already or the service ends. HTTP's answer is 503 with <c>Retry-After</c>.</summary>
public sealed class NetworkBusyException : Exception
{
    internal NetworkBusyException(string message, TimeSpan retryAfter)
        : base(message) => RetryAfter = retryAfter;

    /// <summary>When to come again.</summary>
    public TimeSpan RetryAfter { get; }
}
