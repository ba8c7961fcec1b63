using System.Text;
using System.Text.Json;
using static System.FormattableString;

namespace NetGen.Data;

/// <summary>
/// A schema that has learned from rows for training: it makes the same numbers of the same values for ever, in tables and in single rows.
/// </summary>
/// <remarks>It never changes, and any number of threads may use it at once.</remarks>
/// <example>
/// <code>
/// FittedSchema fitted = schema.Fit(table);                      // of the rows for training
/// Dataset train = fitted.Encode(table);
/// network.Save("churn.safetensors", fitted);
/// </code>
/// </example>
public sealed class FittedSchema
{
    /// <summary>The name of the schema among the texts of a weight file.</summary>
    private const string Key = "netgen.schema";

    private const int Version = 1;

    private readonly FittedOutput[] outputs;
    private readonly Lazy<HashSet<long>> fittedOn;

    internal FittedSchema(FittedOutput[] outputs, int rows, ReadOnlySpan<long> fittedOn)
    {
        this.outputs = outputs;
        FittedRows = rows;
        long[] numbers = fittedOn.ToArray();
        this.fittedOn = new(() => [.. numbers]);
    }

    /// <summary>The outputs in order.</summary>
    public IReadOnlyList<FittedOutput> Outputs => outputs;

    /// <summary>How many rows it has learned from.</summary>
    public int FittedRows { get; }

    /// <summary>The output of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such output.</exception>
    public FittedOutput this[string output]
    {
        get
        {
            // No delegate: a row is encoded without memory.
            foreach (FittedOutput found in outputs)
            {
                if (found.Name == output)
                    return found;
            }

            throw new KeyNotFoundException($"There is no output '{output}'; there are: {string.Join("; ", (object[])outputs)}.");
        }
    }

    /// <summary>The rows of a table as numbers for a network.</summary>
    /// <param name="table">It has the columns that the outputs read, and may have more.</param>
    /// <param name="names">The outputs; without names all. Where there is no target yet, name the others.</param>
    /// <exception cref="InvalidOperationException">The table was set apart to test on, and has a row that the schema has learned
    /// from.</exception>
    /// <exception cref="InvalidDataException">A value cannot be encoded; the message has place, column and value.</exception>
    /// <exception cref="KeyNotFoundException">There is no such output, or the table has no such column.</exception>
    public Dataset Encode(Table table, params ReadOnlySpan<string> names)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.IsHeldOut)
            CheckUnseen(table);
        List<DataColumn> columns = [];
        foreach (string name in names)
            columns.Add(this[name].Encode(table));
        if (names.IsEmpty)
            columns.AddRange(outputs.Select(output => output.Encode(table)));
        return new([.. columns]);
    }

    /// <summary>A row to be filled and encoded again and again, for predictions: <c>schema.NewRow().Set("age", 39)…</c>.</summary>
    public SchemaRow NewRow() => new(this);

    /// <summary>The numbers of one object, by a description of its properties: the same bits that a table of such objects has.</summary>
    /// <param name="output">The output.</param>
    /// <param name="item">The object.</param>
    /// <param name="type">What columns objects of its type have.</param>
    /// <exception cref="KeyNotFoundException">There is no such output, or it reads a column that the type has not.</exception>
    /// <exception cref="InvalidOperationException">The output has labels.</exception>
    /// <exception cref="InvalidDataException">A value cannot be encoded; the message has column and value.</exception>
    public float[] Encode<T>(string output, T item, RowType<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        FittedOutput found = this[output];
        if (found.Type != ColumnType.Float)
            throw new InvalidOperationException($"'{output}' has labels, no real numbers.");
        float[] numbers = new float[found.Length];
        found.Encode(column => type.CellOf(item, column), numbers);
        return numbers;
    }

    /// <summary>All that was learned, as JSON.</summary>
    public string ToJson()
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteNumber("rows", FittedRows);
            json.WriteStartArray("outputs");
            foreach (FittedOutput output in outputs)
            {
                json.WriteStartObject();
                output.Write(json);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>
    /// The schema that a text of <see cref="ToJson"/> has. It does not know the rows that it has learned from any more, only how many they
    /// were.
    /// </summary>
    /// <exception cref="InvalidDataException">The text is no such schema.</exception>
    public static FittedSchema FromJson(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            SchemaJson json = new(document.RootElement);
            int version = json.Count("version");
            if (version != Version)
                throw json.Error(Invariant($"is of version {version}; this version of NetGen knows {Version}"));
            FittedOutput[] outputs = [.. json.Objects("outputs").Select(FittedOutput.Read)];
            return outputs.Length > 0 && outputs.Select(output => output.Name).Distinct(StringComparer.Ordinal).Count() == outputs.Length
                ? new(outputs, json.Count("rows"), [])
                : throw json.Error("has no outputs, or two of one name");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // The second is half of a surrogate pair.
            throw new InvalidDataException($"The schema is not well-formed JSON: {exception.Message}", exception);
        }
    }

    /// <summary>Reads the schema that <see cref="SchemaFiles.Save"/> has put into a weight file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty or no path.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or is a folder.</exception>
    /// <exception cref="InvalidDataException">The file has no schema, or is not well-formed.</exception>
    public static FittedSchema Load(string path)
    {
        if (!SafeTensors.ReadMetadata(path).TryGetValue(Key, out string? text))
            throw new InvalidDataException($"{path} has no schema: it was saved without one. network.Save(path, schema) puts one beside the weights.");
        try
        {
            return FromJson(text);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception.InnerException);
        }
    }

    /// <summary>The outputs.</summary>
    public override string ToString() => string.Join("; ", (object[])outputs);

    /// <summary>
    /// The schema as a text for a file of weights, for who has other texts to put beside it:
    /// <see cref="SafeTensors.Save(string, NetworkParameters, IReadOnlyDictionary{string, string}, bool)"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> AsMetadata() => new Dictionary<string, string> { [Key] = ToJson() };

    /// <exception cref="InvalidOperationException">The table has a row that the schema has learned from.</exception>
    private void CheckUnseen(Table table)
    {
        ReadOnlySpan<long> rows = table.RowNumbers;
        for (int row = 0; row < rows.Length; row++)
        {
            if (fittedOn.Value.Contains(rows[row]))
            {
                throw new InvalidOperationException(
                    $"{table.Place(row)} is to be tested on, and the schema has learned from it: the test would be better than it should be. "
                    + "Split first, then fit on the split's Train.");
            }
        }
    }
}
