using System.CommandLine;
using System.Globalization;

namespace Comparison;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    public bool Quick { get; init; }
    public string? Only { get; init; }
    public int Threads { get; init; }
    public string? Output { get; init; }
    /// <summary>libtorch as it comes: nothing is done for it that its users need to know of.</summary>
    public bool Untuned { get; init; }
    /// <summary>Both sides use registers of 256 bits.</summary>
    public bool Held { get; init; }

    public required IReadOnlyList<string> Peers { get; init; }

    /// <summary>All workloads and peers, so that the results may be kept.</summary>
    private bool IsWhole => Only is null && Peers.Count == (Untuned ? 1 : Peer.Here.Count);

    /// <summary>Whether a workload is asked for: by its name, or by what that has before a slash.</summary>
    public bool IsWanted(string workload) => Only is null || $"{workload}/".StartsWith($"{Only.TrimEnd('/')}/", StringComparison.Ordinal);

    /// <summary>Where the results go, or null: nowhere.</summary>
    public string? Folder(Machine machine)
    {
        if (Output is not null || !IsWhole)
        {
            return Output;
        }
        var repository = new DirectoryInfo(AppContext.BaseDirectory);
        while (repository is not null && !File.Exists(Path.Combine(repository.FullName, "NetGen.sln")))
        {
            repository = repository.Parent;
        }
        return Path.Combine(repository?.FullName ?? ".", "benchmarks", "results", machine.Folder);
    }

    /// <summary>Parses and runs; gives the exit code. What is wrong with the arguments is one line on the error stream and 2.</summary>
    public static int Run(string[] args, Func<Options, int> program)
    {
        Option<bool> quick = new("--quick") { Description = "A table within a minute: rough numbers, fewer batches of ONNX Runtime." };
        Option<string> only = new("--only") { HelpName = "NAME", Description = "Workloads of a network, of a batch, or one: cnn, cnn/32, cnn/32/step." };
        Option<int> threads = new("--threads")
        {
            HelpName = "N",
            Description = "Threads of each side (default: all cores).",
            DefaultValueFactory = _ => Environment.ProcessorCount,
            CustomParser = result =>
            {
                if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= Environment.ProcessorCount)
                {
                    return number;
                }
                result.AddError($"--threads: '{result.Tokens[0].Value}' is not a whole number from 1 to {Environment.ProcessorCount}.");
                return 0;
            },
        };
        Option<string> output = new("--output")
        {
            HelpName = "DIR",
            Description = "Where the JSON and Markdown go (default: benchmarks/results/<processor>; nowhere with --only or --peers).",
        };
        Option<bool> untuned = new("--untuned") { Description = "libtorch alone, as it comes: with the C library's allocator as that is." };
        Option<string[]> peers = new("--peers")
        {
            HelpName = "NAME",
            Description = "Who NetGen is compared with (default: all that are installed); none: its times alone.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [.. Peer.Here],
        };
        peers.AcceptOnlyFromAmong([.. Peer.All.Keys, "none"]);
        Option<string> bits = new("--bits") { HelpName = "256", Description = "Hold both sides to registers of this width." };
        bits.AcceptOnlyFromAmong("256");

        var command = new RootCommand("Compares NetGen with libtorch, ONNX Runtime, OpenBLAS and BLIS.") { quick, only, threads, output, peers, untuned, bits };
        command.SetAction(result => program(new Options
        {
            Quick = result.GetValue(quick),
            Only = result.GetValue(only),
            Threads = result.GetValue(threads),
            Output = result.GetValue(output),
            Untuned = result.GetValue(untuned),
            Held = result.GetValue(bits) is not null,
            Peers = [.. Peer.All.Keys.Intersect(result.GetRequiredValue(peers)).Where(name => name == TorchPeer.Libtorch || !result.GetValue(untuned))],
        }));
        command.Subcommands.Add(Adult(threads));
        var parsed = command.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        return parsed.Errors is [var first, ..] ? Fail(first.Message) : parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    /// <summary>Ten epochs over a table.</summary>
    private static Command Adult(Option<int> threads)
    {
        Argument<FileInfo> file = new("FILE") { Description = "UCI's adult.data." };
        file.AcceptExistingOnly();
        Option<int> epochs = Count("--epochs", "Epochs of a turn.", 10), batch = Count("--batch", "Rows of a step.", 32), turns = Count("--turns", "Turns of each side.", 5);
        Option<int> own = new("--threads") { HelpName = "N", Description = threads.Description, DefaultValueFactory = threads.DefaultValueFactory, CustomParser = threads.CustomParser };
        var command = new Command("adult", "Ten epochs over UCI's Adult by Fit, and by a loop of TorchSharp.") { file, epochs, batch, turns, own };
        command.SetAction(said => AdultEpochs.Run(
            said.GetRequiredValue(file).FullName, said.GetValue(epochs), said.GetValue(batch), said.GetValue(turns), said.GetValue(own)));
        return command;

        static Option<int> Count(string name, string description, int usual)
        {
            Option<int> option = new(name) { HelpName = "N", Description = description, DefaultValueFactory = _ => usual };
            option.Validators.Add(result =>
            {
                if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() < 1)
                {
                    result.AddError($"{name}: {result.Tokens[0].Value} is below 1.");
                }
            });
            return option;
        }
    }

    public static int Fail(string message)
    {
        Console.Error.WriteLine($"compare: {message.ReplaceLineEndings(" ")}");
        return 2;
    }
}
