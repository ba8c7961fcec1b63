namespace NetGen.Data
{
    public sealed class CategoryFeature
    {
        public NetGen.Data.CategoryFeature FillMostFrequent() { }
        public NetGen.Data.Feature Hash(int buckets) { }
        public NetGen.Data.LabelFeature Index([System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<string> order) { }
        public NetGen.Data.Feature Is(string category) { }
        public NetGen.Data.CategoryFeature KeepFrequent(int count) { }
        public NetGen.Data.CategoryFeature KeepMost(int categories) { }
        public NetGen.Data.CategoryFeature MissingAs(string category) { }
        public NetGen.Data.CategoryFeature OnUnknown(NetGen.Data.Unknown unknown) { }
        public NetGen.Data.Feature OneHot([System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<string> categories) { }
        public NetGen.Data.Feature Ordinal([System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<string> order) { }
    }
    public readonly struct ClassPrediction : System.IEquatable<NetGen.Data.ClassPrediction>
    {
        public ClassPrediction(string Label, float Probability) { }
        public string Label { get; init; }
        public float Probability { get; init; }
        public override string ToString() { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class, AllowMultiple=true)]
    public sealed class ColumnAttribute : System.Attribute
    {
        public ColumnAttribute(string column, NetGen.Data.ColumnUse use) { }
        public string Column { get; }
        public NetGen.Data.ColumnUse Use { get; }
    }
    public sealed class ColumnDescription
    {
        public int Different { get; }
        public NetGen.Data.ValueKind Kind { get; }
        public double Mean { get; }
        public int Missing { get; }
        public System.Collections.Generic.IReadOnlyList<System.Collections.Generic.KeyValuePair<string, int>> MostFrequent { get; }
        public string Name { get; }
        public System.Collections.Generic.IReadOnlyList<double> Quartiles { get; }
        public double StandardDeviation { get; }
        public override string ToString() { }
    }
    public enum ColumnUse
    {
        Ignore = 0,
        AsIs = 1,
        Standardize = 2,
        MinMax = 3,
        Robust = 4,
        Log1p = 5,
        Category = 6,
        Calendar = 7,
    }
    public sealed class CsvOptions
    {
        public static readonly System.Collections.Generic.IReadOnlyList<string> UsualMissing;
        public CsvOptions() { }
        public bool AllowQuotes { get; init; }
        public bool AllowThousands { get; init; }
        public System.Collections.Generic.IReadOnlyList<string> DateFormats { get; init; }
        public System.Text.Encoding? Encoding { get; init; }
        public bool HasHeader { get; init; }
        public System.Collections.Generic.IReadOnlyDictionary<string, NetGen.Data.ValueKind> Kinds { get; init; }
        public System.Collections.Generic.IReadOnlyList<string> Missing { get; init; }
        public System.Collections.Generic.IReadOnlyList<string>? Names { get; init; }
        public System.Globalization.NumberFormatInfo Numbers { get; init; }
        public char Separator { get; init; }
        public int SkipLines { get; init; }
    }
    public sealed class DateFeature
    {
        public NetGen.Data.Feature Cycle(NetGen.Data.DatePart part) { }
        public NetGen.Data.NumberFeature Part(NetGen.Data.DatePart part) { }
    }
    public enum DatePart
    {
        Days = 0,
        Year = 1,
        Month = 2,
        Day = 3,
        DayOfYear = 4,
        DayOfWeek = 5,
        Hour = 6,
        Minute = 7,
        Weekend = 8,
    }
    public abstract class Feature
    {
        public string Column { get; }
        public static NetGen.Data.CategoryFeature Category(string column) { }
        public static NetGen.Data.DateFeature Date(string column) { }
        public static NetGen.Data.NumberFeature Number(string column) { }
        public static NetGen.Data.TextFeature Text(string column) { }
    }
    public sealed class FittedOutput
    {
        public System.Collections.Generic.IReadOnlyList<string> Columns { get; }
        public System.Collections.Generic.IReadOnlyList<string> FeatureNames { get; }
        public System.Collections.Generic.IReadOnlyList<System.Collections.Generic.IReadOnlyList<string>> LabelNames { get; }
        public int Length { get; }
        public string Name { get; }
        public NetGen.Text.ITokenizer? Tokenizer { get; }
        public NetGen.ColumnType Type { get; }
        public System.Collections.Generic.IReadOnlyList<int> NumbersOf(string column) { }
        public override string ToString() { }
    }
    public sealed class FittedSchema
    {
        public int FittedRows { get; }
        public NetGen.Data.FittedOutput this[string output] { get; }
        public System.Collections.Generic.IReadOnlyList<NetGen.Data.FittedOutput> Outputs { get; }
        public System.Collections.Generic.IReadOnlyDictionary<string, string> AsMetadata() { }
        public NetGen.Dataset Encode(NetGen.Data.Table table, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<string> names) { }
        public float[] Encode<T>(string output, T item, NetGen.Data.RowType<T> type) { }
        public NetGen.Data.SchemaRow NewRow() { }
        public string ToJson() { }
        public override string ToString() { }
        public static NetGen.Data.FittedSchema FromJson(string text) { }
        public static NetGen.Data.FittedSchema Load(string path) { }
    }
    public abstract class FittedTable<TRow>
        where TRow :  struct
    {
        protected FittedTable(NetGen.Data.FittedSchema fitted, NetGen.Data.RowType<TRow> type, int featureCount) { }
        public NetGen.Data.FittedSchema Fitted { get; }
        public NetGen.Dataset Encode(NetGen.Data.Table rows) { }
        public float[] Encode(in TRow row) { }
        protected NetGen.Data.ClassPrediction PredictClass(NetGen.IPredictor network, in TRow row) { }
        protected double PredictNumber(NetGen.IPredictor network, in TRow row) { }
        protected float PredictProbability(NetGen.IPredictor network, in TRow row) { }
    }
    public sealed class LabelFeature
    {
        public string Column { get; }
    }
    public sealed class NumberFeature : NetGen.Data.Feature
    {
        public NetGen.Data.NumberFeature Clip(double low, double high) { }
        public NetGen.Data.NumberFeature ClipQuantiles(double low, double high) { }
        public NetGen.Data.NumberFeature Fill(double value) { }
        public NetGen.Data.NumberFeature FillMean() { }
        public NetGen.Data.NumberFeature FillMedian() { }
        public NetGen.Data.NumberFeature FillMostFrequent() { }
        public NetGen.Data.NumberFeature Log() { }
        public NetGen.Data.NumberFeature Log1p() { }
        public NetGen.Data.NumberFeature MinMax(double low = 0, double high = 1) { }
        public NetGen.Data.NumberFeature Robust(double low = 0.25, double high = 0.75) { }
        public NetGen.Data.NumberFeature Standardize() { }
        public NetGen.Data.NumberFeature WithMissingIndicator() { }
    }
    public sealed class Output
    {
        public string Name { get; }
        public static NetGen.Data.Output Labels(string name, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<NetGen.Data.LabelFeature> features) { }
        public static NetGen.Data.Output Numbers(string name, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<NetGen.Data.Feature> features) { }
        public static NetGen.Data.Output Tokens(string name, NetGen.Data.TokenFeature feature, int longest) { }
    }
    public sealed class RowType<T>
    {
        public RowType() { }
        public NetGen.Data.RowType<T> Date(string column, System.Func<T, System.DateTime?> valueOf) { }
        public NetGen.Data.RowType<T> Number(string column, System.Func<T, double> valueOf) { }
        public NetGen.Data.RowType<T> Text(string column, System.Func<T, string?> valueOf) { }
    }
    public sealed class Schema
    {
        public Schema([System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<NetGen.Data.Output> outputs) { }
        public NetGen.Data.FittedSchema Fit(NetGen.Data.Table train) { }
    }
    public static class SchemaFiles
    {
        public static void Save(this NetGen.INetwork network, string path, NetGen.Data.FittedSchema schema, bool allowNotFinite = false) { }
    }
    public sealed class SchemaRow
    {
        public NetGen.Data.SchemaRow Clear() { }
        public float[] Encode(string output) { }
        public void Encode(string output, System.Span<float> target) { }
        public int[] EncodeLabels(string output) { }
        public NetGen.Data.SchemaRow Set(string column, System.DateTime? time) { }
        public NetGen.Data.SchemaRow Set(string column, double number) { }
        public NetGen.Data.SchemaRow Set(string column, string? text) { }
    }
    public sealed class Table
    {
        public System.ReadOnlySpan<NetGen.Data.TableColumn> Columns { get; }
        public int Count { get; }
        public bool IsHeldOut { get; }
        public NetGen.Data.TableColumn this[string name] { get; }
        public int[] ClassesOf(string column) { }
        public NetGen.Data.Table Concat(NetGen.Data.Table other) { }
        public System.Collections.Generic.IReadOnlyList<System.Collections.Generic.KeyValuePair<string, int>> CountClasses(string column) { }
        public NetGen.Data.TableDescription Describe() { }
        public NetGen.Data.Table Drop([System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<string> names) { }
        public NetGen.Data.Table DropDuplicates([System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<string> names) { }
        public NetGen.Data.Table DropMissing([System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<string> names) { }
        public int[] Duplicates([System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<string> names) { }
        public NetGen.Data.Table FillMissing(string column, double value) { }
        public NetGen.Data.Table FillMissing(string column, string text) { }
        public bool Has(string column) { }
        public NetGen.Data.Table OrderBy(string column) { }
        public string Place(int row) { }
        public NetGen.Data.Table Rename(string name, string newName) { }
        public NetGen.Data.Table Rows([System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<int> selected) { }
        public NetGen.Data.Table Select([System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<string> names) { }
        public NetGen.Data.TableSplit Split(NetGen.Split split) { }
        public NetGen.Data.Table Take(int count) { }
        public System.DateTime[] TimesOf(string column) { }
        public override string ToString() { }
        public NetGen.Data.TableSplit TrainTestSplit(double testFraction, ulong seed, string? stratifyBy = null, string? groupBy = null) { }
        public NetGen.Data.Table Where(System.Func<NetGen.Data.TableRow, bool> condition) { }
        public NetGen.Data.Table With(NetGen.Data.TableColumn column) { }
        public NetGen.Data.Table WithLags(string column, string? groupBy, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<int> lags) { }
        public static NetGen.Data.Table Of([System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<NetGen.Data.TableColumn> columns) { }
        public static NetGen.Data.Table Of<T>(System.Collections.Generic.IEnumerable<T> items, NetGen.Data.RowType<T> type) { }
        public static System.Threading.Tasks.Task<NetGen.Data.Table> OfAsync<T>(System.Collections.Generic.IAsyncEnumerable<T> items, NetGen.Data.RowType<T> type, System.Threading.CancellationToken cancellationToken = default) { }
        public static NetGen.Data.Table ParseCsv(string text, NetGen.Data.CsvOptions? options = null) { }
        public static NetGen.Data.Table ReadCsv(string path, NetGen.Data.CsvOptions? options = null) { }
        public static NetGen.Data.Table ReadCsv(System.IO.Stream stream, string name, NetGen.Data.CsvOptions? options = null) { }
        public static System.Collections.Generic.IEnumerable<NetGen.Data.Table> ReadCsvBlocks(string path, int rows = 65536, NetGen.Data.CsvOptions? options = null) { }
    }
    [System.AttributeUsage(System.AttributeTargets.Class)]
    public sealed class TableAttribute : System.Attribute
    {
        public TableAttribute(string file) { }
        public string File { get; }
        public bool HasHeader { get; set; }
        public string? Label { get; set; }
        public string[]? Missing { get; set; }
        public int MostCategories { get; set; }
        public string[]? Names { get; set; }
        public NetGen.Data.Unknown OnUnknown { get; set; }
        public string? Positive { get; set; }
        public int Rows { get; set; }
        public char Separator { get; set; }
    }
    public sealed class TableColumn
    {
        public System.ReadOnlySpan<int> Codes { get; }
        public int Count { get; }
        public NetGen.Data.ValueKind Kind { get; }
        public string Name { get; }
        public System.ReadOnlySpan<double> Numbers { get; }
        public System.ReadOnlySpan<string> Texts { get; }
        public int CountMissing() { }
        public System.DateTime? Date(int row) { }
        public bool IsMissing(int row) { }
        public string? Text(int row) { }
        public override string ToString() { }
        public static NetGen.Data.TableColumn OfDates(string name, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<System.DateTime?> values) { }
        public static NetGen.Data.TableColumn OfNumbers(string name, System.ReadOnlySpan<double> values) { }
        public static NetGen.Data.TableColumn OfNumbers(string name, System.ReadOnlySpan<float> values) { }
        public static NetGen.Data.TableColumn OfTexts(string name, [System.Runtime.CompilerServices.ParamCollection] [System.Runtime.CompilerServices.ScopedRef] System.ReadOnlySpan<string?> values) { }
    }
    public sealed class TableDescription
    {
        public System.Collections.Generic.IReadOnlyList<NetGen.Data.ColumnDescription> Columns { get; }
        public int Rows { get; }
        public override string ToString() { }
    }
    public readonly struct TableRow
    {
        public int Index { get; }
        public System.DateTime? Date(string column) { }
        public bool IsMissing(string column) { }
        public double Number(string column) { }
        public string? Text(string column) { }
    }
    public sealed class TableSplit
    {
        public NetGen.Data.Table Test { get; }
        public NetGen.Data.Table Train { get; }
        public void Deconstruct(out NetGen.Data.Table train, out NetGen.Data.Table test) { }
        public override string ToString() { }
    }
    public sealed class TextFeature
    {
        public NetGen.Data.TokenFeature BytePairs(NetGen.Text.BytePairTokenizer tokenizer) { }
        public NetGen.Data.TokenFeature BytePairs(int vocabularySize, NetGen.Text.BytePairOptions? options = null) { }
        public NetGen.Data.TokenFeature Bytes() { }
        public NetGen.Data.TokenFeature Characters() { }
        public NetGen.Data.TextFeature MissingAs(string text) { }
        public NetGen.Data.TokenFeature Words(NetGen.Text.WordOptions? options = null) { }
    }
    public sealed class TokenFeature
    {
        public string Column { get; }
    }
    public enum Unknown
    {
        Error = 0,
        None = 1,
        Rare = 2,
    }
    public enum ValueKind
    {
        Number = 0,
        Text = 1,
        Date = 2,
    }
}