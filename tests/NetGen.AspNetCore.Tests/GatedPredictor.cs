namespace NetGen.AspNetCore.Tests;

/// <summary>
/// A network by hand that computes only when it is let, and remembers what it was given: it answers with the double of each number.
/// </summary>
internal sealed class GatedPredictor : IPredictor<GatedPredictor>
{
    private static readonly ColumnSpec[] Columns = [new("x", ColumnType.Float, [], 1)];

    private readonly List<float[]> batches = [];

    /// <summary>One that each service makes for itself is let at once.</summary>
    public SemaphoreSlim Gate { get; init; } = new(1000);

    /// <summary>The batches that have begun, without those of zeros with which a service warms up.</summary>
    public float[][] Batches
    {
        get
        {
            lock (batches)
                return [.. batches];
        }
    }

    /// <summary>Lets nothing more through than is released from now on.</summary>
    public void Close()
    {
        while (Gate.Wait(0))
        {
        }
    }

    public string Name => nameof(GatedPredictor);

    public NetworkParameters Parameters { get; } = new(new ParameterLayout([], 0, nameof(GatedPredictor)), []);

    public Device Device => Device.Cpu(1);

    public ReadOnlySpan<ColumnSpec> Inputs => Columns;

    public ColumnSpec Output { get; } = new("result", ColumnType.Float, [], 1);

    public static GatedPredictor Create(ulong seed = 0, Device? device = null) => new();

    public void PredictBatch(Batch batch, Span<float> result)
    {
        var values = batch.Floats(0).ToArray();
        for (var i = 0; i < values.Length; i++)
            result[i] = 2 * values[i];
        if (values.All(value => value == 0))
            return;
        lock (batches)
            batches.Add(values);
        Gate.Wait();
        if (values.Contains(-1))
            throw new InvalidOperationException("There was a -1.");
    }

    public void Save(string path, bool allowNotFinite = false) => throw new NotSupportedException();

    public void Load(string path, FileOrder order = FileOrder.Stated, bool allowNotFinite = false)
    {
    }

    public void Dispose()
    {
    }
}
