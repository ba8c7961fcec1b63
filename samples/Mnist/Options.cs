using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using NetGen;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    public required string Model { get; init; }
    public string? Data { get; init; }
    public bool Offline { get; init; }
    public int Epochs { get; init; }
    public int Batch { get; init; }
    public ulong Seed { get; init; }
    public required string Device { get; init; }
    public int Threads { get; init; }
    public string? Load { get; init; }
    public required string Save { get; init; }
    public required string Picture { get; init; }
    public bool Json { get; init; }

    /// <summary>Parses, runs, and turns what went wrong into one line on stderr and exit code 2.</summary>
    public static int Run(string[] args, Action<Options, Device> program)
    {
        int cores;
        try
        {
            cores = NetGenOptions.Threads;
        }
        catch (InvalidOperationException e)
        {
            // NETGEN_THREADS is no number of threads.
            return Fail(e.Message);
        }

        Option<string> model = Text("--model", "cnn|mlp", "The network.", "cnn", "mlp");
        Option<string> data = Text("--data", "DIR", "Folder with the MNIST files (default: NETGEN_DATA, a download, or the built-in subset).");
        Option<bool> offline = new("--offline") { Description = "Download nothing." };
        Option<int> epochs = Number("--epochs", 5, 0, 1000, "Passes over the training images; 0 only evaluates a file from --load.");
        Option<int> batch = Number("--batch", 32, 1, 10_000, "Images per training step.");
        Option<ulong> seed = Number("--seed", 0UL, 0UL, ulong.MaxValue, "Decides the first weights and the order of the images.");
        Option<string> device = new("--device")
        {
            Description = "Where to compute: the processor, an NVIDIA GPU (cuda:1 is the second one), or the best there is.",
            HelpName = "cpu|cuda|best",
            DefaultValueFactory = _ => "cpu",
        };
        device.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !Devices.IsName(token.Value))
                result.AddError($"--device: '{token.Value}' is not cpu, cuda, cuda:N or best.");
        });
        Option<int> threads = Number("--threads", cores, 1, 1024, "Threads to compute with on the processor; the result does not depend on it.");
        Option<string> load = Text("--load", "FILE", "Start from these weights (safetensors).");
        Option<string> save = Text("--save", "FILE", "Where the weights go (default: mnist-cnn.safetensors or mnist-mlp.safetensors).");
        Option<string> picture = Text("--picture", "FILE", "Where a picture of 25 predictions goes, as SVG (default: beside the weights).");
        Option<bool> json = new("--json") { Description = "Print the result as JSON in the last line." };
        model.DefaultValueFactory = _ => "cnn";

        var command = new RootCommand("Trains a network on handwritten digits.") { model, data, offline, epochs, batch, seed, device, threads, load, save, picture, json };
        command.SetAction(result => Guard(program, new Options
        {
            Model = result.GetRequiredValue(model),
            Data = result.GetValue(data),
            Offline = result.GetValue(offline),
            Epochs = result.GetValue(epochs),
            Batch = result.GetValue(batch),
            Seed = result.GetValue(seed),
            Device = result.GetRequiredValue(device),
            Threads = result.GetValue(threads),
            Load = result.GetValue(load),
            Save = result.GetValue(save) ?? $"mnist-{result.GetRequiredValue(model)}.safetensors",
            Picture = result.GetValue(picture) ?? Path.ChangeExtension(result.GetValue(save) ?? $"mnist-{result.GetRequiredValue(model)}", "svg"),
            Json = result.GetValue(json),
        }));

        ParseResult parsed = command.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        return parsed.Errors is [var first, ..] ? Fail(first.Message) : parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static int Guard(Action<Options, Device> program, Options options)
    {
        // Now, not after minutes of training.
        string folder = Path.GetDirectoryName(Path.GetFullPath(options.Save)) ?? options.Save;
        if (!Directory.Exists(folder))
            return Fail($"--save: there is no folder {folder}.");
        if (Directory.Exists(options.Save))
            return Fail($"--save: {options.Save} is a folder; expected the name of a file.");
        if (options.Epochs == 0 && options.Load is null)
            return Fail("--epochs: 0 needs --load FILE; without training there is nothing to evaluate.");

        Device device;
        try
        {
            device = Devices.Open(options.Device, options.Threads);
        }
        catch (InvalidOperationException e)
        {
            return Fail($"--device: {e.Message}");
        }

        try
        {
            program(options, device);
            return 0;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return Fail(e.Message);
        }
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine($"mnist: {message.ReplaceLineEndings(" ")}");
        return 2;
    }

    private static Option<string> Text(string name, string value, string description, params string[] choices) => new(name)
    {
        Description = description,
        HelpName = value,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (choices.Length == 0 ? text.Length > 0 : choices.Contains(text))
                return text;
            result.AddError(choices.Length == 0 ? $"{name}: {value} is empty." : $"{name}: '{text}' is not {string.Join(" or ", choices)}.");
            return null;
        },
    };

    private static Option<T> Number<T>(string name, T value, T least, T most, string description)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => value,
            CustomParser = result => Parse(result, name, least, most),
        };

    private static T Parse<T>(ArgumentResult result, string name, T least, T most)
        where T : struct, INumber<T>
    {
        string text = result.Tokens[0].Value;
        if (T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T number) && number >= least && number <= most)
            return number;
        result.AddError($"{name}: '{text}' is not a whole number from {least} to {most}.");
        return default;
    }
}
