using System.Text.Json.Serialization;

namespace WebApi;

/// <summary>An answer of the service to one image.</summary>
internal sealed record Answer(float[] Result, string Weights);

[JsonSerializable(typeof(float[]))]
[JsonSerializable(typeof(Answer))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class NumbersContext : JsonSerializerContext;
