using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NetGen;

/// <summary>
/// A <see cref="FitState"/>, and the numbers of a <see cref="Runtime.StepState"/> of each objective, as JSON. Floats are texts: they may be
/// NaN, and come back to the bit.
/// </summary>
internal static class FitStateText
{
    private const int Version = 1;

    internal static string Write(FitState state, Runtime.StepState[] steps)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteNumber("seed", steps[0].Seed);
            json.WriteNumber("steps", steps[0].Steps);
            json.WriteStartArray("objectives");
            foreach ((ObjectiveState objective, Runtime.StepState made) in state.Objectives.Zip(steps))
                Write(json, objective, made);
            json.WriteEndArray();
            json.WriteNumber("shuffleSeed", state.ShuffleSeed);
            json.WriteBoolean("shuffle", state.Shuffle);
            json.WriteNumber("batchSize", state.BatchSize);
            json.WriteNumber("samples", state.Samples);
            json.WriteNumber("completed", state.Completed);
            json.WriteNumber("made", state.Made);
            json.WriteNumber("step", state.Step);
            Optional(json, "best", state.Best);
            if (state.BestEpoch is { } epoch)
                json.WriteNumber("bestEpoch", epoch);
            json.WriteNumber("keptEpoch", state.KeptEpoch);
            if (state.Averaged is { } averaged)
                json.WriteNumber("averaged", averaged);
            json.WriteStartObject("plateau");
            json.WriteString("factor", Text(state.Plateau.Factor));
            Optional(json, "best", state.Plateau.Best);
            json.WriteNumber("waited", state.Plateau.Waited);
            json.WriteNumber("cooldown", state.Plateau.Cooldown);
            json.WriteEndObject();
            json.WriteStartArray("values");
            foreach ((long step, double value) in state.Values)
            {
                json.WriteStartArray();
                json.WriteNumberValue(step);
                json.WriteStringValue(Text(value));
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteStartArray("epochs");
            foreach (EpochResult result in state.Epochs)
                Write(json, result);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>The numbers of the steps on each objective, without weights and slots.</summary>
    internal readonly record struct StepNumbers(ulong Seed, long Steps, (long OptimizerSteps, int Slots)[] Objectives);

    /// <exception cref="InvalidDataException">It is no such text, or of another version of NetGen.</exception>
    internal static (FitState State, StepNumbers Steps) Read(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement json = document.RootElement;
            int version = json.GetProperty("version").GetInt32();
            if (version != Version)
                throw new InvalidDataException(FormattableString.Invariant($"its state is of version {version}; this version of NetGen reads {Version}."));
            JsonElement plateau = json.GetProperty("plateau");
            FitState state = new()
            {
                Objectives = [.. json.GetProperty("objectives").EnumerateArray().Select(ReadObjective)],
                ShuffleSeed = json.GetProperty("shuffleSeed").GetUInt64(),
                Shuffle = json.GetProperty("shuffle").GetBoolean(),
                BatchSize = json.GetProperty("batchSize").GetInt32(),
                Samples = json.GetProperty("samples").GetInt32(),
                Completed = json.GetProperty("completed").GetInt32(),
                Made = json.GetProperty("made").GetInt32(),
                Step = json.GetProperty("step").GetInt64(),
                Best = Optional(json, "best"),
                BestEpoch = json.TryGetProperty("bestEpoch", out JsonElement epoch) ? epoch.GetInt32() : null,
                KeptEpoch = json.GetProperty("keptEpoch").GetInt32(),
                Averaged = json.TryGetProperty("averaged", out JsonElement averaged) ? averaged.GetInt64() : null,
                Plateau = new()
                {
                    Factor = Double(plateau.GetProperty("factor")),
                    Best = Optional(plateau, "best"),
                    Waited = plateau.GetProperty("waited").GetInt32(),
                    Cooldown = plateau.GetProperty("cooldown").GetInt32(),
                },
                Values = [.. json.GetProperty("values").EnumerateArray().Select(pair => (pair[0].GetInt64(), Double(pair[1])))],
                Epochs = [.. json.GetProperty("epochs").EnumerateArray().Select(ReadEpoch)],
            };
            StepNumbers steps = new(
                json.GetProperty("seed").GetUInt64(), json.GetProperty("steps").GetInt64(),
                [
                    .. json.GetProperty("objectives").EnumerateArray().Select(
                        objective => (objective.GetProperty("optimizerSteps").GetInt64(), objective.GetProperty("slots").GetInt32())),
                ]);
            return (state, steps);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException($"its state cannot be read: {exception.Message}", exception);
        }
    }

