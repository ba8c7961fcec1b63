using System.Buffers;
using System.Text.Json;

namespace NetGen.AspNetCore.Http;

/// <summary>
/// Predictions as JSON: <c>{"result": […], "weights": "id"}</c>, of several samples <c>{"results": [[…], …], "weights": "id"}</c>.
/// </summary>
internal static class PredictionJson
{
    public static void Write(IBufferWriter<byte> body, ColumnSpec output, Prediction prediction, bool severalSamples)
    {
        using Utf8JsonWriter json = new(body);
        ReadOnlySpan<float> values = prediction.Values;
        json.WriteStartObject();
        json.WritePropertyName(severalSamples ? "results" : "result");
        if (severalSamples)
            json.WriteStartArray();
        for (int i = 0; i < prediction.Count; i++)
            WriteSample(json, output.Shape, values.Slice(i * output.Length, output.Length));
        if (severalSamples)
            json.WriteEndArray();
        json.WriteString("weights", prediction.Weights.Id);
        json.WriteEndObject();
    }

    private static void WriteSample(Utf8JsonWriter json, ReadOnlySpan<int> shape, ReadOnlySpan<float> values)
    {
        if (shape.IsEmpty)
        {
            // JSON has no NaN and no infinities.
            if (float.IsFinite(values[0]))
                json.WriteNumberValue(values[0]);
            else
                json.WriteNullValue();
            return;
        }

        json.WriteStartArray();
        int length = values.Length / shape[0];
        for (int i = 0; i < shape[0]; i++)
            WriteSample(json, shape[1..], values.Slice(i * length, length));
        json.WriteEndArray();
    }
}
