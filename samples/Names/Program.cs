using System.CommandLine;
using NetGen;
using NetGen.Text;

var cell = SampleCommand.Choice("--cell", "The recurrent layer.", "lstm", "gru");
var epochs = SampleCommand.Number("--epochs", "Passes over the names.", 12, 1, 1000);
var count = SampleCommand.Number("--count", "Names to make.", 20, 0, 100_000);
Option<string?> file = new("--names") { Description = "A file with a name in each line (default: NETGEN_DATA/text/names.txt, or the names of .NET's types)." };
return SampleCommand.Run(args, "names", "Learns how names are made, letter by letter, and makes new ones.", [cell, epochs, count, file], said =>
{
    var names = Names.Load(said.GetValue(file));
    Console.WriteLine(names.Source);
    if (said.GetValue(cell) == "lstm")
    {
        using var network = new NameLstm(seed: 1);
        Console.WriteLine(NameLstm.Summary());
        Learn(network, network.Start);
    }
    else
    {
        using var network = new NameGru(seed: 1);
        Console.WriteLine(NameGru.Summary());
        Learn(network, network.Start);
    }

    void Learn(ITrainable network, Func<Session<int>> start)
    {
        var options = new FitOptions { Epochs = said.GetValue(epochs), BatchSize = 64, Seed = 1, Schedule = Schedule.Cosine(0.05) };
        network.Fit(names.Train, options, new Adam(4e-3f));
        var tested = network.Evaluate(names.Validation);
        Console.WriteLine(FormattableString.Invariant($"Validation: {tested.Loss:F3} nats per letter"));
        Console.WriteLine("To expect on names.txt (32,033 names): at most 2.10.");
        Console.WriteLine();
        Write(start, names, said.GetValue(count));
    }
});

static void Write(Func<Session<int>> start, Names names, int count)
{
    Sampler sampler = new(Names.Symbols, new() { Seed = 1 });
    GenerationOptions options = new() { MaximumTokens = Names.Longest - 1, StopTokens = [Names.End] };
    for (var i = 0; i < count; i++)
    {
        using NetworkSession session = new(start());
        var name = string.Concat(session.GenerateText(Names.Letters, "\n", sampler, options));
        Console.WriteLine(names.All.Contains(name) ? $"{name} (one of those that it knows)" : name);
    }
}
