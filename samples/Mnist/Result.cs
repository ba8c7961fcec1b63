using System.Text.Json;
using System.Text.Json.Serialization;

/// <summary>What a run gave, for programs. A loss that is not a number is null.</summary>
internal sealed record Result(string Model, string Data, int Epochs, int Parameters, float? TrainLoss, float? TestLoss, float? TestAccuracy, double Seconds)
{
    /// <summary>One line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ResultContext.Default.Result);
}

/// <summary>Serialization without reflection, so that the sample can be compiled ahead of time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Result))]
internal sealed partial class ResultContext : JsonSerializerContext;
