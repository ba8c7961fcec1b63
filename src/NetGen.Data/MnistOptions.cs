namespace NetGen.Data;

/// <summary>Where <see cref="Mnist.Load"/> looks for the files.</summary>
/// <example><code>Mnist mnist = Mnist.Load(new MnistOptions { Directory = "data/mnist", Download = false });</code></example>
public sealed record MnistOptions
{
    /// <summary>
    /// A folder with the four idx files, plain or .gz. When set, it is the only source: a missing or damaged file is an error.
    /// </summary>
    public string? Directory { get; init; }

    /// <summary>Whether files missing from the cache may be downloaded. Default: yes.</summary>
    public bool Download { get; init; } = true;

    /// <summary>
    /// Longest wait for a server's answer, and for each next piece of a file, before the next mirror is tried. Default: 3 seconds, so that
    /// a machine without a network goes on quickly.
    /// </summary>
    public TimeSpan DownloadTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Folder for downloaded files. Default: <c>netgen/mnist</c> in the user's local application data.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>Called with one sentence before something slow (a download) starts.</summary>
    public Action<string>? Notice { get; init; }

    /// <summary>
    /// Handler for downloads, for proxies and tests. It is not disposed. Default: a new <see cref="SocketsHttpHandler"/>.
    /// </summary>
    public HttpMessageHandler? HttpHandler { get; init; }

    /// <summary>Where environment variables come from; tests replace it.</summary>
    internal Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;
}
