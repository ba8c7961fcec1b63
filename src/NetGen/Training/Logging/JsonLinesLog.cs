using System.Globalization;
using System.Text.Json;

namespace NetGen;

/// <summary>
/// Writes a JSON object for each epoch, each on a line of its own:
/// <c>{"epoch":1,"loss":0.5,"val_loss":0.6,"learning_rate":0.001,"seconds":2.1}</c>.
/// </summary>
/// <remarks>
/// A number that is NaN or infinite, or is not known (the rate of an epoch before a checkpoint), is null: JSON has no such numbers.
/// An existing file is replaced; a training that goes on from a checkpoint writes the epochs before it again.
/// </remarks>
/// <param name="path">The file.</param>
/// <example><code>network.Fit(train, new FitOptions { Callbacks = [new JsonLinesLog("run.jsonl")] }, new Adam(1e-3f));</code></example>
public sealed class JsonLinesLog(string path) : EpochLog(path)
{
    private protected override void Write(Stream stream, EpochResult result, FitContext? fit)
    {
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("epoch", result.Epoch);
            foreach ((string name, double value) in EpochNumbers.Of(result, fit))
            {
                json.WritePropertyName(name);
                if (double.IsFinite(value))
                    json.WriteRawValue(value.ToString("G9", CultureInfo.InvariantCulture));
                else
                    json.WriteNullValue();
            }

            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }
}
