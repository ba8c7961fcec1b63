using System.Globalization;
using NetGen.Generator.Common;
using NetGen.Generator.Diagnostics;

namespace NetGen.Generator.Tables;

/// <summary>Reads the file of a table: names, kinds, what is missing, categories.</summary>
internal static class TableReader
{
    /// <summary>NetGen.Data.CsvOptions.UsualMissing.</summary>
    private static readonly string[] UsualMissing = ["?", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NULL", "null"];

    /// <summary>What C# or NetGen has in a record struct, or in the class of the table that a property is inside of.</summary>
    private static readonly string[] Members =
    [
        "Row", "Equals", "GetHashCode", "GetType", "ToString", "PrintMembers", "MemberwiseClone", "ReferenceEquals", "Finalize",
    ];

    /// <summary>Whether a declaration means a file: it is the file's path, or the end of it.</summary>
    public static bool Names(TableDeclaration declaration, string path)
    {
        var (file, whole) = (Normal(declaration.File), Normal(path));
        return file.Length > 0 && (whole == file || whole.EndsWith("/" + file, StringComparison.Ordinal));

        static string Normal(string path)
        {
            path = path.Replace('\\', '/');
            return path.StartsWith("./", StringComparison.Ordinal) ? path.Substring(2) : path;
        }
    }

    public static TableRead Read(TableDeclaration declaration, string path, string text, CancellationToken cancellation)
    {
        try
        {
            var file = path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
            return new TableRead(declaration.FullName, path, Model(declaration, file, text, cancellation), default);
        }
        catch (CsvException e)
        {
            return Failed(Descriptors.TableFile.Id, e.Message, DeclaredTable.FileKey);
        }
        catch (SaidException e)
        {
            return Failed(Descriptors.TableColumn.Id, e.Message, e.Key);
        }

        TableRead Failed(string id, string message, string key) =>
            new(declaration.FullName, path, null, EquatableArray.Create(new TableError(id, message, key)));
    }

    private static TableModel Model(TableDeclaration declaration, string file, string text, CancellationToken cancellation)
    {
        CheckNumbers(declaration);
        var rows = new CsvRows(text, file, declaration.Separator);
        HashSet<string> missing = [.. declaration.Missing ?? UsualMissing.ToEquatableArray()];
        string[]? names = null;
        CsvValues[] values = [];
        var count = 0;
        foreach (var row in rows.Read(cancellation))
        {
            if (names is null)
            {
                names = ColumnNames(declaration, rows, row);
                values = [.. names.Select(_ => new CsvValues(missing, declaration.MostCategories))];
                if (declaration.HasHeader)
                    continue;
            }
            if (row.Raw.Count != names.Length)
                throw rows.Error(row.Line, Text.Invariant($"the row has {row.Raw.Count} values; there are {names.Length} columns."));
            for (var i = 0; i < values.Length; i++)
                values[i].Add(rows.Value(row.Raw[i], row.Line));
            if (++count >= declaration.Rows)
                break;
        }
        if (names is null || count == 0)
            throw new CsvException(
                $"{file} {(names is null ? $"is empty: there is no {(declaration.HasHeader ? "header" : "row")}" : "has no row below its header")}.");

        return Model(declaration, file, count, names, values);
    }

    private static void CheckNumbers(TableDeclaration declaration)
    {
        foreach (var (value, name) in new[] { (declaration.Rows, "Rows"), (declaration.MostCategories, "MostCategories") })
        {
            if (value < 1)
                throw new SaidException($"{name} must be at least 1; it is {Number(value)}.", name);
        }
        if (declaration.OnUnknown is < 0 or > 2)
            throw new SaidException($"There is no way {Number(declaration.OnUnknown)} for unknown categories.", "OnUnknown");
    }

    private static TableModel Model(TableDeclaration declaration, string file, int rows, string[] names, CsvValues[] values)
    {
        for (var i = 0; i < declaration.Uses.Count; i++)
        {
            if (!names.Contains(declaration.Uses[i].Column))
                throw NoColumn(declaration.Uses[i].Column, file, names, "Column" + Number(i));
            if (declaration.Uses.Take(i).Any(other => other.Column == declaration.Uses[i].Column))
                throw new SaidException($"'{declaration.Uses[i].Column}' is said twice what becomes of.", "Column" + Number(i));
            if (!Enum.IsDefined(typeof(ColumnUse), declaration.Uses[i].Use))
                throw new SaidException($"There is no use {Number(declaration.Uses[i].Use)} of a column.", "Use" + Number(i));
        }
        if (declaration.Label is not { } label)
            throw new SaidException(
                $"No column is said to be predicted: Label = \"{CsvRows.Printable(names[names.Length - 1])}\", or another of {List(names)}.", DeclaredTable.FileKey);
        if (!names.Contains(label))
            throw NoColumn(label, file, names, "Label");

        var properties = new UniqueNames(Members);
        List<ColumnModel> features = [];
        ColumnModel? target = null;
        for (var i = 0; i < names.Length; i++)
        {
            var said = declaration.Uses.ToList().FindIndex(use => use.Column == names[i]);
            var isLabel = names[i] == label;
            if (said >= 0 && declaration.Uses[said].Use == (int)ColumnUse.Ignore)
            {
                if (isLabel)
                    throw new SaidException($"'{label}' is what is predicted; it cannot be ignored.", "Use" + Number(said));
                continue;
            }
            var use = said >= 0 ? (ColumnUse)declaration.Uses[said].Use
                : isLabel && declaration.Positive is not null ? ColumnUse.Category
                : UsualUse(values[i].Kind);
            var column = Column(declaration, names[i], properties.Take(Property(names[i], i)), values[i], use, isLabel, said);
            if (isLabel)
                target = column;
            else
                features.Add(column);
        }
        if (declaration.Positive is { } positive && !target!.Categories.Contains(positive))
        {
            throw target.Use == ColumnUse.Category
                ? new SaidException(
                    $"'{label}' is never '{CsvRows.Printable(positive)}' in {file}; it is {List(target.Categories)}.", "Positive")
                : new SaidException($"'{label}' is a quantity here, and has no class that is the positive one.", "Positive");
        }
        if (features.Count == 0)
            throw new SaidException($"{file} has no column besides '{label}' that is not ignored.", "Label");
        return new TableModel(declaration, file, rows, features.ToEquatableArray(), target!);
    }

    private static ColumnModel Column(
        TableDeclaration declaration, string name, string property, CsvValues values, ColumnUse use, bool isLabel, int said)
    {
        var key = said >= 0 ? "Use" + Number(said) : isLabel ? "Label" : DeclaredTable.FileKey;
        SaidException Wrong(string why) => new($"'{CsvRows.Printable(name)}' {why}", key);
        var expected = use switch
        {
            ColumnUse.Category => values.Kind == ColumnKind.Date ? ColumnKind.Text : values.Kind,
            ColumnUse.Calendar => ColumnKind.Date,
            _ => ColumnKind.Number,
        };
        if (values.Count == 0)
            throw Wrong($"has no value. {(isLabel ? "There is nothing to predict." : Ignored(name))}");
        if (values.Kind != expected)
            throw Wrong($"holds {Plural(values.Kind)}, and {use} is for {Plural(expected)}.");
        if (use == ColumnUse.Calendar && isLabel)
            throw Wrong("holds points in time, which are neither classes nor a quantity.");
        if (use == ColumnUse.Calendar && values.Missing > 0)
        {
            throw Wrong(
                Text.Invariant($"is missing in {values.Missing} of {values.Missing + values.Count} rows, and nothing can stand for a point in time. ")
                + Ignored(name));
        }
        if (use == ColumnUse.Log1p && values.Minimum <= -1)
            throw Wrong(Text.Invariant($"is down to {values.Minimum}, and there is no logarithm of it and 1."));
        var about = values.Kind switch
        {
            ColumnKind.Number => Text.Invariant($"numbers from {values.Minimum} to {values.Maximum}"),
            ColumnKind.Date => "points in time",
            _ => Text.Invariant($"{values.Categories.Count} different texts"),
        };
        if (values.Missing > 0)
            about += Text.Invariant($", missing in {values.Missing} of {values.Missing + values.Count} rows");
        // A label that is missing is none; who trains is told where.
        var column = new ColumnModel(name, property, values.Kind, use, values.Missing > 0 && !isLabel, about);
        return use == ColumnUse.Category ? OfCategories(declaration, column, values, Wrong, isLabel, said >= 0) : column;
    }

    private static ColumnModel OfCategories(
        TableDeclaration declaration, ColumnModel column, CsvValues values, Func<string, SaidException> wrong, bool isLabel, bool isStated)
    {
        if (values.Kind == ColumnKind.Number && !values.AreWhole)
            throw wrong("has numbers that are not whole, which are no categories.");
        var categories = values.Categories.ToList();
        if (categories.Count > declaration.MostCategories)
        {
            var what = values.Kind == ColumnKind.Number ? "numbers" : "texts";
            throw wrong(
                Text.Invariant($"has more than {declaration.MostCategories} different {what}, too many for categories. ")
                + $"{(isLabel || isStated ? "" : Ignored(column.Name) + " ")}MostCategories allows more.");
        }
        if (isLabel && categories.Count < 2)
            throw wrong($"is always '{CsvRows.Printable(categories[0])}': there is nothing to predict.");
        string? missing = null;
        if (column.HasMissing)
        {
            missing = new UniqueNames(categories).Take(categories.Contains("?") ? "missing" : "?");
            categories.Add(missing);
            categories.Sort(StringComparer.Ordinal);
        }
        var isLong = values.Kind == ColumnKind.Number && (values.Minimum < int.MinValue || values.Maximum > int.MaxValue);
        return column with { Categories = categories.ToEquatableArray(), MissingAs = missing, IsLong = isLong };
    }

    private static string[] ColumnNames(TableDeclaration declaration, CsvRows rows, CsvRow first)
    {
        string[] names = declaration.HasHeader ? [.. first.Raw.Select(name => rows.Value(name, first.Line))]
            : [.. first.Raw.Select((_, i) => "column" + Number(i))];
        if (declaration.Names is { } stated)
        {
            if (stated.Count != names.Length)
                throw new SaidException(Text.Invariant($"There are {names.Length} columns; {stated.Count} names are given."), "Names");
            names = [.. stated];
        }
        if (names is [var only])
        {
            throw rows.Error(
                first.Line,
                    $"there is one column, '{CsvRows.Printable(only)}', and nothing to predict it from. If values are not separated by '{declaration.Separator}', state Separator.");
        }
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i].Length == 0)
                throw rows.Error(first.Line, Text.Invariant($"column {i + 1} of {names.Length} has no name; give names by Names."));
            if (Array.IndexOf(names, names[i]) < i)
                throw rows.Error(first.Line, $"two columns are named '{CsvRows.Printable(names[i])}'; give names by Names.");
        }
        return names;
    }

    /// <summary>"hours-per-week" as "HoursPerWeek".</summary>
    private static string Property(string column, int index)
    {
        var words = new string([.. column.Select(c => char.IsLetterOrDigit(c) ? c : ' ')])
            .Split([' '], StringSplitOptions.RemoveEmptyEntries);
        var name = string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word.Substring(1)));
        return name.Length == 0 ? "Column" + Number(index) : char.IsDigit(name[0]) ? "_" + name : name;
    }

    private static SaidException NoColumn(string column, string file, string[] names, string key) =>
        new($"{file} has no column '{CsvRows.Printable(column)}'; it has {List(names)}.", key);

    private static string Ignored(string column) => $"[Column(\"{CsvRows.Printable(column)}\", ColumnUse.Ignore)] leaves it out.";

    private static ColumnUse UsualUse(ColumnKind kind) =>
        kind switch { ColumnKind.Number => ColumnUse.Standardize, ColumnKind.Text => ColumnUse.Category, _ => ColumnUse.Calendar };

    private static string Plural(ColumnKind kind) =>
        kind switch { ColumnKind.Number => "numbers", ColumnKind.Date => "points in time", _ => "texts" };

    private static string List(IEnumerable<string> names)
    {
        const int Most = 20;
        string[] all = [.. names];
        return string.Join(", ", all.Take(Most).Select(name => $"'{CsvRows.Printable(name)}'")) + (all.Length > Most ? ", …" : "");
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The attributes say what the file does not have.</summary>
    private sealed class SaidException(string message, string key) : Exception(message)
    {
        public string Key => key;
    }
}
