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
        var passes = SampleCommand.Number("--epochs", "Passes over the training images.", epochs, 0, 1000);
        Option<string> picture = new("--picture") { Description = "Where the picture goes.", DefaultValueFactory = _ => $"{name}.png" };
        return SampleCommand.Run(args, name, description, [data, offline, passes, picture], said =>
        {
            var path = said.GetRequiredValue(picture);
            // Now, not after minutes of training.
            if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))) || Directory.Exists(path))
                throw new IOException($"--picture: {path} is no file in a folder that is there.");
            var (folder, download) = (said.GetValue(data), !said.GetValue(offline));
            var mnist = Mnist.Load(new MnistOptions { Directory = folder, Download = download, Notice = Console.WriteLine });
            Console.WriteLine(mnist.Source);
            program(mnist, said.GetValue(passes), path);
        });
    }
}
