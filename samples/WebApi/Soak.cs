using System.Diagnostics;
using System.Globalization;
using NetGen;

namespace WebApi;

/// <summary>
/// The whole service, metrics and page included, for many minutes, with clients that ask at a steady rate and another file of weights every
/// second: every answer is compared with that of the weights that it names, and memory must not grow.
/// </summary>
internal static class Soak
{
    /// <summary>How much more the last third may take than the second: what a garbage collector leaves lying about.</summary>
    private const double Growth = 1.1;

    /// <param name="arguments">[--minutes N] or [--seconds N], [--clients N] [--pause MS] [--urls URL]: how long, how many ask, and how
    /// long each waits between its questions.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var (clients, pause) = (Number(arguments, "--clients", 50), Number(arguments, "--pause", 20));
        var duration = TimeSpan.FromSeconds(Number(arguments, "--seconds", 60 * Number(arguments, "--minutes", 10)));
        var folder = Directory.CreateTempSubdirectory("netgen-soak-").FullName;
        try
        {
            var answers = new Answers(folder);
            var builder = WebApplication.CreateSlimBuilder(arguments);
            builder.Logging.ClearProviders();
            await using var app = Service.Build(
                builder, answers.Serve(0), options =>
                {
                    options.ReloadInterval = TimeSpan.FromMilliseconds(200);
                    // Each file has its own reference, and is in use for a second.
                    options.DriftWindow = 300;
                });
            await app.StartAsync();
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            Console.WriteLine(
                $"{clients} clients, {pause} ms between questions, {(int)duration.TotalSeconds} s, {Device.Cpu()}; {client.BaseAddress} shows it");
            return await RunAsync(answers, client, duration, clients, pause) && await ShowsAsync(client) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> RunAsync(Answers answers, HttpClient client, TimeSpan duration, int clients, int pause)
    {
        long asked = 0, wrong = 0;
        var begin = Stopwatch.GetTimestamp();
        var asking = Enumerable.Range(0, clients).Select(async number =>
        {
            // Each begins elsewhere, so that what is asked at any time is like the training.
            for (var image = number * answers.Count / clients; Stopwatch.GetElapsedTime(begin) < duration; image = (image + 1) % answers.Count)
            {
                if (await answers.AskAsync(client, image) is null)
                    Interlocked.Increment(ref wrong);
                Interlocked.Increment(ref asked);
                await Task.Delay(pause);
            }
        }).ToArray();

        Console.WriteLine("| minute | requests | wrong answers | working set, MB | managed heap, MB | threads |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var memory = new List<double>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (int reload = 1, minute = 1; Stopwatch.GetElapsedTime(begin) < duration && await timer.WaitForNextTickAsync(); reload++)
        {
            answers.Serve(reload);
            using var process = Process.GetCurrentProcess();
            memory.Add(process.WorkingSet64 / 1e6);
            // Ticks may get lost on a busy machine.
            if (Stopwatch.GetElapsedTime(begin).TotalMinutes >= minute)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {minute++} | {Volatile.Read(ref asked):N0} | {Volatile.Read(ref wrong)} | {memory[^1]:F0} | ")
                    + string.Create(CultureInfo.InvariantCulture, $"{GC.GetTotalMemory(false) / 1e6:F1} | {process.Threads.Count} |"));
            }
        }
        await Task.WhenAll(asking);

        // In the first minutes the program still gets its code, threads and buffers.
        if (duration < TimeSpan.FromMinutes(3))
            return wrong == 0;
        var third = memory.Count / 3;
        var (before, after) = (memory.Skip(third).Take(third).Average(), memory.Skip(2 * third).Average());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Working set: {before:F1} MB in the second third, {after:F1} MB in the last."));
        return wrong == 0 && after <= Growth * before;
    }

    /// <summary>Whether the page, its metrics and the health are there.</summary>
    private static async Task<bool> ShowsAsync(HttpClient client)
    {
        var (page, metrics) = (await client.GetStringAsync("/"), await client.GetStringAsync("/metrics"));
        var health = await client.GetStringAsync("/health");
        Console.WriteLine(health);
        string[] expected = ["netgen_request_duration_seconds_count", "netgen_weights_reloads_total", "netgen_batch_size_sum"];
        var missing = expected.Where(name => !metrics.Contains(name, StringComparison.Ordinal)).ToArray();
        if (missing.Length > 0)
            Console.WriteLine($"/metrics has no {string.Join(", no ", missing)}.");
        return missing.Length == 0 && page.Contains("/metrics", StringComparison.Ordinal)
            && (health.StartsWith("Healthy", StringComparison.Ordinal) || health.StartsWith("Degraded", StringComparison.Ordinal));
    }

    private static int Number(string[] arguments, string name, int otherwise) =>
        Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length
            ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture)
            : otherwise;
}
