using Xunit;

namespace NetGen.AspNetCore.Tests;

/// <summary>Another file at the path, while requests are answered.</summary>
public sealed class ReloadTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder folder = new();

    private string Path => folder.File("scaled.safetensors");

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    /// <summary>Each answer is that of one file, whole, and says of which.</summary>
    [Fact]
    public async Task No_request_sees_half_of_a_file()
    {
        Scaled.Save(Path, 1);
        await using var service = await TestService<Scaled>.StartAsync(
            Path, options => options.ReloadInterval = TimeSpan.FromMilliseconds(10));
        using var done = new CancellationTokenSource();
        var seen = new HashSet<(string Weights, float Scale)>();
        var clients = Enumerable.Range(0, 8).Select(client => Task.Run(async () =>
        {
            // As many samples as several batches would have.
            var ones = new float[Scaled.Size * (client % 2 == 0 ? 1 : 100)];
            ones.AsSpan().Fill(1);
            while (!done.IsCancellationRequested)
            {
                var prediction = await service.Service.PredictAsync(ones, Test);
                var scale = prediction.Values[0];
                Assert.DoesNotContain(prediction.Values, value => value != scale);
                lock (seen)
                    seen.Add((prediction.Weights.Id, scale));
            }
        })).ToArray();
        for (var scale = 2; scale <= 30; scale++)
        {
            Scaled.Save(Path, scale);
            await Task.Delay(25, Test);
        }

        await Until(() => seen.Any(pair => pair.Scale == 30));
        await done.CancelAsync();
        await Task.WhenAll(clients).WaitAsync(Patience, Test);
        Assert.InRange(seen.Count, 5, 30);
        Assert.Equal(seen.Count, seen.Select(pair => pair.Weights).Distinct().Count());
    }

    [Fact]
    public async Task A_damaged_file_leaves_the_old_weights_in_use_and_is_reported_until_it_is_mended()
    {
        Scaled.Save(Path, 1);
        await using var service = await TestService<Scaled>.StartAsync(
            Path, options => options.ReloadInterval = TimeSpan.FromMilliseconds(10));
        Assert.Equal("Healthy", await Health());
        var whole = File.ReadAllBytes(Path);

        File.WriteAllBytes(Path, whole[..^8]);
        await Until(async () => await Health() == "Degraded");
        Assert.Equal(1, (await service.Service.PredictAsync(Ones(), Test)).Values[1]);
        Assert.Contains("scaled.safetensors", service.Service.Host.ReloadFailure!.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidDataException>(() => service.Service.ReloadAsync(Test));

        File.Delete(Path);
        await Until(() => service.Service.Host.ReloadFailure!.Message.Contains("Could not find", StringComparison.Ordinal));
        Assert.Equal(1, (await service.Service.PredictAsync(Ones(), Test)).Values[1]);

        Scaled.Save(Path, 2);
        await Until(async () => await Health() == "Healthy");
        Assert.Equal(2, (await service.Service.PredictAsync(Ones(), Test)).Values[1]);

        Task<string> Health() => service.Client.GetStringAsync("/health", Test);
    }

    [Fact]
    public async Task Without_an_interval_a_file_is_taken_only_when_it_is_asked_for()
    {
        Scaled.Save(Path, 1);
        await using var service = await TestService<Scaled>.StartAsync(Path, options => options.ReloadInterval = Timeout.InfiniteTimeSpan);
        var first = service.Service.Weights;
        Scaled.Save(Path, 2);
        await Task.Delay(100, Test);
        Assert.Equal(1, (await service.Service.PredictAsync(Ones(), Test)).Values[0]);

        var second = await service.Service.ReloadAsync(Test);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(2, (await service.Service.PredictAsync(Ones(), Test)).Values[0]);
        Scaled.Save(Path, 1);
        Assert.Equal(first.Id, (await service.Service.ReloadAsync(Test)).Id);
    }

    /// <summary>As Kubernetes changes files of a volume: a link is made to name another folder.</summary>
    [Fact]
    public async Task A_symbolic_link_that_names_another_file_is_another_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        Scaled.Save(folder.File("one"), 1);
        Scaled.Save(folder.File("two"), 2);
        File.SetLastWriteTimeUtc(folder.File("two"), DateTime.UtcNow.AddDays(-1));
        File.CreateSymbolicLink(Path, folder.File("one"));
        await using var service = await TestService<Scaled>.StartAsync(
            Path, options => options.ReloadInterval = TimeSpan.FromMilliseconds(10));
        File.CreateSymbolicLink(folder.File("next"), folder.File("two"));
        File.Move(folder.File("next"), Path, overwrite: true);
        await Until(async () => (await service.Service.PredictAsync(Ones(), Test)).Values[0] == 2);
    }

    [Fact]
    public async Task An_application_whose_file_cannot_be_used_does_not_start()
    {
        await Assert.ThrowsAsync<FileNotFoundException>(() => TestService<Scaled>.StartAsync(Path));
        File.WriteAllText(Path, "no weights");
        await Assert.ThrowsAsync<InvalidDataException>(() => TestService<Scaled>.StartAsync(Path));
    }

    public void Dispose() => folder.Dispose();

    private static float[] Ones()
    {
        var ones = new float[Scaled.Size];
        ones.AsSpan().Fill(1);
        return ones;
    }

    private static Task Until(Func<bool> condition) => Until(() => Task.FromResult(condition()));

    private static async Task Until(Func<Task<bool>> condition)
    {
        for (var end = DateTime.UtcNow + Patience; !await condition(); await Task.Delay(5, Test))
            Assert.True(DateTime.UtcNow < end);
    }
}
