using System.Text.Json;

namespace NetGen.Data;

/// <summary>How a category becomes numbers.</summary>
internal enum CategoryForm
{
    OneHot,
    Ordinal,
    Is,
    Index,
}

/// <summary>The categories of a column.</summary>
internal sealed class FittedCategory : FittedFeature
{
    internal const string Name = "category";

    private const int IsUnknown = -2;

    private readonly CategoryForm form;
    private readonly string[] kept;
    private readonly string[] rare;
    private readonly Unknown unknown;
    private readonly string? missing;
    private readonly string? wanted;
    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    private readonly int wantedPlace = -1;

    /// <param name="column">The column.</param>
    /// <param name="form">How they become numbers.</param>
    /// <param name="kept">Those with a place of their own, in order.</param>
    /// <param name="rare">Those of training that share the place behind the others.</param>
    /// <param name="unknown">What becomes of all others.</param>
    /// <param name="missing">The category of missing values; null: they are an error.</param>
    /// <param name="wanted">The one that is 1, of the form <see cref="CategoryForm.Is"/>.</param>
    internal FittedCategory(string column, CategoryForm form, string[] kept, string[] rare, Unknown unknown, string? missing, string? wanted)
        : base(column)
    {
        this.form = form;
        this.kept = kept;
        this.rare = rare;
        this.unknown = unknown;
        this.missing = missing;
        this.wanted = wanted;
        foreach (string category in kept)
            places.Add(category, places.Count);
        foreach (string category in rare)
            places.Add(category, kept.Length);
        if (wanted is not null)
            wantedPlace = places[wanted];
    }

    /// <summary>How many places there are: labels are below it.</summary>
    internal int Places => kept.Length + (HasRare ? 1 : 0);

    internal override int Width => form == CategoryForm.OneHot ? Places : 1;

    internal override IEnumerable<string> Names => form switch
    {
        CategoryForm.OneHot => Categories.Select(category => $"{Column}={category}"),
        CategoryForm.Is => [$"{Column}={wanted}"],
        _ => [Column],
    };

    internal bool IsIndex => form == CategoryForm.Index;

    /// <summary>What is at each place.</summary>
    internal IEnumerable<string> Categories => HasRare ? kept.Append("(rare)") : kept;

    private bool HasRare => rare.Length > 0 || unknown == Unknown.Rare;

    internal override RowEncoder On(TableColumn column) => new Rows(this, column);

    internal override void Encode(in Cell cell, Span<float> target) => Write(PlaceOf(CategoryText.Of(cell)), target);

    /// <summary>The label of a value.</summary>
    /// <exception cref="CellException">The value is unknown or missing.</exception>
    internal int LabelOf(in Cell cell) => PlaceOf(CategoryText.Of(cell));

    /// <summary>The labels of a column.</summary>
    internal Func<int, int> LabelsOn(TableColumn column) => new Rows(this, column).PlaceOf;

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteString("feature", Name);
        json.WriteString("column", Column);
        json.WriteString("form", form.ToString());
        WriteTexts(json, "categories", kept);
        if (rare.Length > 0)
            WriteTexts(json, "rare", rare);
        json.WriteString("unknown", unknown.ToString());
        if (missing is not null)
            json.WriteString("missing", missing);
        if (wanted is not null)
            json.WriteString("is", wanted);
    }

    internal static FittedCategory ReadFrom(SchemaJson json)
    {
        CategoryForm form = json.Value<CategoryForm>("form");
        string[] kept = json.Texts("categories");
        string[] rare = json.Has("rare") ? json.Texts("rare") : [];
        string? wanted = form == CategoryForm.Is ? json.Text("is") : null;
        if (kept.Concat(rare).Distinct(StringComparer.Ordinal).Count() < kept.Length + rare.Length || (wanted is not null && !kept.Contains(wanted)))
            throw json.Error("has categories that contradict each other");
        return new(json.Text("column"), form, kept, rare, json.Value<Unknown>("unknown"), json.Has("missing") ? json.Text("missing") : null, wanted);
    }

    /// <exception cref="CellException">The text is unknown or missing.</exception>
    private int PlaceOf(string? text)
    {
        int place = PlaceOrUnknown(text);
        return place != IsUnknown ? place : throw Error(text);
    }

    private int PlaceOrUnknown(string? text)
    {
        text ??= missing;
        return text is null ? IsUnknown
            : places.TryGetValue(text, out int place) ? place
            : unknown switch { Unknown.None => -1, Unknown.Rare => kept.Length, _ => IsUnknown };
    }

    private CellException Error(string? text) => text is null
        ? new("is missing, and nothing was said to stand for it (MissingAs, FillMostFrequent).")
        : new($"is '{CsvTexts.Printable(text)}', which was not among the rows for training. OnUnknown says what is to become of such categories.");

    private void Write(int place, Span<float> target)
    {
        switch (form)
        {
            case CategoryForm.OneHot:
                if (place >= 0)
                    target[place] = 1;
                break;
            case CategoryForm.Is:
                target[0] = place == wantedPlace ? 1 : 0;
                break;
            default:
                target[0] = place;
                break;
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, string[] texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>Of a column of texts each different one is looked up once.</summary>
    private sealed class Rows : RowEncoder
    {
        private readonly FittedCategory feature;
        private readonly TableColumn column;
        private readonly int[]? byCode;

        internal Rows(FittedCategory feature, TableColumn column)
        {
            this.feature = feature;
            this.column = column;
            if (column.Kind == ValueKind.Date)
                throw FittedNumber.WrongKind(column, ValueKind.Text);
            if (column.Kind == ValueKind.Text)
                byCode = [feature.PlaceOrUnknown(null), .. Array.ConvertAll(column.Texts.ToArray(), feature.PlaceOrUnknown)];
        }

        internal override void Encode(int start, int end, Span<float> target, int stride)
        {
            for (Row = start; Row < end; Row++, target = target[Math.Min(stride, target.Length)..])
                feature.Write(PlaceOf(Row), target);
        }

        internal int PlaceOf(int row)
        {
            if (byCode is null)
                return feature.PlaceOf(CategoryText.Of(column, row));
            int place = byCode[column.Codes[row] + 1];
            return place != IsUnknown ? place : throw feature.Error(column.Text(row));
        }
    }
}
