using System.Text.Json;

namespace NetGen.Data;

/// <summary>
/// An object of a saved schema. Whatever the text is, reading ends in values that are what they should be, or an
/// <see cref="InvalidDataException"/>.
/// </summary>
internal readonly struct SchemaJson
{
    private readonly JsonElement element;

    internal SchemaJson(JsonElement element)
    {
        this.element = element;
        if (element.ValueKind != JsonValueKind.Object)
            throw Error($"is {element.ValueKind} where an object should be");
    }

    internal InvalidDataException Error(string what) => new($"The schema {what}.");

    internal bool Has(string name) => element.TryGetProperty(name, out _);

    internal string Text(string name) => TextOf(Get(name, JsonValueKind.String), name);

    internal double Number(string name) =>
        Get(name, JsonValueKind.Number).TryGetDouble(out double number) && double.IsFinite(number) ? number : throw Error($"has a '{name}' that is no finite number");

    /// <summary>What numbers are divided by.</summary>
    internal double Scale(string name) => Number(name) is not 0 and double scale ? scale : throw Error($"has a '{name}' of 0");

    /// <summary>A whole number of at least 1.</summary>
    internal int Count(string name) =>
        Get(name, JsonValueKind.Number).TryGetInt32(out int number) && number >= 1 ? number : throw Error($"has a '{name}' that is no whole number from 1 on");

    internal bool Flag(string name) => element.TryGetProperty(name, out JsonElement flag) && flag.ValueKind == JsonValueKind.True;

    internal DatePart Part(string name) => Value<DatePart>(name);

    internal T Value<T>(string name)
        where T : struct, Enum =>
        Enum.TryParse(Text(name), out T value) && Enum.IsDefined(value) ? value : throw Error($"has a '{name}' that this version does not know");

    internal string[] Texts(string name)
    {
        SchemaJson self = this;
        return [.. Get(name, JsonValueKind.Array).EnumerateArray().Select(text => self.TextOf(text, name))];
    }

    internal JsonElement Element => element;

    internal SchemaJson Object(string name) => new(Get(name, JsonValueKind.Object));

    internal SchemaJson[] Objects(string name) => [.. Get(name, JsonValueKind.Array).EnumerateArray().Select(item => new SchemaJson(item))];

    private JsonElement Get(string name, JsonValueKind kind) =>
        element.TryGetProperty(name, out JsonElement property) && property.ValueKind == kind ? property : throw Error($"has no '{name}' of the kind {kind}");

    private string TextOf(JsonElement text, string name)
    {
        try
        {
            return text.ValueKind == JsonValueKind.String ? text.GetString()! : throw Error($"has no text in '{name}'");
        }
        catch (InvalidOperationException)
        {
            throw Error($"has a text in '{name}' that is not well-formed");
        }
    }
}
