using System.Globalization;
using NetGen;
using NetGen.Terminal;
using NetGen.Text;

// Nine tenths of the lines to learn from, the rest to be tested with.
var lines = new Lines(Path.Combine(AppContext.BaseDirectory, "names.txt"));
using var network = new Writer(seed: 1);

network.Fit(
    lines.Train,
    new FitOptions { Epochs = 20, BatchSize = 32, Schedule = Schedule.Cosine(0.05), Progress = ConsoleProgress.Create() },
    new AdamW(3e-3f, weightDecay: 0.1f));
var test = network.Evaluate(lines.Test);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"test loss {test.Loss:F3} nats per character, accuracy of the next one {test.Accuracy:F3}"));

network.Save("writer.safetensors");
Console.WriteLine("saved: writer.safetensors");

// In use: ten new lines, or those that begin as the program's argument says.
var beginning = "\n" + string.Concat(args);
var sampler = new Sampler(Lines.Symbols, new SamplerOptions { Temperature = 0.8f, Seed = 1 });
var options = new GenerationOptions { MaximumTokens = Lines.Longest - beginning.Length, StopTokens = [Lines.End] };
for (var i = 0; i < 10; i++)
{
    using var session = new NetworkSession(network.Start());
    var line = (beginning + string.Concat(session.GenerateText(Lines.Characters, beginning, sampler, options))).TrimStart('\n');
    Console.WriteLine(lines.All.Contains(line) ? $"{line} (one of those that it knows)" : line);
}
