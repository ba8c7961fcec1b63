using System.CommandLine;
using System.Globalization;
using NetGen;

const int batch = 12;
var steps = SampleCommand.Number("--steps", "Steps of training.", 2000, 0, 1_000_000);
var length = SampleCommand.Number("--length", "Characters to write.", 400, 0, 100_000);
Option<string?> file = new("--text") { Description = "The text to learn from (default: NETGEN_DATA/text/tinyshakespeare.txt, or the pages of docs/)." };
return SampleCommand.Run(args, "gpt", "Learns to write as a text is written, character by character.", [file, steps, length], said =>
    Run(Text.Load(said.GetValue(file)), said.GetValue(steps), said.GetValue(length)));

static void Run(Text text, int steps, int length)
{
    Console.WriteLine(text.Source);
    using var gpt = new CharGpt();
    Console.WriteLine(CharGpt.Summary());
    var (random, input, next) = (new Random(1), new int[batch * CharGpt.Context], new int[batch * CharGpt.Context]);
    // nanoGPT's: a hundred steps of warm-up to 1e-3, then a cosine down to 1e-4; gradients of length one at most.
    var schedule = Schedule.Cosine(0.1).WithWarmUp(Math.Min(100, Math.Max(1, steps / 2)));
    for (var step = 1; step <= steps; step++)
    {
        Text.Draw(text.Training, random, input, next);
        var rate = (float)(1e-3 * schedule.Factor(step, steps, 1));
        var loss = gpt.Step(input, next, new AdamW(rate, beta2: 0.99f, weightDecay: 0.1f).StoreGradients() with { ClipNorm = 1f });
        if (step % 250 == 0 || step == steps)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step {step}: loss {loss:F3}, of text never seen {Validate(gpt, text):F3}"));
    }
    Console.WriteLine();
    Write(gpt, length);
    Console.WriteLine();
    Console.WriteLine("To expect: a loss of at most 1.88 on the rest of tinyshakespeare after 2,000 steps.");
}

static float Validate(CharGpt gpt, Text text)
{
    var (random, input, next) = (new Random(2), new int[64 * CharGpt.Context], new int[64 * CharGpt.Context]);
    var sum = 0f;
    for (var i = 0; i < 4; i++)
    {
        Text.Draw(text.Validation, random, input, next);
        sum += gpt.Loss(input, next);
    }
    return sum / 4;
}

// A character at a time, each drawn by its probability behind the last 64.
static void Write(CharGpt gpt, int length)
{
    var (random, written) = (new Random(3), new List<int> { Text.Number('\n') });
    var (window, logits) = (new int[CharGpt.Context], new float[CharGpt.Context * Text.Symbols]);
    for (var i = 0; i < length; i++)
    {
        var known = Math.Min(written.Count, CharGpt.Context);
        // What stands behind a character does not change what is said of it.
        Array.Clear(window);
        written.GetRange(written.Count - known, known).CopyTo(window);
        gpt.Predict(window, logits);
        var last = logits.AsSpan((known - 1) * Text.Symbols, Text.Symbols);
        var most = last[0];
        foreach (var logit in last)
            most = Math.Max(most, logit);
        var total = 0.0;
        foreach (var logit in last)
            total += Math.Exp(logit - most);
        var (draw, symbol) = (random.NextDouble() * total, 0);
        while (symbol < Text.Symbols - 1 && (draw -= Math.Exp(last[symbol] - most)) > 0)
            symbol++;
        written.Add(symbol);
        Console.Write(Text.Character(symbol));
    }
}
