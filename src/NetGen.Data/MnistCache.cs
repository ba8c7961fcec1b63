using System.IO.Compression;
using System.Security.Cryptography;
using static System.FormattableString;

namespace NetGen.Data;

/// <summary>
/// The user's folder of downloaded MNIST files. A file is in it only with the right SHA-256 sum: a download is checked in memory and moved in
/// by one rename, and a cached file is checked again at every use and replaced if it is damaged.
/// </summary>
internal sealed class MnistCache(MnistOptions options)
{
    private static readonly Uri[] Mirrors =
    [
        new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
        new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
    ];

    public string Folder { get; } = options.CacheDirectory ?? DefaultFolder();

    /// <summary>Sees to it that all four files are there; <paramref name="reason"/> says why not.</summary>
    public bool TryFill(CancellationToken cancellationToken, out bool downloaded, out string reason)
    {
        downloaded = false;
        reason = "";
        if (Folder.Length == 0)
        {
            reason = "this user has no folder for cached files";
            return false;
        }

        List<MnistFile> missing = [.. MnistFile.All.Where(file => !IsValid(file))];
        if (missing.Count == 0)
            return true;
        if (!options.Download)
        {
            reason = "the full set is not in the cache and download is switched off";
            return false;
        }

        options.Notice?.Invoke($"Downloading MNIST (11 MB) into {Folder}.");
        try
        {
            Directory.CreateDirectory(Folder);
            using var client = new HttpClient(options.HttpHandler ?? new SocketsHttpHandler(), disposeHandler: options.HttpHandler is null)
            {
                Timeout = Timeout.InfiniteTimeSpan,   // each wait has its own limit, see Fetch
            };
            // Task.Run: no deadlock when the caller's thread has a synchronization context.
            reason = Task.Run(() => FillAsync(client, missing, cancellationToken), cancellationToken).GetAwaiter().GetResult();
            return downloaded = reason.Length == 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = $"the cache cannot be written: {e.Message.TrimEnd('.')}";
            return false;
        }
    }

    private async Task<string> FillAsync(HttpClient client, List<MnistFile> missing, CancellationToken cancellationToken)
    {
        string reason = "";
        foreach (Uri mirror in Mirrors)
        {
            try
            {
                while (missing.Count > 0)
                {
                    MnistFile file = missing[0];
                    Uri address = new(mirror, file.Name + ".gz");
                    byte[] content = await FetchAsync(client, address, file, cancellationToken).ConfigureAwait(false);
                    ReplacedFile.Write(Target(file), stream => stream.Write(content));
                    missing.RemoveAt(0);
                }

                return "";
            }
            catch (DownloadException e)
            {
                reason += $"{(reason.Length == 0 ? "no download: " : ", ")}{mirror.Host}: {e.Message}";
            }
        }

        return reason;
    }

    private async Task<byte[]> FetchAsync(HttpClient client, Uri address, MnistFile file, CancellationToken cancellationToken)
    {
        // The limit is on silence, not on the whole file: a slow line may finish, a dead one is left soon.
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            silence.CancelAfter(options.DownloadTimeout);
            using HttpResponseMessage response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, silence.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw new DownloadException(Invariant($"{(int)response.StatusCode} {response.ReasonPhrase} for {file.Name}.gz"));

            using Stream stream = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
            byte[] buffer = new byte[1 << 16];
            using var content = new MemoryStream();
            while (true)
            {
                silence.CancelAfter(options.DownloadTimeout);
                int read = await stream.ReadAsync(buffer, silence.Token).ConfigureAwait(false);
                if (read == 0)
                    break;
                content.Write(buffer, 0, read);
                if (content.Length > file.Length)   // compressed content is smaller
                    throw new DownloadException(Invariant($"{file.Name}.gz is larger than {file.Length} bytes"));
            }

            byte[] bytes = content.ToArray();
            using var compressed = new MemoryStream(bytes);
            string hash = Hash(compressed, file.Length);
            return hash == file.Sha256 ? bytes : throw new DownloadException($"{file.Name} has SHA-256 {hash}, expected {file.Sha256}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DownloadException(Invariant($"no answer in {options.DownloadTimeout.TotalSeconds} s"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new DownloadException(e.Message.TrimEnd('.'));
        }
    }

    private bool IsValid(MnistFile file)
    {
        try
        {
            using FileStream stream = File.OpenRead(Target(file));
            return Hash(stream, file.Length) == file.Sha256;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>SHA-256 of the decompressed stream; content longer than <paramref name="length"/> is not read to its end (it may be a bomb).</summary>
    private static string Hash(Stream compressed, int length)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        try
        {
            using var content = new GZipStream(compressed, CompressionMode.Decompress);
            for (int read; (read = content.Read(buffer)) > 0 && total <= length; total += read)
                sha.AppendData(buffer, 0, read);
        }
        catch (InvalidDataException)
        {
            return "(not gzip)";
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    private string Target(MnistFile file) => Path.Combine(Folder, file.Name + ".gz");

    private static string DefaultFolder()
    {
        string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return local.Length == 0 ? "" : Path.Combine(local, "netgen", "mnist");
    }

    private sealed class DownloadException(string message) : Exception(message);
}
