using NetGen;

namespace Gpu;

/// <summary>
/// A network on a device beside the same network on the processor. Their sums have other orders, so they differ by roundings. How far these
/// may take them apart is found out by the processor: the result of a float sum of n products is the exact result of operands that are each
/// off by a part of at most γ = λ·√n·2⁻²⁴ of themselves, but for a probability of 2n·exp(−λ²/2) (Higham and Mary, A New Approach to
/// Probabilistic Rounding Error Analysis, 2019); where operands are rounded, by their rounding more. So <see cref="Disturbed"/> networks
/// compute the same on the processor with weights and inputs that are off by γ, up or down by chance, and what they differ by from the
/// undisturbed one is a sample of what the device may: see <see cref="Above"/>. That takes along what roundings decide: which side of a
/// ReLU, which pixel of a maximum, which way Adam goes where a gradient is next to nothing. Two distances must hold: the root of the mean
/// square and the largest of a vector.
/// </summary>
/// <param name="network">What is checked.</param>
/// <param name="device">Where.</param>
/// <param name="report">Takes the name of a check and what came out.</param>
internal sealed class Correctness(NetworkCase network, Device device, Action<string, Agreement> report)
{
    /// <summary>The probability of an error behind it is below 1 % for a sum of 100,000 terms.</summary>
    private const double Lambda = 6;

    private const int Disturbed = 8, Steps = 5;

    private const ulong Seed = 1;

    private static readonly double Unit = Math.ScaleB(1, -24);

    private readonly Device processor = Device.Cpu();

    /// <summary>Predictions and loss.</summary>
    public void Forward(int batch)
    {
        var samples = Samples.Create(network, batch, batch);
        Compare(network.Workload(batch, "check"), Disturbance(network.Terms), [samples], (run, with) =>
        {
            var predictions = new float[batch * network.Outputs];
            run.Predict(with[0], predictions);
            return [predictions, [run.Loss(with[0])]];
        }, ["predictions", "loss"]);
    }

    /// <summary>Gradients, and the weights after some steps; batches may change from step to step.</summary>
    public void Training(params IReadOnlyList<int> batches)
    {
        var name = network.Workload(batches[0], batches.Count == 1 ? "check" : "check-changing");
        var samples = batches.Select((batch, i) => Samples.Create(network, batch, (100 * i) + batch)).ToArray();
        var disturbance = Disturbance(Math.Max(network.Terms, batches.Max() * network.Positions));
        Compare(name, disturbance, samples, (run, with) => Train(run, with, 1, (each, batch) => each.Sgd(batch, new Sgd(1f))), ["gradients"]);
        Compare(name, disturbance, samples, (run, with) => Train(run, with, Steps, (each, batch) => each.Adam(batch, new Adam(1e-3f))), ["adam"]);
        Compare(name, disturbance, samples, (run, with) => Train(run, with, Steps, (each, batch) => each.Sgd(batch, new Sgd(0.05f, 0.9f))), ["momentum"]);
    }

    /// <summary>Two trainings with one seed have the same bits, and a batch has those that it has alone, whatever batches came before.</summary>
    public void SameBits(params IReadOnlyList<int> batches)
    {
        using var first = network.Create(Seed, device);
        using var second = network.Create(Seed, device);
        var error = 0.0;
        foreach (var (batch, step) in batches.Select((batch, step) => (batch, step)))
        {
            var samples = Samples.Create(network, batch, step);
            using var alone = network.Create(Seed + 1, device);
            error = Largest(error, LargestDifference([[first.Adam(samples, new Adam(1e-3f))]], [[second.Adam(samples, new Adam(1e-3f))]]));
            Copy(first, alone);
            var (expected, actual) = (new float[batch * network.Outputs], new float[batch * network.Outputs]);
            first.Predict(samples, actual);
            alone.Predict(samples, expected);
            error = Largest(error, LargestDifference([expected], [actual]));
        }
        error = Largest(error, LargestDifference(first.Values(), second.Values()));
        report(network.Workload(batches.Max(), "check") + "/same-bits", new Agreement(error, 0, error == 0));
    }

