using System.Diagnostics;

var method = SampleCommand.Choice("--method", "How it learns; grid: by dqn as well, the ways in a grid world.", "dqn", "reinforce", "grid");
var steps = SampleCommand.Number("--steps", "The most steps of the environment.", 500_000, 0, 10_000_000);
var seed = SampleCommand.Number("--seed", "Decides first weights and episodes.", 1, 0, int.MaxValue);
return SampleCommand.Run(args, "cartpole", "Learns to balance a pole on a cart.", [method, steps, seed], said =>
{
    var (clock, first) = (Stopwatch.StartNew(), (ulong)said.GetValue(seed));
    if (said.GetValue(method) == "dqn")
    {
        using var network = new Dqn(first);
        Training.Learn(network, said.GetValue(steps), first);
        End(network.Predict);
    }
    else if (said.GetValue(method) == "grid")
    {
        using var network = new GridDqn(first);
        Training.Learn(network, said.GetValue(steps), first);
        var length = GridWalks.Length(network.Predict, first + 1_000_000);
        Console.WriteLine(FormattableString.Invariant($"2,000 new walks: {length:F3} of the shortest ways, after {clock.Elapsed.TotalSeconds:F1} s."));
        Console.WriteLine("To expect: at most 1.02 of them.");
        GridWalks.Show(network.Predict, first);
    }
    else
    {
        using var network = new Reinforce(first);
        Training.Learn(network, said.GetValue(steps), first);
        End(network.Predict);
    }

    void End(Predictor predict)
    {
        var mean = Training.MeanReturn(predict, first + 1_000_000);
        var seconds = clock.Elapsed.TotalSeconds;
        Console.WriteLine(FormattableString.Invariant($"100 new episodes: {mean:F1} steps on average, after {seconds:F1} s."));
        Console.WriteLine("To expect: at least 475 of 500, in less than two minutes.");
        Animation.Show(predict, first);
    }
});
