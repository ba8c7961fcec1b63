using System.Globalization;
using NetGen;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(string Command, string? Drawing, string Weights, int Epochs, int Threads, bool Json)
{
    public const string Usage = """
        NativeTrainer train [--epochs N] [--threads N] [--weights FILE] [--json]
        NativeTrainer predict DRAWING [--threads N] [--weights FILE] [--json]
        """;

    /// <exception cref="FormatException">The arguments are none of <see cref="Usage"/>.</exception>
    public static Options Parse(string[] args)
    {
        int threads;
        try
        {
            threads = NetGenOptions.Threads;
        }
        catch (InvalidOperationException e)
        {
            // NETGEN_THREADS is no number of threads.
            throw new FormatException(e.Message, e);
        }

        var options = new Options(args is [var first, ..] ? first : "train", null, "digits.safetensors", Epochs: 3, threads, Json: false);
        int at = 1;
        while (at < args.Length)
        {
            string name = args[at++];
            options = name switch
            {
                "--json" => options with { Json = true },
                "--weights" => options with { Weights = Value(name) },
                "--epochs" => options with { Epochs = Number(name) },
                "--threads" => options with { Threads = Number(name) },
                _ when name.StartsWith('-') || options.Drawing is not null => throw new FormatException($"What is '{name}'?"),
                _ => options with { Drawing = name },
            };
        }

        bool understood = options.Command switch { "train" => options.Drawing is null, "predict" => options.Drawing is not null, _ => false };
        return understood ? options : throw new FormatException($"'{string.Join(' ', args)}' is not a command.");

        string Value(string name) => at < args.Length ? args[at++] : throw new FormatException($"{name} needs a value.");
        int Number(string name) => int.TryParse(Value(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= 1000
            ? number
            : throw new FormatException($"{name} needs a number from 1 to 1000.");
    }
}