    /// <summary>Weights go by a file from one device to the other and back, and are the same.</summary>
    public void SaveAndLoad(int batch)
    {
        var samples = Samples.Create(network, batch, 3);
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.safetensors");
        try
        {
            using var trained = network.Create(Seed, device);
            using var onProcessor = network.Create(Seed + 1, processor);
            using var back = network.Create(Seed + 2, device);
            trained.Adam(samples, new Adam(1e-3f));
            var (expected, actual) = (new float[batch * network.Outputs], new float[batch * network.Outputs]);
            trained.Predict(samples, expected);
            trained.Network.Save(file);
            onProcessor.Network.Load(file);
            onProcessor.Network.Save(file);
            back.Network.Load(file);
            back.Predict(samples, actual);
            var error = Largest(LargestDifference(trained.Values(), onProcessor.Values()), LargestDifference([expected], [actual]));
            report(network.Workload(batch, "check") + "/save-and-load", new Agreement(error, 0, error == 0));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Networks that come and go leave no memory behind: what is free after the last is what was free after the fifth, but for a quarter of the weights of the others.</summary>
    /// <param name="free">Free bytes of the device.</param>
    public void ComeAndGo(int batch, int rounds, Func<long> free)
    {
        const int Settled = 5;
        var samples = Samples.Create(network, batch, 3);
        var (before, weights) = (0L, 0L);
        for (var round = 1; round <= rounds; round++)
        {
            using (var run = network.Create(Seed, device))
            {
                run.Adam(samples, new Adam(1e-3f));
                weights = run.Network.Parameters.TotalLength * sizeof(float);
            }
            before = round == Settled ? free() : before;
        }
        var (lost, bound) = (before - free(), (rounds - Settled) * weights / 4);
        report(network.Workload(batch, "memory"), new Agreement(Math.Max(0, lost), bound, lost <= bound));
    }

    /// <summary>By how large a part numbers are off.</summary>
    private double Disturbance(int terms)
    {
        var operands = network.Precision switch { "tf32" => Math.ScaleB(1, -11), "bf16" => Math.ScaleB(1, -8), _ => 0 };
        return (2 * operands) + (Lambda * Math.Sqrt(terms) * Unit);
    }

    /// <summary>The changes of the weights, a vector for each; then the losses.</summary>
    private static float[][] Train(NetworkRun run, Samples[] samples, int steps, Func<NetworkRun, Samples, float> step)
    {
        var before = run.Values();
        var losses = Enumerable.Range(0, Math.Max(steps, samples.Length)).Select(i => step(run, samples[i % samples.Length])).ToArray();
        return [.. run.Values().Select((after, i) => after.Zip(before[i], (now, then) => now - then).ToArray()), losses];
    }

    /// <param name="names">Of the vectors that are computed; one name for all: they are reported as one.</param>
    private void Compare(string name, double disturbance, Samples[] samples, Func<NetworkRun, Samples[], float[][]> compute, string[] names)
    {
        float[][] expected, actual;
        using (var reference = network.Create(Seed, processor))
        {
            expected = compute(reference, samples);
        }
        using (var subject = network.Create(Seed, device))
        {
            actual = compute(subject, samples);
        }
        var disturbed = Enumerable.Range(0, Disturbed).Select(i => Disturb(i, disturbance, samples, compute)).ToArray();
        var agreements = expected.Select((vector, i) => Within(vector, actual[i], [.. disturbed.Select(each => each[i])])).ToArray();
        if (names.Length == 1)
        {
            report($"{name}/{names[0]}", Agreement.Worst(agreements));
            return;
        }
        for (var i = 0; i < names.Length; i++)
        {
            report($"{name}/{names[i]}", agreements[i]);
        }
    }

    private float[][] Disturb(int seed, double disturbance, Samples[] samples, Func<NetworkRun, Samples[], float[][]> compute)
    {
        var random = new Random(seed);
        using var run = network.Create(Seed, processor);
        foreach (var parameter in run.Network.Parameters)
        {
            foreach (ref var value in parameter.Values)
            {
                value = Off(value);
            }
        }
        return compute(run, [.. samples.Select(each => each.With(Off))]);

        float Off(float value) => (float)(value * (random.Next(2) == 0 ? 1 + disturbance : 1 - disturbance));
    }

    private static Agreement Within(float[] expected, float[] actual, float[][] disturbed)
    {
        // What is added last is rounded once more, in whichever order it is.
        var (rounding, largest) = (8 * Unit * Size(expected), 8 * Unit * expected.Max(number => Math.Abs((double)number)));
        var (mean, most) = (Size(Difference(expected, actual)), Difference(expected, actual).Max(Math.Abs));
        var meanBound = rounding + Above(disturbed.Select(each => Size(Difference(expected, each))));
        var mostBound = largest + Above(disturbed.Select(each => Difference(expected, each).Max(Math.Abs)));
        return Agreement.Worst([new(mean, meanBound, mean <= meanBound), new(most, mostBound, most <= mostBound)]);
    }

    /// <summary>
    /// What another copy's distance is not above, with a probability of 1 − 10⁻⁴: the prediction bound of a normal distribution of which
    /// there are n = <see cref="Disturbed"/> samples, mean + t·s·√(1 + 1/n), where t is Student's for n − 1. (The largest of n samples
    /// would be exceeded by another one of the same distribution once in n + 1 times.)
    /// </summary>
    private static double Above(IEnumerable<double> distances)
    {
        const double Student = 7.0634;
        var samples = distances.ToArray();
        var mean = samples.Average();
        var deviation = Math.Sqrt(samples.Sum(each => (each - mean) * (each - mean)) / (samples.Length - 1));
        return mean + (Student * deviation * Math.Sqrt(1 + (1.0 / samples.Length)));
    }

    private static double[] Difference(float[] a, float[] b) => [.. a.Zip(b, (x, y) => (double)x - y)];

    private static double Size(IEnumerable<float> vector) => Size(vector.Select(number => (double)number));

    private static double Size(IEnumerable<double> vector) => Math.Sqrt(vector.Average(number => number * number));

    private static double LargestDifference(float[][] a, float[][] b) =>
        a.Zip(b).SelectMany(pair => Difference(pair.First, pair.Second)).Aggregate(0.0, (most, error) => Largest(most, Math.Abs(error)));

    /// <summary>Not a number is the largest of all.</summary>
    private static double Largest(double a, double b) => double.IsNaN(a) || double.IsNaN(b) ? double.NaN : Math.Max(a, b);

    private static void Copy(NetworkRun from, NetworkRun to)
    {
        foreach (var (parameter, values) in to.Network.Parameters.Zip(from.Values()))
        {
            values.CopyTo(parameter.Values);
        }
    }
}
