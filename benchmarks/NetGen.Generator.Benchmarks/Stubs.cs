using NetGen;

// What the generator adds to the sample's networks, as far as the sample calls it, and empty: the sample compiles, and cannot be run.

public sealed partial class MnistCnn(ulong seed = 0, Device? device = null) : NetworkWithoutCode(seed, device);

public sealed partial class MnistMlp(ulong seed = 0, Device? device = null) : NetworkWithoutCode(seed, device);

public abstract class NetworkWithoutCode(ulong seed, Device? device) : ITrainable
{
    public Device Device { get; } = device ?? Device.Cpu();

    public NetworkParameters Parameters => throw new NotSupportedException();

    public string Name => seed.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public ReadOnlySpan<ColumnSpec> Columns => default;

    public ReadOnlySpan<string> Accuracies => default;

    public int SmallestBatch => 1;

    public static string Summary() => "";

    public float[] Predict(ReadOnlySpan<float> image) => throw new NotSupportedException();

    public BatchResult StepBatch<TOptimizer>(Batch batch, in TOptimizer optimizer, Span<double> correct)
        where TOptimizer : struct, IOptimizer<TOptimizer> => throw new NotSupportedException();

    public BatchResult EvaluateBatch(Batch batch, Span<double> correct) => throw new NotSupportedException();

    public void Save(string path, bool allowNotFinite = false) => throw new NotSupportedException();

    public void ResetOptimizers() => throw new NotSupportedException();

    public void Load(string path, FileOrder order = FileOrder.Stated, bool allowNotFinite = false) => throw new NotSupportedException();

    public void Dispose() => GC.SuppressFinalize(this);
}
