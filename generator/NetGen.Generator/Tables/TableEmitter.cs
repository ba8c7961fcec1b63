using System.Globalization;
using System.Security;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Common;
using NetGen.Generator.Emission;

namespace NetGen.Generator.Tables;

/// <summary>
/// The other half of a class with [Table]. What is the same for all tables is FittedTable; here stand the type of the rows, the constants,
/// and the schema as a user would write it.
/// </summary>
internal sealed class TableEmitter
{
    private const string Data = "global::NetGen.Data.";

    private readonly TableModel model;
    private readonly CodeWriter writer = new();

    private TableEmitter(TableModel model) => this.model = model;

    private string Name => Names.Escape(model.Declaration.Name);

    private bool HasClasses => model.Label.Use == ColumnUse.Category && model.Declaration.Positive is null;

    private IEnumerable<ColumnModel> Columns => [.. model.Features, model.Label];

    public static string Emit(TableModel model) => new TableEmitter(model).Emit();

    private string Emit()
    {
        GeneratedText.Header(writer);
        writer.Line();
        if (model.Declaration.Namespace.Length > 0)
        {
            writer.Line($"namespace {Names.EscapeParts(model.Declaration.Namespace)};");
            writer.Line();
        }
        writer.Line(
            $"/// <summary>The table of {Xml(model.FileName)}, as {Number(model.Rows)} rows of it were when the program was compiled.</summary>");
        writer.Open($"partial class {Name} : {Data}FittedTable<{Name}.Row>");
        Constants();
        Rows();
        Reading();
        Schema();
        Learned();
        writer.Close();
        return writer.ToString();
    }

    private void Constants()
    {
        writer.Line("/// <summary>How many numbers a network gets of a row.</summary>");
        writer.Line($"public const int FeatureCount = {Number(model.FeatureCount)};");
        writer.Line();
        if (!HasClasses)
            return;
        writer.Line(
            $"/// <summary>How many classes '{Xml(model.Label.Name)}' has: {Xml(string.Join(", ", model.Label.Categories.Select(CsvRows.Printable)))}.</summary>");
        writer.Line($"public const int ClassCount = {Number(model.Label.Categories.Count)};");
        writer.Line();
    }

    private void Rows()
    {
        writer.Line("/// <summary>A row. What is never missing in the file must be there.</summary>");
        writer.Open("public readonly record struct Row");
        foreach (var column in Columns)
        {
            var isLabel = column == model.Label;
            writer.Line(
                $"/// <summary>{Xml(column.Name)}: {column.About}.{(isLabel ? " What is predicted: it need not be known." : "")}</summary>");
            var type = column switch
            {
                { Kind: ColumnKind.Text } => "string",
                { Kind: ColumnKind.Date } => "global::System.DateTime",
                { Use: ColumnUse.Category, IsLong: var isLong } => isLong ? "long" : "int",
                _ => "double",
            };
            var mayMiss = isLabel || column.HasMissing;
            writer.Line(
                $"public {(mayMiss ? "" : "required ")}{type}{(mayMiss ? "?" : "")} {Names.Escape(column.Property)} {{ get; init; }}");
            if (!isLabel)
                writer.Line();
        }
        writer.Close();
        writer.Line();
        writer.Line("/// <summary>The names of the columns, for what asks a table by name: who uses one that is renamed in the file has an error there.</summary>");
        writer.Open("public static class Columns");
        foreach (var column in Columns)
        {
            writer.Line($"/// <summary>{Xml(column.Name)}</summary>");
            writer.Line($"public const string {Names.Escape(column.Property)} = {Literal(column.Name)};");
        }
        writer.Close();
        writer.Line();
    }

    private void Reading()
    {
        writer.Line("/// <summary>How the file is read: a file with other columns, or with other kinds of values in them, is refused.</summary>");
        writer.Open($"public static {Data}CsvOptions Options {{ get; }} = new {Data}CsvOptions");
        if (model.Declaration.Separator != ',')
            writer.Line($"Separator = {SymbolDisplay.FormatLiteral(model.Declaration.Separator, quote: true)},");
        if (!model.Declaration.HasHeader)
            writer.Line("HasHeader = false,");
        if (model.Declaration.Names is { } names)
            writer.Line($"Names = new string[] {{ {Literals(names)} }},");
        if (model.Declaration.Missing is { } missing)
            writer.Line($"Missing = new string[] {{ {Literals(missing)} }},");
        writer.Open($"Kinds = new global::System.Collections.Generic.Dictionary<string, {Data}ValueKind>");
        foreach (var column in Columns)
            writer.Line($"[{Literal(column.Name)}] = {Data}ValueKind.{column.Kind},");
        writer.Close(",");
        writer.Close(";");
        writer.Line();
        writer.Line("/// <summary>The columns of a row, without reflection.</summary>");
        writer.Line($"public static {Data}RowType<Row> RowType {{ get; }} = new {Data}RowType<Row>()");
        writer.Indent();
        foreach (var column in Columns)
        {
            var mayMiss = column == model.Label || column.HasMissing;
            var value = "row." + Names.Escape(column.Property) + (column.Kind == ColumnKind.Number && mayMiss ? " ?? double.NaN" : "");
            writer.Line($".{column.Kind}({Literal(column.Name)}, static row => {value}){(column == model.Label ? ";" : "")}");
        }
        writer.Outdent();
        writer.Line();
        writer.Line("/// <summary>Reads a file that is written as the one that the program was compiled with.</summary>");
        writer.Line("/// <exception cref=\"global::System.IO.InvalidDataException\">It is not; the message has file, line, column and text.</exception>");
        writer.Line($"public static {Data}Table Read(string path) => {Data}Table.ReadCsv(path, Options);");
        writer.Line();
        writer.Line("/// <summary>Rows from memory as a table.</summary>");
        writer.Line(
            $"public static {Data}Table Of(global::System.Collections.Generic.IEnumerable<Row> rows) => {Data}Table.Of(rows, RowType);");
        writer.Line();
    }

