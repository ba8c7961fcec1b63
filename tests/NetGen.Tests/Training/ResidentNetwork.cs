namespace NetGen.Tests.Training;

/// <summary>A network on a device that keeps the data, without a device: its steps are those of another network, one after the other.</summary>
/// <param name="network">The other network.</param>
/// <param name="fits">Whether data fit.</param>
internal sealed class ResidentNetwork(ITrainable network, bool fits = true) : IResidentTrainable
{
    /// <summary>How many steps were made at once.</summary>
    public List<int> Chunks { get; } = [];

    /// <summary>How many data sets are on the device.</summary>
    public int Kept { get; private set; }

    /// <summary>How long a step takes.</summary>
    public TimeSpan StepTime { get; init; }

    public string Name => network.Name;

    public NetworkParameters Parameters => network.Parameters;

    public Device Device => network.Device;

    public ReadOnlySpan<ColumnSpec> Columns => network.Columns;

    public ReadOnlySpan<string> Accuracies => network.Accuracies;

    public int SmallestBatch => network.SmallestBatch;

    public ResidentData? Keep(Dataset data)
    {
        if (!fits)
            return null;
        Kept++;
        return new Data(this, data);
    }

    public void StepRows<TOptimizer>(
        ResidentData data, ReadOnlySpan<int> rows, int batchSize, ReadOnlySpan<TOptimizer> optimizers, Span<BatchResult> results, Span<double> correct)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        Chunks.Add(results.Length);
        Batch batch = new(Columns, batchSize);
        for (int i = 0; i < results.Length; i++)
        {
            batch.Fill(((Data)data).Set, rows.Slice(i * batchSize, Math.Min(batchSize, rows.Length - (i * batchSize))));
            results[i] = network.StepBatch(batch, in optimizers[i], correct.Slice(i * Accuracies.Length, Accuracies.Length));
        }

        if (StepTime > TimeSpan.Zero)
            Thread.Sleep(StepTime * results.Length);
    }

    public BatchResult StepBatch<TOptimizer>(Batch batch, in TOptimizer optimizer, Span<double> correct)
        where TOptimizer : struct, IOptimizer<TOptimizer> => network.StepBatch(batch, in optimizer, correct);

    public BatchResult EvaluateBatch(Batch batch, Span<double> correct) => network.EvaluateBatch(batch, correct);

    public void Save(string path, bool allowNotFinite = false) => network.Save(path, allowNotFinite);

    public void ResetOptimizers() => network.ResetOptimizers();

    public void Load(string path, FileOrder order = FileOrder.Stated, bool allowNotFinite = false) => network.Load(path, order, allowNotFinite);

    public void Dispose() => network.Dispose();

    private sealed class Data(ResidentNetwork network, Dataset set) : ResidentData
    {
        public Dataset Set => set;

        public override int Count => set.Count;

        public override void Dispose() => network.Kept--;
    }
}
