namespace NetGen;

/// <summary>
/// Several networks that predict together: the mean of what they say is right more often than each of them, and its probabilities are
/// better.
/// </summary>
/// <remarks>
/// <code>
/// using Ensemble ensemble = Ensemble.Train(members: 5, run =>
/// {
///     var network = new Churn(run.Seed, run.Device);
///     network.Fit(train, new FitOptions { Epochs = 20, Seed = run.Seed }, new Adam(1e-3f));
///     return network;
/// });
/// float[] probabilities = ensemble.Predict(test, EnsembleMean.Sigmoid);
/// </code>
/// </remarks>
public sealed class Ensemble : IDisposable
{
    private readonly IPredictor[] members;

    /// <summary>Networks that are trained.</summary>
    /// <param name="members">They have the same inputs and outputs, and may be of different classes. The ensemble owns them.</param>
    /// <exception cref="ArgumentException">There is none, or they have other inputs or outputs than the first.</exception>
    public Ensemble(params ReadOnlySpan<IPredictor> members)
    {
        if (members.IsEmpty)
            throw new ArgumentException("An ensemble has at least one member.", nameof(members));
        foreach (IPredictor member in members)
        {
            ArgumentNullException.ThrowIfNull(member, nameof(members));
            if (Shape(member) is var shape && shape != Shape(members[0]))
                throw new ArgumentException($"{member.Name} predicts {shape}, and {members[0].Name} {Shape(members[0])}: they cannot be one ensemble.", nameof(members));
        }

        this.members = members.ToArray();

        static string Shape(IPredictor network) => $"{string.Join("; ", (object[])network.Inputs.ToArray())} → {TensorShape.Format(network.Output.Shape)}";
    }

    /// <summary>The networks.</summary>
    public IReadOnlyList<IPredictor> Members => members;

    /// <summary>
    /// Trains networks side by side, each on its share of the cores; they differ by their seeds, or by what the program makes of their
    /// numbers. The ensemble is the same however many are trained at once.
    /// </summary>
    /// <param name="members">How many.</param>
    /// <param name="train">Makes and trains one; the ensemble owns it.</param>
    /// <param name="parallelism">How many are trained at once; 0: as many as the processor has cores.</param>
    /// <param name="seed">Decides the seeds of the members.</param>
    /// <param name="cancellationToken">Ends it between two of them.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="members"/> is below 1, or <paramref name="parallelism"/> below
    /// 0.</exception>
    /// <exception cref="OperationCanceledException">The token asked for it.</exception>
    public static Ensemble Train(
        int members, Func<EnsembleRun, IPredictor> train, int parallelism = 0, ulong seed = 0, CancellationToken cancellationToken = default)
    {
        OutOfRange.ThrowIfLess(members, 1);
        OutOfRange.ThrowIfLess(parallelism, 0);
        ArgumentNullException.ThrowIfNull(train);
        IPredictor[] trained = new IPredictor[members];
        try
        {
            SideBySide.Run(members, parallelism, cancellationToken, (number, device) =>
                trained[number] = train(new(number, seed ^ SideBySide.SeedOf(number), device)));
            return new(trained);
        }
        catch
        {
            foreach (IPredictor? member in trained)
                member?.Dispose();
            throw;
        }
    }

    /// <summary>Predicts for the samples of a data set.</summary>
    /// <param name="data">The samples, in the columns of the members' inputs; it may have others.</param>
    /// <param name="mean">Of what the mean is taken.</param>
    /// <param name="batchSize">How many samples to compute at once.</param>
    /// <param name="cancellationToken">Ends the computation between two batches.</param>
    /// <returns>For each sample as many numbers as the output of a member has.</returns>
    /// <exception cref="ArgumentException">The data do not fit the members.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1, or there is no such mean.</exception>
    /// <exception cref="OperationCanceledException">The token asked for it.</exception>
    public float[] Predict(
        Dataset data, EnsembleMean mean = EnsembleMean.Outputs, int batchSize = 128, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        FitOptions.CheckBatchSize(batchSize, nameof(batchSize));
        if (!Enum.IsDefined(mean))
            throw OutOfRange.Of(nameof(mean), mean, FormattableString.Invariant($"There is no mean {(int)mean}."));
        int length = members[0].Output.Length;
        float[] result = new float[data.Count * length];
        if (data.Count == 0)
            return result;
        Batch batch = new(members[0].Inputs, Math.Min(batchSize, data.Count));
        float[] outputs = new float[batch.Capacity * length];
        double[] sums = new double[outputs.Length];
        for (int start = 0; start < data.Count; start += batch.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            batch.Fill(data, start, Math.Min(batch.Capacity, data.Count - start));
            int count = batch.Count * length;
            Array.Clear(sums);
            foreach (IPredictor member in members)
            {
                member.PredictBatch(batch, outputs.AsSpan(0, count));
                for (int i = 0; i < count; i += length)
                    Add(outputs.AsSpan(i, length), sums.AsSpan(i, length), mean);
            }

            for (int i = 0; i < count; i++)
                result[start * length + i] = (float)(sums[i] / members.Length);
        }

        return result;
    }

    /// <summary>Gives the members' memory back.</summary>
    public void Dispose()
    {
        foreach (IPredictor member in members)
            member.Dispose();
    }

    private static void Add(ReadOnlySpan<float> outputs, Span<double> sums, EnsembleMean mean)
    {
        double most = 0, all = 1;
        if (mean == EnsembleMean.Softmax)
        {
            most = double.NegativeInfinity;
            foreach (float output in outputs)
                most = double.Max(most, output);
            all = 0;
            foreach (float output in outputs)
                all += Math.Exp(output - most);
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            sums[i] += mean switch
            {
                EnsembleMean.Outputs => outputs[i],
                EnsembleMean.Softmax => Math.Exp(outputs[i] - most) / all,
                _ => 1 / (1 + Math.Exp(-(double)outputs[i])),
            };
        }
    }
}
