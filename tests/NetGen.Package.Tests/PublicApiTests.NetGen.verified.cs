namespace NetGen
{
    public sealed class Accuracies : System.Collections.Generic.IEnumerable<System.Collections.Generic.KeyValuePair<string, float>>, System.Collections.Generic.IReadOnlyCollection<System.Collections.Generic.KeyValuePair<string, float>>, System.Collections.Generic.IReadOnlyDictionary<string, float>, System.Collections.IEnumerable, System.IEquatable<NetGen.Accuracies>
    {
        public Accuracies([System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] [System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "Name",
                "Share"})] System.ReadOnlySpan<System.ValueTuple<string, float>> shares) { }
        public int Count { get; }
        public float this[string key] { get; }
        public System.Collections.Generic.IEnumerable<string> Keys { get; }
        public float? Only { get; }
        public System.Collections.Generic.IEnumerable<float> Values { get; }
        public static NetGen.Accuracies None { get; }
        public bool ContainsKey(string key) { }
        public bool Equals(NetGen.Accuracies? other) { }
        public override bool Equals(object? obj) { }
        public System.Collections.Generic.IEnumerator<System.Collections.Generic.KeyValuePair<string, float>> GetEnumerator() { }
        public override int GetHashCode() { }
        public override string ToString() { }
        public bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out float value) { }
    }
    public readonly struct Adadelta : NetGen.IOptimizer<NetGen.Adadelta>, System.IEquatable<NetGen.Adadelta>
    {
        public Adadelta() { }
        public Adadelta(float learningRate, float rho = 0.9, float epsilon = 1E-06, float weightDecay = 0) { }
        public float Epsilon { get; init; }
        public float LearningRate { get; init; }
        public float Rho { get; init; }
        public float WeightDecay { get; init; }
        public static NetGen.Adadelta Default { get; }
        public static int StateSlots { get; }
        public NetGen.Adadelta Prepare(long step) { }
        public void Validate() { }
        public NetGen.Adadelta WithLearningRate(float learningRate) { }
        public static V Update<V>(in NetGen.Adadelta prepared, V weight, V gradient, ref V state0, ref V state1)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public readonly struct Adagrad : NetGen.IOptimizer<NetGen.Adagrad>, System.IEquatable<NetGen.Adagrad>
    {
        public Adagrad() { }
        public Adagrad(float learningRate, float learningRateDecay = 0, float epsilon = 1E-10, float weightDecay = 0) { }
        public float Epsilon { get; init; }
        public float LearningRate { get; init; }
        public float LearningRateDecay { get; init; }
        public float WeightDecay { get; init; }
        public static NetGen.Adagrad Default { get; }
        public static int StateSlots { get; }
        public NetGen.Adagrad Prepare(long step) { }
        public void Validate() { }
        public NetGen.Adagrad WithLearningRate(float learningRate) { }
        public static V Update<V>(in NetGen.Adagrad prepared, V weight, V gradient, ref V state0, ref V state1)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public readonly struct Adam : NetGen.IOptimizer<NetGen.Adam>, System.IEquatable<NetGen.Adam>
    {
        public Adam() { }
        public Adam(float learningRate, float beta1 = 0.9, float beta2 = 0.999, float epsilon = 1E-08, float weightDecay = 0) { }
        public float Beta1 { get; init; }
        public float Beta2 { get; init; }
        public float Epsilon { get; init; }
        public bool Lazy { get; init; }
        public float LearningRate { get; init; }
        public float WeightDecay { get; init; }
        public static NetGen.Adam Default { get; }
        public static int StateSlots { get; }
        public NetGen.Adam Prepare(long step) { }
        public void Validate() { }
        public NetGen.Adam WithLearningRate(float learningRate) { }
        public static bool SkipsZeroGradients(in NetGen.Adam optimizer) { }
        public static V Update<V>(in NetGen.Adam prepared, V weight, V gradient, ref V state0, ref V state1)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public readonly struct AdamW : NetGen.IOptimizer<NetGen.AdamW>, System.IEquatable<NetGen.AdamW>
    {
        public AdamW() { }
        public AdamW(float learningRate, float beta1 = 0.9, float beta2 = 0.999, float epsilon = 1E-08, float weightDecay = 0.01) { }
        public float Beta1 { get; init; }
        public float Beta2 { get; init; }
        public float Epsilon { get; init; }
        public bool Lazy { get; init; }
        public float LearningRate { get; init; }
        public float WeightDecay { get; init; }
        public static NetGen.AdamW Default { get; }
        public static int StateSlots { get; }
        public NetGen.AdamW Prepare(long step) { }
        public void Validate() { }
        public NetGen.AdamW WithLearningRate(float learningRate) { }
        public static bool SkipsZeroGradients(in NetGen.AdamW optimizer) { }
        public static V Update<V>(in NetGen.AdamW prepared, V weight, V gradient, ref V state0, ref V state1)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public readonly struct Adamax : NetGen.IOptimizer<NetGen.Adamax>, System.IEquatable<NetGen.Adamax>
    {
        public Adamax() { }
        public Adamax(float learningRate, float beta1 = 0.9, float beta2 = 0.999, float epsilon = 1E-08, float weightDecay = 0) { }
        public float Beta1 { get; init; }
        public float Beta2 { get; init; }
        public float Epsilon { get; init; }
        public float LearningRate { get; init; }
        public float WeightDecay { get; init; }
        public static NetGen.Adamax Default { get; }
        public static int StateSlots { get; }
        public NetGen.Adamax Prepare(long step) { }
        public void Validate() { }
        public NetGen.Adamax WithLearningRate(float learningRate) { }
        public static V Update<V>(in NetGen.Adamax prepared, V weight, V gradient, ref V state0, ref V state1)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class AdaptiveAveragePool2DAttribute : NetGen.LayerAttribute
    {
        public AdaptiveAveragePool2DAttribute(int size) { }
        public int Size { get; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class AlphaDropoutAttribute : NetGen.LayerAttribute
    {
        public AlphaDropoutAttribute(float p) { }
        public float P { get; }
    }
    public readonly struct AmsGrad : NetGen.IOptimizer<NetGen.AmsGrad>, System.IEquatable<NetGen.AmsGrad>
    {
        public AmsGrad() { }
        public AmsGrad(float learningRate, float beta1 = 0.9, float beta2 = 0.999, float epsilon = 1E-08, float weightDecay = 0) { }
        public float Beta1 { get; init; }
        public float Beta2 { get; init; }
        public float Epsilon { get; init; }
        public float LearningRate { get; init; }
        public float WeightDecay { get; init; }
        public static NetGen.AmsGrad Default { get; }
        public static int StateSlots { get; }
        public NetGen.AmsGrad Prepare(long step) { }
        public void Validate() { }
        public NetGen.AmsGrad WithLearningRate(float learningRate) { }
        public static V Update<V>(in NetGen.AmsGrad prepared, V weight, V gradient, ref V state0, ref V state1)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class AveragePool1DAttribute : NetGen.LayerAttribute
    {
        public AveragePool1DAttribute(int pool) { }
        public bool CeilMode { get; set; }
        public bool CountPadding { get; set; }
        public int Padding { get; set; }
        public int Pool { get; }
        public bool Same { get; set; }
        public int Stride { get; set; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class AveragePool2DAttribute : NetGen.LayerAttribute
    {
        public AveragePool2DAttribute(int pool) { }
        public bool CeilMode { get; set; }
        public bool CountPadding { get; set; }
        public int Padding { get; set; }
        public int Pool { get; }
        public bool Same { get; set; }
        public int Stride { get; set; }
    }
    public sealed class AveragedWeights
    {
        public AveragedWeights(NetGen.INetwork network, double? decay = 0.999) { }
        public long Count { get; }
        public bool IsSwapped { get; }
        public void Add() { }
        public void Swap() { }
    }
    public sealed class Batch
    {
        public Batch(System.ReadOnlySpan<NetGen.ColumnSpec> columns, int capacity) { }
        public int Capacity { get; }
        public int Count { get; }
        public void Fill([System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<NetGen.Dataset> data) { }
        public void Fill(NetGen.Dataset data, System.ReadOnlySpan<int> rows) { }
        public void Fill(NetGen.Dataset data, int start, int count) { }
        public System.ReadOnlySpan<float> Floats(int column) { }
        public System.ReadOnlySpan<int> Labels(int column) { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class BatchNormAttribute : NetGen.LayerAttribute
    {
        public BatchNormAttribute() { }
        public bool Affine { get; set; }
        public float Epsilon { get; set; }
        public float Momentum { get; set; }
    }
    public readonly struct BatchResult : System.IEquatable<NetGen.BatchResult>
    {
        public BatchResult(float Loss, int Count) { }
        public int Count { get; init; }
        public float Loss { get; init; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class CeluAttribute : NetGen.LayerAttribute
    {
        public CeluAttribute(float alpha = 1) { }
        public float Alpha { get; }
    }
    public sealed class Checkpoints : System.IEquatable<NetGen.Checkpoints>
    {
        public Checkpoints(string folder) { }
        public int EveryEpochs { get; init; }
        public long EverySteps { get; init; }
        public string Folder { get; init; }
        public int KeepBest { get; init; }
        public int KeepLast { get; init; }
        public bool Resume { get; init; }
    }
    public static class ClassWeights
    {
        public static float[] Balanced(System.ReadOnlySpan<int> labels, int classes) { }
        public static float[] OfSamples(System.ReadOnlySpan<int> labels, System.ReadOnlySpan<float> weights) { }
    }
    public readonly struct ClipValue<TOptimizer> : NetGen.IOptimizer<NetGen.ClipValue<TOptimizer>>, System.IEquatable<NetGen.ClipValue<TOptimizer>>
        where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer>
    {
        public ClipValue() { }
        public ClipValue(TOptimizer optimizer, float limit) { }
        public float LearningRate { get; }
        public float Limit { get; init; }
        public TOptimizer Optimizer { get; init; }
        public static NetGen.ClipValue<TOptimizer> Default { get; }
        public static int StateSlots { get; }
        public NetGen.ClipValue<TOptimizer> Prepare(long step) { }
        public void Validate() { }
        public NetGen.ClipValue<TOptimizer> WithLearningRate(float learningRate) { }
        public static bool KeepsState(in NetGen.ClipValue<TOptimizer> optimizer) { }
        public static bool SkipsZeroGradients(in NetGen.ClipValue<TOptimizer> optimizer) { }
        public static V Update<V>(in NetGen.ClipValue<TOptimizer> prepared, V weight, V gradient, ref V state0, ref V state1)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public sealed class ColumnSpec : System.IEquatable<NetGen.ColumnSpec>
    {
        public ColumnSpec(string Name, NetGen.ColumnType Type, int[] Shape, int Length) { }
        public bool AreIndices { get; init; }
        public int Classes { get; init; }
        public int? Ignored { get; init; }
        public int Length { get; init; }
        public string? LengthsOf { get; init; }
        public int Longest { get; init; }
        public float Maximum { get; init; }
        public float Minimum { get; init; }
        public string Name { get; init; }
        public int[] Shape { get; init; }
        public string? StepsOf { get; init; }
        public NetGen.ColumnType Type { get; init; }
        public override string ToString() { }
    }
    public enum ColumnType
    {
        Float = 0,
        Label = 1,
    }
    public sealed class ConfusionMatrix
    {
        public ConfusionMatrix([System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<string> names) { }
        public ConfusionMatrix(int classes) { }
        public double Accuracy { get; }
        public int Classes { get; }
        public long Count { get; }
        public long this[int actual, int predicted] { get; }
        public void Add(System.ReadOnlySpan<int> actual, System.ReadOnlySpan<float> scores) { }
        public void Add(int actual, int predicted) { }
        public double F1(int classIndex) { }
        public double Precision(int predicted) { }
        public double Recall(int actual) { }
        public override string ToString() { }
        public long Unanswered(int actual) { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class Conv1DAttribute : NetGen.LayerAttribute
    {
        public Conv1DAttribute(int filters, int kernel) { }
        public bool Bias { get; set; }
        public int Dilation { get; set; }
        public int Filters { get; }
        public int Groups { get; set; }
        public int Kernel { get; }
        public int Padding { get; set; }
        public NetGen.PaddingMode PaddingMode { get; set; }
        public bool Same { get; set; }
        public int Stride { get; set; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class Conv2DAttribute : NetGen.LayerAttribute
    {
        public Conv2DAttribute(int filters, int kernel) { }
        public bool Bias { get; set; }
        public int Dilation { get; set; }
        public int Filters { get; }
        public int Groups { get; set; }
        public int Kernel { get; }
        public int Padding { get; set; }
        public NetGen.PaddingMode PaddingMode { get; set; }
        public bool Same { get; set; }
        public int Stride { get; set; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class ConvTranspose1DAttribute : NetGen.LayerAttribute
    {
        public ConvTranspose1DAttribute(int filters, int kernel) { }
        public bool Bias { get; set; }
        public int Dilation { get; set; }
        public int Filters { get; }
        public int Groups { get; set; }
        public int Kernel { get; }
        public int OutputPadding { get; set; }
        public int Padding { get; set; }
        public bool Same { get; set; }
        public int Stride { get; set; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class ConvTranspose2DAttribute : NetGen.LayerAttribute
    {
        public ConvTranspose2DAttribute(int filters, int kernel) { }
        public bool Bias { get; set; }
        public int Dilation { get; set; }
        public int Filters { get; }
        public int Groups { get; set; }
        public int Kernel { get; }
        public int OutputPadding { get; set; }
        public int Padding { get; set; }
        public bool Same { get; set; }
        public int Stride { get; set; }
    }
    public sealed class CpuDevice : NetGen.Device
    {
        public override string Name { get; }
        public int Threads { get; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class Crop2DAttribute : NetGen.LayerAttribute
    {
        public Crop2DAttribute(int top, int bottom, int left, int right) { }
        public int Bottom { get; }
        public int Left { get; }
        public int Right { get; }
        public int Top { get; }
    }
    public delegate NetGen.Tensor CrossLayer(NetGen.Tensor x, NetGen.Tensor memory);
    public static class CrossValidation
    {
        public static NetGen.FoldScores Run(System.Collections.Generic.IReadOnlyList<NetGen.Split> folds, System.Func<NetGen.FoldRun, double> run, int parallelism = 0, ulong seed = 0, System.Threading.CancellationToken cancellationToken = default) { }
    }
    public sealed class CsvLog : NetGen.EpochLog
    {
        public CsvLog(string path) { }
    }
    public sealed class CustomMetric
    {
        public CustomMetric(string name, System.Func<NetGen.Dataset, double> compute, bool higherIsBetter = true) { }
        public bool HigherIsBetter { get; }
        public string Name { get; }
        public double Compute(NetGen.Dataset data) { }
        public override string ToString() { }
    }
    public sealed class DataColumn
    {
        public DataColumn(string name, System.ReadOnlyMemory<float> values, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<int> shape) { }
        public DataColumn(string name, System.ReadOnlyMemory<int> labels, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<int> shape) { }
        public DataColumn(string name, float[] values, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<int> shape) { }
        public DataColumn(string name, int[] labels, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<int> shape) { }
        public int Count { get; }
        public System.ReadOnlyMemory<float> Floats { get; }
        public bool IsSequence { get; }
        public System.ReadOnlyMemory<int> Labels { get; }
        public int Length { get; }
        public System.ReadOnlySpan<int> Lengths { get; }
        public string Name { get; }
        public System.ReadOnlySpan<int> Shape { get; }
        public NetGen.ColumnType Type { get; }
        public override string ToString() { }
        public static NetGen.DataColumn Of(string name, System.Collections.Generic.IReadOnlyList<float[]> samples) { }
        public static NetGen.DataColumn Of(string name, System.ReadOnlySpan<double> values, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<int> shape) { }
        public static NetGen.DataColumn Sequences(string name, System.Collections.Generic.IReadOnlyList<int[]> samples) { }
        public static NetGen.DataColumn Sequences(string name, System.Collections.Generic.IReadOnlyList<float[]> samples, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<int> shape) { }
        public static NetGen.DataColumn Sequences(string name, System.ReadOnlyMemory<float> values, System.ReadOnlySpan<int> lengths, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<int> shape) { }
        public static NetGen.DataColumn Sequences(string name, System.ReadOnlyMemory<int> values, System.ReadOnlySpan<int> lengths, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<int> shape) { }
    }
    public sealed class Dataset
    {
        public Dataset([System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<NetGen.DataColumn> columns) { }
        public System.ReadOnlySpan<NetGen.DataColumn> Columns { get; }
        public int Count { get; }
        public NetGen.DataColumn this[string name] { get; }
        public NetGen.IndexedSource AsSource(int? workers = default, int ahead = 2) { }
        public NetGen.Dataset OneHot(string label, int classes) { }
        public NetGen.Dataset Select(System.ReadOnlySpan<int> rows) { }
        public NetGen.Dataset Shuffle(ulong seed) { }
        public NetGen.Dataset Skip(int count) { }
        public NetGen.Dataset Slice(int start, int count) { }
        public NetGen.Dataset Take(int count) { }
        public override string ToString() { }
        [return: System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "Train",
                "Test"})]
        public System.ValueTuple<NetGen.Dataset, NetGen.Dataset> TrainTestSplit(double testFraction) { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class DenseAttribute : NetGen.LayerAttribute
    {
        public DenseAttribute(int units) { }
        public bool Bias { get; set; }
        public int Units { get; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class DepthwiseConv2DAttribute : NetGen.LayerAttribute
    {
        public DepthwiseConv2DAttribute(int kernel) { }
        public bool Bias { get; set; }
        public int Dilation { get; set; }
        public int Kernel { get; }
        public int Multiplier { get; set; }
        public int Padding { get; set; }
        public bool Same { get; set; }
        public int Stride { get; set; }
    }
    public abstract class Device
    {
        public abstract string Name { get; }
        public override sealed string ToString() { }
        public static NetGen.Device Cpu() { }
        public static NetGen.Device Cpu(int threads) { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class DropoutAttribute : NetGen.LayerAttribute
    {
        public DropoutAttribute(float p) { }
        public float P { get; }
    }
    public sealed class EarlyStopping : System.IEquatable<NetGen.EarlyStopping>
    {
        public EarlyStopping(int patience, NetGen.Metric metric = 2) { }
        public EarlyStopping(int patience, string metric) { }
        public string? AccuracyOf { get; init; }
        public bool? HigherIsBetter { get; init; }
        public string? LossOf { get; init; }
        public NetGen.Metric Metric { get; init; }
        public string? MetricName { get; init; }
        public float MinDelta { get; init; }
        public int Patience { get; init; }
        public bool RestoreBestWeights { get; init; }
        public int WarmUp { get; init; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class EluAttribute : NetGen.LayerAttribute
    {
        public EluAttribute(float alpha = 1) { }
        public float Alpha { get; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class EmbeddingAttribute : NetGen.LayerAttribute
    {
        public EmbeddingAttribute(int count, int width) { }
        public int Count { get; }
        public int PaddingIndex { get; set; }
        public int Width { get; }
    }
    public sealed class Ensemble : System.IDisposable
    {
        public Ensemble([System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<NetGen.IPredictor> members) { }
        public System.Collections.Generic.IReadOnlyList<NetGen.IPredictor> Members { get; }
        public void Dispose() { }
        public float[] Predict(NetGen.Dataset data, NetGen.EnsembleMean mean = 0, int batchSize = 128, System.Threading.CancellationToken cancellationToken = default) { }
        public static NetGen.Ensemble Train(int members, System.Func<NetGen.EnsembleRun, NetGen.IPredictor> train, int parallelism = 0, ulong seed = 0, System.Threading.CancellationToken cancellationToken = default) { }
    }
    public enum EnsembleMean
    {
        Outputs = 0,
        Softmax = 1,
        Sigmoid = 2,
    }
    public sealed class EnsembleRun
    {
        public NetGen.Device Device { get; }
        public int Number { get; }
        public ulong Seed { get; }
    }
    public abstract class EpochLog : NetGen.FitCallback
    {
        public override void OnBegin(NetGen.FitContext fit) { }
        public override void OnEnd(NetGen.FitContext fit, NetGen.History history) { }
        public override void OnEpochEnd(NetGen.FitContext fit) { }
        public override void OnException(NetGen.FitContext fit, System.Exception exception) { }
    }
    public sealed class EpochOrder : System.IEquatable<NetGen.EpochOrder>
    {
        public EpochOrder() { }
        public required int BatchSize { get; init; }
        public System.Threading.CancellationToken CancellationToken { get; init; }
        public int Epoch { get; init; }
        public int FirstBatch { get; init; }
        public ulong Seed { get; init; }
        public bool Shuffle { get; init; }
    }
    public sealed class EpochResult : System.IEquatable<NetGen.EpochResult>
    {
        public EpochResult(int Epoch, float Loss, NetGen.Accuracies Accuracies, float? ValidationLoss, NetGen.Accuracies ValidationAccuracies, double Seconds) { }
        public NetGen.Accuracies Accuracies { get; init; }
        public float? Accuracy { get; }
        public int Epoch { get; init; }
        public bool IsPartial { get; init; }
        public float Loss { get; init; }
        public NetGen.MetricValues Losses { get; init; }
        public NetGen.MetricValues Metrics { get; init; }
        public double Seconds { get; init; }
        public NetGen.Accuracies ValidationAccuracies { get; init; }
        public float? ValidationAccuracy { get; }
        public float? ValidationLoss { get; init; }
        public NetGen.MetricValues ValidationLosses { get; init; }
        public override string ToString() { }
    }
    public readonly struct Evaluation : System.IEquatable<NetGen.Evaluation>
    {
        public Evaluation(float Loss, NetGen.Accuracies Accuracies) { }
        public NetGen.Accuracies Accuracies { get; init; }
        public float? Accuracy { get; }
        public float Loss { get; init; }
        public NetGen.MetricValues Losses { get; init; }
        public NetGen.MetricValues Metrics { get; init; }
        public override string ToString() { }
    }
    public enum Fan
    {
        In = 0,
        Out = 1,
        Average = 2,
    }
    public readonly struct FeatureBlock : System.IEquatable<NetGen.FeatureBlock>
    {
        public FeatureBlock(int Positions, int Channels) { }
        public int Channels { get; init; }
        public int Positions { get; init; }
    }
    public enum FileLayout
    {
        AsIs = 0,
        Linear = 1,
        Convolution = 2,
        ChannelsFirst = 3,
        Counter = 4,
    }
    public enum FileOrder
    {
        Stated = 0,
        PyTorch = 1,
        Memory = 2,
    }
    public abstract class FitCallback
    {
        protected FitCallback() { }
        public virtual void OnBegin(NetGen.FitContext fit) { }
        public virtual void OnEnd(NetGen.FitContext fit, NetGen.History history) { }
        public virtual void OnEpochBegin(NetGen.FitContext fit) { }
        public virtual void OnEpochEnd(NetGen.FitContext fit) { }
        public virtual void OnException(NetGen.FitContext fit, System.Exception exception) { }
        public virtual void OnValidationBegin(NetGen.FitContext fit) { }
        public virtual void OnValidationEnd(NetGen.FitContext fit) { }
    }
    public sealed class FitContext
    {
        public int Epoch { get; }
        public System.Collections.Generic.IReadOnlyList<NetGen.EpochResult> Epochs { get; }
        public bool IsStopping { get; }
        public float LearningRate { get; }
        public float Loss { get; }
        public NetGen.INetwork Network { get; }
        public System.Collections.Generic.IEnumerable<string> Objectives { get; }
        public NetGen.FitOptions Options { get; }
        public int Step { get; }
        public int StepsPerEpoch { get; }
        public long TotalSteps { get; }
        public System.ReadOnlySpan<float> GradientBy(NetGen.NetworkParameter parameter) { }
        public float LearningRateOf(string objective) { }
        public float LossOf(string objective) { }
        public void Stop() { }
    }
    public sealed class FitOptions : System.IEquatable<NetGen.FitOptions>
    {
        public FitOptions() { }
        public bool AllowNotFiniteData { get; init; }
        public NetGen.WeightAverage? Average { get; init; }
        public int BatchSize { get; init; }
        public System.Collections.Generic.IReadOnlyList<NetGen.FitCallback> Callbacks { get; init; }
        public System.Threading.CancellationToken CancellationToken { get; init; }
        public NetGen.Checkpoints? Checkpoints { get; init; }
        public NetGen.EarlyStopping? EarlyStopping { get; init; }
        public int Epochs { get; init; }
        public System.Collections.Generic.IReadOnlyList<NetGen.CustomMetric> Metrics { get; init; }
        public System.IProgress<NetGen.FitProgress>? Progress { get; init; }
        public System.TimeSpan ProgressInterval { get; init; }
        public NetGen.ReduceOnPlateau? ReduceOnPlateau { get; init; }
        public NetGen.Schedule? Schedule { get; init; }
        public ulong Seed { get; init; }
        public bool Shuffle { get; init; }
        public bool SimilarLengths { get; init; }
        public NetGen.Dataset? ValidationData { get; init; }
        public double ValidationFraction { get; init; }
        public NetGen.SampleSource? ValidationSource { get; init; }
    }
    public enum FitPhase
    {
        Training = 0,
        Validation = 1,
        EpochEnd = 2,
        End = 3,
    }
    public readonly struct FitProgress : System.IEquatable<NetGen.FitProgress>
    {
        public NetGen.Accuracies Accuracies { get; init; }
        public float? Accuracy { get; }
        public string? Advice { get; init; }
        public int Batch { get; init; }
        public int Batches { get; init; }
        public System.TimeSpan Elapsed { get; init; }
        public int Epoch { get; init; }
        public int Epochs { get; init; }
        public float Loss { get; init; }
        public NetGen.MetricValues Losses { get; init; }
        public NetGen.MetricValues Metrics { get; init; }
        public NetGen.FitPhase Phase { get; init; }
        public NetGen.StopReason? Stopped { get; init; }
        public NetGen.Accuracies ValidationAccuracies { get; init; }
        public float? ValidationAccuracy { get; }
        public float? ValidationLoss { get; init; }
        public NetGen.MetricValues ValidationLosses { get; init; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class FlattenAttribute : NetGen.LayerAttribute
    {
        public FlattenAttribute() { }
    }
    public sealed class FoldRun
    {
        public NetGen.Device Device { get; }
        public int Number { get; }
        public ulong Seed { get; }
        public NetGen.Split Split { get; }
    }
    public sealed class FoldScores
    {
        public double Deviation { get; }
        public double Mean { get; }
        public System.Collections.Generic.IReadOnlyList<double> Scores { get; }
        public override string ToString() { }
    }
    [System.AttributeUsage(System.AttributeTargets.Property | System.AttributeTargets.Field, Inherited=false)]
    public sealed class FrozenAttribute : System.Attribute
    {
        public FrozenAttribute() { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class GaussianNoiseAttribute : NetGen.LayerAttribute
    {
        public GaussianNoiseAttribute(float std) { }
        public float Std { get; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class GeluAttribute : NetGen.LayerAttribute
    {
        public GeluAttribute(bool approximate = false) { }
        public bool Approximate { get; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class GlobalAveragePoolAttribute : NetGen.LayerAttribute
    {
        public GlobalAveragePoolAttribute() { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class GlobalMaxPoolAttribute : NetGen.LayerAttribute
    {
        public GlobalMaxPoolAttribute() { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class GroupNormAttribute : NetGen.LayerAttribute
    {
        public GroupNormAttribute(int groups) { }
        public bool Affine { get; set; }
        public float Epsilon { get; set; }
        public int Groups { get; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class HardSigmoidAttribute : NetGen.LayerAttribute
    {
        public HardSigmoidAttribute() { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class HardSwishAttribute : NetGen.LayerAttribute
    {
        public HardSwishAttribute() { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class HardTanhAttribute : NetGen.LayerAttribute
    {
        public HardTanhAttribute(float min = -1, float max = 1) { }
        public float Max { get; }
        public float Min { get; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class HardshrinkAttribute : NetGen.LayerAttribute
    {
        public HardshrinkAttribute(float lambda = 0.5) { }
        public float Lambda { get; }
    }
    public sealed class History
    {
        public string? Advice { get; }
        public int? BestEpoch { get; }
        public System.Collections.Generic.IReadOnlyList<NetGen.EpochResult> Epochs { get; }
        public NetGen.EpochResult? Last { get; }
        public int? RestoredEpoch { get; }
        public NetGen.StopReason Stopped { get; }
        public override string ToString() { }
    }
    public static class HyperparameterSearch
    {
        public static System.Collections.Generic.IReadOnlyList<NetGen.Trial> Grid(NetGen.SearchSpace space, System.Func<NetGen.Trial, double> run, NetGen.SearchOptions? options = null) { }
        public static System.Collections.Generic.IReadOnlyList<NetGen.Trial> Halving(NetGen.SearchSpace space, int trials, System.Func<NetGen.Trial, double> run, int budget = 1, int factor = 3, NetGen.SearchOptions? options = null) { }
        public static System.Collections.Generic.IReadOnlyList<NetGen.Trial> Random(NetGen.SearchSpace space, int trials, System.Func<NetGen.Trial, double> run, NetGen.SearchOptions? options = null) { }
    }
    public interface IMultiObjective : NetGen.INetwork, System.IDisposable
    {
        System.ReadOnlySpan<NetGen.ObjectiveSpec> Objectives { get; }
        NetGen.BatchResult EvaluateBatch(int objective, NetGen.Batch batch, System.Span<double> correct);
        void ResetOptimizers();
        NetGen.BatchResult StepBatch<TOptimizer>(int objective, NetGen.Batch batch, in TOptimizer optimizer, System.Span<double> correct)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer>;
    }
    public interface INetwork : System.IDisposable
    {
        NetGen.Device Device { get; }
        string Name { get; }
        NetGen.NetworkParameters Parameters { get; }
        void Load(string path, NetGen.FileOrder order = 0, bool allowNotFinite = false);
        void Save(string path, bool allowNotFinite = false);
    }
    public interface IOptimizer<TSelf>
        where TSelf :  struct, NetGen.IOptimizer<TSelf>
    {
        float LearningRate { get; }
        TSelf Default { get; }
        int StateSlots { get; }
        TSelf Prepare(long step);
        void Validate();
        TSelf WithLearningRate(float learningRate);
        bool KeepsState(in TSelf optimizer);
        bool SkipsZeroGradients(in TSelf optimizer);
        V Update<V>(in TSelf prepared, V weight, V gradient, ref V state0, ref V state1)
            where V :  struct, NetGen.Runtime.IVector<V>;
    }
    public interface IPredictor : NetGen.INetwork, System.IDisposable
    {
        System.ReadOnlySpan<NetGen.ColumnSpec> Inputs { get; }
        NetGen.ColumnSpec Output { get; }
        void PredictBatch(NetGen.Batch batch, System.Span<float> result);
    }
    public interface IPredictor<TSelf> : NetGen.INetwork, NetGen.IPredictor, System.IDisposable
        where TSelf :  class, NetGen.IPredictor<TSelf>
    {
        TSelf Create(ulong seed = 0, NetGen.Device? device = null);
    }
    public interface IResidentTrainable : NetGen.INetwork, NetGen.ITrainable, System.IDisposable
    {
        NetGen.ResidentData? Keep(NetGen.Dataset data);
        void StepRows<TOptimizer>(NetGen.ResidentData data, System.ReadOnlySpan<int> rows, int batchSize, System.ReadOnlySpan<TOptimizer> optimizers, System.Span<NetGen.BatchResult> results, System.Span<double> correct)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer>;
    }
    public interface ITrainable : NetGen.INetwork, System.IDisposable
    {
        System.ReadOnlySpan<string> Accuracies { get; }
        System.ReadOnlySpan<NetGen.ColumnSpec> Columns { get; }
        int SmallestBatch { get; }
        NetGen.BatchResult EvaluateBatch(NetGen.Batch batch, System.Span<double> correct);
        void ResetOptimizers();
        NetGen.BatchResult StepBatch<TOptimizer>(NetGen.Batch batch, in TOptimizer optimizer, System.Span<double> correct)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer>;
    }
    public abstract class IndexedSource : NetGen.SampleSource
    {
        protected IndexedSource() { }
        public int Ahead { get; init; }
        public int? Workers { get; init; }
        public abstract void Load(int sample, NetGen.SampleTarget target, ref NetGen.SampleRandom random);
        public override sealed NetGen.SampleReader Read(NetGen.EpochOrder order) { }
    }
    public class Indices
    {
        public static NetGen.Tensor op_Implicit(NetGen.Indices indices) { }
    }
    public sealed class Init
    {
        public static NetGen.Init GlorotNormal { get; }
        public static NetGen.Init GlorotUniform { get; }
        public static NetGen.Init HeNormal { get; }
        public static NetGen.Init HeUniform { get; }
        public static NetGen.Init LeCunNormal { get; }
        public static NetGen.Init LeCunUniform { get; }
        public static NetGen.Init Ones { get; }
        public static NetGen.Init PyTorch { get; }
        public static NetGen.Init Zeros { get; }
        public static NetGen.Init Constant(float value) { }
        public static NetGen.Init Identity(float gain = 1) { }
        public static NetGen.Init Normal(float std = 1, float mean = 0) { }
        public static NetGen.Init Orthogonal(float gain = 1) { }
        public static NetGen.Init TruncatedNormal(float std = 1, float mean = 0) { }
        public static NetGen.Init Uniform(float low, float high) { }
        public static NetGen.Init VarianceScaling(float scale = 1, NetGen.Fan fan = 0, NetGen.Spread spread = 0) { }
    }
    public readonly struct Initializer : System.IEquatable<NetGen.Initializer>
    {
        public static NetGen.Initializer Ones { get; }
        public static NetGen.Initializer Zeros { get; }
        public void Fill(System.Span<float> values, ulong seed, int parameter) { }
        public override string ToString() { }
        public NetGen.Initializer WithZeros(int start, int count) { }
        public static NetGen.Initializer Constant(float value) { }
        public static NetGen.Initializer GlorotNormal(int fanIn, int fanOut) { }
        public static NetGen.Initializer GlorotUniform(int fanIn, int fanOut) { }
        public static NetGen.Initializer HeNormal(int fanIn) { }
        public static NetGen.Initializer HeUniform(int fanIn) { }
        public static NetGen.Initializer Identity(int rows, int columns, float gain = 1) { }
        public static NetGen.Initializer LeCunNormal(int fanIn) { }
        public static NetGen.Initializer LeCunUniform(int fanIn) { }
        public static NetGen.Initializer Normal(float std, float mean = 0) { }
        public static NetGen.Initializer Orthogonal(int rows, int columns, float gain = 1) { }
        public static NetGen.Initializer PyTorch(int fanIn) { }
        public static NetGen.Initializer TruncatedNormal(float std, float mean = 0) { }
        public static NetGen.Initializer Uniform(float low, float high) { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, Inherited=false)]
    public sealed class InputAttribute : System.Attribute
    {
        public InputAttribute(params int[] dims) { }
        public int[] Dims { get; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class InstanceNormAttribute : NetGen.LayerAttribute
    {
        public InstanceNormAttribute() { }
        public bool Affine { get; set; }
        public float Epsilon { get; set; }
    }
    public sealed class JsonLinesLog : NetGen.EpochLog
    {
        public JsonLinesLog(string path) { }
    }
    public sealed class Labels : NetGen.Indices { }
    public readonly struct Lamb : NetGen.IOptimizer<NetGen.Lamb>, System.IEquatable<NetGen.Lamb>
    {
        public Lamb() { }
        public Lamb(float learningRate, float beta1 = 0.9, float beta2 = 0.999, float epsilon = 1E-06, float weightDecay = 0.01) { }
        public float Beta1 { get; init; }
        public float Beta2 { get; init; }
        public float Epsilon { get; init; }
        public float LearningRate { get; init; }
        public float WeightDecay { get; init; }
        public static NetGen.Lamb Default { get; }
        public static int StateSlots { get; }
        public NetGen.Lamb Prepare(long step) { }
        public void Validate() { }
        public NetGen.Lamb WithLearningRate(float learningRate) { }
        public static V Update<V>(in NetGen.Lamb prepared, V weight, V gradient, ref V state0, ref V state1)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public delegate NetGen.Tensor Layer(NetGen.Tensor x);
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public abstract class LayerAttribute : System.Attribute { }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class LayerNormAttribute : NetGen.LayerAttribute
    {
        public LayerNormAttribute(int axes = 1) { }
        public bool Affine { get; set; }
        public int Axes { get; }
        public float Epsilon { get; set; }
    }
    public static class LayerWeights
    {
        extension(NetGen.Layer layer)
        {
            public NetGen.Tensor Weight { get; }
            public NetGen.Tensor Bias { get; }
        }
    }
    public static class Layers
    {
        public static NetGen.Layer AdaptiveAveragePool2D(NetGen.Size2D size) { }
        public static NetGen.Layer AlphaDropout(float p) { }
        public static NetGen.Layer AttentionPool(int units, NetGen.Init? init = null) { }
        public static NetGen.Layer AveragePool1D(int pool, int? stride = default, NetGen.Padding padding = default, bool ceilMode = false, bool countPadding = false) { }
        public static NetGen.Layer AveragePool2D(NetGen.Size2D pool, NetGen.Size2D? stride = default, NetGen.Padding padding = default, bool ceilMode = false, bool countPadding = false) { }
        public static NetGen.Layer BatchNorm(float epsilon = 1E-05, float momentum = 0.1, bool affine = true) { }
        public static NetGen.Layer CausalSelfAttention(int heads, int keyHeads = 0, bool bias = true, float dropout = 0, bool rotary = false, int window = 0, bool alibi = false, NetGen.Init? init = null) { }
        public static NetGen.Layer Celu(float alpha = 1) { }
        public static NetGen.Layer Conv1D(int filters, int kernel, int stride = 1, NetGen.Padding padding = default, bool bias = true, NetGen.Init? init = null, NetGen.Init? biasInit = null, int dilation = 1, int groups = 1, NetGen.PaddingMode paddingMode = 0) { }
        public static NetGen.Layer Conv2D(int filters, NetGen.Size2D kernel, NetGen.Size2D? stride = default, NetGen.Padding padding = default, bool bias = true, NetGen.Init? init = null, NetGen.Init? biasInit = null, NetGen.Size2D? dilation = default, int groups = 1, NetGen.PaddingMode paddingMode = 0) { }
        public static NetGen.Layer ConvTranspose1D(int filters, int kernel, int stride = 1, NetGen.Padding padding = default, int outputPadding = 0, bool bias = true, NetGen.Init? init = null, NetGen.Init? biasInit = null, int dilation = 1, int groups = 1) { }
        public static NetGen.Layer ConvTranspose2D(int filters, NetGen.Size2D kernel, NetGen.Size2D? stride = default, NetGen.Padding padding = default, NetGen.Size2D? outputPadding = default, bool bias = true, NetGen.Init? init = null, NetGen.Init? biasInit = null, NetGen.Size2D? dilation = default, int groups = 1) { }
        public static NetGen.Layer Crop2D(int top, int bottom, int left, int right) { }
        public static NetGen.CrossLayer CrossAttention(int heads, bool bias = true, float dropout = 0, NetGen.Init? init = null) { }
        public static NetGen.Layer Dense(int units, bool bias = true, NetGen.Init? init = null, NetGen.Init? biasInit = null) { }
        public static NetGen.Layer DepthwiseConv2D(NetGen.Size2D kernel, NetGen.Size2D? stride = default, NetGen.Padding padding = default, int multiplier = 1, NetGen.Size2D? dilation = default, bool bias = true, NetGen.Init? init = null, NetGen.Init? biasInit = null) { }
        public static NetGen.Layer Dropout(float p) { }
        public static NetGen.Layer Elu(float alpha = 1) { }
        public static NetGen.Layer Embedding(int count, int width, int paddingIndex = -1, NetGen.Init? init = null) { }
        public static NetGen.Layer GaussianNoise(float std) { }
        public static NetGen.Layer Gelu(bool approximate) { }
        public static NetGen.Layer GroupNorm(int groups, float epsilon = 1E-05, bool affine = true) { }
        public static NetGen.Layer Gru(int units, int layers = 1, bool bidirectional = false, float dropout = 0, bool last = false, bool bias = true, NetGen.Init? init = null, bool resetAfter = true, float inputDropout = 0, float recurrentDropout = 0) { }
        public static NetGen.StatefulLayer GruWithState(int units, int layers = 1, bool bidirectional = false, float dropout = 0, bool bias = true, NetGen.Init? init = null, bool resetAfter = true, float inputDropout = 0, float recurrentDropout = 0) { }
        public static NetGen.Layer HardTanh(float min = -1, float max = 1) { }
        public static NetGen.Layer Hardshrink(float lambda = 0.5) { }
        public static NetGen.Layer InstanceNorm(float epsilon = 1E-05, bool affine = false) { }
        public static NetGen.Layer LayerNorm(int axes = 1, float epsilon = 1E-05, bool affine = true) { }
        public static NetGen.Layer LeakyRelu(float slope = 0.01) { }
        public static NetGen.Layer LearnedPositions(NetGen.Init? init = null) { }
        public static NetGen.Layer Lstm(int units, int layers = 1, bool bidirectional = false, float dropout = 0, bool last = false, bool bias = true, NetGen.Init? init = null, int projection = 0, bool peepholes = false, float inputDropout = 0, float recurrentDropout = 0) { }
        public static NetGen.StatefulLstm LstmWithState(int units, int layers = 1, bool bidirectional = false, float dropout = 0, bool bias = true, NetGen.Init? init = null, int projection = 0, bool peepholes = false, float inputDropout = 0, float recurrentDropout = 0) { }
        public static NetGen.Layer MaxPool1D(int pool, int? stride = default, NetGen.Padding padding = default, bool ceilMode = false) { }
        public static NetGen.Layer MaxPool2D(NetGen.Size2D pool, NetGen.Size2D? stride = default, NetGen.Padding padding = default, bool ceilMode = false) { }
        public static NetGen.Layer PRelu(bool perChannel = false, NetGen.Init? init = null) { }
        public static NetGen.Layer Pad(int axis, int before, int after, float value = 0) { }
        public static NetGen.Layer Pad2D(int top, int bottom, int left, int right, NetGen.PaddingMode mode = 0) { }
        public static NetGen.Parameter Parameter(params int[] dims) { }
        public static NetGen.Parameter Parameter(int dim0, NetGen.Init init) { }
        public static NetGen.Parameter Parameter(int[] dims, NetGen.Init init) { }
        public static NetGen.Parameter Parameter(int dim0, int dim1, NetGen.Init init) { }
        public static NetGen.Parameter Parameter(int dim0, int dim1, int dim2, NetGen.Init init) { }
        public static NetGen.Parameter Parameter(int dim0, int dim1, int dim2, int dim3, NetGen.Init init) { }
        public static NetGen.Layer Permute(params int[] axes) { }
        public static NetGen.Layer PixelShuffle(int factor) { }
        public static NetGen.Layer PixelUnshuffle(int factor) { }
        public static NetGen.Layer Repeat(int count, System.Func<NetGen.Layer> layer) { }
        public static NetGen.Layer Repeat(int count, System.Func<int, NetGen.Layer> layer) { }
        public static NetGen.Layer Reshape(params int[] dims) { }
        public static NetGen.Layer Resize2D(int height, int width, NetGen.UpsampleMode mode = 0, bool alignCorners = false) { }
        public static NetGen.Layer RmsNorm(int axes = 1, float epsilon = 1.1920929E-07, bool affine = true) { }
        public static NetGen.Layer Rnn(int units, int layers = 1, bool bidirectional = false, float dropout = 0, bool last = false, bool bias = true, bool relu = false, NetGen.Init? init = null, float inputDropout = 0, float recurrentDropout = 0) { }
        public static NetGen.StatefulLayer RnnWithState(int units, int layers = 1, bool bidirectional = false, float dropout = 0, bool bias = true, bool relu = false, NetGen.Init? init = null, float inputDropout = 0, float recurrentDropout = 0) { }
        public static NetGen.Layer SelfAttention(int heads, int keyHeads = 0, bool bias = true, float dropout = 0, bool rotary = false, int window = 0, bool alibi = false, NetGen.Init? init = null) { }
        public static NetGen.Layer Sequential(params NetGen.Layer[] layers) { }
        public static NetGen.Layer Softplus(float beta) { }
        public static NetGen.Layer Softshrink(float lambda = 0.5) { }
        public static NetGen.Layer SpatialDropout(float p) { }
        public static NetGen.Layer SpectralNorm(NetGen.Layer layer, int iterations = 1, float epsilon = 1E-12) { }
        public static NetGen.Layer ThresholdedRelu(float theta = 1) { }
        public static NetGen.CrossLayer TransformerDecoderLayer(int heads, int feedForward = 2048, float dropout = 0.1, bool gelu = false, bool normFirst = false, bool causal = true, float epsilon = 1E-05) { }
        public static NetGen.Layer TransformerEncoderLayer(int heads, int feedForward = 2048, float dropout = 0.1, bool gelu = false, bool normFirst = false, bool causal = false, float epsilon = 1E-05) { }
        public static NetGen.Layer Upsample2D(NetGen.Size2D factor, NetGen.UpsampleMode mode = 0, bool alignCorners = false) { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class LeakyReluAttribute : NetGen.LayerAttribute
    {
        public LeakyReluAttribute(float slope = 0.01) { }
        public float Slope { get; }
    }
    public readonly struct Lion : NetGen.IOptimizer<NetGen.Lion>, System.IEquatable<NetGen.Lion>
    {
        public Lion() { }
        public Lion(float learningRate, float beta1 = 0.9, float beta2 = 0.99, float weightDecay = 0) { }
        public float Beta1 { get; init; }
        public float Beta2 { get; init; }
        public float LearningRate { get; init; }
        public float WeightDecay { get; init; }
        public static NetGen.Lion Default { get; }
        public static int StateSlots { get; }
        public NetGen.Lion Prepare(long step) { }
        public void Validate() { }
        public NetGen.Lion WithLearningRate(float learningRate) { }
        public static V Update<V>(in NetGen.Lion prepared, V weight, V gradient, ref V state0, ref V state1)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class LogSigmoidAttribute : NetGen.LayerAttribute
    {
        public LogSigmoidAttribute() { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class LogSoftmaxAttribute : NetGen.LayerAttribute
    {
        public LogSoftmaxAttribute() { }
    }
    public sealed class LoggedImage
    {
        public LoggedImage(System.ReadOnlySpan<float> pixels, int height, int width, int channels = 1) { }
        public int Channels { get; }
        public int Height { get; }
        public int Width { get; }
    }
    public readonly struct Lookahead<TOptimizer> : NetGen.IOptimizer<NetGen.Lookahead<TOptimizer>>, System.IEquatable<NetGen.Lookahead<TOptimizer>>
        where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer>
    {
        public Lookahead() { }
        public Lookahead(TOptimizer optimizer, int every = 5, float rate = 0.5) { }
        public int Every { get; init; }
        public float LearningRate { get; }
        public TOptimizer Optimizer { get; init; }
        public float Rate { get; init; }
        public static NetGen.Lookahead<TOptimizer> Default { get; }
        public static int StateSlots { get; }
        public NetGen.Lookahead<TOptimizer> Prepare(long step) { }
        public void Validate() { }
        public NetGen.Lookahead<TOptimizer> WithLearningRate(float learningRate) { }
        public static bool KeepsState(in NetGen.Lookahead<TOptimizer> optimizer) { }
        public static bool SkipsZeroGradients(in NetGen.Lookahead<TOptimizer> optimizer) { }
        public static V Update<V>(in NetGen.Lookahead<TOptimizer> prepared, V weight, V gradient, ref V state0, ref V state1)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public enum Loss
    {
        CrossEntropy = 0,
        BinaryCrossEntropy = 1,
        MeanSquaredError = 2,
        MeanAbsoluteError = 3,
        Huber = 4,
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class MaxPool1DAttribute : NetGen.LayerAttribute
    {
        public MaxPool1DAttribute(int pool) { }
        public bool CeilMode { get; set; }
        public int Padding { get; set; }
        public int Pool { get; }
        public bool Same { get; set; }
        public int Stride { get; set; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class MaxPool2DAttribute : NetGen.LayerAttribute
    {
        public MaxPool2DAttribute(int pool) { }
        public bool CeilMode { get; set; }
        public int Padding { get; set; }
        public int Pool { get; }
        public bool Same { get; set; }
        public int Stride { get; set; }
    }
    public enum Metric
    {
        Loss = 0,
        Accuracy = 1,
        ValidationLoss = 2,
        ValidationAccuracy = 3,
        Custom = 4,
    }
    public sealed class MetricValues : System.Collections.Generic.IEnumerable<System.Collections.Generic.KeyValuePair<string, double>>, System.Collections.Generic.IReadOnlyCollection<System.Collections.Generic.KeyValuePair<string, double>>, System.Collections.Generic.IReadOnlyDictionary<string, double>, System.Collections.IEnumerable, System.IEquatable<NetGen.MetricValues>
    {
        public MetricValues([System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] [System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "Name",
                "Value"})] System.ReadOnlySpan<System.ValueTuple<string, double>> values) { }
        public int Count { get; }
        public double this[string key] { get; }
        public System.Collections.Generic.IEnumerable<string> Keys { get; }
        public System.Collections.Generic.IEnumerable<double> Values { get; }
        public static NetGen.MetricValues None { get; }
        public bool ContainsKey(string key) { }
        public bool Equals(NetGen.MetricValues? other) { }
        public override bool Equals(object? obj) { }
        public System.Collections.Generic.IEnumerator<System.Collections.Generic.KeyValuePair<string, double>> GetEnumerator() { }
        public override int GetHashCode() { }
        public override string ToString() { }
        public bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out double value) { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class MishAttribute : NetGen.LayerAttribute
    {
        public MishAttribute() { }
    }
    public sealed class MlflowLog : NetGen.FitCallback, System.IDisposable
    {
        public MlflowLog(System.Uri server, string experiment) { }
        public System.Collections.Generic.IReadOnlyDictionary<string, string> Parameters { get; init; }
        public string? RunId { get; }
        public string? RunName { get; init; }
        public System.TimeSpan Timeout { get; init; }
        public string? Token { get; init; }
        public void Dispose() { }
        public override void OnBegin(NetGen.FitContext fit) { }
        public override void OnEnd(NetGen.FitContext fit, NetGen.History history) { }
        public override void OnEpochEnd(NetGen.FitContext fit) { }
        public override void OnException(NetGen.FitContext fit, System.Exception exception) { }
    }
    public readonly struct Muon : NetGen.IOptimizer<NetGen.Muon>, System.IEquatable<NetGen.Muon>
    {
        public Muon() { }
        public Muon(float learningRate, float momentum = 0.95, bool nesterov = true, float weightDecay = 0, int iterations = 5, float adamLearningRate = 0.0003) { }
        public System.Collections.Generic.IReadOnlyList<string> AdamFields { get; init; }
        public float AdamLearningRate { get; init; }
        public float Beta1 { get; init; }
        public float Beta2 { get; init; }
        public float Epsilon { get; init; }
        public int Iterations { get; init; }
        public float LearningRate { get; init; }
        public float Momentum { get; init; }
        public bool Nesterov { get; init; }
        public float WeightDecay { get; init; }
        public static NetGen.Muon Default { get; }
        public static int StateSlots { get; }
        public NetGen.Muon Prepare(long step) { }
        public void Validate() { }
        public NetGen.Muon WithLearningRate(float learningRate) { }
        public static V Update<V>(in NetGen.Muon prepared, V weight, V gradient, ref V state0, ref V state1)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public readonly struct Nadam : NetGen.IOptimizer<NetGen.Nadam>, System.IEquatable<NetGen.Nadam>
    {
        public Nadam() { }
        public Nadam(float learningRate, float beta1 = 0.9, float beta2 = 0.999, float epsilon = 1E-08, float weightDecay = 0, float momentumDecay = 0.004) { }
        public float Beta1 { get; init; }
        public float Beta2 { get; init; }
        public float Epsilon { get; init; }
        public float LearningRate { get; init; }
        public float MomentumDecay { get; init; }
        public float WeightDecay { get; init; }
        public static NetGen.Nadam Default { get; }
        public static int StateSlots { get; }
        public NetGen.Nadam Prepare(long step) { }
        public void Validate() { }
        public NetGen.Nadam WithLearningRate(float learningRate) { }
        public static V Update<V>(in NetGen.Nadam prepared, V weight, V gradient, ref V state0, ref V state1)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public static class NetGenOptions
    {
        public const string ThreadsVariable = "NETGEN_THREADS";
        public static bool AllowFewerThreads { get; set; }
        public static int Threads { get; set; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, Inherited=false)]
    public sealed class NetworkAttribute : System.Attribute
    {
        public NetworkAttribute() { }
        public NetGen.Precision Precision { get; set; }
    }
    public sealed class NetworkParameter
    {
        public bool IsState { get; }
        public int Length { get; }
        public string Name { get; }
        public System.ReadOnlySpan<int> Shape { get; }
        public System.Span<float> Values { get; }
        public override string ToString() { }
    }
    public sealed class NetworkParameters : System.Collections.Generic.IEnumerable<NetGen.NetworkParameter>, System.Collections.Generic.IReadOnlyCollection<NetGen.NetworkParameter>, System.Collections.Generic.IReadOnlyList<NetGen.NetworkParameter>, System.Collections.IEnumerable
    {
        public NetworkParameters(NetGen.ParameterLayout layout, NetGen.Runtime.IWeightStore store) { }
        public NetworkParameters(NetGen.ParameterLayout layout, float[] weights) { }
        public int Count { get; }
        public NetGen.NetworkParameter this[int index] { get; }
        public NetGen.NetworkParameter this[string name] { get; }
        public int TotalLength { get; }
        public void Follow(string to, string from, float share = 1) { }
        public System.Collections.Generic.IEnumerator<NetGen.NetworkParameter> GetEnumerator() { }
        public bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out NetGen.NetworkParameter? parameter) { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class | System.AttributeTargets.Method, Inherited=false)]
    public sealed class ObjectiveAttribute : System.Attribute
    {
        public ObjectiveAttribute() { }
        public ObjectiveAttribute(NetGen.Loss loss) { }
        public NetGen.Loss? Loss { get; }
        public string[] Updates { get; set; }
    }
    public sealed class ObjectiveSpec : System.IEquatable<NetGen.ObjectiveSpec>
    {
        public ObjectiveSpec(string Name, NetGen.ColumnSpec[] Columns, string[] Accuracies, int SmallestBatch = 1) { }
        public string[] Accuracies { get; init; }
        public NetGen.ColumnSpec[] Columns { get; init; }
        public string Name { get; init; }
        public int SmallestBatch { get; init; }
    }
    public abstract class ObjectiveSteps
    {
        public int Every { get; init; }
        public string Objective { get; }
        public System.Func<NetGen.FitContext, bool>? When { get; init; }
    }
    public sealed class ObjectiveSteps<TOptimizer> : NetGen.ObjectiveSteps
        where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer>
    {
        public ObjectiveSteps(string objective, System.Func<long, TOptimizer> schedule) { }
        public ObjectiveSteps(string objective, in TOptimizer optimizer) { }
    }
    public static class Ops
    {
        public static NetGen.Tensor Abs(NetGen.Tensor x) { }
        public static NetGen.Indices ArgMax(NetGen.Tensor x, int axis = -1) { }
        public static NetGen.Indices ArgMin(NetGen.Tensor x, int axis = -1) { }
        public static NetGen.Indices ArgSort(NetGen.Tensor x, bool descending = false) { }
        public static NetGen.Indices ArgTopK(NetGen.Tensor x, int count) { }
        public static NetGen.Tensor Atan(NetGen.Tensor x) { }
        public static NetGen.Tensor Atan2(NetGen.Tensor y, NetGen.Tensor x) { }
        public static NetGen.Tensor Attention(NetGen.Tensor q, NetGen.Tensor k, NetGen.Tensor v, int heads = 1, NetGen.Tensor? bias = null, bool causal = false, int window = 0, bool alibi = false, float softCap = 0, float scale = 0, float dropout = 0) { }
        public static NetGen.Tensor BinaryCrossEntropy(NetGen.Tensor logits, NetGen.Tensor target, float positiveWeight = 1, NetGen.Tensor? weight = null) { }
        public static NetGen.Tensor BinaryFocal(NetGen.Tensor logits, NetGen.Tensor target, float gamma = 2, float? alpha = default, NetGen.Tensor? weight = null) { }
        public static NetGen.Tensor BroadcastTo(NetGen.Tensor x, params int[] dims) { }
        public static NetGen.Tensor Ceiling(NetGen.Tensor x) { }
        public static NetGen.Tensor Celu(NetGen.Tensor x) { }
        public static NetGen.Tensor Celu(NetGen.Tensor x, float alpha) { }
        public static NetGen.Tensor Clamp(NetGen.Tensor x, float min, float max) { }
        public static NetGen.Tensor Concat(params NetGen.Tensor[] tensors) { }
        public static NetGen.Tensor Concat(int axis, params NetGen.Tensor[] tensors) { }
        public static NetGen.Tensor Constant(float value, params int[] dims) { }
        public static NetGen.Tensor Contrastive(NetGen.Tensor a, NetGen.Tensor b, NetGen.Tensor target, float margin = 1) { }
        public static NetGen.Tensor Cos(NetGen.Tensor x) { }
        public static NetGen.Tensor CosineEmbedding(NetGen.Tensor a, NetGen.Tensor b, NetGen.Tensor target, float margin = 0) { }
        public static NetGen.Tensor CosineSimilarity(NetGen.Tensor a, NetGen.Tensor b, int axis = -1, float epsilon = 1E-08) { }
        public static NetGen.Tensor Crop2D(NetGen.Tensor x, int top, int bottom, int left, int right) { }
        public static NetGen.Tensor CrossEntropy(NetGen.Tensor logits, NetGen.Tensor target, float labelSmoothing = 0, float[]? weights = null, NetGen.Tensor? weight = null) { }
        public static NetGen.Tensor CrossEntropy(NetGen.Tensor logits, NetGen.Indices label, float labelSmoothing = 0, float[]? weights = null, int? ignoreIndex = default, NetGen.Tensor? weight = null) { }
        public static NetGen.Tensor Ctc(NetGen.Tensor logits, NetGen.Indices target, int blank = 0, int? ignoreIndex = default, bool zeroInfinity = false, NetGen.Tensor? weight = null) { }
        public static NetGen.Tensor CumSum(NetGen.Tensor x, int axis = -1, bool exclusive = false, bool reverse = false) { }
        public static NetGen.Tensor EachStep(NetGen.Tensor x, NetGen.Tensor like) { }
        public static NetGen.Tensor Einsum(string pattern, params NetGen.Tensor[] tensors) { }
        public static NetGen.Tensor Elu(NetGen.Tensor x) { }
        public static NetGen.Tensor Elu(NetGen.Tensor x, float alpha) { }
        public static NetGen.Tensor Equal(NetGen.Tensor left, NetGen.Tensor right) { }
        public static NetGen.Tensor Equal(NetGen.Tensor left, float right) { }
        public static NetGen.Tensor Erf(NetGen.Tensor x) { }
        public static NetGen.Tensor Exp(NetGen.Tensor x) { }
        public static NetGen.Tensor Expm1(NetGen.Tensor x) { }
        public static NetGen.Tensor First(NetGen.Tensor x) { }
        public static NetGen.Tensor Flatten(NetGen.Tensor x) { }
        public static NetGen.Tensor Floor(NetGen.Tensor x) { }
        public static NetGen.Tensor Focal(NetGen.Tensor logits, NetGen.Indices label, float gamma = 2, float[]? weights = null, int? ignoreIndex = default, NetGen.Tensor? weight = null) { }
        public static NetGen.Tensor Gather(NetGen.Tensor x, NetGen.Indices indices, int axis = 0) { }
        public static NetGen.Tensor Gather(NetGen.Tensor x, int[] indices, int axis = 0) { }
        public static NetGen.Tensor GaussianNegativeLogLikelihood(NetGen.Tensor prediction, NetGen.Tensor target, NetGen.Tensor variance, float epsilon = 1E-06, NetGen.Tensor? weight = null) { }
        public static NetGen.Tensor Gelu(NetGen.Tensor x) { }
        public static NetGen.Tensor Gelu(NetGen.Tensor x, bool approximate) { }
        public static NetGen.Tensor GlobalAveragePool(NetGen.Tensor x) { }
        public static NetGen.Tensor GlobalMaxPool(NetGen.Tensor x) { }
        public static NetGen.Tensor Glu(NetGen.Tensor x) { }
        public static NetGen.Tensor Glu(NetGen.Tensor x, int axis) { }
        public static NetGen.Tensor Gradient(NetGen.Tensor of, NetGen.Tensor by) { }
        public static NetGen.Tensor HardSigmoid(NetGen.Tensor x) { }
        public static NetGen.Tensor HardSigmoid(NetGen.Tensor x, float slope, float offset) { }
        public static NetGen.Tensor HardSwish(NetGen.Tensor x) { }
        public static NetGen.Tensor HardTanh(NetGen.Tensor x) { }
        public static NetGen.Tensor HardTanh(NetGen.Tensor x, float min, float max) { }
        public static NetGen.Tensor Hardshrink(NetGen.Tensor x) { }
        public static NetGen.Tensor Hardshrink(NetGen.Tensor x, float lambda) { }
        public static NetGen.Tensor Hinge(NetGen.Tensor prediction, NetGen.Tensor target, NetGen.Tensor? weight = null) { }
        public static NetGen.Tensor Huber(NetGen.Tensor prediction, NetGen.Tensor target, float delta = 1, NetGen.Tensor? weight = null) { }
        public static NetGen.Tensor IsTraining() { }
        public static NetGen.Tensor KLDivergence(NetGen.Tensor logProbabilities, NetGen.Tensor target, NetGen.Tensor? weight = null) { }
        public static NetGen.Tensor L1(NetGen.Layer layer) { }
        public static NetGen.Tensor L1(NetGen.Tensor x) { }
        public static NetGen.Tensor L2(NetGen.Layer layer) { }
        public static NetGen.Tensor L2(NetGen.Tensor x) { }
        public static NetGen.Tensor Last(NetGen.Tensor x) { }
        public static NetGen.Tensor LeakyRelu(NetGen.Tensor x) { }
        public static NetGen.Tensor LeakyRelu(NetGen.Tensor x, float slope) { }
        public static NetGen.Tensor Log(NetGen.Tensor x) { }
        public static NetGen.Tensor Log1P(NetGen.Tensor x) { }
        public static NetGen.Tensor LogCosh(NetGen.Tensor prediction, NetGen.Tensor target, NetGen.Tensor? weight = null) { }
        public static NetGen.Tensor LogSigmoid(NetGen.Tensor x) { }
        public static NetGen.Tensor LogSoftmax(NetGen.Tensor x) { }
        public static NetGen.Tensor LogSumExp(NetGen.Tensor x) { }
        public static NetGen.Tensor LogSumExp(NetGen.Tensor x, int[] axes, bool keepDims = false) { }
        public static NetGen.Tensor LogSumExp(NetGen.Tensor x, int axis, bool keepDims = false) { }
        public static NetGen.Tensor MatMul(NetGen.Tensor a, NetGen.Tensor b) { }
        public static NetGen.Tensor Max(NetGen.Tensor x) { }
        public static NetGen.Tensor Max(NetGen.Tensor x, int[] axes, bool keepDims = false) { }
        public static NetGen.Tensor Max(NetGen.Tensor x, int axis, bool keepDims = false) { }
        public static NetGen.Tensor MaxOfSteps(NetGen.Tensor x) { }
        public static NetGen.Tensor Maximum(NetGen.Tensor left, NetGen.Tensor right) { }
        public static NetGen.Tensor Maximum(NetGen.Tensor left, float right) { }
        public static NetGen.Tensor Mean(NetGen.Tensor x) { }
        public static NetGen.Tensor Mean(NetGen.Tensor x, int[] axes, bool keepDims = false) { }
        public static NetGen.Tensor Mean(NetGen.Tensor x, int axis, bool keepDims = false) { }
        public static NetGen.Tensor MeanAbsoluteError(NetGen.Tensor prediction, NetGen.Tensor target, NetGen.Tensor? weight = null) { }
        public static NetGen.Tensor MeanOfSteps(NetGen.Tensor x) { }
        public static NetGen.Tensor MeanSquaredError(NetGen.Tensor prediction, NetGen.Tensor target, NetGen.Tensor? weight = null) { }
        public static NetGen.Tensor Min(NetGen.Tensor x) { }
        public static NetGen.Tensor Min(NetGen.Tensor x, int[] axes, bool keepDims = false) { }
        public static NetGen.Tensor Min(NetGen.Tensor x, int axis, bool keepDims = false) { }
        public static NetGen.Tensor Minimum(NetGen.Tensor left, NetGen.Tensor right) { }
        public static NetGen.Tensor Minimum(NetGen.Tensor left, float right) { }
        public static NetGen.Tensor Mish(NetGen.Tensor x) { }
        public static NetGen.Tensor NegativeLogLikelihood(NetGen.Tensor logProbabilities, NetGen.Indices label, float[]? weights = null, int? ignoreIndex = default, NetGen.Tensor? weight = null) { }
        public static NetGen.Tensor Norm(NetGen.Tensor x) { }
        public static NetGen.Tensor Norm(NetGen.Tensor x, int[] axes, bool keepDims = false) { }
        public static NetGen.Tensor Norm(NetGen.Tensor x, int axis, bool keepDims = false) { }
        public static NetGen.Tensor NotEqual(NetGen.Tensor left, NetGen.Tensor right) { }
        public static NetGen.Tensor NotEqual(NetGen.Tensor left, float right) { }
        public static NetGen.Tensor OneHot(NetGen.Indices indices, int count) { }
        public static NetGen.Tensor Ones(params int[] dims) { }
        public static NetGen.Tensor Outer(NetGen.Tensor a, NetGen.Tensor b) { }
        public static NetGen.Tensor Pad(NetGen.Tensor x, int axis, int before, int after, float value = 0) { }
        public static NetGen.Tensor Pad2D(NetGen.Tensor x, int top, int bottom, int left, int right, NetGen.PaddingMode mode = 0) { }
        public static NetGen.Tensor Permute(NetGen.Tensor x, params int[] axes) { }
        public static NetGen.Tensor Pick(NetGen.Tensor x, NetGen.Indices indices) { }
        public static NetGen.Tensor PixelShuffle(NetGen.Tensor x, int factor) { }
        public static NetGen.Tensor PixelUnshuffle(NetGen.Tensor x, int factor) { }
        public static NetGen.Tensor PoissonNegativeLogLikelihood(NetGen.Tensor prediction, NetGen.Tensor target, bool isLog = true, float epsilon = 1E-08, NetGen.Tensor? weight = null) { }
        public static NetGen.Tensor Pow(NetGen.Tensor left, NetGen.Tensor right) { }
        public static NetGen.Tensor Pow(NetGen.Tensor left, float right) { }
        public static NetGen.Tensor Pow(float left, NetGen.Tensor right) { }
        public static NetGen.Tensor Prod(NetGen.Tensor x) { }
        public static NetGen.Tensor Prod(NetGen.Tensor x, int[] axes, bool keepDims = false) { }
        public static NetGen.Tensor Prod(NetGen.Tensor x, int axis, bool keepDims = false) { }
        public static NetGen.Tensor Quantile(NetGen.Tensor prediction, NetGen.Tensor target, float quantile, NetGen.Tensor? weight = null) { }
        public static NetGen.Tensor RandomBernoulli(float p, params int[] dims) { }
        public static NetGen.Tensor RandomNormal(params int[] dims) { }
        public static NetGen.Tensor RandomUniform(params int[] dims) { }
        public static NetGen.Tensor Range(int count) { }
        public static NetGen.Tensor Range(float start, float step, int count) { }
        public static NetGen.Tensor Reciprocal(NetGen.Tensor x) { }
        public static NetGen.Tensor Relu(NetGen.Tensor x) { }
        public static NetGen.Tensor Relu6(NetGen.Tensor x) { }
        public static NetGen.Tensor Repeat(NetGen.Tensor x, int count, int axis) { }
        public static NetGen.Tensor Reshape(NetGen.Tensor x, params int[] dims) { }
        public static NetGen.Tensor Resize2D(NetGen.Tensor x, int height, int width, NetGen.UpsampleMode mode = 0, bool alignCorners = false) { }
        public static NetGen.Tensor ReverseSteps(NetGen.Tensor x) { }
        public static NetGen.Tensor RotaryPositions(NetGen.Tensor x, int heads = 1, float theta = 10000, bool interleaved = false) { }
        public static NetGen.Tensor Round(NetGen.Tensor x) { }
        public static NetGen.Tensor Rsqrt(NetGen.Tensor x) { }
        public static NetGen.Tensor Scan(System.Func<NetGen.Tensor, NetGen.Tensor, NetGen.Tensor> cell, NetGen.Tensor initial, NetGen.Tensor x, bool reverse = false) { }
        [return: System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "First",
                "Second"})]
        public static System.ValueTuple<NetGen.Tensor, NetGen.Tensor> Scan([System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "First",
                "Second"})] System.Func<NetGen.Tensor, NetGen.Tensor, NetGen.Tensor, System.ValueTuple<NetGen.Tensor, NetGen.Tensor>> cell, [System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "First",
                "Second"})] System.ValueTuple<NetGen.Tensor, NetGen.Tensor> initial, NetGen.Tensor x, bool reverse = false) { }
        [return: System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "First",
                "Second",
                "Third"})]
        public static System.ValueTuple<NetGen.Tensor, NetGen.Tensor, NetGen.Tensor> Scan([System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "First",
                "Second",
                "Third"})] System.Func<NetGen.Tensor, NetGen.Tensor, NetGen.Tensor, NetGen.Tensor, System.ValueTuple<NetGen.Tensor, NetGen.Tensor, NetGen.Tensor>> cell, [System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "First",
                "Second",
                "Third"})] System.ValueTuple<NetGen.Tensor, NetGen.Tensor, NetGen.Tensor> initial, NetGen.Tensor x, bool reverse = false) { }
        public static NetGen.Tensor ScatterAdd(NetGen.Tensor values, NetGen.Indices indices, int count) { }
        public static NetGen.Tensor Selu(NetGen.Tensor x) { }
        public static NetGen.Tensor ShiftSteps(NetGen.Tensor x, int by) { }
        public static NetGen.Tensor Sigmoid(NetGen.Tensor x) { }
        public static NetGen.Tensor Sign(NetGen.Tensor x) { }
        public static NetGen.Tensor Silu(NetGen.Tensor x) { }
        public static NetGen.Tensor Sin(NetGen.Tensor x) { }
        public static NetGen.Tensor SinusoidalPositions(NetGen.Tensor x) { }
        public static NetGen.Tensor SmoothL1(NetGen.Tensor prediction, NetGen.Tensor target, float beta = 1, NetGen.Tensor? weight = null) { }
        public static NetGen.Tensor Softmax(NetGen.Tensor x) { }
        public static NetGen.Tensor SoftmaxOfSteps(NetGen.Tensor x) { }
        public static NetGen.Tensor Softplus(NetGen.Tensor x) { }
        public static NetGen.Tensor Softplus(NetGen.Tensor x, float beta) { }
        public static NetGen.Tensor Softshrink(NetGen.Tensor x) { }
        public static NetGen.Tensor Softshrink(NetGen.Tensor x, float lambda) { }
        public static NetGen.Tensor Softsign(NetGen.Tensor x) { }
        public static NetGen.Tensor Sort(NetGen.Tensor x, bool descending = false) { }
        public static NetGen.Tensor[] Split(NetGen.Tensor x, int parts, int axis = -1) { }
        public static NetGen.Tensor[] Split(NetGen.Tensor x, int[] sizes, int axis = -1) { }
        public static NetGen.Tensor Sqrt(NetGen.Tensor x) { }
        public static NetGen.Tensor Square(NetGen.Tensor x) { }
        public static NetGen.Tensor SquaredHinge(NetGen.Tensor prediction, NetGen.Tensor target, NetGen.Tensor? weight = null) { }
        public static NetGen.Tensor Squeeze(NetGen.Tensor x, int axis) { }
        public static NetGen.Tensor Stack(int axis, params NetGen.Tensor[] tensors) { }
        public static NetGen.Tensor StandardDeviation(NetGen.Tensor x) { }
        public static NetGen.Tensor StandardDeviation(NetGen.Tensor x, int[] axes, bool keepDims = false, int correction = 0) { }
        public static NetGen.Tensor StandardDeviation(NetGen.Tensor x, int axis, bool keepDims = false, int correction = 0) { }
        public static NetGen.Tensor StopGradient(NetGen.Tensor x) { }
        public static NetGen.Tensor Sum(NetGen.Tensor x) { }
        public static NetGen.Tensor Sum(NetGen.Tensor x, int[] axes, bool keepDims = false) { }
        public static NetGen.Tensor Sum(NetGen.Tensor x, int axis, bool keepDims = false) { }
        public static NetGen.Tensor SumOfSteps(NetGen.Tensor x) { }
        public static NetGen.Tensor Tan(NetGen.Tensor x) { }
        public static NetGen.Tensor Tanh(NetGen.Tensor x) { }
        public static NetGen.Tensor Tanhshrink(NetGen.Tensor x) { }
        public static NetGen.Tensor ThresholdedRelu(NetGen.Tensor x) { }
        public static NetGen.Tensor ThresholdedRelu(NetGen.Tensor x, float theta) { }
        public static NetGen.Tensor Tile(NetGen.Tensor x, params int[] repeats) { }
        public static NetGen.Tensor TopK(NetGen.Tensor x, int count) { }
        public static NetGen.Tensor Transpose(NetGen.Tensor x) { }
        public static NetGen.Tensor Transpose(NetGen.Tensor x, int axis1, int axis2) { }
        public static NetGen.Tensor Triplet(NetGen.Tensor anchor, NetGen.Tensor positive, NetGen.Tensor negative, float margin = 1) { }
        public static NetGen.Tensor Unsqueeze(NetGen.Tensor x, int axis) { }
        public static NetGen.Tensor Variance(NetGen.Tensor x) { }
        public static NetGen.Tensor Variance(NetGen.Tensor x, int[] axes, bool keepDims = false, int correction = 0) { }
        public static NetGen.Tensor Variance(NetGen.Tensor x, int axis, bool keepDims = false, int correction = 0) { }
        public static NetGen.Tensor Weighted(NetGen.Tensor loss, NetGen.Tensor weight) { }
        public static NetGen.Tensor Where(NetGen.Tensor mask, NetGen.Tensor ifTrue, NetGen.Tensor ifFalse) { }
        public static NetGen.Tensor Where(NetGen.Tensor mask, NetGen.Tensor ifTrue, float ifFalse) { }
        public static NetGen.Tensor Where(NetGen.Tensor mask, float ifTrue, NetGen.Tensor ifFalse) { }
        public static NetGen.Tensor Where(NetGen.Tensor mask, float ifTrue, float ifFalse) { }
        public static NetGen.Tensor WithDerivative(NetGen.Tensor y, NetGen.Tensor x, NetGen.Tensor derivative) { }
        public static NetGen.Tensor WithDerivative(NetGen.Tensor y, NetGen.Tensor x, float derivative) { }
        public static NetGen.Tensor Zeros(params int[] dims) { }
    }
    public static class OptimizerExtensions
    {
        public static NetGen.ClipValue<TOptimizer> ClipValue<TOptimizer>(this TOptimizer optimizer, float limit)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
        public static NetGen.Lookahead<TOptimizer> Lookahead<TOptimizer>(this TOptimizer optimizer, int every = 5, float rate = 0.5)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
        public static NetGen.StoredGradients<TOptimizer> StoreGradients<TOptimizer>(this TOptimizer optimizer)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class PReluAttribute : NetGen.LayerAttribute
    {
        public PReluAttribute(bool perChannel = false) { }
        public bool PerChannel { get; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class Pad2DAttribute : NetGen.LayerAttribute
    {
        public Pad2DAttribute(int top, int bottom, int left, int right, NetGen.PaddingMode mode = 0) { }
        public int Bottom { get; }
        public int Left { get; }
        public NetGen.PaddingMode Mode { get; }
        public int Right { get; }
        public int Top { get; }
    }
    public readonly struct Padding
    {
        public static NetGen.Padding Causal { get; }
        public static NetGen.Padding Same { get; }
        public static NetGen.Padding Valid { get; }
        public static NetGen.Padding op_Implicit(int amount) { }
    }
    public enum PaddingMode
    {
        Zeros = 0,
        Reflect = 1,
        Replicate = 2,
    }
    public sealed class Parameter
    {
        public NetGen.Tensor this[NetGen.TensorIndex[] at] { get; }
        public static NetGen.Tensor operator *(NetGen.Parameter left, NetGen.Parameter right) { }
        public static NetGen.Tensor operator *(NetGen.Parameter left, float right) { }
        public static NetGen.Tensor operator *(float left, NetGen.Parameter right) { }
        public static NetGen.Tensor operator +(NetGen.Parameter left, NetGen.Parameter right) { }
        public static NetGen.Tensor operator +(NetGen.Parameter left, float right) { }
        public static NetGen.Tensor operator +(float left, NetGen.Parameter right) { }
        public static NetGen.Tensor operator -(NetGen.Parameter x) { }
        public static NetGen.Tensor operator -(NetGen.Parameter left, NetGen.Parameter right) { }
        public static NetGen.Tensor operator -(NetGen.Parameter left, float right) { }
        public static NetGen.Tensor operator -(float left, NetGen.Parameter right) { }
        public static NetGen.Tensor operator /(NetGen.Parameter left, NetGen.Parameter right) { }
        public static NetGen.Tensor operator /(NetGen.Parameter left, float right) { }
        public static NetGen.Tensor operator /(float left, NetGen.Parameter right) { }
        public static NetGen.Tensor operator <(NetGen.Parameter left, NetGen.Parameter right) { }
        public static NetGen.Tensor operator <(NetGen.Parameter left, float right) { }
        public static NetGen.Tensor operator <(float left, NetGen.Parameter right) { }
        public static NetGen.Tensor operator <=(NetGen.Parameter left, NetGen.Parameter right) { }
        public static NetGen.Tensor operator <=(NetGen.Parameter left, float right) { }
        public static NetGen.Tensor operator <=(float left, NetGen.Parameter right) { }
        public static NetGen.Tensor operator >(NetGen.Parameter left, NetGen.Parameter right) { }
        public static NetGen.Tensor operator >(NetGen.Parameter left, float right) { }
        public static NetGen.Tensor operator >(float left, NetGen.Parameter right) { }
        public static NetGen.Tensor operator >=(NetGen.Parameter left, NetGen.Parameter right) { }
        public static NetGen.Tensor operator >=(NetGen.Parameter left, float right) { }
        public static NetGen.Tensor operator >=(float left, NetGen.Parameter right) { }
    }
    public sealed class ParameterGroup<TOptimizer> : System.IEquatable<NetGen.ParameterGroup<TOptimizer>>
        where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer>
    {
        public ParameterGroup(TOptimizer Optimizer) { }
        public System.Collections.Generic.IReadOnlyList<string> Fields { get; init; }
        public bool OnlyVectors { get; init; }
        public TOptimizer Optimizer { get; init; }
    }
    public sealed class ParameterLayout
    {
        public const int Alignment = 16;
        public ParameterLayout(NetGen.ParameterSpec[] parameters, int totalFloats, string networkName, System.Int32[][]? trained = null) { }
        public int Count { get; }
        public string NetworkName { get; }
        public System.ReadOnlySpan<NetGen.ParameterSpec> Parameters { get; }
        public int TotalFloats { get; }
        public void Initialize(System.Span<float> weights, ulong seed) { }
    }
    public sealed class ParameterSpec
    {
        public ParameterSpec(string name, int[] shape, int offset, NetGen.Initializer initializer, NetGen.FileLayout fileLayout = 0, NetGen.FeatureBlock[]? inputs = null, NetGen.FeatureBlock[]? outputs = null, bool isOrderKnown = true, bool isState = false) { }
        public NetGen.FileLayout FileLayout { get; }
        public System.ReadOnlySpan<int> FileShape { get; }
        public NetGen.Initializer Initializer { get; }
        public System.ReadOnlySpan<NetGen.FeatureBlock> Inputs { get; }
        public bool IsOrderKnown { get; }
        public bool IsState { get; }
        public int Length { get; }
        public string Name { get; }
        public int Offset { get; }
        public System.ReadOnlySpan<NetGen.FeatureBlock> Outputs { get; }
        public System.ReadOnlySpan<int> Shape { get; }
        public override string ToString() { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class PermuteAttribute : NetGen.LayerAttribute
    {
        public PermuteAttribute(params int[] axes) { }
        public int[] Axes { get; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class PixelShuffleAttribute : NetGen.LayerAttribute
    {
        public PixelShuffleAttribute(int factor) { }
        public int Factor { get; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class PixelUnshuffleAttribute : NetGen.LayerAttribute
    {
        public PixelUnshuffleAttribute(int factor) { }
        public int Factor { get; }
    }
    public enum Precision
    {
        Float32 = 0,
        TensorFloat32 = 1,
        BFloat16 = 2,
    }
    public readonly struct RatePoint : System.IEquatable<NetGen.RatePoint>
    {
        public RatePoint(double Rate, double Loss, double Smoothed) { }
        public double Loss { get; init; }
        public double Rate { get; init; }
        public double Smoothed { get; init; }
    }
    public sealed class RateTest
    {
        public double AtLeast { get; }
        public System.Collections.Generic.IReadOnlyList<NetGen.RatePoint> Points { get; }
        public double? Steepest { get; }
        public override string ToString() { }
    }
    public sealed class ReduceOnPlateau : System.IEquatable<NetGen.ReduceOnPlateau>
    {
        public ReduceOnPlateau(int patience, NetGen.Metric metric = 2) { }
        public ReduceOnPlateau(int patience, string metric) { }
        public string? AccuracyOf { get; init; }
        public int Cooldown { get; init; }
        public double Factor { get; init; }
        public string? LossOf { get; init; }
        public NetGen.Metric Metric { get; init; }
        public string? MetricName { get; init; }
        public float MinDelta { get; init; }
        public double MinFactor { get; init; }
        public int Patience { get; init; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class Relu6Attribute : NetGen.LayerAttribute
    {
        public Relu6Attribute() { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class ReluAttribute : NetGen.LayerAttribute
    {
        public ReluAttribute() { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class ReshapeAttribute : NetGen.LayerAttribute
    {
        public ReshapeAttribute(params int[] dims) { }
        public int[] Dims { get; }
    }
    public abstract class ResidentData : System.IDisposable
    {
        protected ResidentData() { }
        public abstract int Count { get; }
        public abstract void Dispose();
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class RmsNormAttribute : NetGen.LayerAttribute
    {
        public RmsNormAttribute(int axes = 1) { }
        public bool Affine { get; set; }
        public int Axes { get; }
        public float Epsilon { get; set; }
    }
    public readonly struct RmsProp : NetGen.IOptimizer<NetGen.RmsProp>, System.IEquatable<NetGen.RmsProp>
    {
        public RmsProp() { }
        public RmsProp(float learningRate, float alpha = 0.99, float epsilon = 1E-08, float momentum = 0, float weightDecay = 0) { }
        public float Alpha { get; init; }
        public float Epsilon { get; init; }
        public float LearningRate { get; init; }
        public float Momentum { get; init; }
        public float WeightDecay { get; init; }
        public static NetGen.RmsProp Default { get; }
        public static int StateSlots { get; }
        public NetGen.RmsProp Prepare(long step) { }
        public void Validate() { }
        public NetGen.RmsProp WithLearningRate(float learningRate) { }
        public static V Update<V>(in NetGen.RmsProp prepared, V weight, V gradient, ref V state0, ref V state1)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public readonly struct Rprop : NetGen.IOptimizer<NetGen.Rprop>, System.IEquatable<NetGen.Rprop>
    {
        public Rprop() { }
        public Rprop(float initialStep, float shrink = 0.5, float grow = 1.2, float smallestStep = 1E-06, float largestStep = 50) { }
        public float Grow { get; init; }
        public float InitialStep { get; init; }
        public float LargestStep { get; init; }
        public float Shrink { get; init; }
        public float SmallestStep { get; init; }
        public static NetGen.Rprop Default { get; }
        public static int StateSlots { get; }
        public NetGen.Rprop Prepare(long step) { }
        public void Validate() { }
        public static V Update<V>(in NetGen.Rprop prepared, V weight, V gradient, ref V state0, ref V state1)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public static class SafeTensors
    {
        public static void Load(System.IO.Stream stream, NetGen.NetworkParameters parameters, NetGen.FileOrder order = 0, bool allowNotFinite = false) { }
        public static void Load(string path, NetGen.NetworkParameters parameters, NetGen.FileOrder order = 0, bool allowNotFinite = false) { }
        public static System.Collections.Generic.IReadOnlyDictionary<string, string> ReadMetadata(string path) { }
        public static void Save(System.IO.Stream stream, NetGen.NetworkParameters parameters, bool allowNotFinite = false) { }
        public static void Save(string path, NetGen.NetworkParameters parameters, bool allowNotFinite = false) { }
        public static void Save(string path, NetGen.NetworkParameters parameters, System.Collections.Generic.IReadOnlyDictionary<string, string> metadata, bool allowNotFinite = false) { }
    }
    public struct SampleRandom
    {
        public SampleRandom(ulong seed, int epoch, int sample) { }
        public void AddNormal(System.Span<float> values, float deviation) { }
        public bool Chance(float probability) { }
        public int Next(int below) { }
        public float Normal() { }
        public float Uniform() { }
        public float Uniform(float minimum, float maximum) { }
    }
    public abstract class SampleReader : System.IDisposable
    {
        protected SampleReader() { }
        public void Dispose() { }
        protected virtual void Dispose(bool disposing) { }
        public abstract NetGen.Dataset Next();
        public abstract string Place(int index);
    }
    public abstract class SampleSource
    {
        protected SampleSource() { }
        public abstract NetGen.Dataset Columns { get; }
        public abstract int Count { get; }
        public virtual string Place(int sample) { }
        public abstract NetGen.SampleReader Read(NetGen.EpochOrder order);
        public override string ToString() { }
    }
    public sealed class SampleStream : NetGen.SampleSource
    {
        public int Ahead { get; }
        public override NetGen.Dataset Columns { get; }
        public override int Count { get; }
        public int Window { get; }
        public override NetGen.SampleReader Read(NetGen.EpochOrder order) { }
        public static NetGen.SampleStream Of(int count, NetGen.Dataset columns, System.Func<System.Threading.CancellationToken, System.Collections.Generic.IAsyncEnumerable<NetGen.Dataset>> blocks, int window = 8192, int ahead = 2) { }
        public static NetGen.SampleStream Of<T>(int count, NetGen.SampleType<T> type, System.Func<System.Threading.CancellationToken, System.Collections.Generic.IAsyncEnumerable<T>> items, int window = 8192, int ahead = 2) { }
        public static NetGen.SampleStream OfParts(int count, NetGen.Dataset columns, System.Collections.Generic.IReadOnlyList<string> parts, System.Func<string, System.Collections.Generic.IEnumerable<NetGen.Dataset>> blocks, int window = 8192, int ahead = 2) { }
    }
    public readonly ref struct SampleTarget
    {
        public System.Span<float> Floats(int column) { }
        public System.Span<int> Labels(int column) { }
    }
    public sealed class SampleType<T>
    {
        public SampleType() { }
        public NetGen.Dataset DatasetOf(System.Collections.Generic.IEnumerable<T> items) { }
        public System.Threading.Tasks.Task<NetGen.Dataset> DatasetOfAsync(System.Collections.Generic.IAsyncEnumerable<T> items, System.Threading.CancellationToken cancellationToken = default) { }
        public NetGen.SampleType<T> Float(string name, System.Func<T, float> valueOf) { }
        public NetGen.SampleType<T> Floats(string name, NetGen.SampleType<T>.Writer write, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<int> shape) { }
        public NetGen.SampleType<T> Floats(string name, System.Func<T, float[]> valuesOf, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<int> shape) { }
        public NetGen.SampleType<T> Label(string name, System.Func<T, int> labelOf) { }
        public delegate void Writer<T>(T item, System.Span<float> values);
    }
    public sealed class Schedule
    {
        public NetGen.ScheduleUnit Unit { get; }
        public static NetGen.Schedule Constant { get; }
        public double Factor(long step, int stepsPerEpoch, int epochs) { }
        public override string ToString() { }
        public NetGen.Schedule WithWarmUp(int length, double start = 0.01) { }
        public static NetGen.Schedule Cosine(double end = 0, NetGen.ScheduleUnit unit = 0) { }
        public static NetGen.Schedule CosineRestarts(int first, int growth = 1, double end = 0, NetGen.ScheduleUnit unit = 1) { }
        public static NetGen.Schedule Exponential(double factor, NetGen.ScheduleUnit unit = 1) { }
        public static NetGen.Schedule Of(System.Func<long, long, double> factor, NetGen.ScheduleUnit unit = 0) { }
        public static NetGen.Schedule OneCycle(double rise = 0.3, double start = 0.04, double end = 4E-06, NetGen.ScheduleUnit unit = 0) { }
        public static NetGen.Schedule Polynomial(double power = 1, double end = 0, NetGen.ScheduleUnit unit = 0) { }
        public static NetGen.Schedule Steps(int every, double factor = 0.1, NetGen.ScheduleUnit unit = 1) { }
        public static NetGen.Schedule StepsAt(System.ReadOnlySpan<int> times, double factor = 0.1, NetGen.ScheduleUnit unit = 1) { }
    }
    public enum ScheduleUnit
    {
        Step = 0,
        Epoch = 1,
    }
    public sealed class SearchOptions : System.IEquatable<NetGen.SearchOptions>
    {
        public SearchOptions() { }
        public System.Threading.CancellationToken CancellationToken { get; init; }
        public System.Action<NetGen.Trial>? Ended { get; init; }
        public bool HigherIsBetter { get; init; }
        public int Parallelism { get; init; }
        public ulong Seed { get; init; }
    }
    public sealed class SearchSpace
    {
        public System.Collections.Generic.IReadOnlyList<string> Names { get; }
        public static NetGen.SearchSpace Empty { get; }
        public NetGen.SearchSpace Choice(string name, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<double> values) { }
        public NetGen.SearchSpace Choice(string name, System.ReadOnlySpan<int> values) { }
        public NetGen.SearchSpace Integer(string name, int low, int high) { }
        public NetGen.SearchSpace LogUniform(string name, double low, double high) { }
        public NetGen.SearchSpace Uniform(string name, double low, double high) { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class SeluAttribute : NetGen.LayerAttribute
    {
        public SeluAttribute() { }
    }
    [System.AttributeUsage(System.AttributeTargets.Parameter)]
    public sealed class SequenceAttribute : System.Attribute
    {
        public SequenceAttribute(int max) { }
        public int Max { get; }
    }
    public static class Series
    {
        public static NetGen.Dataset Windows(NetGen.DataColumn series, int window, int horizon = 1, int gap = 0, int stride = 1, System.ReadOnlySpan<int> targets = default, System.ReadOnlySpan<int> groups = default, string input = "window", string target = "future") { }
    }
    public sealed class Session<T> : System.IDisposable
        where T :  unmanaged
    {
        public Session(NetGen.Runtime.NetworkState state, NetGen.Runtime.SessionProgram<T> program) { }
        public int Length { get; }
        public int MaximumLength { get; }
        public int ResultWidth { get; }
        public void Append(System.ReadOnlySpan<T> values, System.Span<float> results) { }
        public void Dispose() { }
        public NetGen.Session<T> Fork() { }
        public void Reset() { }
        public static void Append(System.ReadOnlySpan<NetGen.Session<T>> sessions, System.ReadOnlySpan<T> values, System.ReadOnlySpan<int> lengths, System.Span<float> results) { }
    }
    [System.AttributeUsage(System.AttributeTargets.Method)]
    public sealed class SessionsAttribute : System.Attribute
    {
        public SessionsAttribute() { }
    }
    public readonly struct Sgd : NetGen.IOptimizer<NetGen.Sgd>, System.IEquatable<NetGen.Sgd>
    {
        public Sgd() { }
        public Sgd(float learningRate, float momentum = 0, bool nesterov = false, float weightDecay = 0, float dampening = 0) { }
        public float Dampening { get; init; }
        public float LearningRate { get; init; }
        public float Momentum { get; init; }
        public bool Nesterov { get; init; }
        public float WeightDecay { get; init; }
        public static NetGen.Sgd Default { get; }
        public static int StateSlots { get; }
        public NetGen.Sgd Prepare(long step) { }
        public void Validate() { }
        public NetGen.Sgd WithLearningRate(float learningRate) { }
        public static bool KeepsState(in NetGen.Sgd optimizer) { }
        public static bool SkipsZeroGradients(in NetGen.Sgd optimizer) { }
        public static V Update<V>(in NetGen.Sgd prepared, V weight, V gradient, ref V state0, ref V state1)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public readonly struct SgdW : NetGen.IOptimizer<NetGen.SgdW>, System.IEquatable<NetGen.SgdW>
    {
        public SgdW() { }
        public SgdW(float learningRate, float momentum = 0, bool nesterov = false, float weightDecay = 0.01, float dampening = 0) { }
        public float Dampening { get; init; }
        public float LearningRate { get; init; }
        public float Momentum { get; init; }
        public bool Nesterov { get; init; }
        public float WeightDecay { get; init; }
        public static NetGen.SgdW Default { get; }
        public static int StateSlots { get; }
        public NetGen.SgdW Prepare(long step) { }
        public void Validate() { }
        public NetGen.SgdW WithLearningRate(float learningRate) { }
        public static bool KeepsState(in NetGen.SgdW optimizer) { }
        public static V Update<V>(in NetGen.SgdW prepared, V weight, V gradient, ref V state0, ref V state1)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    [System.AttributeUsage(System.AttributeTargets.Parameter)]
    public sealed class ShapeAttribute : System.Attribute
    {
        public ShapeAttribute(params int[] dims) { }
        public int[] Dims { get; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class SigmoidAttribute : NetGen.LayerAttribute
    {
        public SigmoidAttribute() { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class SiluAttribute : NetGen.LayerAttribute
    {
        public SiluAttribute() { }
    }
    public readonly struct Size2D : System.IEquatable<NetGen.Size2D>
    {
        public Size2D(int Height, int Width) { }
        public int Height { get; init; }
        public int Width { get; init; }
        public static NetGen.Size2D op_Implicit([System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "Height",
                "Width"})] System.ValueTuple<int, int> size) { }
        public static NetGen.Size2D op_Implicit(int size) { }
    }
    public sealed class Snapshots : NetGen.FitCallback
    {
        public Snapshots(int every) { }
        public int Count { get; }
        public NetGen.Ensemble Ensemble(System.Func<NetGen.IPredictor> create) { }
        public override void OnEpochEnd(NetGen.FitContext fit) { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class SoftmaxAttribute : NetGen.LayerAttribute
    {
        public SoftmaxAttribute() { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class SoftplusAttribute : NetGen.LayerAttribute
    {
        public SoftplusAttribute(float beta = 1) { }
        public float Beta { get; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class SoftshrinkAttribute : NetGen.LayerAttribute
    {
        public SoftshrinkAttribute(float lambda = 0.5) { }
        public float Lambda { get; }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class SoftsignAttribute : NetGen.LayerAttribute
    {
        public SoftsignAttribute() { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class SpatialDropoutAttribute : NetGen.LayerAttribute
    {
        public SpatialDropoutAttribute(float p) { }
        public float P { get; }
    }
    public sealed class Split
    {
        public Split(int count, System.ReadOnlySpan<int> train, System.ReadOnlySpan<int> test) { }
        public int Count { get; }
        public System.ReadOnlySpan<int> Test { get; }
        public System.ReadOnlySpan<int> Train { get; }
        [return: System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "Train",
                "Test"})]
        public System.ValueTuple<NetGen.Dataset, NetGen.Dataset> Of(NetGen.Dataset data) { }
        public override string ToString() { }
    }
    public static class Splits
    {
        public static NetGen.Split ByTime<T>(System.ReadOnlySpan<T> times, double testFraction)
            where T : System.IComparable<T> { }
        public static NetGen.Split Grouped(System.ReadOnlySpan<int> groups, double testFraction, ulong seed) { }
        public static System.Collections.Generic.IReadOnlyList<NetGen.Split> GroupedKFold(System.ReadOnlySpan<int> groups, int folds, ulong seed) { }
        public static NetGen.Split Holdout(int count, double testFraction, ulong seed) { }
        public static System.Collections.Generic.IReadOnlyList<NetGen.Split> KFold(int count, int folds, ulong seed) { }
        public static System.Collections.Generic.IReadOnlyList<NetGen.Split> RepeatedKFold(int count, int folds, int repeats, ulong seed) { }
        public static System.Collections.Generic.IReadOnlyList<NetGen.Split> RepeatedStratifiedKFold(System.ReadOnlySpan<int> classes, int folds, int repeats, ulong seed) { }
        public static NetGen.Split Stratified(System.ReadOnlySpan<int> classes, double testFraction, ulong seed) { }
        public static System.Collections.Generic.IReadOnlyList<NetGen.Split> StratifiedKFold(System.ReadOnlySpan<int> classes, int folds, ulong seed) { }
        public static System.Collections.Generic.IReadOnlyList<NetGen.Split> TimeFolds<T>(System.ReadOnlySpan<T> times, int folds)
            where T : System.IComparable<T> { }
    }
    public enum Spread
    {
        TruncatedNormal = 0,
        Normal = 1,
        Uniform = 2,
    }
    [return: System.Runtime.CompilerServices.TupleElementNames(new string[] {
            "Steps",
            "State"})]
    public delegate System.ValueTuple<NetGen.Tensor, NetGen.Tensor> StatefulLayer(NetGen.Tensor x, NetGen.Tensor? initial = null);
    [return: System.Runtime.CompilerServices.TupleElementNames(new string[] {
            "Steps",
            "State",
            "Hidden",
            "Cell"})]
    public delegate System.ValueTuple<NetGen.Tensor, System.ValueTuple<NetGen.Tensor, NetGen.Tensor>> StatefulLstm(NetGen.Tensor x, [System.Runtime.CompilerServices.TupleElementNames(new string[] {
            "Hidden",
            "Cell"})] System.ValueTuple<NetGen.Tensor, NetGen.Tensor>? initial = default);
    public abstract class StepCallback : NetGen.FitCallback
    {
        protected StepCallback() { }
        public virtual void OnStepBegin(NetGen.FitContext fit) { }
        public virtual void OnStepEnd(NetGen.FitContext fit) { }
    }
    [System.AttributeUsage(System.AttributeTargets.Parameter)]
    public sealed class StepsOfAttribute : System.Attribute
    {
        public StepsOfAttribute(string sequence) { }
        public string Sequence { get; }
    }
    public enum StopReason
    {
        Completed = 0,
        EarlyStopping = 1,
        Canceled = 2,
        LossNotFinite = 3,
        WeightsNotFinite = 4,
        Requested = 5,
    }
    public readonly struct StoredGradients<TOptimizer> : NetGen.IOptimizer<NetGen.StoredGradients<TOptimizer>>, System.IEquatable<NetGen.StoredGradients<TOptimizer>>
        where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer>
    {
        public StoredGradients() { }
        public StoredGradients(TOptimizer optimizer) { }
        public int Accumulate { get; init; }
        public float? AdaptiveClip { get; init; }
        public float? ClipNorm { get; init; }
        public System.Collections.Generic.IReadOnlyList<NetGen.ParameterGroup<TOptimizer>> Groups { get; init; }
        public float LearningRate { get; }
        public TOptimizer Optimizer { get; init; }
        public static NetGen.StoredGradients<TOptimizer> Default { get; }
        public static int StateSlots { get; }
        public NetGen.StoredGradients<TOptimizer> Prepare(long step) { }
        public void Validate() { }
        public NetGen.StoredGradients<TOptimizer> WithLearningRate(float learningRate) { }
        public static V Update<V>(in NetGen.StoredGradients<TOptimizer> prepared, V weight, V gradient, ref V state0, ref V state1)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class TanhAttribute : NetGen.LayerAttribute
    {
        public TanhAttribute() { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class TanhshrinkAttribute : NetGen.LayerAttribute
    {
        public TanhshrinkAttribute() { }
    }
    public sealed class Tensor
    {
        public NetGen.Tensor this[NetGen.TensorIndex[] at] { get; }
        public int Rank { get; }
        public int[] Shape { get; }
        public static NetGen.Tensor op_Implicit(NetGen.Parameter parameter) { }
        public static NetGen.Tensor operator *(NetGen.Tensor left, NetGen.Tensor right) { }
        public static NetGen.Tensor operator *(NetGen.Tensor left, float right) { }
        public static NetGen.Tensor operator *(float left, NetGen.Tensor right) { }
        public static NetGen.Tensor operator +(NetGen.Tensor left, NetGen.Tensor right) { }
        public static NetGen.Tensor operator +(NetGen.Tensor left, float right) { }
        public static NetGen.Tensor operator +(float left, NetGen.Tensor right) { }
        public static NetGen.Tensor operator -(NetGen.Tensor x) { }
        public static NetGen.Tensor operator -(NetGen.Tensor left, NetGen.Tensor right) { }
        public static NetGen.Tensor operator -(NetGen.Tensor left, float right) { }
        public static NetGen.Tensor operator -(float left, NetGen.Tensor right) { }
        public static NetGen.Tensor operator /(NetGen.Tensor left, NetGen.Tensor right) { }
        public static NetGen.Tensor operator /(NetGen.Tensor left, float right) { }
        public static NetGen.Tensor operator /(float left, NetGen.Tensor right) { }
        public static NetGen.Tensor operator <(NetGen.Tensor left, NetGen.Tensor right) { }
        public static NetGen.Tensor operator <(NetGen.Tensor left, float right) { }
        public static NetGen.Tensor operator <(float left, NetGen.Tensor right) { }
        public static NetGen.Tensor operator <=(NetGen.Tensor left, NetGen.Tensor right) { }
        public static NetGen.Tensor operator <=(NetGen.Tensor left, float right) { }
        public static NetGen.Tensor operator <=(float left, NetGen.Tensor right) { }
        public static NetGen.Tensor operator >(NetGen.Tensor left, NetGen.Tensor right) { }
        public static NetGen.Tensor operator >(NetGen.Tensor left, float right) { }
        public static NetGen.Tensor operator >(float left, NetGen.Tensor right) { }
        public static NetGen.Tensor operator >=(NetGen.Tensor left, NetGen.Tensor right) { }
        public static NetGen.Tensor operator >=(NetGen.Tensor left, float right) { }
        public static NetGen.Tensor operator >=(float left, NetGen.Tensor right) { }
    }
    public sealed class TensorBoardLog : NetGen.EpochLog
    {
        public TensorBoardLog(string folder) { }
        public int GradientHistograms { get; init; }
        public int Histograms { get; init; }
        [System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "Name",
                "Image"})]
        public System.Func<NetGen.FitContext, System.Collections.Generic.IEnumerable<System.ValueTuple<string, NetGen.LoggedImage>>>? Images { get; init; }
        public string? Plan { get; init; }
        [System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "Name",
                "Text"})]
        public System.Func<NetGen.FitContext, System.Collections.Generic.IEnumerable<System.ValueTuple<string, string>>>? Texts { get; init; }
    }
    public readonly struct TensorIndex
    {
        public static NetGen.TensorIndex op_Implicit(System.Index place) { }
        public static NetGen.TensorIndex op_Implicit(System.Range places) { }
        public static NetGen.TensorIndex op_Implicit(int place) { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class ThresholdedReluAttribute : NetGen.LayerAttribute
    {
        public ThresholdedReluAttribute(float theta = 1) { }
        public float Theta { get; }
    }
    public static class Training
    {
        public static NetGen.Evaluation Evaluate(this NetGen.IMultiObjective network, NetGen.Dataset data, int batchSize = 128, System.Threading.CancellationToken cancellationToken = default) { }
        public static NetGen.Evaluation Evaluate(this NetGen.IMultiObjective network, NetGen.SampleSource source, int batchSize = 128, System.Threading.CancellationToken cancellationToken = default) { }
        public static NetGen.Evaluation Evaluate(this NetGen.INetwork network, NetGen.Dataset data, int batchSize = 128, System.Threading.CancellationToken cancellationToken = default) { }
        public static NetGen.Evaluation Evaluate(this NetGen.ITrainable network, NetGen.Dataset data, int batchSize = 128, System.Threading.CancellationToken cancellationToken = default) { }
        public static NetGen.Evaluation Evaluate(this NetGen.ITrainable network, NetGen.SampleSource source, int batchSize = 128, System.Threading.CancellationToken cancellationToken = default) { }
        public static NetGen.Evaluation Evaluate(this NetGen.IMultiObjective network, NetGen.Dataset data, System.Collections.Generic.IReadOnlyList<NetGen.CustomMetric> metrics, int batchSize = 128, System.Threading.CancellationToken cancellationToken = default) { }
        public static NetGen.Evaluation Evaluate(this NetGen.IMultiObjective network, string objective, NetGen.Dataset data, int batchSize = 128, System.Threading.CancellationToken cancellationToken = default) { }
        public static NetGen.Evaluation Evaluate(this NetGen.INetwork network, NetGen.Dataset data, System.Collections.Generic.IReadOnlyList<NetGen.CustomMetric> metrics, int batchSize = 128, System.Threading.CancellationToken cancellationToken = default) { }
        public static NetGen.Evaluation Evaluate(this NetGen.ITrainable network, NetGen.Dataset data, System.Collections.Generic.IReadOnlyList<NetGen.CustomMetric> metrics, int batchSize = 128, System.Threading.CancellationToken cancellationToken = default) { }
        public static NetGen.RateTest FindLearningRate<TOptimizer>(this NetGen.ITrainable network, NetGen.Dataset data, in TOptimizer optimizer, double lowest = 1E-07, double highest = 10, int steps = 100, int batchSize = 32, ulong seed = 0, System.Threading.CancellationToken cancellationToken = default)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
        public static NetGen.History Fit(this NetGen.IMultiObjective network, NetGen.Dataset data, NetGen.FitOptions? options = null) { }
        public static NetGen.History Fit(this NetGen.INetwork network, NetGen.Dataset data, NetGen.FitOptions? options = null) { }
        public static NetGen.History Fit(this NetGen.ITrainable network, NetGen.Dataset data, NetGen.FitOptions? options = null) { }
        public static NetGen.History Fit(this NetGen.IMultiObjective network, NetGen.Dataset data, NetGen.FitOptions? options, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<NetGen.ObjectiveSteps> objectives) { }
        public static NetGen.History Fit(this NetGen.IMultiObjective network, NetGen.SampleSource source, NetGen.FitOptions? options, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<NetGen.ObjectiveSteps> objectives) { }
        public static NetGen.History Fit<TOptimizer>(this NetGen.IMultiObjective network, NetGen.Dataset data, NetGen.FitOptions? options = null)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
        public static NetGen.History Fit<TOptimizer>(this NetGen.INetwork network, NetGen.Dataset data, NetGen.FitOptions? options = null)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
        public static NetGen.History Fit<TOptimizer>(this NetGen.ITrainable network, NetGen.Dataset data, NetGen.FitOptions? options = null)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
        public static NetGen.History Fit<TOptimizer>(this NetGen.IMultiObjective network, NetGen.Dataset data, NetGen.FitOptions? options, in TOptimizer optimizer)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
        public static NetGen.History Fit<TOptimizer>(this NetGen.IMultiObjective network, NetGen.SampleSource source, NetGen.FitOptions? options, in TOptimizer optimizer)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
        public static NetGen.History Fit<TOptimizer>(this NetGen.INetwork network, NetGen.Dataset data, NetGen.FitOptions? options, System.Func<long, TOptimizer> schedule)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
        public static NetGen.History Fit<TOptimizer>(this NetGen.INetwork network, NetGen.Dataset data, NetGen.FitOptions? options, in TOptimizer optimizer)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
        public static NetGen.History Fit<TOptimizer>(this NetGen.ITrainable network, NetGen.Dataset data, NetGen.FitOptions? options, System.Func<long, TOptimizer> schedule)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
        public static NetGen.History Fit<TOptimizer>(this NetGen.ITrainable network, NetGen.Dataset data, NetGen.FitOptions? options, in TOptimizer optimizer)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
        public static NetGen.History Fit<TOptimizer>(this NetGen.ITrainable network, NetGen.SampleSource source, NetGen.FitOptions? options, System.Func<long, TOptimizer> schedule)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
        public static NetGen.History Fit<TOptimizer>(this NetGen.ITrainable network, NetGen.SampleSource source, NetGen.FitOptions? options, in TOptimizer optimizer)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
    }
    public sealed class Trial
    {
        public int Budget { get; }
        public System.Threading.CancellationToken CancellationToken { get; }
        public NetGen.Device Device { get; }
        public double this[string name] { get; }
        public int Number { get; }
        public double Score { get; }
        public ulong Seed { get; }
        public int Spent { get; }
        public object? State { get; set; }
        public int Integer(string name) { }
        public override string ToString() { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class Upsample2DAttribute : NetGen.LayerAttribute
    {
        public Upsample2DAttribute(int factor) { }
        public bool AlignCorners { get; set; }
        public int Factor { get; }
        public NetGen.UpsampleMode Mode { get; set; }
    }
    public enum UpsampleMode
    {
        Nearest = 0,
        Bilinear = 1,
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true, Inherited=false)]
    public sealed class VariantsAttribute : System.Attribute
    {
        public VariantsAttribute(string constant, params int[] values) { }
        public string Constant { get; }
        public System.Collections.Generic.IReadOnlyList<int> Values { get; }
    }
    public sealed class WeightAverage : System.IEquatable<NetGen.WeightAverage>
    {
        public double? Decay { get; }
        public int FromEpoch { get; }
        public static NetGen.WeightAverage Equal(int fromEpoch = 1) { }
        public static NetGen.WeightAverage Exponential(double decay = 0.999, int fromEpoch = 1) { }
    }
}
namespace NetGen.Reinforcement
{
    public delegate void ActionChoice(System.ReadOnlySpan<float> observations, System.Span<int> actions);
    public readonly ref struct EnvironmentStep
    {
        public required System.ReadOnlySpan<int> Actions { get; init; }
        public required System.ReadOnlySpan<NetGen.Reinforcement.EpisodeEnd> Ends { get; init; }
        public required System.ReadOnlySpan<float> NextObservations { get; init; }
        public required System.ReadOnlySpan<float> Observations { get; init; }
        public required System.ReadOnlySpan<float> Rewards { get; init; }
    }
    public sealed class EpisodeBuffer
    {
        public EpisodeBuffer(int environments, float discount) { }
        public System.ReadOnlySpan<int> Actions { get; }
        public int Count { get; }
        public System.ReadOnlySpan<float> Observations { get; }
        public System.ReadOnlySpan<float> Returns { get; }
        public void Add(NetGen.Reinforcement.EnvironmentStep step) { }
        public void Clear() { }
    }
    public enum EpisodeEnd
    {
        None = 0,
        Terminal = 1,
        Truncated = 2,
    }
    public readonly struct EpsilonSchedule : System.IEquatable<NetGen.Reinforcement.EpsilonSchedule>
    {
        public EpsilonSchedule(float start, float end, long steps) { }
        public float At(long step) { }
        public override string ToString() { }
    }
    public interface IEnvironment
    {
        int ActionCount { get; }
        int ObservationLength { get; }
        void Reset(ulong seed, System.Span<float> observation);
        [return: System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "Reward",
                "End"})]
        System.ValueTuple<float, NetGen.Reinforcement.EpisodeEnd> Step(int action, System.Span<float> observation);
    }
    public interface IVectorEnvironment
    {
        int ActionCount { get; }
        int Count { get; }
        int ObservationLength { get; }
        System.ReadOnlySpan<float> Observations { get; }
        void Reset(ulong seed);
        NetGen.Reinforcement.EnvironmentStep Step(System.ReadOnlySpan<int> actions);
    }
    public sealed class NStepTransitions
    {
        public NStepTransitions(NetGen.Reinforcement.ReplayBuffer buffer, int environments, int steps, float discount) { }
        public void Add(NetGen.Reinforcement.EnvironmentStep step) { }
    }
    public static class Policy
    {
        public static void EpsilonGreedy(System.ReadOnlySpan<float> values, float epsilon, ulong seed, long step, System.Span<int> actions) { }
        public static void Greedy(System.ReadOnlySpan<float> values, System.Span<int> actions) { }
        public static void Sampled(System.ReadOnlySpan<float> logits, ulong seed, long step, System.Span<int> actions) { }
    }
    public sealed class ReplayBuffer
    {
        public ReplayBuffer(int capacity, int observationLength, ulong seed = 0) { }
        public int Capacity { get; }
        public int Count { get; }
        public int ObservationLength { get; }
        public void Add(System.ReadOnlySpan<float> observation, int action, float reward, System.ReadOnlySpan<float> nextObservation, float discount) { }
        public void Sample(NetGen.Reinforcement.Transitions batch) { }
    }
    public static class Returns
    {
        public static void Discounted(System.ReadOnlySpan<float> rewards, float discount, System.Span<float> returns, float last = 0) { }
        public static double[] OfEpisodes(NetGen.Reinforcement.IVectorEnvironment environment, NetGen.Reinforcement.ActionChoice choose) { }
        public static void Standardized(System.ReadOnlySpan<float> returns, System.Span<float> advantages) { }
    }
    public sealed class Transitions
    {
        public Transitions(int count, int observationLength) { }
        public int[] Actions { get; }
        public int Count { get; }
        public float[] Discounts { get; }
        public float[] NextObservations { get; }
        public int ObservationLength { get; }
        public float[] Observations { get; }
        public float[] Rewards { get; }
    }
    public sealed class VectorEnvironment : NetGen.Reinforcement.IVectorEnvironment
    {
        public VectorEnvironment(int count, System.Func<NetGen.Reinforcement.IEnvironment> create, int stepLimit = 0) { }
        public int ActionCount { get; }
        public int Count { get; }
        public int ObservationLength { get; }
        public System.ReadOnlySpan<float> Observations { get; }
        public void Reset(ulong seed) { }
        public NetGen.Reinforcement.EnvironmentStep Step(System.ReadOnlySpan<int> actions) { }
    }
}
namespace NetGen.Runtime
{
    public delegate void AppendSteps<T>(NetGen.Runtime.NetworkState state, System.ReadOnlySpan<T> values, System.ReadOnlySpan<int> spans, System.ReadOnlySpan<int> sessions, System.Span<float> result);
    public static class Arguments
    {
        public static void Apart(System.ReadOnlySpan<float> one, string oneName, System.ReadOnlySpan<float> other, string otherName) { }
        public static int Batch(int length, int perSample, string name, string? shape = null) { }
        public static void Distinct(System.ReadOnlySpan<float> input, string inputName, System.ReadOnlySpan<float> result, string resultName) { }
        public static void Indices(System.ReadOnlySpan<int> indices, int count, string name, int perSample = 1, int? ignored = default) { }
        public static void Labels(System.ReadOnlySpan<int> labels, int classes, string name, int perSample = 1, int? ignored = default) { }
        public static void Length(int length, int batch, int perSample, string name, string? shape = null) { }
        public static void Lengths(System.ReadOnlySpan<int> lengths, int steps, int longest, string name, string values) { }
        public static int ResultLength(int batch, int perSample, string name, string shape) { }
        public static void SameBatch(int batch, string batchName, int length, int perSample, string name, string? shape = null) { }
        public static void SameSteps(int steps, string sequence, int length, int perStep, string name, string? shape = null) { }
        public static void SmallestBatch(int batch, int smallest, string layer) { }
        public static void Targets(System.ReadOnlySpan<float> targets, int perSample, float minimum, float maximum, string name) { }
    }
    public static class AttentionKernels
    {
        public static void Append<V>(ref float q, ref float k, ref float v, ref int spans, ref int sessions, ref float y, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Forward<V>(ref float q, ref float k, ref float v, ref float y, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Forward<V>(ref float q, ref float k, ref float v, ref float bias, ref float y, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Forward<V>(ref float q, ref float k, ref float v, ref int spans, ref int keySpans, ref float y, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void ForwardWithSums<V>(ref float q, ref float k, ref float v, ref float y, ref float sums, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void ForwardWithSums<V>(ref float q, ref float k, ref float v, ref float bias, ref float y, ref float sums, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void ForwardWithSums<V>(ref float q, ref float k, ref float v, ref int spans, ref int keySpans, ref float y, ref float sums, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Gradient<V>(ref float dy, ref float q, ref float k, ref float v, ref float y, ref float sums, ref float dq, ref float dk, ref float dv, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Gradient<V>(ref float dy, ref float q, ref float k, ref float v, ref float bias, ref float y, ref float sums, ref float dq, ref float dk, ref float dv, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Gradient<V>(
                    ref float dy,
                    ref float q,
                    ref float k,
                    ref float v,
                    ref int spans,
                    ref int keySpans,
                    ref float y,
                    ref float sums,
                    ref float dq,
                    ref float dk,
                    ref float dv,
                    NetGen.Runtime.PhiloxKey key,
                    NetGen.Runtime.AttentionShape shape,
                    int batch,
                    int worker,
                    int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void KeyGradient<V>(ref float dy, ref float q, ref float k, ref float v, ref float y, ref float sums, ref float dk, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void KeyGradient<V>(ref float dy, ref float q, ref float k, ref float v, ref float bias, ref float y, ref float sums, ref float dk, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void KeyGradient<V>(ref float dy, ref float q, ref float k, ref float v, ref int spans, ref int keySpans, ref float y, ref float sums, ref float dk, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void PackedGradient<V>(ref float dy, ref float q, ref float k, ref float v, ref float y, ref float sums, ref float dx, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void PackedGradient<V>(ref float dy, ref float q, ref float k, ref float v, ref float bias, ref float y, ref float sums, ref float dx, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void PackedGradient<V>(ref float dy, ref float q, ref float k, ref float v, ref int spans, ref int keySpans, ref float y, ref float sums, ref float dx, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void QueryGradient<V>(ref float dy, ref float q, ref float k, ref float v, ref float y, ref float sums, ref float dq, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void QueryGradient<V>(ref float dy, ref float q, ref float k, ref float v, ref float bias, ref float y, ref float sums, ref float dq, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void QueryGradient<V>(ref float dy, ref float q, ref float k, ref float v, ref int spans, ref int keySpans, ref float y, ref float sums, ref float dq, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void ScoreGradient<V>(ref float dy, ref float q, ref float k, ref float v, ref float bias, ref float y, ref float sums, ref float ds, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Sums<V>(ref float q, ref float k, ref float v, ref float sums, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Sums<V>(ref float q, ref float k, ref float v, ref float bias, ref float sums, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Sums<V>(ref float q, ref float k, ref float v, ref int spans, ref int keySpans, ref float sums, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void ValueGradient<V>(ref float dy, ref float q, ref float k, ref float v, ref float y, ref float sums, ref float dv, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void ValueGradient<V>(ref float dy, ref float q, ref float k, ref float v, ref float bias, ref float y, ref float sums, ref float dv, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void ValueGradient<V>(ref float dy, ref float q, ref float k, ref float v, ref int spans, ref int keySpans, ref float y, ref float sums, ref float dv, NetGen.Runtime.PhiloxKey key, NetGen.Runtime.AttentionShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public readonly struct AttentionShape
    {
        public AttentionShape(
                    int queries,
                    int keys,
                    int heads,
                    int keyHeads,
                    int size,
                    int scale,
                    int outer = 1,
                    int packed = 0,
                    int shared = 0,
                    int causal = 0,
                    int window = 0,
                    int slopes = 0,
                    int softCap = 0,
                    int biasSample = 0,
                    int biasHead = 0,
                    int biasRow = 0,
                    int dropped = 0,
                    int longest = 0,
                    int memory = 0) { }
    }
    public static class BatchNormKernels
    {
        public static void GradientSums<V>(ref float dy, ref float x, ref float mean, ref float sums, int positions, int channels, int parts, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Mean<V>(ref float moments, ref float mean, int positions, int channels, int parts, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Moments<V>(ref float x, ref float moments, int positions, int channels, int parts, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void SumOfParts<V>(ref float sums, ref float y, int channels, int parts, int which, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Variance<V>(ref float moments, ref float variance, int positions, int channels, int parts, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public sealed class CallFrame
    {
        public object? Optimizer;
        public const int Slots = 8;
        public int Batch { get; }
        public int MaximumWorkers { get; set; }
        public ulong Seed { get; }
        public long StepNumber { get; }
        public int Threads { get; }
        public System.Single& Weights { get; }
        public System.Single& Workspace { get; }
        public void Barrier() { }
        public System.Single& Floats(int slot) { }
        public System.Int32& Ints(int slot) { }
        public void Run(NetGen.Runtime.ParallelBody body, System.ReadOnlySpan<byte> s0, System.ReadOnlySpan<byte> s1 = default, System.ReadOnlySpan<byte> s2 = default, System.ReadOnlySpan<byte> s3 = default, System.ReadOnlySpan<byte> s4 = default, System.ReadOnlySpan<byte> s5 = default, System.ReadOnlySpan<byte> s6 = default, System.ReadOnlySpan<byte> s7 = default) { }
        public void SetSteps(int sequence, int count) { }
        public int Steps(int sequence) { }
    }
    public static class ColumnKernels
    {
        public static void Sum<V>(ref float x, nint rows, int columns, ref float y, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Update<V, TOptimizer>(ref float dy, nint rows, int columns, in TOptimizer optimizer, ref float weight, ref float slot0, ref float slot1, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V>
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
    }
    public static class CopyKernels
    {
        public static void Concat<V>(ref float a, ref float b, ref float y, int perSample, int outer, int lengthA, int lengthB, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Concat<V>(ref float a, ref float b, ref float c, ref float y, int perSample, int outer, int lengthA, int lengthB, int lengthC, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Concat<V>(ref float a, ref float b, ref float c, ref float d, ref float y, int perSample, int outer, int lengthA, int lengthB, int lengthC, int lengthD, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Crop2D<V>(ref float x, ref float y, int height, int width, int channels, int outHeight, int outWidth, int top, int left, int stepH, int stepW, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void FlipTranspose<V>(ref float w, ref float y, int area, int inputs, int outputs, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void FlipTransposeGroups<V>(ref float w, ref float y, int area, int inputs, int outputs, int groups, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void LabelMask<V>(ref int labels, ref float mask, int rows, int classes, int ignored, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Numbers<V>(
                    ref float y,
                    int count,
                    int n0,
                    int n1,
                    int n2,
                    int n3,
                    int n4,
                    int n5,
                    int n6,
                    int n7,
                    int n8,
                    int n9,
                    int n10,
                    int n11,
                    int n12,
                    int n13,
                    int n14,
                    int n15,
                    int batch,
                    int worker,
                    int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Pad2D<V>(ref float x, ref float y, int height, int width, int channels, int outHeight, int outWidth, int top, int left, int dilateH, int dilateW, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void PadAxis<V>(ref float x, ref float y, int perSample, int outer, int sourceLength, int before, int length, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void PadAxisWith<V>(ref float x, ref float y, int perSample, int outer, int sourceLength, int before, int length, int bits, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Permute<V>(
                    ref float x,
                    ref float y,
                    int perSample,
                    int count,
                    int extent0,
                    int from0,
                    int to0,
                    int extent1,
                    int from1,
                    int to1,
                    int rows,
                    int from,
                    int columns,
                    int to,
                    int batch,
                    int worker,
                    int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void PixelShuffle<V>(ref float x, ref float y, int height, int width, int channels, int factor, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void PixelUnshuffle<V>(ref float x, ref float y, int height, int width, int channels, int factor, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Transpose<V>(ref float x, ref float y, int rows, int columns, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public static class CtcKernels
    {
        public static void Backward<V>(ref float x, ref int labels, ref int spans, ref int labelSpans, ref float y, int classes, int states, int steps, int longest, int blank, int ignored, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Forward<V>(ref float x, ref int labels, ref int spans, ref int labelSpans, ref float y, int classes, int states, int steps, int longest, int blank, int ignored, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Gradient<V>(
                    ref float alpha,
                    ref int labels,
                    ref int spans,
                    ref int labelSpans,
                    ref float beta,
                    ref float loss,
                    ref float lossGradient,
                    ref float dx,
                    int classes,
                    int states,
                    int steps,
                    int longest,
                    int blank,
                    int ignored,
                    int batch,
                    int worker,
                    int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Loss<V>(
                    ref float x,
                    ref int labels,
                    ref int spans,
                    ref int labelSpans,
                    ref float alpha,
                    ref float loss,
                    int classes,
                    int states,
                    int steps,
                    int longest,
                    int blank,
                    int ignored,
                    int zeroInfinity,
                    int batch,
                    int worker,
                    int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public abstract class DeviceNetwork : System.IDisposable
    {
        protected DeviceNetwork() { }
        public abstract void BetweenCalls(System.Action action);
        public abstract void Dispose();
        public NetGen.ResidentData? Keep(NetGen.Dataset data, System.ReadOnlySpan<NetGen.ColumnSpec> columns, int classifications) { }
        public abstract System.Span<float> LendWeights();
        public abstract void ResetOptimizers();
    }
    public interface IVector<V>
        where V :  struct, NetGen.Runtime.IVector<V>
    {
        int Count { get; }
        V LaneIndex { get; }
        V LaneIndexInt { get; }
        int Registers { get; }
        V Zero { get; }
        void Store(ref float target);
        void StoreBytes(ref byte target);
        void StoreBytesPartial(ref byte target, int count);
        void StorePartial(ref float target, int count);
        V Abs(V a);
        V AddInt(V a, V b);
        void AddProduct(ref V sum, V a, V b);
        V And(V a, V b);
        V AndNot(V a, V b);
        bool Any(V mask);
        V Broadcast(float value);
        V BroadcastInt(int value);
        V ConvertFromInt(V a);
        V ConvertToInt(V a);
        V Equal(V a, V b);
        V Floor(V a);
        V Fma(V a, V b, V c);
        V Fma(float a, V b, V c);
        V FmaExact(V a, V b, V c);
        V Greater(V a, V b);
        V GreaterOrEqual(V a, V b);
        V GreaterOrEqualUInt(V a, V b);
        V InterleaveEven(V even, V odd);
        V Load([System.Runtime.CompilerServices.RequiresLocation] float source);
        V LoadBytes([System.Runtime.CompilerServices.RequiresLocation] byte source);
        V LoadBytesPartial([System.Runtime.CompilerServices.RequiresLocation] byte source, int count);
        V LoadPartial([System.Runtime.CompilerServices.RequiresLocation] float source, int count);
        V Max(V a, V b);
        float Maximum(V a);
        V Min(V a, V b);
        V MultiplyEvenUInt(V a, V b);
        V OddToEven(V a);
        V Or(V a, V b);
        V Round(V a);
        V Scale(V a, V n);
        V Select(V mask, V ifTrue, V ifFalse);
        V ShiftLeftInt(V a, int bits);
        V ShiftRightInt(V a, int bits);
        V ShiftRightUInt(V a, int bits);
        V Sqrt(V a);
        V SubtractInt(V a, V b);
        float Sum(V a);
        void Transpose([System.Runtime.CompilerServices.RequiresLocation] float source, nint sourceStride, ref float target, nint targetStride);
        V Xor(V a, V b);
        V Xor(V a, V b, V c);
        V operator *(V a, V b);
        V operator +(V a, V b);
        V operator -(V a);
        V operator -(V a, V b);
        V operator /(V a, V b);
    }
    public interface IWeightStore
    {
        System.Span<float> Weights { get; }
    }
    public interface IWinogradMatrix
    {
        int Columns { get; }
        int Rows { get; }
        void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
            where V :  struct, NetGen.Runtime.IVector<V>;
    }
    public static class IndexKernels
    {
        public static void Extreme<V>(ref float x, ref int y, int outer, int length, int inner, int smallest, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Gather<V>(ref float x, ref int indices, ref float y, int perSample, int outer, int count, int inner, int positions, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void GatherGradient<V>(ref float dy, ref int indices, ref float dx, int perSample, int outer, int count, int inner, int positions, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void OneHot<V>(ref int indices, ref float y, int rows, int length, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Order<V>(ref int indices, ref int order, int positions, int padding, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Pick<V>(ref float x, ref int indices, ref float y, int rows, int length, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void PickEach<V>(ref float x, ref int indices, ref float y, int rows, int length, int count, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void PickGradient<V>(ref float dy, ref int indices, ref float dx, int rows, int length, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Ranking<V>(ref float x, ref int y, int rows, int length, int count, int ascending, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void RowSums<V>(ref float dy, ref int order, ref float dx, int count, int inner, int positions, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void ScatterAdd<V>(ref float values, ref int indices, ref float y, int rows, int length, int count, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void UpdateRows<V, TOptimizer>(ref float dy, ref int order, ref float weight, ref float slot0, ref float slot1, in TOptimizer optimizer, int count, int inner, int positions, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V>
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
    }
    public static class Jit
    {
        public const System.Runtime.CompilerServices.MethodImplOptions Kernel = 520;
    }
    public sealed class NetworkState : NetGen.Runtime.IWeightStore, System.IDisposable
    {
        public NetworkState(NetGen.ParameterLayout layout, ulong seed, NetGen.Device device, bool hasDevicePrograms = false, bool hasSequences = false, bool hasScans = false) { }
        public NetGen.Device Device { get; }
        public NetGen.Runtime.DeviceNetwork? OnDevice { get; }
        public NetGen.NetworkParameters Parameters { get; }
        public long Steps { get; }
        public System.Span<float> Weights { get; }
        public void Dispose() { }
        public NetGen.Runtime.CallFrame Enter(int batch, long workspaceFloats) { }
        public NetGen.Runtime.CallFrame EnterStep<TOptimizer>(int batch, long workspaceFloats, in TOptimizer optimizer, int objective = 0)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
        public void Exit(NetGen.Runtime.CallFrame frame) { }
        public void ExitStep(NetGen.Runtime.CallFrame frame) { }
        public void Load(string path, NetGen.FileOrder order = 0, bool allowNotFinite = false) { }
        public long OfEachThread(int floats) { }
        public void ResetOptimizers() { }
        public int SamplesAtOnce(int batch, int perThread) { }
        public void Save(string path, bool allowNotFinite = false) { }
    }
    public static class NormKernels
    {
        public static void Rescale<V>(ref float x, ref float y, int perSample, int positions, int groups, int width, int epsilon, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void RescaleGradient<V>(ref float dy, ref float x, ref float dx, int perSample, int positions, int groups, int width, int epsilon, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void RescaleScaled<V>(ref float x, ref float weight, ref float y, int perSample, int positions, int groups, int width, int epsilon, int ofGroup, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Standardize<V>(ref float x, ref float y, int perSample, int positions, int groups, int width, int epsilon, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void StandardizeGradient<V>(ref float dy, ref float x, ref float dx, int perSample, int positions, int groups, int width, int epsilon, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void StandardizeScaled<V>(ref float x, ref float weight, ref float bias, ref float y, int perSample, int positions, int groups, int width, int epsilon, int ofGroup, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public static class Objective
    {
        public static float Mean([System.Runtime.CompilerServices.RequiresLocation] ref float values, int count) { }
        public static double Sum([System.Runtime.CompilerServices.RequiresLocation] ref float values, int count) { }
    }
    public static class OptimizerKernel
    {
        public static void Apply<V, TOptimizer>(in TOptimizer prepared, ref float weight, ref float slot0, ref float slot1, V gradient)
            where V :  struct, NetGen.Runtime.IVector<V>
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
        public static void ApplyPartial<V, TOptimizer>(in TOptimizer prepared, ref float weight, ref float slot0, ref float slot1, V gradient, int count)
            where V :  struct, NetGen.Runtime.IVector<V>
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
    }
    public sealed class OptimizerState<TOptimizer>
        where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer>
    {
        public TOptimizer Prepared;
        public System.Single& Slot0 { get; }
        public System.Single& Slot1 { get; }
        public long Steps { get; }
    }
    public static class PackKernels
    {
        public static void Panel<V>(ref float matrix, int stride, ref float panel, int rows, int columns)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void TransposedPanel<V>(ref float matrix, int stride, ref float panel, int terms, int columns)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public delegate void ParallelBody(NetGen.Runtime.CallFrame frame, int worker, int workers);
    public static class Partition
    {
        public static nint Aligned(int floats) { }
        [return: System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "Begin",
                "End"})]
        public static System.ValueTuple<System.IntPtr, System.IntPtr> Elements(nint elements, int worker, int workers) { }
        [return: System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "Begin",
                "End"})]
        public static System.ValueTuple<System.IntPtr, System.IntPtr> Items(nint items, int worker, int workers) { }
        [return: System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "Begin",
                "End"})]
        public static System.ValueTuple<int, int> Samples(int batch, int worker, int workers) { }
        public static bool TakesSamples(int batch, int workers) { }
    }
    public static class Philox
    {
        public static V AtLeast<V>(NetGen.Runtime.PhiloxKey key, uint element, float probability)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static uint Bits(NetGen.Runtime.PhiloxKey key, uint element) { }
        public static V Bits<V>(NetGen.Runtime.PhiloxKey key, uint element)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static NetGen.Runtime.PhiloxKey Key(ulong seed, long step, uint stream) { }
        public static float Normal(NetGen.Runtime.PhiloxKey key, uint element) { }
        public static float Uniform(NetGen.Runtime.PhiloxKey key, uint element) { }
        public static V Uniform<V>(NetGen.Runtime.PhiloxKey key, uint element)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public readonly struct PhiloxKey { }
    public static class PoolKernels
    {
        public static void AveragePool2D<V>(
                    ref float x,
                    ref float y,
                    int height,
                    int width,
                    int channels,
                    int outHeight,
                    int outWidth,
                    int poolH,
                    int poolW,
                    int strideH,
                    int strideW,
                    int top,
                    int left,
                    int batch,
                    int worker,
                    int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void AveragePool2DGradient<V>(
                    ref float dy,
                    ref float dx,
                    int height,
                    int width,
                    int channels,
                    int outHeight,
                    int outWidth,
                    int poolH,
                    int poolW,
                    int strideH,
                    int strideW,
                    int top,
                    int left,
                    int batch,
                    int worker,
                    int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void MaxPool2D<V>(
                    ref float x,
                    ref float y,
                    int height,
                    int width,
                    int channels,
                    int outHeight,
                    int outWidth,
                    int poolH,
                    int poolW,
                    int strideH,
                    int strideW,
                    int top,
                    int left,
                    int batch,
                    int worker,
                    int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void MaxPool2DGradient<V>(
                    ref float dy,
                    ref byte indices,
                    ref float dx,
                    int height,
                    int width,
                    int channels,
                    int outHeight,
                    int outWidth,
                    int poolH,
                    int poolW,
                    int strideH,
                    int strideW,
                    int top,
                    int left,
                    int batch,
                    int worker,
                    int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void MaxPool2DIndices<V>(
                    ref float x,
                    ref byte indices,
                    int height,
                    int width,
                    int channels,
                    int outHeight,
                    int outWidth,
                    int poolH,
                    int poolW,
                    int strideH,
                    int strideW,
                    int top,
                    int left,
                    int batch,
                    int worker,
                    int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void MaxPool2DWithIndices<V>(
                    ref float x,
                    ref float y,
                    ref byte indices,
                    int height,
                    int width,
                    int channels,
                    int outHeight,
                    int outWidth,
                    int poolH,
                    int poolW,
                    int strideH,
                    int strideW,
                    int top,
                    int left,
                    int batch,
                    int worker,
                    int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public static class PositionKernels
    {
        public static void AddSinusoids<V>(ref float x, ref int spans, ref float y, int longest, int width, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void AddSinusoids<V>(ref float x, ref float y, int perSample, int sequences, int rows, int width, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Rotate<V>(ref float x, ref int spans, ref float y, int longest, int width, int heads, int size, int theta, int interleaved, int back, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Rotate<V>(ref float x, ref float y, int perSample, int sequences, int rows, int width, int heads, int size, int theta, int interleaved, int back, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public static class RecurrenceKernels
    {
        public static void Append<V>(ref float g, ref float weight, ref int spans, ref int sessions, ref float y, NetGen.Runtime.RecurrenceShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Append<V>(ref float g, ref float weight, ref float bias, ref int spans, ref int sessions, ref float y, NetGen.Runtime.RecurrenceShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Forward<V>(ref float g, ref float weight, ref float y, NetGen.Runtime.RecurrenceShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Forward<V>(ref float g, ref float weight, ref float bias, ref float y, NetGen.Runtime.RecurrenceShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Forward<V>(ref float g, ref float weight, ref int spans, ref float y, NetGen.Runtime.RecurrenceShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Forward<V>(ref float g, ref float weight, ref float bias, ref int spans, ref float y, NetGen.Runtime.RecurrenceShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void ForwardWithKept<V>(ref float g, ref float weight, ref float y, ref float kept, NetGen.Runtime.RecurrenceShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void ForwardWithKept<V>(ref float g, ref float weight, ref float bias, ref float y, ref float kept, NetGen.Runtime.RecurrenceShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void ForwardWithKept<V>(ref float g, ref float weight, ref int spans, ref float y, ref float kept, NetGen.Runtime.RecurrenceShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void ForwardWithKept<V>(ref float g, ref float weight, ref float bias, ref int spans, ref float y, ref float kept, NetGen.Runtime.RecurrenceShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Gradient<V>(ref float dy, ref float weight, ref float y, ref float kept, ref float dg, NetGen.Runtime.RecurrenceShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Gradient<V>(ref float dy, ref float weight, ref float y, ref float kept, ref int spans, ref float dg, NetGen.Runtime.RecurrenceShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Gradients<V>(ref float dy, ref float weight, ref float y, ref float kept, ref float dg, ref float du, NetGen.Runtime.RecurrenceShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Gradients<V>(ref float dy, ref float weight, ref float y, ref float kept, ref int spans, ref float dg, ref float du, NetGen.Runtime.RecurrenceShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void HiddenGradient<V>(ref float dy, ref float weight, ref float y, ref float kept, ref float du, NetGen.Runtime.RecurrenceShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void HiddenGradient<V>(ref float dy, ref float weight, ref float y, ref float kept, ref int spans, ref float du, NetGen.Runtime.RecurrenceShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Kept<V>(ref float g, ref float weight, ref float kept, NetGen.Runtime.RecurrenceShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Kept<V>(ref float g, ref float weight, ref float bias, ref float kept, NetGen.Runtime.RecurrenceShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Kept<V>(ref float g, ref float weight, ref int spans, ref float kept, NetGen.Runtime.RecurrenceShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Kept<V>(ref float g, ref float weight, ref float bias, ref int spans, ref float kept, NetGen.Runtime.RecurrenceShape shape, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public readonly struct RecurrenceShape
    {
        public RecurrenceShape(int kind, int steps, int units, int outer = 1, int reverse = 0, int memory = 0) { }
    }
    public static class ResampleKernels
    {
        public static void Resample<V>(ref float x, ref float y, int perSample, int outer, int n, int m, int inner, int kind, int before, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void ResampleGradient<V>(ref float dy, ref float dx, int perSample, int outer, int n, int m, int inner, int kind, int before, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public readonly struct RowLoops
    {
        public RowLoops(int count, nint stride) { }
        public RowLoops(int outer, nint strideOuter, int inner, nint strideInner) { }
        public int Count { get; }
        public int Window { get; }
        public NetGen.Runtime.RowLoops WithWindow(int height, nint strideHeight, int width, nint strideWidth) { }
    }
    public static class ScanKernels
    {
        public static void Product<V>(ref float x, ref float y, int perSample, int outer, int length, int inner, int exclusive, int reverse, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Sum<V>(ref float x, ref float y, int perSample, int outer, int length, int inner, int exclusive, int reverse, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public sealed class SessionProgram<T> : System.IEquatable<NetGen.Runtime.SessionProgram<T>>
    {
        public SessionProgram(NetGen.Runtime.AppendSteps<T> Append, int Longest, long Floats, int PerStep, int Width, string Name) { }
        public NetGen.Runtime.AppendSteps<T> Append { get; init; }
        public long Floats { get; init; }
        public int Longest { get; init; }
        public string Name { get; init; }
        public int PerStep { get; init; }
        public int Width { get; init; }
    }
    public static class SoftmaxKernels
    {
        public static void CorrectPrediction<V>(ref float logits, ref int labels, ref float correct, int rows, int classes, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void CrossEntropy<V>(ref float logits, ref int labels, ref float loss, int rows, int classes, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void CrossEntropyGradient<V>(ref float logits, ref int labels, ref float lossGradient, ref float gradient, int rows, int classes, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void CrossEntropyMeanGradient<V>(ref float logits, ref int labels, ref float gradient, int rows, int classes, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void CrossEntropyWithGradient<V>(ref float logits, ref int labels, ref float loss, ref float gradient, ref float correct, int rows, int classes, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void LogSoftmax<V>(ref float x, ref float y, int perSample, int rows, int length, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void LogSoftmaxGradient<V>(ref float dy, ref float y, ref float dx, int perSample, int rows, int length, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void SameLikeliestClass<V>(ref float logits, ref float target, ref float correct, int rows, int classes, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Softmax<V>(ref float x, ref float y, int perSample, int rows, int length, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void SoftmaxGradient<V>(ref float dy, ref float y, ref float dx, int perSample, int rows, int length, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public static class StencilKernels
    {
        public static void WeightGradient<V>(
                    ref float x,
                    ref float dy,
                    ref float dw,
                    int height,
                    int width,
                    int channels,
                    int outHeight,
                    int outWidth,
                    int kernelH,
                    int kernelW,
                    int strideH,
                    int strideW,
                    int dilationH,
                    int dilationW,
                    int batch,
                    int worker,
                    int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public readonly struct StencilShape : System.IEquatable<NetGen.Runtime.StencilShape>
    {
        public StencilShape(int Height, int Width, int Channels, int OutHeight, int OutWidth, int KernelH, int KernelW, int StrideH, int StrideW, int DilationH, int DilationW, int Top, int Left) { }
        public int Channels { get; init; }
        public int DilationH { get; init; }
        public int DilationW { get; init; }
        public int Height { get; init; }
        public int KernelH { get; init; }
        public int KernelW { get; init; }
        public int Left { get; init; }
        public int OutHeight { get; init; }
        public int OutWidth { get; init; }
        public int StrideH { get; init; }
        public int StrideW { get; init; }
        public int Top { get; init; }
        public int Width { get; init; }
    }
    public ref struct StencilTiles<V>
        where V :  struct, NetGen.Runtime.IVector<V>
    {
        public StencilTiles(in NetGen.Runtime.StencilShape shape, int batch, int worker, int workers) { }
        public System.IntPtr Channel { get; }
        public System.IntPtr Pixel { get; }
        public int Pixels { get; }
        public System.Single& Sums { get; }
        public int Width { get; }
        public bool Next() { }
        public void Sum(ref float x, ref float weight) { }
        public void Sum(ref float x, ref float weight, ref float result) { }
    }
    public static class StepKernels
    {
        public static void Counts<V>(ref int spans, ref float y, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void EachStep<V>(ref float x, ref int spans, ref float y, int width, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Numbers<V>(ref int spans, ref float y, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Positions<V>(ref int spans, ref int y, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void PutStep<V>(ref float x, ref int spans, ref float y, int width, int last, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Reversed<V>(ref float x, ref int spans, ref float y, int width, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Spans<V>(ref int lengths, ref int spans, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void StepAt<V>(ref float x, ref int spans, ref float y, int width, int last, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void StepMax<V>(ref float x, ref int spans, ref float y, int width, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void StepSum<V>(ref float x, ref int spans, ref float y, int width, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Window<V>(ref float x, ref int spans, ref float y, int width, int steps, int before, int apart, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void WindowAppend<V>(ref float x, ref int spans, ref int sessions, ref float y, int width, int steps, int before, int apart, int memory, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void WindowGradient<V>(ref float dy, ref int spans, ref float dx, int width, int steps, int before, int apart, int batch, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public ref struct StepLoop
    {
        public const int Rows = 64;
        public StepLoop(ref int spans, bool isReverse, int batch, int worker, int workers) { }
        public StepLoop(int steps, bool isReverse, int batch, int worker, int workers) { }
        public int Running { get; }
        public static System.Single& Zeros { get; }
        public void Keep(ref float source, ref float target, int width) { }
        public void Next(ref float source, ref float initial, ref float target, int width) { }
        public bool NextBlock() { }
        public bool NextStep() { }
        public void Put(ref float source, ref float target, int width) { }
        public void PutSamples(ref float source, ref float target, int width) { }
        public void Resume(ref int sessions, int memory, ref float initial, ref float target, int width) { }
        public void Samples(ref float source, ref float target, int width) { }
        public void Save(ref float source, ref int sessions, int memory, int width) { }
        public void Step(ref float source, ref float target, int width) { }
        public static System.Single& Memory(int floats) { }
    }
    public static class Strided
    {
        public static V Load<V>([System.Runtime.CompilerServices.RequiresLocation] ref float first, nint step)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static V LoadPartial<V>([System.Runtime.CompilerServices.RequiresLocation] ref float first, nint step, int count)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public readonly struct SumLoops
    {
        public SumLoops(int extent, nint strideA, nint strideB) { }
        public SumLoops(int extent1, nint strideA1, nint strideB1, int extent2, nint strideA2, nint strideB2) { }
        public SumLoops(int extent0, nint strideA0, nint strideB0, int extent1, nint strideA1, nint strideB1, int extent2, nint strideA2, nint strideB2) { }
    }
    public static class SumTile
    {
        public const int MostVectors = 4;
        public static int MostRows<V>(int vectors)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static int MostSpreadRows<V>(int vectors)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Run<V>(int height, int vectors, ref float a, ref System.IntPtr rows, ref float b, in NetGen.Runtime.SumLoops loops, ref float sums, nint stride, in NetGen.Runtime.TileSteps steps)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Spread<V>(int height, int vectors, ref float a, ref System.IntPtr rows, ref float b, ref byte positions, in NetGen.Runtime.SumLoops loops, in NetGen.Runtime.SumLoops window, ref float sums, nint stride)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public ref struct TileGrid<V>
        where V :  struct, NetGen.Runtime.IVector<V>
    {
        public TileGrid(NetGen.Runtime.TileShape shape, NetGen.Runtime.RowLoops rows, int columns, int worker, int workers, int outer = 1, bool panels = false, int widest = 4, int packed = 0) { }
        public System.IntPtr Column { get; }
        public bool IsNewPanel { get; }
        public System.IntPtr Outer { get; }
        public int Row { get; }
        public int Rows { get; }
        public System.Single& Sums { get; }
        public int Width { get; }
        public void Max(ref float a, ref float b, in NetGen.Runtime.SumLoops terms) { }
        public void Max(ref float a, ref float b, in NetGen.Runtime.SumLoops terms, ref byte positions, nint stride) { }
        public bool Next() { }
        public System.Single& Panel(ref float matrix, int terms, int stride, ref float scratch) { }
        public int PanelStride(int stride) { }
        public void Spread(ref float a, ref float b, ref byte positions, in NetGen.Runtime.SumLoops terms, in NetGen.Runtime.SumLoops window) { }
        public void Sum(ref float a, ref float b, in NetGen.Runtime.SumLoops terms) { }
        public void Sum(ref float a, ref float b, in NetGen.Runtime.SumLoops terms, ref float result, nint stride, NetGen.Runtime.TileSteps products) { }
        public void Sum(ref float a, ref float b, in NetGen.Runtime.SumLoops terms, ref float result, nint stride, bool adds = false) { }
        public void Update<TOptimizer>(ref float a, ref float b, in NetGen.Runtime.SumLoops terms, in TOptimizer optimizer, ref float weight, ref float slot0, ref float slot1, nint stride)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
        public void Update<TOptimizer>(ref float a, ref float b, in NetGen.Runtime.SumLoops terms, in TOptimizer optimizer, ref float weight, ref float slot0, ref float slot1, nint stride, ref float others, bool adds)
            where TOptimizer :  struct, NetGen.IOptimizer<TOptimizer> { }
    }
    public readonly struct TileShape : System.IEquatable<NetGen.Runtime.TileShape>
    {
        public TileShape(int Rows, int Vectors, int Repeat = 1) { }
        public int Repeat { get; init; }
        public int Rows { get; init; }
        public int Vectors { get; init; }
    }
    public readonly struct TileSteps : System.IEquatable<NetGen.Runtime.TileSteps>
    {
        public TileSteps(int Count, nint A, nint B, nint Sums, bool Adds = false, bool Pools = false) { }
        public System.IntPtr A { get; init; }
        public bool Adds { get; init; }
        public System.IntPtr B { get; init; }
        public int Count { get; init; }
        public bool Pools { get; init; }
        public System.IntPtr Sums { get; init; }
    }
    public readonly struct V1 : NetGen.Runtime.IVector<NetGen.Runtime.V1>
    {
        public V1(float value) { }
        public float Value { get; }
        public static int Count { get; }
        public static NetGen.Runtime.V1 LaneIndex { get; }
        public static NetGen.Runtime.V1 LaneIndexInt { get; }
        public static int Registers { get; }
        public static NetGen.Runtime.V1 Zero { get; }
        public void Store(ref float target) { }
        public void StoreBytes(ref byte target) { }
        public void StoreBytesPartial(ref byte target, int count) { }
        public void StorePartial(ref float target, int count) { }
        public static NetGen.Runtime.V1 Abs(NetGen.Runtime.V1 a) { }
        public static NetGen.Runtime.V1 AddInt(NetGen.Runtime.V1 a, NetGen.Runtime.V1 b) { }
        public static void AddProduct(ref NetGen.Runtime.V1 sum, NetGen.Runtime.V1 a, NetGen.Runtime.V1 b) { }
        public static NetGen.Runtime.V1 And(NetGen.Runtime.V1 a, NetGen.Runtime.V1 b) { }
        public static NetGen.Runtime.V1 AndNot(NetGen.Runtime.V1 a, NetGen.Runtime.V1 b) { }
        public static bool Any(NetGen.Runtime.V1 mask) { }
        public static NetGen.Runtime.V1 Broadcast(float value) { }
        public static NetGen.Runtime.V1 BroadcastInt(int value) { }
        public static NetGen.Runtime.V1 ConvertFromInt(NetGen.Runtime.V1 a) { }
        public static NetGen.Runtime.V1 ConvertToInt(NetGen.Runtime.V1 a) { }
        public static NetGen.Runtime.V1 Equal(NetGen.Runtime.V1 a, NetGen.Runtime.V1 b) { }
        public static NetGen.Runtime.V1 Floor(NetGen.Runtime.V1 a) { }
        public static NetGen.Runtime.V1 Fma(NetGen.Runtime.V1 a, NetGen.Runtime.V1 b, NetGen.Runtime.V1 c) { }
        public static NetGen.Runtime.V1 Fma(float a, NetGen.Runtime.V1 b, NetGen.Runtime.V1 c) { }
        public static NetGen.Runtime.V1 FmaExact(NetGen.Runtime.V1 a, NetGen.Runtime.V1 b, NetGen.Runtime.V1 c) { }
        public static NetGen.Runtime.V1 Greater(NetGen.Runtime.V1 a, NetGen.Runtime.V1 b) { }
        public static NetGen.Runtime.V1 GreaterOrEqual(NetGen.Runtime.V1 a, NetGen.Runtime.V1 b) { }
        public static NetGen.Runtime.V1 GreaterOrEqualUInt(NetGen.Runtime.V1 a, NetGen.Runtime.V1 b) { }
        public static NetGen.Runtime.V1 InterleaveEven(NetGen.Runtime.V1 even, NetGen.Runtime.V1 odd) { }
        public static NetGen.Runtime.V1 Load([System.Runtime.CompilerServices.RequiresLocation] ref float source) { }
        public static NetGen.Runtime.V1 LoadBytes([System.Runtime.CompilerServices.RequiresLocation] ref byte source) { }
        public static NetGen.Runtime.V1 LoadBytesPartial([System.Runtime.CompilerServices.RequiresLocation] ref byte source, int count) { }
        public static NetGen.Runtime.V1 LoadPartial([System.Runtime.CompilerServices.RequiresLocation] ref float source, int count) { }
        public static NetGen.Runtime.V1 Max(NetGen.Runtime.V1 a, NetGen.Runtime.V1 b) { }
        public static float Maximum(NetGen.Runtime.V1 a) { }
        public static NetGen.Runtime.V1 Min(NetGen.Runtime.V1 a, NetGen.Runtime.V1 b) { }
        public static NetGen.Runtime.V1 MultiplyEvenUInt(NetGen.Runtime.V1 a, NetGen.Runtime.V1 b) { }
        public static NetGen.Runtime.V1 OddToEven(NetGen.Runtime.V1 a) { }
        public static NetGen.Runtime.V1 Or(NetGen.Runtime.V1 a, NetGen.Runtime.V1 b) { }
        public static NetGen.Runtime.V1 Round(NetGen.Runtime.V1 a) { }
        public static NetGen.Runtime.V1 Scale(NetGen.Runtime.V1 a, NetGen.Runtime.V1 n) { }
        public static NetGen.Runtime.V1 Select(NetGen.Runtime.V1 mask, NetGen.Runtime.V1 ifTrue, NetGen.Runtime.V1 ifFalse) { }
        public static NetGen.Runtime.V1 ShiftLeftInt(NetGen.Runtime.V1 a, int bits) { }
        public static NetGen.Runtime.V1 ShiftRightInt(NetGen.Runtime.V1 a, int bits) { }
        public static NetGen.Runtime.V1 ShiftRightUInt(NetGen.Runtime.V1 a, int bits) { }
        public static NetGen.Runtime.V1 Sqrt(NetGen.Runtime.V1 a) { }
        public static NetGen.Runtime.V1 SubtractInt(NetGen.Runtime.V1 a, NetGen.Runtime.V1 b) { }
        public static float Sum(NetGen.Runtime.V1 a) { }
        public static void Transpose([System.Runtime.CompilerServices.RequiresLocation] ref float source, nint sourceStride, ref float target, nint targetStride) { }
        public static NetGen.Runtime.V1 Xor(NetGen.Runtime.V1 a, NetGen.Runtime.V1 b) { }
        public static NetGen.Runtime.V1 Xor(NetGen.Runtime.V1 a, NetGen.Runtime.V1 b, NetGen.Runtime.V1 c) { }
        public static NetGen.Runtime.V1 operator *(NetGen.Runtime.V1 a, NetGen.Runtime.V1 b) { }
        public static NetGen.Runtime.V1 operator +(NetGen.Runtime.V1 a, NetGen.Runtime.V1 b) { }
        public static NetGen.Runtime.V1 operator -(NetGen.Runtime.V1 a) { }
        public static NetGen.Runtime.V1 operator -(NetGen.Runtime.V1 a, NetGen.Runtime.V1 b) { }
        public static NetGen.Runtime.V1 operator /(NetGen.Runtime.V1 a, NetGen.Runtime.V1 b) { }
    }
    public readonly struct V128 : NetGen.Runtime.IVector<NetGen.Runtime.V128>
    {
        public V128(System.Runtime.Intrinsics.Vector128<float> value) { }
        public System.Runtime.Intrinsics.Vector128<float> Value { get; }
        public static int Count { get; }
        public static NetGen.Runtime.V128 LaneIndex { get; }
        public static NetGen.Runtime.V128 LaneIndexInt { get; }
        public static int Registers { get; }
        public static NetGen.Runtime.V128 Zero { get; }
        public void Store(ref float target) { }
        public void StoreBytes(ref byte target) { }
        public void StoreBytesPartial(ref byte target, int count) { }
        public void StorePartial(ref float target, int count) { }
        public static NetGen.Runtime.V128 Abs(NetGen.Runtime.V128 a) { }
        public static NetGen.Runtime.V128 AddInt(NetGen.Runtime.V128 a, NetGen.Runtime.V128 b) { }
        public static void AddProduct(ref NetGen.Runtime.V128 sum, NetGen.Runtime.V128 a, NetGen.Runtime.V128 b) { }
        public static NetGen.Runtime.V128 And(NetGen.Runtime.V128 a, NetGen.Runtime.V128 b) { }
        public static NetGen.Runtime.V128 AndNot(NetGen.Runtime.V128 a, NetGen.Runtime.V128 b) { }
        public static bool Any(NetGen.Runtime.V128 mask) { }
        public static NetGen.Runtime.V128 Broadcast(float value) { }
        public static NetGen.Runtime.V128 BroadcastInt(int value) { }
        public static NetGen.Runtime.V128 ConvertFromInt(NetGen.Runtime.V128 a) { }
        public static NetGen.Runtime.V128 ConvertToInt(NetGen.Runtime.V128 a) { }
        public static NetGen.Runtime.V128 Equal(NetGen.Runtime.V128 a, NetGen.Runtime.V128 b) { }
        public static NetGen.Runtime.V128 Floor(NetGen.Runtime.V128 a) { }
        public static NetGen.Runtime.V128 Fma(NetGen.Runtime.V128 a, NetGen.Runtime.V128 b, NetGen.Runtime.V128 c) { }
        public static NetGen.Runtime.V128 Fma(float a, NetGen.Runtime.V128 b, NetGen.Runtime.V128 c) { }
        public static NetGen.Runtime.V128 FmaExact(NetGen.Runtime.V128 a, NetGen.Runtime.V128 b, NetGen.Runtime.V128 c) { }
        public static NetGen.Runtime.V128 Greater(NetGen.Runtime.V128 a, NetGen.Runtime.V128 b) { }
        public static NetGen.Runtime.V128 GreaterOrEqual(NetGen.Runtime.V128 a, NetGen.Runtime.V128 b) { }
        public static NetGen.Runtime.V128 GreaterOrEqualUInt(NetGen.Runtime.V128 a, NetGen.Runtime.V128 b) { }
        public static NetGen.Runtime.V128 InterleaveEven(NetGen.Runtime.V128 even, NetGen.Runtime.V128 odd) { }
        public static NetGen.Runtime.V128 Load([System.Runtime.CompilerServices.RequiresLocation] ref float source) { }
        public static NetGen.Runtime.V128 LoadBytes([System.Runtime.CompilerServices.RequiresLocation] ref byte source) { }
        public static NetGen.Runtime.V128 LoadBytesPartial([System.Runtime.CompilerServices.RequiresLocation] ref byte source, int count) { }
        public static NetGen.Runtime.V128 LoadPartial([System.Runtime.CompilerServices.RequiresLocation] ref float source, int count) { }
        public static NetGen.Runtime.V128 Max(NetGen.Runtime.V128 a, NetGen.Runtime.V128 b) { }
        public static float Maximum(NetGen.Runtime.V128 a) { }
        public static NetGen.Runtime.V128 Min(NetGen.Runtime.V128 a, NetGen.Runtime.V128 b) { }
        public static NetGen.Runtime.V128 MultiplyEvenUInt(NetGen.Runtime.V128 a, NetGen.Runtime.V128 b) { }
        public static NetGen.Runtime.V128 OddToEven(NetGen.Runtime.V128 a) { }
        public static NetGen.Runtime.V128 Or(NetGen.Runtime.V128 a, NetGen.Runtime.V128 b) { }
        public static NetGen.Runtime.V128 Round(NetGen.Runtime.V128 a) { }
        public static NetGen.Runtime.V128 Scale(NetGen.Runtime.V128 a, NetGen.Runtime.V128 n) { }
        public static NetGen.Runtime.V128 Select(NetGen.Runtime.V128 mask, NetGen.Runtime.V128 ifTrue, NetGen.Runtime.V128 ifFalse) { }
        public static NetGen.Runtime.V128 ShiftLeftInt(NetGen.Runtime.V128 a, int bits) { }
        public static NetGen.Runtime.V128 ShiftRightInt(NetGen.Runtime.V128 a, int bits) { }
        public static NetGen.Runtime.V128 ShiftRightUInt(NetGen.Runtime.V128 a, int bits) { }
        public static NetGen.Runtime.V128 Sqrt(NetGen.Runtime.V128 a) { }
        public static NetGen.Runtime.V128 SubtractInt(NetGen.Runtime.V128 a, NetGen.Runtime.V128 b) { }
        public static float Sum(NetGen.Runtime.V128 a) { }
        public static void Transpose([System.Runtime.CompilerServices.RequiresLocation] ref float source, nint sourceStride, ref float target, nint targetStride) { }
        public static NetGen.Runtime.V128 Xor(NetGen.Runtime.V128 a, NetGen.Runtime.V128 b) { }
        public static NetGen.Runtime.V128 Xor(NetGen.Runtime.V128 a, NetGen.Runtime.V128 b, NetGen.Runtime.V128 c) { }
        public static NetGen.Runtime.V128 operator *(NetGen.Runtime.V128 a, NetGen.Runtime.V128 b) { }
        public static NetGen.Runtime.V128 operator +(NetGen.Runtime.V128 a, NetGen.Runtime.V128 b) { }
        public static NetGen.Runtime.V128 operator -(NetGen.Runtime.V128 a) { }
        public static NetGen.Runtime.V128 operator -(NetGen.Runtime.V128 a, NetGen.Runtime.V128 b) { }
        public static NetGen.Runtime.V128 operator /(NetGen.Runtime.V128 a, NetGen.Runtime.V128 b) { }
    }
    public readonly struct V256 : NetGen.Runtime.IVector<NetGen.Runtime.V256>
    {
        public V256(System.Runtime.Intrinsics.Vector256<float> value) { }
        public System.Runtime.Intrinsics.Vector256<float> Value { get; }
        public static int Count { get; }
        public static NetGen.Runtime.V256 LaneIndex { get; }
        public static NetGen.Runtime.V256 LaneIndexInt { get; }
        public static int Registers { get; }
        public static NetGen.Runtime.V256 Zero { get; }
        public void Store(ref float target) { }
        public void StoreBytes(ref byte target) { }
        public void StoreBytesPartial(ref byte target, int count) { }
        public void StorePartial(ref float target, int count) { }
        public static NetGen.Runtime.V256 Abs(NetGen.Runtime.V256 a) { }
        public static NetGen.Runtime.V256 AddInt(NetGen.Runtime.V256 a, NetGen.Runtime.V256 b) { }
        public static void AddProduct(ref NetGen.Runtime.V256 sum, NetGen.Runtime.V256 a, NetGen.Runtime.V256 b) { }
        public static NetGen.Runtime.V256 And(NetGen.Runtime.V256 a, NetGen.Runtime.V256 b) { }
        public static NetGen.Runtime.V256 AndNot(NetGen.Runtime.V256 a, NetGen.Runtime.V256 b) { }
        public static bool Any(NetGen.Runtime.V256 mask) { }
        public static NetGen.Runtime.V256 Broadcast(float value) { }
        public static NetGen.Runtime.V256 BroadcastInt(int value) { }
        public static NetGen.Runtime.V256 ConvertFromInt(NetGen.Runtime.V256 a) { }
        public static NetGen.Runtime.V256 ConvertToInt(NetGen.Runtime.V256 a) { }
        public static NetGen.Runtime.V256 Equal(NetGen.Runtime.V256 a, NetGen.Runtime.V256 b) { }
        public static NetGen.Runtime.V256 Floor(NetGen.Runtime.V256 a) { }
        public static NetGen.Runtime.V256 Fma(NetGen.Runtime.V256 a, NetGen.Runtime.V256 b, NetGen.Runtime.V256 c) { }
        public static NetGen.Runtime.V256 Fma(float a, NetGen.Runtime.V256 b, NetGen.Runtime.V256 c) { }
        public static NetGen.Runtime.V256 FmaExact(NetGen.Runtime.V256 a, NetGen.Runtime.V256 b, NetGen.Runtime.V256 c) { }
        public static NetGen.Runtime.V256 Greater(NetGen.Runtime.V256 a, NetGen.Runtime.V256 b) { }
        public static NetGen.Runtime.V256 GreaterOrEqual(NetGen.Runtime.V256 a, NetGen.Runtime.V256 b) { }
        public static NetGen.Runtime.V256 GreaterOrEqualUInt(NetGen.Runtime.V256 a, NetGen.Runtime.V256 b) { }
        public static NetGen.Runtime.V256 InterleaveEven(NetGen.Runtime.V256 even, NetGen.Runtime.V256 odd) { }
        public static NetGen.Runtime.V256 Load([System.Runtime.CompilerServices.RequiresLocation] ref float source) { }
        public static NetGen.Runtime.V256 LoadBytes([System.Runtime.CompilerServices.RequiresLocation] ref byte source) { }
        public static NetGen.Runtime.V256 LoadBytesPartial([System.Runtime.CompilerServices.RequiresLocation] ref byte source, int count) { }
        public static NetGen.Runtime.V256 LoadPartial([System.Runtime.CompilerServices.RequiresLocation] ref float source, int count) { }
        public static NetGen.Runtime.V256 Max(NetGen.Runtime.V256 a, NetGen.Runtime.V256 b) { }
        public static float Maximum(NetGen.Runtime.V256 a) { }
        public static NetGen.Runtime.V256 Min(NetGen.Runtime.V256 a, NetGen.Runtime.V256 b) { }
        public static NetGen.Runtime.V256 MultiplyEvenUInt(NetGen.Runtime.V256 a, NetGen.Runtime.V256 b) { }
        public static NetGen.Runtime.V256 OddToEven(NetGen.Runtime.V256 a) { }
        public static NetGen.Runtime.V256 Or(NetGen.Runtime.V256 a, NetGen.Runtime.V256 b) { }
        public static NetGen.Runtime.V256 Round(NetGen.Runtime.V256 a) { }
        public static NetGen.Runtime.V256 Scale(NetGen.Runtime.V256 a, NetGen.Runtime.V256 n) { }
        public static NetGen.Runtime.V256 Select(NetGen.Runtime.V256 mask, NetGen.Runtime.V256 ifTrue, NetGen.Runtime.V256 ifFalse) { }
        public static NetGen.Runtime.V256 ShiftLeftInt(NetGen.Runtime.V256 a, int bits) { }
        public static NetGen.Runtime.V256 ShiftRightInt(NetGen.Runtime.V256 a, int bits) { }
        public static NetGen.Runtime.V256 ShiftRightUInt(NetGen.Runtime.V256 a, int bits) { }
        public static NetGen.Runtime.V256 Sqrt(NetGen.Runtime.V256 a) { }
        public static NetGen.Runtime.V256 SubtractInt(NetGen.Runtime.V256 a, NetGen.Runtime.V256 b) { }
        public static float Sum(NetGen.Runtime.V256 a) { }
        public static void Transpose([System.Runtime.CompilerServices.RequiresLocation] ref float source, nint sourceStride, ref float target, nint targetStride) { }
        public static NetGen.Runtime.V256 Xor(NetGen.Runtime.V256 a, NetGen.Runtime.V256 b) { }
        public static NetGen.Runtime.V256 Xor(NetGen.Runtime.V256 a, NetGen.Runtime.V256 b, NetGen.Runtime.V256 c) { }
        public static NetGen.Runtime.V256 operator *(NetGen.Runtime.V256 a, NetGen.Runtime.V256 b) { }
        public static NetGen.Runtime.V256 operator +(NetGen.Runtime.V256 a, NetGen.Runtime.V256 b) { }
        public static NetGen.Runtime.V256 operator -(NetGen.Runtime.V256 a) { }
        public static NetGen.Runtime.V256 operator -(NetGen.Runtime.V256 a, NetGen.Runtime.V256 b) { }
        public static NetGen.Runtime.V256 operator /(NetGen.Runtime.V256 a, NetGen.Runtime.V256 b) { }
    }
    public readonly struct V512 : NetGen.Runtime.IVector<NetGen.Runtime.V512>
    {
        public V512(System.Runtime.Intrinsics.Vector512<float> value) { }
        public System.Runtime.Intrinsics.Vector512<float> Value { get; }
        public static int Count { get; }
        public static NetGen.Runtime.V512 LaneIndex { get; }
        public static NetGen.Runtime.V512 LaneIndexInt { get; }
        public static int Registers { get; }
        public static NetGen.Runtime.V512 Zero { get; }
        public void Store(ref float target) { }
        public void StoreBytes(ref byte target) { }
        public void StoreBytesPartial(ref byte target, int count) { }
        public void StorePartial(ref float target, int count) { }
        public static NetGen.Runtime.V512 Abs(NetGen.Runtime.V512 a) { }
        public static NetGen.Runtime.V512 AddInt(NetGen.Runtime.V512 a, NetGen.Runtime.V512 b) { }
        public static void AddProduct(ref NetGen.Runtime.V512 sum, NetGen.Runtime.V512 a, NetGen.Runtime.V512 b) { }
        public static NetGen.Runtime.V512 And(NetGen.Runtime.V512 a, NetGen.Runtime.V512 b) { }
        public static NetGen.Runtime.V512 AndNot(NetGen.Runtime.V512 a, NetGen.Runtime.V512 b) { }
        public static bool Any(NetGen.Runtime.V512 mask) { }
        public static NetGen.Runtime.V512 Broadcast(float value) { }
        public static NetGen.Runtime.V512 BroadcastInt(int value) { }
        public static NetGen.Runtime.V512 ConvertFromInt(NetGen.Runtime.V512 a) { }
        public static NetGen.Runtime.V512 ConvertToInt(NetGen.Runtime.V512 a) { }
        public static NetGen.Runtime.V512 Equal(NetGen.Runtime.V512 a, NetGen.Runtime.V512 b) { }
        public static NetGen.Runtime.V512 Floor(NetGen.Runtime.V512 a) { }
        public static NetGen.Runtime.V512 Fma(NetGen.Runtime.V512 a, NetGen.Runtime.V512 b, NetGen.Runtime.V512 c) { }
        public static NetGen.Runtime.V512 Fma(float a, NetGen.Runtime.V512 b, NetGen.Runtime.V512 c) { }
        public static NetGen.Runtime.V512 FmaExact(NetGen.Runtime.V512 a, NetGen.Runtime.V512 b, NetGen.Runtime.V512 c) { }
        public static NetGen.Runtime.V512 Greater(NetGen.Runtime.V512 a, NetGen.Runtime.V512 b) { }
        public static NetGen.Runtime.V512 GreaterOrEqual(NetGen.Runtime.V512 a, NetGen.Runtime.V512 b) { }
        public static NetGen.Runtime.V512 GreaterOrEqualUInt(NetGen.Runtime.V512 a, NetGen.Runtime.V512 b) { }
        public static NetGen.Runtime.V512 InterleaveEven(NetGen.Runtime.V512 even, NetGen.Runtime.V512 odd) { }
        public static NetGen.Runtime.V512 Load([System.Runtime.CompilerServices.RequiresLocation] ref float source) { }
        public static NetGen.Runtime.V512 LoadBytes([System.Runtime.CompilerServices.RequiresLocation] ref byte source) { }
        public static NetGen.Runtime.V512 LoadBytesPartial([System.Runtime.CompilerServices.RequiresLocation] ref byte source, int count) { }
        public static NetGen.Runtime.V512 LoadPartial([System.Runtime.CompilerServices.RequiresLocation] ref float source, int count) { }
        public static NetGen.Runtime.V512 Max(NetGen.Runtime.V512 a, NetGen.Runtime.V512 b) { }
        public static float Maximum(NetGen.Runtime.V512 a) { }
        public static NetGen.Runtime.V512 Min(NetGen.Runtime.V512 a, NetGen.Runtime.V512 b) { }
        public static NetGen.Runtime.V512 MultiplyEvenUInt(NetGen.Runtime.V512 a, NetGen.Runtime.V512 b) { }
        public static NetGen.Runtime.V512 OddToEven(NetGen.Runtime.V512 a) { }
        public static NetGen.Runtime.V512 Or(NetGen.Runtime.V512 a, NetGen.Runtime.V512 b) { }
        public static NetGen.Runtime.V512 Round(NetGen.Runtime.V512 a) { }
        public static NetGen.Runtime.V512 Scale(NetGen.Runtime.V512 a, NetGen.Runtime.V512 n) { }
        public static NetGen.Runtime.V512 Select(NetGen.Runtime.V512 mask, NetGen.Runtime.V512 ifTrue, NetGen.Runtime.V512 ifFalse) { }
        public static NetGen.Runtime.V512 ShiftLeftInt(NetGen.Runtime.V512 a, int bits) { }
        public static NetGen.Runtime.V512 ShiftRightInt(NetGen.Runtime.V512 a, int bits) { }
        public static NetGen.Runtime.V512 ShiftRightUInt(NetGen.Runtime.V512 a, int bits) { }
        public static NetGen.Runtime.V512 Sqrt(NetGen.Runtime.V512 a) { }
        public static NetGen.Runtime.V512 SubtractInt(NetGen.Runtime.V512 a, NetGen.Runtime.V512 b) { }
        public static float Sum(NetGen.Runtime.V512 a) { }
        public static void Transpose([System.Runtime.CompilerServices.RequiresLocation] ref float source, nint sourceStride, ref float target, nint targetStride) { }
        public static NetGen.Runtime.V512 Xor(NetGen.Runtime.V512 a, NetGen.Runtime.V512 b) { }
        public static NetGen.Runtime.V512 Xor(NetGen.Runtime.V512 a, NetGen.Runtime.V512 b, NetGen.Runtime.V512 c) { }
        public static NetGen.Runtime.V512 operator *(NetGen.Runtime.V512 a, NetGen.Runtime.V512 b) { }
        public static NetGen.Runtime.V512 operator +(NetGen.Runtime.V512 a, NetGen.Runtime.V512 b) { }
        public static NetGen.Runtime.V512 operator -(NetGen.Runtime.V512 a) { }
        public static NetGen.Runtime.V512 operator -(NetGen.Runtime.V512 a, NetGen.Runtime.V512 b) { }
        public static NetGen.Runtime.V512 operator /(NetGen.Runtime.V512 a, NetGen.Runtime.V512 b) { }
    }
    public static class VectorMath
    {
        public static V Atan2<V>(V y, V x)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static V Atan2Derivative<V>(V a, V b)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static V Cos<V>(V x)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static V Erf<V>(V x)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static V Exp<V>(V x)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static V Expm1<V>(V x)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static V FocalDerivative<V>(V x, V gamma)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static V Log<V>(V x)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static V Log1P<V>(V x)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static V LogCosh<V>(V x)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static V Mish<V>(V x)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static V MishDerivative<V>(V x)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static V NormalQuantile<V>(V p)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static V Pow<V>(V x, V y)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static float Product<V>(V a)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static V Sigmoid<V>(V x)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static V Sin<V>(V x)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static V Softplus<V>(V x)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static V Tanh<V>(V x)
            where V :  struct, NetGen.Runtime.IVector<V> { }
    }
    public static class WinogradF2
    {
        public readonly struct Pixels : NetGen.Runtime.IWinogradMatrix
        {
            public static int Columns { get; }
            public static int Rows { get; }
            public static void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
                where V :  struct, NetGen.Runtime.IVector<V> { }
        }
        public readonly struct PixelsTransposed : NetGen.Runtime.IWinogradMatrix
        {
            public static int Columns { get; }
            public static int Rows { get; }
            public static void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
                where V :  struct, NetGen.Runtime.IVector<V> { }
        }
        public readonly struct Results : NetGen.Runtime.IWinogradMatrix
        {
            public static int Columns { get; }
            public static int Rows { get; }
            public static void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
                where V :  struct, NetGen.Runtime.IVector<V> { }
        }
        public readonly struct ResultsTransposed : NetGen.Runtime.IWinogradMatrix
        {
            public static int Columns { get; }
            public static int Rows { get; }
            public static void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
                where V :  struct, NetGen.Runtime.IVector<V> { }
        }
        public readonly struct TurnedWeights : NetGen.Runtime.IWinogradMatrix
        {
            public static int Columns { get; }
            public static int Rows { get; }
            public static void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
                where V :  struct, NetGen.Runtime.IVector<V> { }
        }
        public readonly struct Weights : NetGen.Runtime.IWinogradMatrix
        {
            public static int Columns { get; }
            public static int Rows { get; }
            public static void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
                where V :  struct, NetGen.Runtime.IVector<V> { }
        }
        public readonly struct WeightsTransposed : NetGen.Runtime.IWinogradMatrix
        {
            public static int Columns { get; }
            public static int Rows { get; }
            public static void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
                where V :  struct, NetGen.Runtime.IVector<V> { }
        }
    }
    public static class WinogradF3
    {
        public readonly struct Pixels : NetGen.Runtime.IWinogradMatrix
        {
            public static int Columns { get; }
            public static int Rows { get; }
            public static void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
                where V :  struct, NetGen.Runtime.IVector<V> { }
        }
        public readonly struct PixelsTransposed : NetGen.Runtime.IWinogradMatrix
        {
            public static int Columns { get; }
            public static int Rows { get; }
            public static void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
                where V :  struct, NetGen.Runtime.IVector<V> { }
        }
        public readonly struct Results : NetGen.Runtime.IWinogradMatrix
        {
            public static int Columns { get; }
            public static int Rows { get; }
            public static void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
                where V :  struct, NetGen.Runtime.IVector<V> { }
        }
        public readonly struct ResultsTransposed : NetGen.Runtime.IWinogradMatrix
        {
            public static int Columns { get; }
            public static int Rows { get; }
            public static void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
                where V :  struct, NetGen.Runtime.IVector<V> { }
        }
        public readonly struct TurnedWeights : NetGen.Runtime.IWinogradMatrix
        {
            public static int Columns { get; }
            public static int Rows { get; }
            public static void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
                where V :  struct, NetGen.Runtime.IVector<V> { }
        }
        public readonly struct Weights : NetGen.Runtime.IWinogradMatrix
        {
            public static int Columns { get; }
            public static int Rows { get; }
            public static void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
                where V :  struct, NetGen.Runtime.IVector<V> { }
        }
        public readonly struct WeightsTransposed : NetGen.Runtime.IWinogradMatrix
        {
            public static int Columns { get; }
            public static int Rows { get; }
            public static void Apply<V>(V x0, V x1, V x2, V x3, V x4, out V y0, out V y1, out V y2, out V y3, out V y4)
                where V :  struct, NetGen.Runtime.IVector<V> { }
        }
    }
    public static class WinogradKernels
    {
        public static void Clear<V>(ref float sums, int matrices, int rows, int columns, int stride)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Max<V>(ref float m, in NetGen.Runtime.WinogradShape shape, int samples)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Max<V>(ref float m, in NetGen.Runtime.WinogradShape shape, ref byte index, int samples)
            where V :  struct, NetGen.Runtime.IVector<V> { }
        public static void Results<V, T>(ref float m, nint matrix, int elements)
            where V :  struct, NetGen.Runtime.IVector<V>
            where T :  struct, NetGen.Runtime.IWinogradMatrix { }
        public static void RowOfTiles<V, T>(nint row, ref float x, in NetGen.Runtime.WinogradShape shape, ref float v, int samples)
            where V :  struct, NetGen.Runtime.IVector<V>
            where T :  struct, NetGen.Runtime.IWinogradMatrix { }
        public static void RowOfTiles<V, T>(nint row, ref float dy, ref byte index, in NetGen.Runtime.WinogradShape shape, ref float v, int samples)
            where V :  struct, NetGen.Runtime.IVector<V>
            where T :  struct, NetGen.Runtime.IWinogradMatrix { }
        public static void Sums<V, T>(ref float m, in NetGen.Runtime.WinogradShape shape, ref float sums, int samples)
            where V :  struct, NetGen.Runtime.IVector<V>
            where T :  struct, NetGen.Runtime.IWinogradMatrix { }
        public static void Tiles<V, T>(ref float x, in NetGen.Runtime.WinogradShape shape, ref float v, int samples)
            where V :  struct, NetGen.Runtime.IVector<V>
            where T :  struct, NetGen.Runtime.IWinogradMatrix { }
        public static void Tiles<V, T>(ref float dy, ref byte index, in NetGen.Runtime.WinogradShape shape, ref float v, int samples)
            where V :  struct, NetGen.Runtime.IVector<V>
            where T :  struct, NetGen.Runtime.IWinogradMatrix { }
        public static void Weights<V, T>(ref float x, int elements, ref float y)
            where V :  struct, NetGen.Runtime.IVector<V>
            where T :  struct, NetGen.Runtime.IWinogradMatrix { }
        public static void Weights<V, T>(ref float x, ref float y, int elements, int worker, int workers)
            where V :  struct, NetGen.Runtime.IVector<V>
            where T :  struct, NetGen.Runtime.IWinogradMatrix { }
    }
    public readonly struct WinogradShape : System.IEquatable<NetGen.Runtime.WinogradShape>
    {
        public WinogradShape(int TilesY, int TilesX, int Channels, nint Matrix, int Height, int Width, int Pixel, int Step) { }
        public int Channels { get; init; }
        public int Height { get; init; }
        public System.IntPtr Matrix { get; init; }
        public int Pixel { get; init; }
        public int Step { get; init; }
        public int TilesX { get; init; }
        public int TilesY { get; init; }
        public int Width { get; init; }
    }
}