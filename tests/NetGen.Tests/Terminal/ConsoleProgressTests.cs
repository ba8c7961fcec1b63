using System.Globalization;
using System.Text;
using NetGen.Terminal;
using NetGen.Tests.Training;
using Spectre.Console;
using Xunit;

namespace NetGen.Tests.Terminal;

public class ConsoleProgressTests
{
    private static readonly FitProgress Half = new() { Epoch = 2, Epochs = 10, Batch = 5, Batches = 10, Loss = 0.5f, Accuracies = new(("id", 0.25f)), Elapsed = TimeSpan.FromSeconds(1.5) };
    private static readonly FitProgress Done = Half with { Phase = FitPhase.EpochEnd, Batch = 10, ValidationLoss = 0.75f, ValidationAccuracies = new(("id", 0.125f)), Elapsed = TimeSpan.FromSeconds(62) };

    [Fact]
    public void Without_a_terminal_an_epoch_is_one_plain_line()
    {
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        StringWriter text = new() { NewLine = "\n" };
        IProgress<FitProgress> progress = ConsoleProgress.Create(Console(text, terminal: false, width: 20));
        progress.Report(Half);
        progress.Report(Half with { Phase = FitPhase.Validation });
        progress.Report(Done);
        progress.Report(Done with { Phase = FitPhase.End, Stopped = StopReason.Completed });
        Assert.Equal("Epoch 2/10  loss 0.5  accuracy 0.2500  val_loss 0.75  val_accuracy 0.1250  1:02\n", text.ToString());
    }

    [Fact]
    public void Several_objectives_are_named()
    {
        StringWriter text = new() { NewLine = "\n" };
        ConsoleProgress.Create(Console(text, terminal: false)).Report(Done with
        {
            Losses = new(("CriticLoss", 0.125), ("GeneratorLoss", 0.375)),
            ValidationLosses = new(("CriticLoss", 0.25), ("GeneratorLoss", 0.5)),
            Accuracies = Accuracies.None,
            ValidationAccuracies = Accuracies.None,
        });
        Assert.Equal(
            "Epoch 2/10  loss 0.5  CriticLoss 0.125  GeneratorLoss 0.375  val_loss 0.75  val_CriticLoss 0.25  val_GeneratorLoss 0.5  1:02\n", text.ToString());
    }

    [Theory]
    [InlineData(StopReason.Canceled, "Canceled.\n")]
    [InlineData(StopReason.EarlyStopping, "Stopped early: no more improvement.\n")]
    [InlineData(StopReason.LossNotFinite, "Stopped: the loss is not a finite number.\nTry this.\n", "Try this.")]
    [InlineData(StopReason.WeightsNotFinite, "Stopped: a weight is not a finite number.\nTry that.\n", "Try that.")]
    public void An_early_end_is_told(StopReason reason, string expected, string? advice = null)
    {
        StringWriter text = new() { NewLine = "\n" };
        ConsoleProgress.Create(Console(text, terminal: false)).Report(Half with { Phase = FitPhase.End, Stopped = reason, Advice = advice });
        Assert.Equal(expected, text.ToString());
    }

    [Fact]
    public void In_a_terminal_the_line_is_drawn_again_and_ends_with_the_epoch()
    {
        StringWriter text = new() { NewLine = "\n" };
        IProgress<FitProgress> progress = ConsoleProgress.Create(Console(text, terminal: true, width: 120));
        progress.Report(Half with { Batch = 0, Loss = float.NaN, Accuracies = Accuracies.None });
        string start = Visible(text);
        Assert.Equal($"Epoch  2/10 {new string('━', 40)}  0/10  loss -  1.5 s", start);
        progress.Report(Half);
        string half = Visible(text)[start.Length..];
        Assert.Equal($"Epoch  2/10 {new string('━', 40)}  5/10  loss 0.5  accuracy 0.2500  1.5 s", half);
        Assert.DoesNotContain('\n', text.ToString());

        progress.Report(Done);
        Assert.Matches(@"^Epoch  2/10 ━+ 10/10  loss 0\.5  accuracy 0\.2500  val_loss 0\.75  val_accuracy 0\.1250  1:02\n$", Visible(text)[(start + half).Length..]);
        Assert.Equal(3, text.ToString().Split("\r\u001b[2K").Length - 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(30)]
    [InlineData(60)]
    [InlineData(80)]
    public void A_line_never_wraps(int width)
    {
        foreach (FitProgress report in (FitProgress[])[Half, Half with { Phase = FitPhase.Validation }, Half with { Batch = 0, Loss = float.NaN, Accuracies = Accuracies.None }])
        {
            StringWriter text = new() { NewLine = "\n" };
            ConsoleProgress.Create(Console(text, terminal: true, width)).Report(report);
            Assert.DoesNotContain('\n', text.ToString());
            Assert.InRange(Visible(text).Length, 0, width);
        }
    }

    [Fact]
    public void A_canceled_epoch_closes_its_line()
    {
        StringWriter text = new() { NewLine = "\n" };
        IProgress<FitProgress> progress = ConsoleProgress.Create(Console(text, terminal: true, width: 100));
        progress.Report(Half);
        progress.Report(Half with { Phase = FitPhase.End, Stopped = StopReason.Canceled });
        Assert.EndsWith("1.5 s\nCanceled.\n", Visible(text), StringComparison.Ordinal);
    }

    [Fact]
    public void It_follows_a_training()
    {
        StringWriter text = new() { NewLine = "\n" };
        new LinearModel().Fit(LinearModel.Data(50), new FitOptions { Epochs = 3, ValidationFraction = 0.2f, Progress = ConsoleProgress.Create(Console(text, terminal: false)) });
        string[] lines = text.ToString().Split('\n');
        Assert.Equal(4, lines.Length);
        Assert.All(lines[..3], (line, i) => Assert.Matches($@"^Epoch {i + 1}/3  loss [\d.]+  val_loss [\d.]+  [\d.]+ s$", line));
    }

    private static IAnsiConsole Console(TextWriter writer, bool terminal, int width = 80)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new Output(writer, terminal, width),
            Ansi = AnsiSupport.Yes,
            Interactive = InteractionSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    /// <summary>The text without colors and control codes.</summary>
    private static string Visible(StringWriter text)
    {
        StringBuilder visible = new();
        string all = text.ToString();
        for (int i = 0; i < all.Length; i++)
        {
            if (all[i] == '\u001b')
            {
                while (!char.IsLetter(all[i]))
                    i++;
            }
            else if (all[i] != '\r')
            {
                visible.Append(all[i]);
            }
        }

        return visible.ToString();
    }

    private sealed class Output(TextWriter writer, bool terminal, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => terminal;

        public int Width => width;

        public int Height => 25;

        public void SetEncoding(Encoding encoding)
        {
        }
    }
}
