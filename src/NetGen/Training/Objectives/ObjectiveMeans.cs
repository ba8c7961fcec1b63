namespace NetGen;

/// <summary>The losses and accuracies of many batches, of one objective or of several.</summary>
internal sealed class ObjectiveMeans
{
    private readonly RunningMean[] means;

    internal ObjectiveMeans(params ObjectiveSpec[] objectives)
    {
        Objectives = objectives;
        means = Array.ConvertAll(objectives, objective => new RunningMean(objective.Accuracies));
        LossNames = objectives.Length == 1 ? [] : Array.ConvertAll(objectives, objective => objective.Name);
        AccuracyNames = NamesOf(objectives);
    }

    /// <summary>What the means are of.</summary>
    internal ObjectiveSpec[] Objectives { get; }

    /// <summary>The names of several objectives; none where there is one.</summary>
    internal string[] LossNames { get; }

    /// <summary>What is classified, by names of which no two are the same.</summary>
    internal string[] AccuracyNames { get; }

    /// <summary>That of each objective.</summary>
    internal ref RunningMean this[int objective] => ref means[objective];

    /// <summary>
    /// The mean loss, of several objectives the sum of their means; of one that had no batch nothing counts. NaN before the first batch.
    /// </summary>
    internal float Loss
    {
        get
        {
            if (means.Length == 1)
                return means[0].Loss;
            float sum = float.NaN;
            foreach (RunningMean mean in means)
            {
                if (mean.Any)
                    sum = float.IsNaN(sum) ? mean.Loss : sum + mean.Loss;
            }

            return sum;
        }
    }

    /// <summary>The mean loss of each of several objectives that had a batch.</summary>
    internal MetricValues Losses
    {
        get
        {
            if (LossNames.Length == 0)
                return MetricValues.None;
            (string, double)[] losses = new (string, double)[means.Length];
            for (int i = 0; i < means.Length; i++)
                losses[i] = (LossNames[i], means[i].Any ? means[i].Loss : double.NaN);
            return new(losses);
        }
    }

    /// <summary>None before the first batch.</summary>
    internal Accuracies Accuracies
    {
        get
        {
            if (means.Length == 1)
                return means[0].Accuracies;
            List<(string, float)> shares = [];
            int at = 0;
            for (int i = 0; i < means.Length; i++)
            {
                foreach (float share in means[i].Accuracies.Values)
                    shares.Add((AccuracyNames[at++], share));
                if (!means[i].Any)
                    at += Objectives[i].Accuracies.Length;
            }

            return new([.. shares]);
        }
    }

    /// <summary>Begins anew.</summary>
    internal void Reset()
    {
        for (int i = 0; i < means.Length; i++)
            means[i] = new(Objectives[i].Accuracies);
    }

    /// <summary>What two objectives classify has their names in its own.</summary>
    private static string[] NamesOf(ObjectiveSpec[] objectives)
    {
        string[] all = [.. objectives.SelectMany(objective => objective.Accuracies)];
        return
        [
            .. objectives.SelectMany(objective => objective.Accuracies.Select(
                name => all.Count(other => other == name) == 1 ? name : $"{name} in {objective.Name}")),
        ];
    }
}
