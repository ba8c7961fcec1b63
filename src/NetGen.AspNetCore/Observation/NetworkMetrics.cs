using System.Globalization;

namespace NetGen.AspNetCore.Observation;

/// <summary>The measurements of one network.</summary>
internal sealed class NetworkMetrics(NetworkInstruments instruments, string name)
{
    /// <summary>Of more classes nobody looks at the counts one by one, and each is a time series that somebody pays for.</summary>
    private const int MostClasses = 100;

    private readonly KeyValuePair<string, object?> network = new("network", name);
    private long[] counts = [];

    public void Request(Outcome outcome, TimeSpan elapsed) =>
        instruments.Requests.Record(elapsed.TotalSeconds, network, new("outcome", Text(outcome)));

    public void Batch(int samples, TimeSpan elapsed)
    {
        instruments.BatchSizes.Record(samples, network);
        instruments.Batches.Record(elapsed.TotalSeconds, network);
    }

    public void Reload(bool succeeded) => instruments.Reloads.Add(1, network, new("outcome", succeeded ? "taken" : "refused"));

    /// <summary>What was predicted for a batch. One caller at a time.</summary>
    public void Predicted(IPredictor predictor, ReadOnlySpan<float> results)
    {
        int length = predictor.Output.Length;
        if (length == 1)
        {
            if (!instruments.Values.Enabled)
                return;
            foreach (float value in results)
                instruments.Values.Record(value, network);
        }
        else if (instruments.Classes.Enabled && Classifies(predictor))
        {
            if (counts.Length != length)
                counts = new long[length];
            Array.Clear(counts);
            for (int start = 0; start < results.Length; start += length)
                counts[Highest(results.Slice(start, length))]++;
            for (int i = 0; i < length; i++)
            {
                if (counts[i] > 0)
                    instruments.Classes.Add(counts[i], network, new("class", i.ToString(CultureInfo.InvariantCulture)));
            }
        }
    }

    /// <summary>A network that is trained on numbers has several results without one of them being the answer.</summary>
    private static bool Classifies(IPredictor predictor) =>
        predictor.Output.Length <= MostClasses && predictor is not ITrainable { Accuracies.Length: 0 };

    /// <summary>The first of the highest, as everywhere in NetGen.</summary>
    private static int Highest(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
                best = i;
        }

        return best;
    }

    private static string Text(Outcome outcome) => outcome switch
    {
        Outcome.Answered => "answered",
        Outcome.Invalid => "invalid",
        Outcome.Refused => "refused",
        Outcome.Canceled => "canceled",
        _ => "failed",
    };
}
