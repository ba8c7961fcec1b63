namespace NetGen.Generator.Emission.Api;

/// <summary>What Save and Load can throw: as the library's methods that they call say it.</summary>
internal sealed partial class ApiEmitter
{
    private static readonly (string Type, string When)[] SaveExceptions =
    [
        ("global::System.ArgumentException", "The path is empty or no path."),
        ("global::System.IO.DirectoryNotFoundException", "There is no such folder."),
        ("global::System.IO.IOException", "The file cannot be written; an old one is untouched."),
        ("global::System.UnauthorizedAccessException", "The path is a folder, the file is read-only, or the process may not write there."),
        ("global::System.OutOfMemoryException", "There is no memory for a copy of the weights."),
        ("global::System.ObjectDisposedException", "The network has been disposed."),
        ("global::System.Threading.ThreadInterruptedException", "The thread was interrupted while it waited for a training step."),
    ];

    private static readonly (string Type, string When)[] LoadExceptions =
    [
        ("global::System.ArgumentException", "The path is empty or no path."),
        ("global::System.IO.FileNotFoundException", "There is no such file."),
        ("global::System.IO.DirectoryNotFoundException", "There is no such folder."),
        ("global::System.IO.IOException", "The file cannot be read."),
        ("global::System.UnauthorizedAccessException", "The file may not be read, or is a folder."),
        ("global::System.IO.InvalidDataException", "The file is damaged, does not fit the network, or has a weight that is not finite; the message names the parameter."),
        ("global::System.OutOfMemoryException", "There is no memory for the weights a second time."),
        ("global::System.ObjectDisposedException", "The network has been disposed."),
        ("global::System.Threading.ThreadInterruptedException", "The thread was interrupted while it waited for a training step."),
    ];

    private void Exceptions(IEnumerable<(string Type, string When)> exceptions)
    {
        foreach (var (type, when) in exceptions)
            writer.Line($"/// <exception cref=\"{type}\">{when}</exception>");
    }
}
