using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NetGen.AspNetCore.Serving;
using static System.FormattableString;

namespace NetGen.AspNetCore.Http;

/// <summary>
/// Samples from JSON: an object with a value for each input, by name. The value of a sample is a number where the input's shape is empty;
/// otherwise an array of all its numbers in a row, or arrays in arrays of exactly its shape. Where several samples are asked for, each
/// value is an array of such.
/// </summary>
internal ref struct SamplesJson
{
    private const int LongestName = 40;

    private readonly int maximal;
    private Utf8JsonReader json;

    private SamplesJson(ReadOnlySequence<byte> body, int maximal)
    {
        json = new Utf8JsonReader(body);
        this.maximal = maximal;
    }

    /// <exception cref="JsonException">The body is not well-formed.</exception>
    /// <exception cref="InvalidSamplesException">It is, and something else than what the network takes; the message names it.</exception>
    public static Dataset Read(ReadOnlySequence<byte> body, ReadOnlySpan<ColumnSpec> inputs, bool severalSamples, int maximal)
    {
        SamplesJson reader = new(body, maximal);
        DataColumn?[] columns = new DataColumn?[inputs.Length];
        reader.json.Read();
        if (reader.json.TokenType != JsonTokenType.StartObject)
            throw new InvalidSamplesException($"The body is an object with a value for each input: {Names(inputs)}.");
        while (reader.json.Read() && reader.json.TokenType == JsonTokenType.PropertyName)
        {
            int index = Find(inputs, reader.json);
            if (index < 0)
                throw new InvalidSamplesException($"There is no input '{Shown(reader.json)}'; there are: {Names(inputs)}.");
            if (columns[index] is not null)
                throw new InvalidSamplesException($"The input '{inputs[index].Name}' is there twice.");
            reader.json.Read();
            columns[index] = reader.ReadColumn(inputs[index], severalSamples);
        }

        // What stands behind the object is an error, which the reader throws.
        reader.json.Read();
        for (int i = 0; i < columns.Length; i++)
        {
            if (columns[i] is not { } column)
                throw new InvalidSamplesException($"The input '{inputs[i].Name}' is missing; there are: {Names(inputs)}.");
            if (columns[0] is { } first && column.Count != first.Count)
                throw new InvalidSamplesException(Invariant($"'{column.Name}' has {column.Count} samples, '{first.Name}' {first.Count}."));
        }

        if (columns[0]!.Count == 0)
            throw new InvalidSamplesException("There is no sample.");
        return new Dataset(columns!);
    }

    private static int Find(ReadOnlySpan<ColumnSpec> inputs, Utf8JsonReader json)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            if (json.ValueTextEquals(inputs[i].Name))
                return i;
        }

        return -1;
    }

    private static string Names(ReadOnlySpan<ColumnSpec> inputs) => string.Join("; ", (object[])inputs.ToArray());

    /// <summary>No more of what a client sent than a message needs, and bytes that are no UTF-8 as such.</summary>
    private static string Shown(in Utf8JsonReader json)
    {
        string text = Encoding.UTF8.GetString(json.HasValueSequence ? json.ValueSequence.ToArray() : json.ValueSpan);
        return text.Length <= LongestName ? text : text[..LongestName] + "…";
    }

    private DataColumn ReadColumn(ColumnSpec input, bool severalSamples)
    {
        SampleBuffer buffer = new(input);
        if (!severalSamples)
        {
            ReadSample(buffer);
            return buffer.ToColumn();
        }

        if (json.TokenType != JsonTokenType.StartArray)
            throw new InvalidSamplesException($"'{input.Name}' is an array of samples here; one sample is {input}.");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (buffer.Samples == maximal)
            {
                throw new InvalidSamplesException(
                    Invariant($"'{input.Name}' has more than the {maximal} samples that one request may have."),
                    StatusCodes.Status413PayloadTooLarge);
            }

            ReadSample(buffer);
        }

        return buffer.ToColumn();
    }

    /// <summary>From the first token of a sample to its last.</summary>
    private void ReadSample(SampleBuffer buffer)
    {
        ReadOnlySpan<int> shape = buffer.Input.Shape;
        buffer.BeginSample();
        if (shape.IsEmpty)
        {
            ReadNumber(buffer);
            return;
        }

        if (json.TokenType != JsonTokenType.StartArray)
            throw buffer.Fault($"is {Kind(json.TokenType)}, not an array");
        json.Read();
        if (json.TokenType == JsonTokenType.StartArray && shape.Length > 1)
        {
            ReadNested(buffer, shape);
            return;
        }

        for (; json.TokenType != JsonTokenType.EndArray; json.Read())
            ReadNumber(buffer);
        buffer.CheckWhole();
    }

    /// <summary>From the token after the bracket of an array to the bracket that ends it.</summary>
    private void ReadNested(SampleBuffer buffer, ReadOnlySpan<int> shape)
    {
        int count = 0;
        for (; json.TokenType != JsonTokenType.EndArray; json.Read())
        {
            if (++count > shape[0])
                throw buffer.Fault(Invariant($"has an array of more than {shape[0]}"));
            if (shape.Length == 1)
            {
                ReadNumber(buffer);
                continue;
            }

            if (json.TokenType != JsonTokenType.StartArray)
                throw buffer.Fault($"has {Kind(json.TokenType)} where an array is asked for");
            json.Read();
            ReadNested(buffer, shape[1..]);
        }

        if (count < shape[0])
            throw buffer.Fault(Invariant($"has an array of {count} where {shape[0]} are asked for"));
    }

    private readonly void ReadNumber(SampleBuffer buffer)
    {
        if (json.TokenType != JsonTokenType.Number)
            throw buffer.Fault($"has {Kind(json.TokenType)} where a number is asked for");
        if (buffer.Input.Type == ColumnType.Float)
        {
            if (!json.TryGetSingle(out float value) || !float.IsFinite(value))
                throw buffer.Fault("has a number that is too large for a 32-bit float");
            buffer.Add(value);
            return;
        }

        if (!json.TryGetInt32(out int label))
            throw buffer.Fault("has a number that is no label; labels are whole");
        if (SampleCheck.Fault(buffer.Input, label) is { } fault)
            throw new InvalidSamplesException(fault);
        buffer.Add(label);
    }

    private static string Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };
}
