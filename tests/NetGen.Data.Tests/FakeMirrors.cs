using System.Net;

namespace NetGen.Data.Tests;

/// <summary>Stands for the network: answers by host, and records what was asked for.</summary>
internal sealed class FakeMirrors(Func<Uri, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public const string First = "ossci-datasets.s3.amazonaws.com", Second = "storage.googleapis.com";

    private readonly List<Uri> requests = [];

    public FakeMirrors(Func<Uri, HttpResponseMessage> answer)
        : this((uri, _) => Task.FromResult(answer(uri)))
    {
    }

    public IReadOnlyList<Uri> Requests => requests;

    public static FakeMirrors Offline => new(_ => throw new HttpRequestException("Name or service not known"));

    public static HttpResponseMessage Ok(byte[] content) => new(HttpStatusCode.OK) { Content = new ByteArrayContent(content) };

    public static HttpResponseMessage Ok(Stream content) => new(HttpStatusCode.OK) { Content = new StreamContent(content) };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        requests.Add(request.RequestUri!);
        return answer(request.RequestUri!, cancellationToken);
    }
}
