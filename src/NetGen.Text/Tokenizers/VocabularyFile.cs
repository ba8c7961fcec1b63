using System.Text.Encodings.Web;
using System.Text.Json;

namespace NetGen.Text;

/// <summary>Files of vocabularies: a JSON object that says which tokenizer it is of.</summary>
internal static class VocabularyFile
{
    /// <summary>For people to read: what is not ASCII stands as it is.</summary>
    internal static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static void Save(string path, string kind, Action<Utf8JsonWriter> write) => ReplacedFile.Write(path, stream =>
    {
        using Utf8JsonWriter json = new(stream, Format);
        Write(json, kind, write);
    });

    /// <summary>The object that a file has, inside of another one too.</summary>
    internal static void Write(Utf8JsonWriter json, string kind, Action<Utf8JsonWriter> write)
    {
        json.WriteStartObject();
        json.WriteString("tokenizer", kind);
        write(json);
        json.WriteEndObject();
    }

    /// <exception cref="InvalidDataException">The file is damaged, or of another kind.</exception>
    internal static T Load<T>(string path, string kind, Func<JsonElement, T> read)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            JsonElement root = document.RootElement;
            string found = Text(root, "tokenizer");
            return found == kind ? read(root) : throw new InvalidDataException($"{path} is the vocabulary of '{found}', not of '{kind}'.");
        }
        // A text where a number should be, a number that is out of range, a vocabulary that the tokenizer does not take.
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException)
        {
            throw new InvalidDataException($"{path} is not the vocabulary of '{kind}': {e.Message}", e);
        }
    }

    internal static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new InvalidOperationException($"'{name}' is null.");
}