    private static void Write(Utf8JsonWriter json, ObjectiveState objective, Runtime.StepState steps)
    {
        json.WriteStartObject();
        json.WriteString("name", objective.Name);
        json.WriteString("optimizer", objective.Optimizer);
        json.WriteNumber("optimizerSteps", steps.OptimizerSteps);
        json.WriteNumber("slots", steps.Slots.Length);
        json.WriteString("lossSum", Text(objective.Sums.Loss));
        json.WriteNumber("lossCount", objective.Sums.Count);
        json.WriteStartArray("correct");
        foreach (double sum in objective.Sums.Correct)
            json.WriteStringValue(Text(sum));
        json.WriteEndArray();
        if (objective.Loss is { } loss)
            json.WriteString("loss", Text(loss));
        json.WriteEndObject();
    }

    private static ObjectiveState ReadObjective(JsonElement json) => new(
        json.GetProperty("name").GetString()!, json.GetProperty("optimizer").GetString()!,
        new(
            Double(json.GetProperty("lossSum")), json.GetProperty("lossCount").GetInt64(),
            [.. json.GetProperty("correct").EnumerateArray().Select(Double)]),
        json.TryGetProperty("loss", out JsonElement loss) ? Float(loss) : null);

    private static void Write(Utf8JsonWriter json, EpochResult result)
    {
        json.WriteStartObject();
        json.WriteNumber("epoch", result.Epoch);
        json.WriteString("loss", Text(result.Loss));
        Write(json, "accuracies", result.Accuracies);
        if (result.ValidationLoss is { } loss)
            json.WriteString("validationLoss", Text(loss));
        Write(json, "validationAccuracies", result.ValidationAccuracies);
        Write(json, "losses", result.Losses);
        Write(json, "validationLosses", result.ValidationLosses);
        Write(json, "metrics", result.Metrics);
        json.WriteString("seconds", Text(result.Seconds));
        json.WriteEndObject();
    }

    private static EpochResult ReadEpoch(JsonElement json) => new(
        json.GetProperty("epoch").GetInt32(), Float(json.GetProperty("loss")), Accuracies(json, "accuracies"),
        json.TryGetProperty("validationLoss", out JsonElement loss) ? Float(loss) : null, Accuracies(json, "validationAccuracies"),
        Double(json.GetProperty("seconds")))
    {
        Losses = Values(json, "losses"),
        ValidationLosses = Values(json, "validationLosses"),
        Metrics = Values(json, "metrics"),
    };

    private static void Write(Utf8JsonWriter json, string name, MetricValues values)
    {
        json.WriteStartArray(name);
        foreach ((string of, double value) in values)
            Pair(json, of, Text(value));
        json.WriteEndArray();
    }

    private static MetricValues Values(JsonElement json, string name) =>
        new([.. json.GetProperty(name).EnumerateArray().Select(pair => (pair[0].GetString()!, Double(pair[1])))]);

    private static void Write(Utf8JsonWriter json, string name, Accuracies accuracies)
    {
        json.WriteStartArray(name);
        foreach ((string of, float share) in accuracies)
            Pair(json, of, Text(share));
        json.WriteEndArray();
    }

    private static Accuracies Accuracies(JsonElement json, string name) =>
        new([.. json.GetProperty(name).EnumerateArray().Select(pair => (pair[0].GetString()!, Float(pair[1])))]);

    private static void Pair(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartArray();
        json.WriteStringValue(name);
        json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Optional(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteString(name, Text(number));
    }

    private static double? Optional(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? Double(value) : null;

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static double Double(JsonElement value) => double.Parse(value.GetString()!, CultureInfo.InvariantCulture);

    private static float Float(JsonElement value) => float.Parse(value.GetString()!, CultureInfo.InvariantCulture);
}
