using NetGen;

var epochs = SampleCommand.Number("--epochs", "Passes over the dates.", 6, 1, 1000);
var pairs = SampleCommand.Number("--pairs", "Dates to learn from.", 20_000, 100, 10_000_000);
var seed = SampleCommand.Number("--seed", "Decides the dates, the first weights and the order.", 1, 0, int.MaxValue);
return SampleCommand.Run(args, "dates", "Learns to write dates as ISO 8601 does.", [epochs, pairs, seed], said =>
{
    var data = WrittenDates.Pairs(said.GetValue(pairs), said.GetValue(seed));
    using var network = new DateTranslator(seed: (ulong)said.GetValue(seed));
    Console.WriteLine(DateTranslator.Summary());
    var options = new FitOptions { Epochs = said.GetValue(epochs), BatchSize = 64, Seed = 1, Schedule = Schedule.Cosine(0.05) };
    network.Fit(data, options, new Adam(2e-3f));

    var random = new Random(said.GetValue(seed) + 1);
    var tests = Enumerable.Range(0, 1000).Select(_ => WrittenDates.Draw(random)).ToArray();
    var answers = WrittenDates.Translate(network, [.. tests.Select(test => test.Written)]);
    for (var i = 0; i < 10; i++)
        Console.WriteLine($"{tests[i].Written,-30} {answers[i]}{(answers[i] == tests[i].Iso ? "" : $"  ({tests[i].Iso} is right)")}");
    var right = tests.Zip(answers).Count(pair => pair.First.Iso == pair.Second);
    Console.WriteLine(FormattableString.Invariant($"Right of 1,000 dates that were not learned from: {right}"));
    Console.WriteLine("To expect: at least 990.");
});
