namespace NetGen.Metrics
{
    public enum Averaging
    {
        Micro = 0,
        Macro = 1,
        Weighted = 2,
    }
    public static class Bleu
    {
        public static double Of<T>(System.Collections.Generic.IReadOnlyList<T[]> predicted, System.Collections.Generic.IReadOnlyList<T[][]> references, int longest = 4, bool smooth = false)
            where T : System.IEquatable<T> { }
    }
    public static class Bootstrap
    {
        public static NetGen.Metrics.ConfidenceInterval Interval<TPredicted, TActual>(System.ReadOnlySpan<TPredicted> predicted, System.ReadOnlySpan<TActual> actual, NetGen.Metrics.Measure<TPredicted, TActual> measure, int? count = default, double confidence = 0.95, int draws = 1000, ulong seed = 0) { }
    }
    public readonly struct CalibrationBin : System.IEquatable<NetGen.Metrics.CalibrationBin>
    {
        public CalibrationBin(double Predicted, double Observed, int Count) { }
        public int Count { get; init; }
        public double Observed { get; init; }
        public double Predicted { get; init; }
    }
    public sealed class CalibrationCurve
    {
        public System.Collections.Generic.IReadOnlyList<NetGen.Metrics.CalibrationBin> Bins { get; }
        public double ExpectedError { get; }
        public double MaximumError { get; }
        public static NetGen.Metrics.CalibrationCurve Of(System.ReadOnlySpan<float> probabilities, System.ReadOnlySpan<int> labels, int bins = 10, bool equalCounts = false) { }
        public static NetGen.Metrics.CalibrationCurve OfAnswers(System.ReadOnlySpan<float> probabilities, System.ReadOnlySpan<int> labels, int classes, int bins = 10) { }
    }
    public readonly struct ClassScores : System.IEquatable<NetGen.Metrics.ClassScores>
    {
        public ClassScores(double Precision, double Recall, double F1, long Support) { }
        public double F1 { get; init; }
        public double Precision { get; init; }
        public double Recall { get; init; }
        public long Support { get; init; }
    }
    public static class Classification
    {
        public static NetGen.Metrics.ClassScores Average(this NetGen.ConfusionMatrix matrix, NetGen.Metrics.Averaging averaging, double whenUndefined = 0) { }
        public static double BalancedAccuracy(this NetGen.ConfusionMatrix matrix) { }
        public static double CohensKappa(this NetGen.ConfusionMatrix matrix, NetGen.Metrics.KappaWeights weights = 0) { }
        public static NetGen.ConfusionMatrix Confusion(System.ReadOnlySpan<float> scores, System.ReadOnlySpan<int> actual, int classes) { }
        public static NetGen.ConfusionMatrix Confusion(System.ReadOnlySpan<int> predicted, System.ReadOnlySpan<int> actual, int classes) { }
        public static double Matthews(this NetGen.ConfusionMatrix matrix) { }
        public static NetGen.Metrics.ClassScores Scores(this NetGen.ConfusionMatrix matrix, int label, double whenUndefined = 0) { }
        public static double TopK(System.ReadOnlySpan<float> scores, System.ReadOnlySpan<int> actual, int classes, int k) { }
    }
    public readonly struct ConfidenceInterval : System.IEquatable<NetGen.Metrics.ConfidenceInterval>
    {
        public ConfidenceInterval(double Value, double Low, double High, int Undefined) { }
        public double High { get; init; }
        public double Low { get; init; }
        public int Undefined { get; init; }
        public double Value { get; init; }
        public override string ToString() { }
    }
    public static class ConfusionHtml
    {
        public static string ToHtml(this NetGen.ConfusionMatrix matrix, System.Collections.Generic.IReadOnlyList<string>? names = null) { }
    }
    public sealed class Distribution
    {
        public Distribution(System.ReadOnlySpan<float> edges, System.ReadOnlySpan<long> counts) { }
        public System.ReadOnlySpan<long> Counts { get; }
        public System.ReadOnlySpan<float> Edges { get; }
        public int Bin(float value) { }
        public double KolmogorovSmirnov(System.ReadOnlySpan<long> others) { }
        public double StabilityIndex(System.ReadOnlySpan<long> others) { }
        public static NetGen.Metrics.Distribution Of(System.ReadOnlySpan<float> values, int bins = 10) { }
    }
    public static class DriftFiles
    {
        public static void Save(this NetGen.INetwork network, string path, NetGen.Metrics.DriftReference reference, bool allowNotFinite = false) { }
    }
    public sealed class DriftReference
    {
        public System.ReadOnlySpan<NetGen.Metrics.Distribution> Distributions { get; }
        public System.ReadOnlySpan<string> Names { get; }
        public System.Collections.Generic.IReadOnlyDictionary<string, string> AsMetadata() { }
        public NetGen.Metrics.DriftWindow Watch(NetGen.IPredictor network) { }
        public static NetGen.Metrics.DriftReference? FromMetadata(System.Collections.Generic.IReadOnlyDictionary<string, string> metadata) { }
        public static NetGen.Metrics.DriftReference Of(NetGen.IPredictor network, NetGen.Dataset data, int bins = 10) { }
    }
    public readonly struct DriftScore : System.IEquatable<NetGen.Metrics.DriftScore>
    {
        public DriftScore(string Name, double StabilityIndex, double KolmogorovSmirnov) { }
        public double KolmogorovSmirnov { get; init; }
        public string Name { get; init; }
        public double StabilityIndex { get; init; }
        public override string ToString() { }
    }
    public sealed class DriftWindow
    {
        public int Count { get; }
        public void Add(NetGen.Batch batch, System.ReadOnlySpan<float> results) { }
        public void Clear() { }
        public NetGen.Metrics.DriftScore[] Scores() { }
    }
    public static class EditDistance
    {
        public static int Of<T>(System.ReadOnlySpan<T> predicted, System.ReadOnlySpan<T> actual)
            where T : System.IEquatable<T> { }
        public static double Rate<T>(System.Collections.Generic.IReadOnlyList<T[]> predicted, System.Collections.Generic.IReadOnlyList<T[]> actual)
            where T : System.IEquatable<T> { }
    }
    public sealed class FeatureGroup : System.IEquatable<NetGen.Metrics.FeatureGroup>
    {
        public FeatureGroup(string Name, System.Collections.Generic.IReadOnlyList<int> Numbers) { }
        public string Name { get; init; }
        public System.Collections.Generic.IReadOnlyList<int> Numbers { get; init; }
        public static System.Collections.Generic.IReadOnlyList<NetGen.Metrics.FeatureGroup> Each(System.Collections.Generic.IReadOnlyList<string> names) { }
    }
    public static class FeatureImportance
    {
        public static System.Collections.Generic.IReadOnlyList<NetGen.Metrics.Importance> Permutation(System.ReadOnlySpan<float> rows, System.Collections.Generic.IReadOnlyList<NetGen.Metrics.FeatureGroup> features, System.Func<float[], double> measure, int? width = default, int repeats = 5, ulong seed = 0) { }
    }
    public readonly struct Importance : System.IEquatable<NetGen.Metrics.Importance>
    {
        public Importance(string Name, double Mean, double Deviation) { }
        public double Deviation { get; init; }
        public double Mean { get; init; }
        public string Name { get; init; }
    }
    public enum KappaWeights
    {
        None = 0,
        Linear = 1,
        Quadratic = 2,
    }
    public delegate double Measure<TPredicted, TActual>(System.ReadOnlySpan<TPredicted> predicted, System.ReadOnlySpan<TActual> actual);
    public static class NetworkReport
    {
        public static NetGen.Metrics.Report Report(this NetGen.INetwork network, NetGen.History? history = null) { }
    }
    public readonly struct OperatingPoint : System.IEquatable<NetGen.Metrics.OperatingPoint>
    {
        public OperatingPoint(float Threshold, int TruePositives, int FalsePositives, int FalseNegatives, int TrueNegatives) { }
        public double Accuracy { get; }
        public double F1 { get; }
        public int FalseNegatives { get; init; }
        public double FalsePositiveRate { get; }
        public int FalsePositives { get; init; }
        public double Precision { get; }
        public double Recall { get; }
        public float Threshold { get; init; }
        public int TrueNegatives { get; init; }
        public int TruePositives { get; init; }
        public double Youden { get; }
    }
    public sealed class Picture
    {
        public Picture(System.ReadOnlySpan<float> pixels, int height, int width, int channels = 1) { }
        public int Height { get; }
        public int Width { get; }
    }
    public sealed class PrecisionRecallCurve
    {
        public double Area { get; }
        public double AveragePrecision { get; }
        public System.Collections.Generic.IReadOnlyList<NetGen.Metrics.OperatingPoint> Points { get; }
        public static NetGen.Metrics.PrecisionRecallCurve Of(System.ReadOnlySpan<float> scores, System.ReadOnlySpan<int> labels) { }
    }
    public static class Probabilities
    {
        public static double Brier(System.ReadOnlySpan<float> probabilities, System.ReadOnlySpan<int> labels) { }
        public static double Brier(System.ReadOnlySpan<float> probabilities, System.ReadOnlySpan<int> labels, int classes) { }
        public static int[] Labels(System.ReadOnlySpan<float> targets) { }
        public static double LogLoss(System.ReadOnlySpan<float> probabilities, System.ReadOnlySpan<int> labels) { }
        public static double LogLoss(System.ReadOnlySpan<float> probabilities, System.ReadOnlySpan<int> labels, int classes) { }
        public static double Perplexity(System.ReadOnlySpan<float> losses) { }
        public static float[] Sigmoid(System.ReadOnlySpan<float> logits) { }
        public static float[] Softmax(System.ReadOnlySpan<float> logits, int classes) { }
    }
    public readonly struct Regression : System.IEquatable<NetGen.Metrics.Regression>
    {
        public Regression(double MeanAbsoluteError, double RootMeanSquaredError, double MeanAbsolutePercentageError, double RSquared, double MaximumError) { }
        public double MaximumError { get; init; }
        public double MeanAbsoluteError { get; init; }
        public double MeanAbsolutePercentageError { get; init; }
        public double RSquared { get; init; }
        public double RootMeanSquaredError { get; init; }
        public static NetGen.Metrics.Regression Of(System.ReadOnlySpan<float> predicted, System.ReadOnlySpan<float> actual, int outputs = 1) { }
    }
    public sealed class Report
    {
        public Report(string title) { }
        public NetGen.Metrics.Report Classes(System.ReadOnlySpan<float> probabilities, System.ReadOnlySpan<int> labels, System.Collections.Generic.IReadOnlyList<string> names) { }
        public NetGen.Metrics.Report Facts(string heading, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] [System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "Name",
                "Value"})] System.ReadOnlySpan<System.ValueTuple<string, string>> facts) { }
        public NetGen.Metrics.Report Importance(System.Collections.Generic.IReadOnlyList<NetGen.Metrics.Importance> features, string measure, int most = 20) { }
        public NetGen.Metrics.Report LearningRates(NetGen.RateTest test) { }
        public NetGen.Metrics.Report Numbers(System.ReadOnlySpan<float> predicted, System.ReadOnlySpan<float> actual, string what) { }
        public void Save(string path) { }
        public NetGen.Metrics.Report Slices<TKey>(string heading, System.Collections.Generic.IReadOnlyList<NetGen.Metrics.Slice<TKey>> slices) { }
        public NetGen.Metrics.Report Table(string heading, System.Collections.Generic.IReadOnlyList<string> columns, System.Collections.Generic.IReadOnlyList<System.Collections.Generic.IReadOnlyList<string>> rows) { }
        public NetGen.Metrics.Report Text(string heading, string text) { }
        public override string ToString() { }
        public NetGen.Metrics.Report Training(NetGen.History history) { }
        public NetGen.Metrics.Report TwoClasses(System.ReadOnlySpan<float> probabilities, System.ReadOnlySpan<int> labels, float threshold = 0.5, System.Collections.Generic.IReadOnlyList<string>? names = null) { }
        public NetGen.Metrics.Report Worst(System.Collections.Generic.IReadOnlyList<NetGen.Metrics.WorstSample> samples, System.Func<int, string>? text = null, System.Func<int, NetGen.Metrics.Picture>? picture = null) { }
    }
    public sealed class RocCurve
    {
        public double Area { get; }
        public System.Collections.Generic.IReadOnlyList<NetGen.Metrics.OperatingPoint> Points { get; }
        public static double AreaOfClasses(System.ReadOnlySpan<float> scores, System.ReadOnlySpan<int> labels, int classes, NetGen.Metrics.Averaging averaging = 1) { }
        public static NetGen.Metrics.RocCurve Of(System.ReadOnlySpan<float> scores, System.ReadOnlySpan<int> labels) { }
    }
    public static class SampleLosses
    {
        public static float[] BinaryCrossEntropy(System.ReadOnlySpan<float> logits, System.ReadOnlySpan<int> labels) { }
        public static float[] CrossEntropy(System.ReadOnlySpan<float> logits, System.ReadOnlySpan<int> labels, int classes) { }
        public static float[] SquaredError(System.ReadOnlySpan<float> predicted, System.ReadOnlySpan<float> actual, int outputs = 1) { }
        public static NetGen.Metrics.WorstSample[] Worst(System.ReadOnlySpan<float> losses, int count) { }
    }
    public sealed class Slice<TKey>
    {
        public TKey Key { get; }
        public System.Collections.Generic.IReadOnlyList<int> Rows { get; }
        public double Value { get; }
        public override string ToString() { }
    }
    public static class Slices
    {
        public static System.Collections.Generic.IReadOnlyList<NetGen.Metrics.Slice<TKey>> By<TKey, TPredicted, TActual>(System.Collections.Generic.IReadOnlyList<TKey> keys, System.ReadOnlySpan<TPredicted> predicted, System.ReadOnlySpan<TActual> actual, NetGen.Metrics.Measure<TPredicted, TActual> measure)
            where TKey :  notnull { }
    }
    public static class Threshold
    {
        public static NetGen.Metrics.OperatingPoint[] All(System.ReadOnlySpan<float> scores, System.ReadOnlySpan<int> labels) { }
        public static NetGen.Metrics.OperatingPoint Best(System.ReadOnlySpan<float> scores, System.ReadOnlySpan<int> labels, System.Func<NetGen.Metrics.OperatingPoint, double> value) { }
    }
    public readonly struct WorstSample : System.IEquatable<NetGen.Metrics.WorstSample>
    {
        public WorstSample(int Row, float Loss) { }
        public float Loss { get; init; }
        public int Row { get; init; }
    }
}