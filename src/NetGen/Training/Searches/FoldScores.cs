using System.Globalization;

namespace NetGen;

/// <summary>The scores of the folds of a cross-validation.</summary>
public sealed class FoldScores
{
    private readonly double[] scores;

    internal FoldScores(double[] scores) => this.scores = scores;

    /// <summary>Of each fold.</summary>
    public IReadOnlyList<double> Scores => scores;

    /// <summary>Their mean.</summary>
    public double Mean => scores.Average();

    /// <summary>Their standard deviation, as of a sample (the sum of squares over n − 1); NaN of one fold.</summary>
    public double Deviation
    {
        get
        {
            double mean = Mean;
            return scores.Length < 2 ? double.NaN : Math.Sqrt(scores.Sum(score => (score - mean) * (score - mean)) / (scores.Length - 1));
        }
    }

    /// <summary>For example <c>0.8531 ± 0.0123 (5 folds)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mean:G4} ± {Deviation:G2} ({scores.Length} folds)");
}
