using System.CommandLine;
using NetGen.Data;

/// <summary>The command line of a sample that trains on handwritten digits and draws a picture.</summary>
internal static class DrawingSample
{
    /// <summary>Parses, loads the digits and runs; what went wrong is one line on the error stream and exit code 2.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="name">Of the sample: the picture is called so, too.</param>
    /// <param name="description">What it does.</param>
    /// <param name="epochs">How many passes over the images where the command line does not say.</param>
    /// <param name="program">Gets the digits, the passes and the path of the picture.</param>
    public static int Run(string[] args, string name, string description, int epochs, Action<Mnist, int, string> program)
    {
        Option<string?> data = new("--data")
        {
            Description = "Folder with the MNIST files (default: NETGEN_DATA, a download, or the built-in subset).",
        };
        Option<bool> offline = new("--offline") { Description = "Download nothing." };
        Option<int> passes = new("--epochs") { Description = "Passes over the training images.", DefaultValueFactory = _ => epochs };
        passes.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var number) && number is < 0 or > 1000)
                result.AddError($"--epochs: {token.Value} is not from 0 to 1000.");
        });
        Option<string> picture = new("--picture") { Description = "Where the picture goes.", DefaultValueFactory = _ => $"{name}.png" };
        var parsed = new RootCommand(description) { data, offline, passes, picture }.Parse(args);
        if (parsed.Errors is [var first, ..])
            return Fail(first.Message);
        // The help, or the version.
        if (parsed.Action is not null)
            return parsed.Invoke();
        var path = parsed.GetRequiredValue(picture);
        // Now, not after minutes of training.
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))) || Directory.Exists(path))
            return Fail($"--picture: {path} is no file in a folder that is there.");
        try
        {
            var options = new MnistOptions { Directory = parsed.GetValue(data), Download = !parsed.GetValue(offline), Notice = Console.WriteLine };
            var mnist = Mnist.Load(options);
            Console.WriteLine(mnist.Source);
            program(mnist, parsed.GetValue(passes), path);
            return 0;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return Fail(e.Message);
        }

        int Fail(string message)
        {
            Console.Error.WriteLine($"{name}: {message.ReplaceLineEndings(" ")}");
            return 2;
        }
    }
}
