using System.Buffers;
using System.Text;
using System.Text.Json;

namespace NetGen.Metrics;

/// <summary>
/// How the inputs and the predictions of a network were distributed when it was trained: beside the weights in their file, it tells later
/// whether what comes is still like what was learned from.
/// </summary>
/// <example>
/// <code>
/// DriftReference reference = DriftReference.Of(network, train);
/// DriftWindow window = reference.Watch(network);
/// </code>
/// </example>
public sealed class DriftReference
{
    private const string MetadataName = "drift";

    private const int SamplesAtOnce = 256;

    private readonly string[] names;
    private readonly Distribution[] distributions;

    private DriftReference(string[] names, Distribution[] distributions)
    {
        this.names = names;
        this.distributions = distributions;
    }

    /// <summary>
    /// What is watched: each value of an input and of the prediction, by name; of inputs with more than 64 values the mean and the
    /// standard deviation.
    /// </summary>
    public ReadOnlySpan<string> Names => names;

    /// <summary>How each was distributed, in the order of <see cref="Names"/>.</summary>
    public ReadOnlySpan<Distribution> Distributions => distributions;

    /// <summary>The distributions of a data set, and of what a trained network predicts for it.</summary>
    /// <param name="network">The network, when it has been trained.</param>
    /// <param name="data">What it was trained with, or another part of the same: columns for its inputs, by name.</param>
    /// <param name="bins">How many bins each distribution has, at most; see <see cref="Distribution.Of"/>.</param>
    /// <exception cref="ArgumentException">The data set has no samples, or not the columns.</exception>
    public static DriftReference Of(IPredictor network, Dataset data, int bins = 10)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        Check.SomeRows(data.Count, nameof(data));
        SampleValues values = new(network);
        List<float>[] all = [.. values.Names.Select(_ => new List<float>(data.Count))];
        Batch batch = new(network.Inputs, SamplesAtOnce);
        float[] results = new float[SamplesAtOnce * network.Output.Length];
        for (int start = 0; start < data.Count; start += SamplesAtOnce)
        {
            batch.Fill(data, start, Math.Min(SamplesAtOnce, data.Count - start));
            Span<float> predicted = results.AsSpan(0, batch.Count * network.Output.Length);
            network.PredictBatch(batch, predicted);
            values.Read(batch, predicted, (name, value) => all[name].Add(value));
        }

        return new(values.Names, [.. all.Select(column => Distribution.Of([.. column], bins))]);
    }

    /// <summary>
    /// The reference as a text for a file of weights: <see cref="SafeTensors.Save(string, NetworkParameters, IReadOnlyDictionary{string,
    /// string}, bool)"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> AsMetadata()
    {
        ArrayBufferWriter<byte> text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartArray();
            for (int i = 0; i < names.Length; i++)
            {
                json.WriteStartObject();
                json.WriteString("name", names[i]);
                json.WriteStartArray("edges");
                foreach (float edge in distributions[i].Edges)
                    json.WriteNumberValue(edge);
                json.WriteEndArray();
                json.WriteStartArray("counts");
                foreach (long count in distributions[i].Counts)
                    json.WriteNumberValue(count);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return new Dictionary<string, string> { [MetadataName] = Encoding.UTF8.GetString(text.WrittenSpan) };
    }

    /// <summary>The reference among the texts of a file; null: it has none.</summary>
    /// <param name="metadata">The texts: <see cref="SafeTensors.ReadMetadata"/>.</param>
    /// <exception cref="InvalidDataException">What is there is no reference.</exception>
    public static DriftReference? FromMetadata(IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        if (!metadata.TryGetValue(MetadataName, out string? text))
            return null;
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            List<string> names = [];
            List<Distribution> distributions = [];
            foreach (JsonElement element in json.RootElement.EnumerateArray())
            {
                names.Add(element.GetProperty("name").GetString() ?? "");
                distributions.Add(new(
                    [.. element.GetProperty("edges").EnumerateArray().Select(edge => edge.GetSingle())],
                    [.. element.GetProperty("counts").EnumerateArray().Select(count => count.GetInt64())]));
            }

            return new([.. names], [.. distributions]);
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException(
                $"The distributions of the training ('{MetadataName}' in the metadata) cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Begins to count what comes.</summary>
    /// <param name="network">The network that predicts.</param>
    /// <exception cref="ArgumentException">The reference is that of another network: it has other inputs or another result.</exception>
    public DriftWindow Watch(IPredictor network)
    {
        ArgumentNullException.ThrowIfNull(network);
        SampleValues values = new(network);
        if (!values.Names.SequenceEqual(names))
        {
            throw new ArgumentException(
                $"The distributions are those of ({string.Join("; ", names)}); {network.Name} has ({string.Join("; ", values.Names)}).", nameof(network));
        }

        return new(values, distributions);
    }
}
