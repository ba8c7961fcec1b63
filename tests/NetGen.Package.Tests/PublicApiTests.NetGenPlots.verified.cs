namespace NetGen.Metrics
{
    public sealed class Plot
    {
        public string Title { get; }
        public void Save(string path, bool dark = false) { }
        public byte[] ToPng(int width = 1200, bool dark = false) { }
        public string ToSvg() { }
        public static NetGen.Metrics.Plot Calibration(NetGen.Metrics.CalibrationCurve curve) { }
        public static NetGen.Metrics.Plot Confusion(NetGen.ConfusionMatrix matrix, System.Collections.Generic.IReadOnlyList<string>? names = null) { }
        public static NetGen.Metrics.Plot Errors(System.ReadOnlySpan<float> predicted, System.ReadOnlySpan<float> actual) { }
        public static NetGen.Metrics.Plot LearningRates(NetGen.RateTest test) { }
        public static NetGen.Metrics.Plot Lines(string title, string x, string y, [System.Runtime.CompilerServices.TupleElementNames(new string[] {
                "Name",
                "Points",
                "X",
                "Y"})] System.Collections.Generic.IReadOnlyList<System.ValueTuple<string, System.Collections.Generic.IReadOnlyList<System.ValueTuple<double, double>>>> series, bool isLogarithmic = false) { }
        public static NetGen.Metrics.Plot Loss(NetGen.History history) { }
        public static NetGen.Metrics.Plot PrecisionRecall(NetGen.Metrics.PrecisionRecallCurve curve) { }
        public static NetGen.Metrics.Plot Roc(NetGen.Metrics.RocCurve curve) { }
        public static NetGen.Metrics.Plot Scatter(System.ReadOnlySpan<float> predicted, System.ReadOnlySpan<float> actual) { }
        public static System.Collections.Generic.IReadOnlyList<NetGen.Metrics.Plot> Training(NetGen.History history) { }
    }
}