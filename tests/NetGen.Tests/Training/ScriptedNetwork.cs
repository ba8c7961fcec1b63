namespace NetGen.Tests.Training;

/// <summary>What a scripted batch gives: its loss, how much of it is right (of two things), and its samples.</summary>
internal readonly record struct Answer(float Loss, double Correct, int Count, double CorrectToo = 0);

/// <summary>A network that learns nothing: it notes the samples it sees and answers as the test wants.</summary>
internal sealed class ScriptedNetwork : ITrainable
{
    private readonly float[] weights = new float[16];
    private readonly ColumnSpec[] columns;

    public ScriptedNetwork(params ColumnSpec[] columns)
    {
        this.columns = columns.Length > 0 ? columns : [new("id", ColumnType.Label, [], 1)];
        Parameters = new(new([new("w", [1], 0, Initializer.Zeros)], 16, Name), weights);
    }

    /// <summary>The answer to a training step, by the number of the step: 1, 2, …</summary>
    public Func<int, Batch, Answer> OnStep { get; init; } = (_, batch) => new(1f, 0, batch.Count);

    /// <summary>The answer to an evaluation, by the number of steps made before it.</summary>
    public Func<int, Batch, Answer> OnEvaluate { get; init; } = (_, batch) => new(1f, 0, batch.Count);

    /// <summary>The samples of each training step.</summary>
    public List<int[]> Trained { get; } = [];

    /// <summary>The samples of each evaluation.</summary>
    public List<int[]> Evaluated { get; } = [];

    /// <summary>The optimizers of the steps.</summary>
    public List<object> Optimizers { get; } = [];

    /// <summary>How often the optimizers were made to start anew.</summary>
    public int Resets { get; private set; }

    /// <summary>The weight: the number of the step that wrote it.</summary>
    public float Weight => weights[0];

    public string Name => "Scripted";

    public NetworkParameters Parameters { get; }

    public Device Device => Device.Cpu();

    public ReadOnlySpan<ColumnSpec> Columns => columns;

    /// <summary>What it classifies.</summary>
    public string[] Classifies { get; init; } = ["id"];

    public ReadOnlySpan<string> Accuracies => Classifies;

    public int SmallestBatch => 1;

    public static Dataset Data(int count) => new(new DataColumn("id", Enumerable.Range(0, count).ToArray()));

    public BatchResult StepBatch<TOptimizer>(Batch batch, in TOptimizer optimizer, Span<double> correct)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        Trained.Add(batch.Labels(0).ToArray());
        Optimizers.Add(optimizer);
        weights[0] = Trained.Count;
        return Give(OnStep(Trained.Count, batch), correct);
    }

    public BatchResult EvaluateBatch(Batch batch, Span<double> correct)
    {
        Evaluated.Add(batch.Labels(0).ToArray());
        return Give(OnEvaluate(Trained.Count, batch), correct);
    }

    private static BatchResult Give(Answer answer, Span<double> correct)
    {
        ReadOnlySpan<double> all = [answer.Correct, answer.CorrectToo];
        all[..correct.Length].CopyTo(correct);
        return new(answer.Loss, answer.Count);
    }

    public void Save(string path, bool allowNotFinite = false) => SafeTensors.Save(path, Parameters, allowNotFinite);

    public void ResetOptimizers() => Resets++;

    public void Load(string path, FileOrder order = FileOrder.Stated, bool allowNotFinite = false) =>
        SafeTensors.Load(path, Parameters, order, allowNotFinite);

    public void Dispose()
    {
    }
}
