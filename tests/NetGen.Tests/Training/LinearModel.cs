using NetGen.Runtime;

namespace NetGen.Tests.Training;

/// <summary>y = w·x + b with the mean squared error, written by hand: the smallest network that really learns.</summary>
internal sealed class LinearModel : ITrainable
{
    private readonly ColumnSpec[] columns = [new("x", ColumnType.Float, [2], 2), new("y", ColumnType.Float, [], 1)];
    private readonly float[] weights = new float[32];
    private readonly float[] state0 = new float[32];
    private readonly float[] state1 = new float[32];
    private readonly float[] gradient = new float[32];
    private long step;

    public LinearModel()
    {
        ParameterLayout layout = new([new("w", [2], 0, Initializer.Zeros), new("b", [1], 16, Initializer.Zeros)], 32, "LinearModel");
        Parameters = new(layout, weights);
    }

    public string Name => "LinearModel";

    public NetworkParameters Parameters { get; }

    public Device Device => Device.Cpu();

    public ReadOnlySpan<ColumnSpec> Columns => columns;

    /// <summary>Bytes allocated by the training thread when the last step began.</summary>
    public long Allocated { get; private set; }

    /// <summary>What the training loop allocated between the steps of one epoch, from the second step on.</summary>
    public long AllocatedBetweenSteps { get; private set; }

    /// <summary>The steps so far.</summary>
    public long Steps => step;

    public static Dataset Data(int count, int seed = 1)
    {
        Random random = new(seed);
        float[] x = new float[2 * count];
        float[] y = new float[count];
        for (int i = 0; i < count; i++)
        {
            x[2 * i] = random.NextSingle() * 2 - 1;
            x[2 * i + 1] = random.NextSingle() * 2 - 1;
            y[i] = 3 * x[2 * i] - 2 * x[2 * i + 1] + 0.5f;
        }

        return new(new DataColumn("x", x, 2), new DataColumn("y", y));
    }

    public ReadOnlySpan<string> Accuracies => default;

    public int SmallestBatch => 1;

    public BatchResult StepBatch<TOptimizer>(Batch batch, in TOptimizer optimizer, Span<double> correct)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        long now = GC.GetAllocatedBytesForCurrentThread();
        if (Allocated != 0)
            AllocatedBetweenSteps += now - Allocated;

        float loss = Loss(batch, differentiate: true);
        TOptimizer prepared = optimizer.Prepare(++step);
        for (int i = 0; i < weights.Length; i++)
        {
            V1 s0 = V1.Broadcast(state0[i]);
            V1 s1 = V1.Broadcast(state1[i]);
            weights[i] = TOptimizer.Update(in prepared, V1.Broadcast(weights[i]), V1.Broadcast(gradient[i]), ref s0, ref s1).Value;
            state0[i] = s0.Value;
            state1[i] = s1.Value;
        }

        Allocated = GC.GetAllocatedBytesForCurrentThread();
        return new(loss, batch.Count);
    }

    public BatchResult EvaluateBatch(Batch batch, Span<double> correct) => new(Loss(batch, differentiate: false), batch.Count);

    /// <summary>Starts another count of <see cref="AllocatedBetweenSteps"/>.</summary>
    public void ForgetAllocations() => (Allocated, AllocatedBetweenSteps) = (0, 0);

    public void Save(string path, bool allowNotFinite = false) => SafeTensors.Save(path, Parameters, allowNotFinite);

    public void ResetOptimizers()
    {
        step = 0;
        Array.Clear(state0);
        Array.Clear(state1);
    }

    public void Load(string path, FileOrder order = FileOrder.Stated, bool allowNotFinite = false) =>
        SafeTensors.Load(path, Parameters, order, allowNotFinite);

    public void Dispose()
    {
    }

    private float Loss(Batch batch, bool differentiate)
    {
        ReadOnlySpan<float> x = batch.Floats(0);
        ReadOnlySpan<float> y = batch.Floats(1);
        if (differentiate)
            Array.Clear(gradient);
        float loss = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            float error = weights[0] * x[2 * i] + weights[1] * x[2 * i + 1] + weights[16] - y[i];
            loss += error * error / batch.Count;
            if (!differentiate)
                continue;
            gradient[0] += 2 * error * x[2 * i] / batch.Count;
            gradient[1] += 2 * error * x[2 * i + 1] / batch.Count;
            gradient[16] += 2 * error / batch.Count;
        }

        return loss;
    }
}
