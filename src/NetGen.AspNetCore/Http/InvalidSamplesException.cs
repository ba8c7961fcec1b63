namespace NetGen.AspNetCore.Http;

/// <summary>The body of a request does not have what the network takes; the message is for the client.</summary>
internal sealed class InvalidSamplesException(string message, int status = 400) : Exception(message)
{
    public int Status => status;
}
