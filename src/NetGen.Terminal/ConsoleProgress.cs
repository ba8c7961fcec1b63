using System.Globalization;
using System.Text;
using Spectre.Console;

namespace NetGen.Terminal;

/// <summary>Shows a training in the terminal: one line per epoch, with a bar while it runs.</summary>
/// <remarks>
/// <code>net.Fit(train, new FitOptions { Epochs = 5, Progress = ConsoleProgress.Create() });</code>
/// Where nobody watches (the output goes to a file, a pipe or a build server), it writes one plain line when an epoch is over.
/// Numbers look the same in every culture.
/// </remarks>
public sealed class ConsoleProgress : IProgress<FitProgress>
{
    private const int LongestBar = 40;
    private const int ShortestBar = 8;

    private readonly IAnsiConsole console;
    private readonly bool live;
    private readonly Lock drawing = new();
    private bool lineIsOpen;

    private ConsoleProgress(IAnsiConsole console, bool live)
    {
        this.console = console;
        this.live = live;
    }

    /// <summary>Shows progress on a console.</summary>
    /// <param name="console">The console; null: the program's own.</param>
    /// <returns>What <see cref="FitOptions.Progress"/> wants; it serves any number of trainings, one after the other.</returns>
    public static IProgress<FitProgress> Create(IAnsiConsole? console = null)
    {
        console ??= AnsiConsole.Console;
        Profile profile = console.Profile;
        return new ConsoleProgress(console, profile.Out.IsTerminal && profile.Capabilities.Interactive && profile.Capabilities.Ansi);
    }

    /// <inheritdoc/>
    public void Report(FitProgress value)
    {
        lock (drawing)
        {
            if (value.Phase == FitPhase.End)
                End(value);
            else if (live)
                Draw(value);
            else if (value.Phase == FitPhase.EpochEnd)
                console.Profile.Out.Writer.WriteLine(Plain(value));
        }
    }

    private void Draw(FitProgress value)
    {
        bool done = value.Phase == FitPhase.EpochEnd;
        string before = string.Create(CultureInfo.InvariantCulture, $"Epoch {value.Epoch.ToString(CultureInfo.InvariantCulture).PadLeft(Digits(value.Epochs))}/{value.Epochs} ");
        string after = string.Create(CultureInfo.InvariantCulture,
            $" {value.Batch.ToString(CultureInfo.InvariantCulture).PadLeft(Digits(value.Batches))}/{value.Batches}  {Numbers(value)}{(value.Phase == FitPhase.Validation ? "  validating" : "")}  {Time(value.Elapsed)}");

        // The last column stays free: some terminals wrap as soon as it is written.
        int width = Math.Max(1, console.Profile.Width - 1);
        int bar = Math.Min(LongestBar, width - before.Length - after.Length);
        Paragraph line = new();
        if (bar >= ShortestBar)
        {
            int full = value.Batches == 0 ? 0 : (int)((long)bar * value.Batch / value.Batches);
            char stroke = console.Profile.Capabilities.Unicode ? '━' : '-';
            line.Append(before);
            line.Append(new string(stroke, full), new Style(value.Phase == FitPhase.Validation ? Color.Blue : done ? Color.Green : Color.Yellow));
            line.Append(new string(stroke, bar - full), new Style(Color.Grey));
            line.Append(after);
        }
        else
        {
            // Too narrow for a bar: the numbers matter more, and one line must stay one line.
            string text = before.TrimEnd() + after;
            line.Append(text[..Math.Min(text.Length, width)]);
        }

        // Carriage return and "erase the line" (ECMA-48 EL 2).
        console.Write(new ControlCode("\r\u001b[2K"));
        console.Write(line);
        lineIsOpen = true;
        if (done)
            CloseLine();
    }

    private void End(FitProgress value)
    {
        CloseLine();
        string? why = value.Stopped switch
        {
            StopReason.EarlyStopping => "Stopped early: no more improvement.",
            StopReason.Canceled => "Canceled.",
            StopReason.LossNotFinite => "Stopped: the loss is not a finite number.",
            StopReason.WeightsNotFinite => "Stopped: a weight is not a finite number.",
            _ => null,
        };
        if (why is not null)
            console.Profile.Out.Writer.WriteLine(why);
        if (value.Advice is not null)
            console.Profile.Out.Writer.WriteLine(value.Advice);
    }

    private void CloseLine()
    {
        if (lineIsOpen)
            console.WriteLine();
        lineIsOpen = false;
    }

    private static string Plain(in FitProgress value) => string.Create(CultureInfo.InvariantCulture,
        $"Epoch {value.Epoch}/{value.Epochs}  {Numbers(value)}  {Time(value.Elapsed)}");

    private static string Numbers(in FitProgress value)
    {
        StringBuilder text = new();
        // Before the first batch there is no loss yet.
        text.Append(value.Batch == 0 ? "loss -" : string.Create(CultureInfo.InvariantCulture, $"loss {value.Loss:G4}"));
        foreach ((string name, double loss) in value.Batch == 0 ? MetricValues.None : value.Losses)
            text.Append(CultureInfo.InvariantCulture, $"  {name} {loss:G4}");
        Append(text, value.Accuracies, "");
        if (value.ValidationLoss is { } validationLoss)
            text.Append(CultureInfo.InvariantCulture, $"  val_loss {validationLoss:G4}");
        foreach ((string name, double loss) in value.ValidationLosses)
            text.Append(CultureInfo.InvariantCulture, $"  val_{name} {loss:G4}");
        Append(text, value.ValidationAccuracies, "val_");
        foreach ((string name, double metric) in value.Metrics)
            text.Append(CultureInfo.InvariantCulture, $"  {name} {metric:G4}");
        return text.ToString();
    }

    private static void Append(StringBuilder text, Accuracies accuracies, string prefix)
    {
        foreach ((string name, float share) in accuracies)
            text.Append(CultureInfo.InvariantCulture, $"  {prefix}accuracy{(accuracies.Count == 1 ? "" : $" of {name}")} {share:F4}");
    }

    private static string Time(TimeSpan elapsed) => elapsed.TotalHours >= 1
        ? elapsed.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)
        : elapsed.TotalMinutes >= 1
            ? elapsed.ToString(@"m\:ss", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:F1} s");

    private static int Digits(int number) => number.ToString(CultureInfo.InvariantCulture).Length;
}
