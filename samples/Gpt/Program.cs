using System.CommandLine;
using System.Globalization;
using NetGen;
using NetGen.Text;

const int batch = 12;
var steps = SampleCommand.Number("--steps", "Steps of training.", 2000, 0, 1_000_000);
var length = SampleCommand.Number("--length", "Characters to write.", 400, 0, 100_000);
Option<string?> file = new("--text") { Description = "The text to learn from (default: NETGEN_DATA/text/tinyshakespeare.txt, or the pages of docs/)." };
return SampleCommand.Run(args, "gpt", "Learns to write as a text is written, character by character.", [file, steps, length], said =>
    Run(Corpus.Load(said.GetValue(file)), said.GetValue(steps), said.GetValue(length)));

static void Run(Corpus corpus, int steps, int length)
{
    Console.WriteLine(corpus.Source);
    using var gpt = new CharGpt();
    Console.WriteLine(CharGpt.Summary());
    var (random, input, next) = (new Random(1), new int[batch * CharGpt.Context], new int[batch * CharGpt.Context]);
    TokenWindows training = new(corpus.Training, CharGpt.Context), validation = new(corpus.Validation, CharGpt.Context);
    // nanoGPT's: a hundred steps of warm-up to 1e-3, then a cosine down to 1e-4; gradients of length one at most.
    var schedule = Schedule.Cosine(0.1).WithWarmUp(Math.Min(100, Math.Max(1, steps / 2)));
    for (var step = 1; step <= steps; step++)
    {
        training.Draw(random, input, next);
        var rate = (float)(1e-3 * schedule.Factor(step, steps, 1));
        var loss = gpt.Step(input, next, new AdamW(rate, beta2: 0.99f, weightDecay: 0.1f).StoreGradients() with { ClipNorm = 1f });
        if (step % 250 == 0 || step == steps)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step {step}: loss {loss:F3}, of text never seen {Validate(gpt, validation):F3}"));
    }
    Console.WriteLine();
    Write(gpt, length);
    Console.WriteLine();
    Console.WriteLine("To expect: a loss of at most 1.88 on the rest of tinyshakespeare after 2,000 steps.");
}

static float Validate(CharGpt gpt, TokenWindows windows)
{
    var (random, input, next) = (new Random(2), new int[64 * CharGpt.Context], new int[64 * CharGpt.Context]);
    var sum = 0f;
    for (var i = 0; i < 4; i++)
    {
        windows.Draw(random, input, next);
        sum += gpt.Loss(input, next);
    }
    return sum / 4;
}

// A character at a time, each drawn by its probability behind the last 64.
static void Write(CharGpt gpt, int length)
{
    using var session = new WindowSession(CharGpt.Context, Corpus.Characters.VocabularySize, gpt.Predict);
    Sampler sampler = new(Corpus.Characters.VocabularySize, new() { Seed = 3 });
    foreach (var text in session.GenerateText(Corpus.Characters, "\n", sampler, new() { MaximumTokens = length }))
        Console.Write(text);
}
