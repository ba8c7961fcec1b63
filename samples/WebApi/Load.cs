using System.Diagnostics;
using System.Globalization;
using System.Net;
using NetGen;
using NetGen.AspNetCore;

namespace WebApi;

/// <summary>
/// Fifty clients, each of which asks again as soon as it is answered, while the file with the weights becomes another one every second;
/// with batches and without, over HTTP and by calls. Every answer is compared with that of the weights that it names.
/// </summary>
internal static class Load
{
    private const int Clients = 50;

    /// <param name="arguments">[--seconds N] [--threads N]: how long each of the four lines is measured, and the threads of the
    /// network.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var seconds = Option(arguments, "--seconds") ?? 10;
        NetGenOptions.Threads = Option(arguments, "--threads") ?? NetGenOptions.Threads;
        var folder = Directory.CreateTempSubdirectory("netgen-load-").FullName;
        try
        {
            var answers = new Answers(folder);
            Console.WriteLine(
                $"{Clients} clients on the service's {Environment.ProcessorCount} processors, {Device.Cpu()}, {seconds} s each");
            Console.WriteLine($"| | {Result.Columns} |");
            Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
            foreach (var batchSize in new[] { 1, new NetworkServiceOptions().MaximalBatchSize })
            {
                var alone = Alone(answers, batchSize, TimeSpan.FromSeconds(Math.Min(seconds, 1)));
                Console.WriteLine($"| the network alone, {batchSize} at a time | {alone} |");
            }
            var wrong = 0L;
            foreach (var http in new[] { false, true })
            {
                foreach (var batchSize in new[] { 1, new NetworkServiceOptions().MaximalBatchSize })
                {
                    var result = await MeasureAsync(answers, http, batchSize, TimeSpan.FromSeconds(seconds));
                    var how = batchSize == 1 ? "one by one" : $"at most {batchSize} together";
                    Console.WriteLine($"| {(http ? "HTTP" : "calls")}, {how} | {result} |");
                    wrong += result.Wrong;
                }
            }

            return wrong == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int? Option(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length
            ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture)
            : null;

    /// <summary>What batches can save at most: predictions in a loop, with nothing around them.</summary>
    private static Result Alone(Answers answers, int batchSize, TimeSpan duration)
    {
        using var network = new MnistCnn();
        network.Load(answers.Serve(0));
        var (images, scores) = (answers.Images(batchSize), new float[batchSize * 10]);
        for (var i = 0; i < 1000; i++)
            network.Predict(images, scores);
        var result = new Result();
        var (begin, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        while (Stopwatch.GetElapsedTime(begin) < duration)
        {
            var asked = Stopwatch.GetTimestamp();
            network.Predict(images, scores);
            for (var i = 0; i < batchSize; i++)
                result.Add(Stopwatch.GetElapsedTime(asked), "");
        }
        result.End(Stopwatch.GetElapsedTime(begin), Environment.CpuUsage.TotalTime - processor, batchSize);
        return result;
    }

    private static async Task<Result> MeasureAsync(Answers answers, bool http, int batchSize, TimeSpan duration)
    {
        var served = answers.Serve(0);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddNetwork<MnistCnn>(served, options =>
        {
            options.MaximalBatchSize = batchSize;
            options.ReloadInterval = TimeSpan.FromMilliseconds(200);
        });
        await using var app = builder.Build();
        app.MapNetwork<MnistCnn>("/digits");
        await app.StartAsync();
        using var batches = new BatchCount();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var service = app.Services.GetRequiredService<NetworkService<MnistCnn>>();

        var result = new Result();
        var (begin, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var clients = Enumerable.Range(0, Clients).Select(async number =>
        {
            for (var image = number; Stopwatch.GetElapsedTime(begin) < duration; image = (image + 1) % answers.Count)
            {
                var asked = Stopwatch.GetTimestamp();
                var seen = http ? await answers.AskAsync(client, image) : await answers.AskAsync(service, image);
                result.Add(Stopwatch.GetElapsedTime(asked), seen);
            }
        });
        var exchange = Task.Run(async () =>
        {
            for (var i = 1; Stopwatch.GetElapsedTime(begin) + TimeSpan.FromSeconds(1) < duration; i++)
            {
                await Task.Delay(1000);
                answers.Serve(i);
            }
        });
        await Task.WhenAll(clients.Append(exchange));
        result.End(Stopwatch.GetElapsedTime(begin), Environment.CpuUsage.TotalTime - processor, batches.Mean);
        await app.StopAsync();
        return result;
    }
}
