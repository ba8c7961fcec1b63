using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NetGen.AspNetCore.Serving;

namespace NetGen.AspNetCore.Http;

/// <summary>Says what a network takes and gives, and which weights are in use.</summary>
internal sealed class DescriptionEndpoint(NetworkHost host)
{
    public async Task HandleAsync(HttpContext context)
    {
        ArrayBufferWriter<byte> body = new();
        Write(body, host.Loaded);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted).ConfigureAwait(false);
    }

    private static void Write(IBufferWriter<byte> body, LoadedNetwork loaded)
    {
        using Utf8JsonWriter json = new(body);
        json.WriteStartObject();
        json.WriteString("network", loaded.Network.Name);
        json.WriteStartArray("inputs");
        foreach (ColumnSpec input in loaded.Network.Inputs)
            Write(json, input);
        json.WriteEndArray();
        json.WritePropertyName("output");
        Write(json, loaded.Network.Output);
        json.WriteStartObject("weights");
        json.WriteString("id", loaded.Version.Id);
        json.WriteString("loaded", loaded.Version.Loaded);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ColumnSpec column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WriteString("type", column.Type == ColumnType.Float ? "number" : "label");
        json.WriteStartArray("shape");
        foreach (int extent in column.Shape)
            json.WriteNumberValue(extent);
        json.WriteEndArray();
        if (column.Type == ColumnType.Label && column.Classes < int.MaxValue)
            json.WriteNumber("classes", column.Classes);
        json.WriteEndObject();
    }
}