    private void Schema()
    {
        writer.Line("/// <summary>How rows become numbers: 'features' and 'label'.</summary>");
        writer.Line($"public static {Data}Schema Schema {{ get; }} = new {Data}Schema(");
        writer.Indent();
        writer.Line($"{Data}Output.Numbers(");
        writer.Indent();
        writer.Line("\"features\",");
        var features = model.Features.SelectMany(Features).ToArray();
        for (var i = 0; i < features.Length; i++)
            writer.Line(features[i] + (i + 1 < features.Length ? "," : "),"));
        writer.Outdent();
        writer.Line(Label() + ");");
        writer.Outdent();
        writer.Line();
    }

    private IEnumerable<string> Features(ColumnModel column)
    {
        var (number, category, date) = (
            $"{Data}Feature.Number({Literal(column.Name)})", $"{Data}Feature.Category({Literal(column.Name)})",
            $"{Data}Feature.Date({Literal(column.Name)})");
        switch (column.Use)
        {
            case ColumnUse.Category:
                string[] unknown = ["", $".OnUnknown({Data}Unknown.None)", $".OnUnknown({Data}Unknown.Rare)"];
                yield return category + (column.MissingAs is { } name ? $".MissingAs({Literal(name)})" : "") + unknown[model.Declaration.OnUnknown]
                    + $".OneHot({Literals(column.Categories)})";
                break;
            case ColumnUse.Calendar:
                yield return date + $".Part({Data}DatePart.Year).Standardize()";
                yield return date + $".Cycle({Data}DatePart.Month)";
                yield return date + $".Cycle({Data}DatePart.DayOfWeek)";
                break;
            default:
                yield return number + (column.HasMissing ? ".FillMedian().WithMissingIndicator()" : "") + Steps(column.Use);
                break;
        }
    }

    private static string Steps(ColumnUse use) => use switch
    {
        ColumnUse.Standardize => ".Standardize()",
        ColumnUse.MinMax => ".MinMax()",
        ColumnUse.Robust => ".Robust()",
        ColumnUse.Log1p => ".Log1p().Standardize()",
        _ => "",
    };

    private string Label()
    {
        var name = Literal(model.Label.Name);
        return HasClasses ? $"{Data}Output.Labels(\"label\", {Data}Feature.Category({name}).Index({Literals(model.Label.Categories)}))"
            : model.Declaration.Positive is { } positive
                ? $"{Data}Output.Numbers(\"label\", {Data}Feature.Category({name}).Is({Literal(positive)}))"
            : $"{Data}Output.Numbers(\"label\", {Data}Feature.Number({name}){Steps(model.Label.Use)})";
    }

    private void Learned()
    {
        writer.Line($"private {Name}({Data}FittedSchema fitted)");
        writer.Indent();
        writer.Line(": base(fitted, RowType, FeatureCount)");
        writer.Outdent();
        writer.Open();
        writer.Close();
        writer.Line();
        writer.Line("/// <summary>Learns from rows for training: see <see cref=\"global::NetGen.Data.Schema.Fit\"/>, also for what is refused.</summary>");
        writer.Line($"public static {Name} Fit({Data}Table train) => new {Name}(Schema.Fit(train));");
        writer.Line();
        writer.Line("/// <summary>What was learned and saved beside weights: see <see cref=\"global::NetGen.Data.FittedSchema.Load\"/>, also for what is refused.</summary>");
        writer.Line($"public static {Name} Load(string path) => new {Name}({Data}FittedSchema.Load(path));");
        writer.Line();
        var (about, type, by) = HasClasses ? ("The class that a network takes for the likeliest.", Data + "ClassPrediction", "PredictClass")
            : model.Declaration.Positive is { } positive
            ? ($"How likely it is that '{Xml(model.Label.Name)}' is '{Xml(positive)}', by a network whose loss is BinaryCrossEntropy of what it gives.", "float", "PredictProbability")
            : ($"What '{Xml(model.Label.Name)}' a network expects, in the units of the file.", "double", "PredictNumber");
        writer.Line($"/// <summary>{about}</summary>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">The network has other inputs or outputs.</exception>");
        writer.Line("/// <exception cref=\"global::System.IO.InvalidDataException\">A value cannot be encoded; the message has column and value.</exception>");
        writer.Line($"public {type} Predict(global::NetGen.IPredictor network, in Row row) => this.{by}(network, in row);");
    }

    private static string Literals(IEnumerable<string> texts) => string.Join(", ", texts.Select(Literal));

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Xml(string text) => SecurityElement.Escape(CsvRows.Printable(text));
}
