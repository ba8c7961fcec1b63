using System.Net;
using Xunit;

namespace NetGen.Data.Tests;

/// <summary>The order of sources: folder, NETGEN_DATA, cache, download, embedded subset.</summary>
public sealed class MnistSourceTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("netgen-sources-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string Cache => Path.Combine(root, "cache", "mnist");

    private MnistOptions Options(HttpMessageHandler http, string? environment = null) => new()
    {
        HttpHandler = http,
        CacheDirectory = Cache,
        Environment = name => name == "NETGEN_DATA" ? environment : throw new ArgumentException(name),
    };

    private static Mnist Load(MnistOptions options) => Mnist.Load(options, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheGivenFolderComesFirst(bool compressed)
    {
        using var given = new MnistFolder(compressed);
        var http = FakeMirrors.Offline;
        Mnist mnist = Load(Options(http, environment: "/does/not/exist") with { Directory = given.Path });
        Assert.Equal(MnistOrigin.Directory, mnist.Origin);
        Assert.Equal($"MNIST, 20 training and 10 test images, from {given.Path}.", mnist.Source);
        Assert.Empty(http.Requests);
        Assert.Equal(20, mnist.Train.Count);
        Assert.Equal(10, mnist.Test.Count);
        Assert.Equal((28, 28, 1, 10), (mnist.Train.Height, mnist.Train.Width, mnist.Train.Channels, mnist.Train.Classes));
        Assert.Equal(3, mnist.Train.Labels.Span[13]);
        for (int i = 0; i < 20; i++)
        {
            ReadOnlySpan<float> image = mnist.Train.Image(i);
            Assert.Equal(784, image.Length);
            for (int p = 0; p < image.Length; p++)
                Assert.Equal((byte)(i + p) / 255f, image[p]);
        }
    }

    [Fact]
    public void FilesNamedWithADotAreFound()
    {
        using var given = new MnistFolder();
        foreach (string path in Directory.GetFiles(given.Path))
            File.Move(path, path.Replace("-idx", ".idx", StringComparison.Ordinal));
        Assert.Equal(20, Load(new MnistOptions { Directory = given.Path }).Train.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mnist")]
    public void ThenTheFolderOfTheEnvironmentVariable(string below)
    {
        string at = Path.Combine(root, "data", below);
        using var folder = new MnistFolder(compressed: true, at);
        var http = FakeMirrors.Offline;
        Mnist mnist = Load(Options(http, Path.Combine(root, "data")));
        Assert.Equal(MnistOrigin.Environment, mnist.Origin);
        Assert.Contains($"from {at} (NETGEN_DATA)", mnist.Source);
        Assert.Empty(http.Requests);
    }

    [Fact]
    public void AMissingFolderInTheEnvironmentVariableIsAnError()
    {
        string nowhere = Path.Combine(root, "nowhere");
        var e = Assert.Throws<DirectoryNotFoundException>(() => Load(Options(FakeMirrors.Offline, nowhere)));
        Assert.Contains(nowhere, e.Message);
        Assert.Contains("NETGEN_DATA", e.Message);
    }

    [Fact]
    public void AnIncompleteFolderInTheEnvironmentVariableIsAnError()
    {
        using var folder = new MnistFolder();
        File.Delete(folder.File("t10k-images-idx3-ubyte"));
        var e = Assert.Throws<FileNotFoundException>(() => Load(Options(FakeMirrors.Offline, folder.Path)));
        Assert.Equal(folder.File("t10k-images-idx3-ubyte"), e.FileName);
    }

    [Fact]
    public void AnEnvironmentFolderOfOtherDataIsPassedAndNamed()
    {
        Mnist mnist = Load(Options(FakeMirrors.Offline, root));
        Assert.Equal(MnistOrigin.Embedded, mnist.Origin);
        Assert.Contains($"NETGEN_DATA ({root}) holds no MNIST files", mnist.Source);
    }

    [Fact]
    public void OfflineEndsInTheSubsetAndSaysWhy()
    {
        var http = FakeMirrors.Offline;
        Mnist mnist = Load(Options(http));
        Assert.Equal(MnistOrigin.Embedded, mnist.Origin);
        Assert.StartsWith("MNIST, 6,000 training and 1,000 test images, the subset in NetGen.Data (no download: ", mnist.Source);
        Assert.Contains($"{FakeMirrors.First}: Name or service not known", mnist.Source);
        Assert.Contains($"{FakeMirrors.Second}: Name or service not known", mnist.Source);
        Assert.Equal([FakeMirrors.First, FakeMirrors.Second], http.Requests.Select(uri => uri.Host));
    }

    [Fact]
    public void ASilentServerIsLeftAfterTheTimeout()
    {
        var http = new FakeMirrors(async (_, cancellation) =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException();
        });
        Mnist mnist = Load(Options(http) with { DownloadTimeout = TimeSpan.FromMilliseconds(20) });
        Assert.Equal(MnistOrigin.Embedded, mnist.Origin);
        Assert.Contains($"{FakeMirrors.First}: no answer in 0.02 s", mnist.Source);
        Assert.Equal(2, http.Requests.Count);
    }

    [Fact]
    public void ARefusalNamesTheStatus()
    {
        Mnist mnist = Load(Options(new FakeMirrors(_ => new HttpResponseMessage(HttpStatusCode.NotFound))));
        Assert.Contains($"{FakeMirrors.First}: 404 Not Found for t10k-labels-idx1-ubyte.gz", mnist.Source);
    }

    [Fact]
    public void WithDownloadOffNothingIsAsked()
    {
        var http = FakeMirrors.Offline;
        Mnist mnist = Load(Options(http) with { Download = false });
        Assert.Equal(MnistOrigin.Embedded, mnist.Origin);
        Assert.Contains("download is switched off", mnist.Source);
        Assert.Empty(http.Requests);
        Assert.False(Directory.Exists(Cache));
    }

    [Fact]
    public void AWrongHashIsNeverKept()
    {
        var http = new FakeMirrors(_ => FakeMirrors.Ok(MnistFolder.Compress(MnistFolder.Labels(10))));
        Mnist mnist = Load(Options(http));
        Assert.Equal(MnistOrigin.Embedded, mnist.Origin);
        Assert.Contains("t10k-labels-idx1-ubyte has SHA-256 ", mnist.Source);
        Assert.Contains("expected ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2", mnist.Source);
        Assert.Equal(2, http.Requests.Count);
        Assert.Empty(Directory.GetFileSystemEntries(Cache));
    }

    [Fact]
    public void APageInsteadOfAFileIsNotKept()
    {
        Mnist mnist = Load(Options(new FakeMirrors(_ => FakeMirrors.Ok("<html>Log in</html>"u8.ToArray()))));
        Assert.Equal(MnistOrigin.Embedded, mnist.Origin);
        Assert.Contains("t10k-labels-idx1-ubyte has SHA-256 (not gzip)", mnist.Source);
        Assert.Empty(Directory.GetFileSystemEntries(Cache));
    }

    [Fact]
    public void AnEndlessAnswerIsCutOff()
    {
        var http = new FakeMirrors(_ => FakeMirrors.Ok(new EndlessStream()));
        Mnist mnist = Load(Options(http));
        Assert.Equal(MnistOrigin.Embedded, mnist.Origin);
        Assert.Contains("t10k-labels-idx1-ubyte.gz is larger than 10008 bytes", mnist.Source);
    }

    [Fact]
    public void AnUnwritableCacheEndsInTheSubset()
    {
        Directory.CreateDirectory(Path.Combine(root, "cache"));
        File.WriteAllText(Cache, "a file where the folder should be");
        Mnist mnist = Load(Options(FakeMirrors.Offline));
        Assert.Equal(MnistOrigin.Embedded, mnist.Origin);
        Assert.Contains("the cache cannot be written", mnist.Source);
    }

    [Fact]
    public void CancellationIsNotATimeout()
    {
        using var cancellation = new CancellationTokenSource();
        var http = new FakeMirrors((_, _) =>
        {
            cancellation.Cancel();
            cancellation.Token.ThrowIfCancellationRequested();
            throw new InvalidOperationException();
        });
        Assert.ThrowsAny<OperationCanceledException>(() => Mnist.Load(Options(http), cancellation.Token));
    }

    [Fact]
    public void DownloadFillsTheCacheFromTheSecondMirrorAndIsUsedAgain()
    {
        string full = FullMnist.Folder();
        var http = new FakeMirrors(uri => uri.Host == FakeMirrors.First
            ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
            : FakeMirrors.Ok(Gz(full, Path.GetFileName(uri.LocalPath))));
        // A process that was killed while it wrote.
        Directory.CreateDirectory(Cache);
        File.WriteAllText(Path.Combine(Cache, $"train-labels-idx1-ubyte.gz.{Guid.NewGuid():N}.tmp"), "half");
        string? notice = null;
        Mnist mnist = Load(Options(http) with { Notice = text => notice = text });
        Assert.Equal(MnistOrigin.Download, mnist.Origin);
        Assert.Equal($"MNIST, 60,000 training and 10,000 test images, downloaded into {Cache}.", mnist.Source);
        Assert.Contains(Cache, notice);
        Assert.Equal(5, http.Requests.Count);
        Assert.Equal(MnistFile.All.Select(file => file.Name + ".gz").Order(StringComparer.Ordinal), Directory.GetFiles(Cache).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

        Mnist again = Load(Options(FakeMirrors.Offline) with { Download = false, Notice = _ => Assert.Fail("nothing to download") });
        Assert.Equal(MnistOrigin.Cache, again.Origin);
        Assert.True(mnist.Test.Images.Span.SequenceEqual(again.Test.Images.Span));

        // A damaged cached file is not used, and only that file is downloaded again.
        File.WriteAllBytes(Path.Combine(Cache, "t10k-labels-idx1-ubyte.gz"), MnistFolder.Compress(MnistFolder.Labels(10_000)));
        Assert.Equal(MnistOrigin.Embedded, Load(Options(FakeMirrors.Offline)).Origin);
        var mirrors = new FakeMirrors(uri => FakeMirrors.Ok(Gz(full, Path.GetFileName(uri.LocalPath))));
        Assert.Equal(MnistOrigin.Download, Load(Options(mirrors)).Origin);
        Assert.Equal("t10k-labels-idx1-ubyte.gz", Path.GetFileName(Assert.Single(mirrors.Requests).LocalPath));
    }

    private static byte[] Gz(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        return File.Exists(path) ? File.ReadAllBytes(path) : MnistFolder.Compress(File.ReadAllBytes(path[..^3]));
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => count;

        public override int Read(Span<byte> buffer) => buffer.Length;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(buffer.Length);
    }
}
