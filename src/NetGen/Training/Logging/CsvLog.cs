using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>
/// Writes a line for each epoch to a file with commas (RFC 4180): <c>epoch,loss,accuracy,val_loss,val_accuracy,learning_rate,seconds</c>.
/// </summary>
/// <remarks>
/// What an objective does not have, has no column; metrics of the caller's have theirs. A number that is not known (the rate of an epoch
/// before a checkpoint) is an empty cell.
/// An existing file is replaced; a training that goes on from a checkpoint writes the epochs before it again.
/// </remarks>
/// <param name="path">The file.</param>
/// <example>
/// <code>
/// network.Fit(train, new FitOptions { Epochs = 20, Callbacks = [new CsvLog("run.csv")] }, new Adam(1e-3f));
/// </code>
/// </example>
public sealed class CsvLog(string path) : EpochLog(path)
{
    private bool hasHeader;

    private protected override void Begin(Stream stream, FitContext fit)
    {
        hasHeader = false;
        base.Begin(stream, fit);
    }

    private protected override void Write(Stream stream, EpochResult result, FitContext? fit)
    {
        (string Name, double Value)[] numbers = [.. EpochNumbers.Of(result, fit)];
        StringBuilder text = new();
        if (!hasHeader)
            text.Append("epoch,").AppendJoin(',', numbers.Select(number => Quoted(number.Name))).Append('\n');
        hasHeader = true;
        text.Append(CultureInfo.InvariantCulture, $"{result.Epoch},").AppendJoin(',', numbers.Select(number => Text(number.Value)))
            .Append('\n');
        stream.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string Text(double value) => double.IsNaN(value) ? "" : value.ToString("G9", CultureInfo.InvariantCulture);

    private static string Quoted(string name) =>
        name.AsSpan().IndexOfAny(",\"\r\n") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
