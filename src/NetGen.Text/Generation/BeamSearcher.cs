using static System.FormattableString;

namespace NetGen.Text;

/// <summary>One beam search.</summary>
internal sealed class BeamSearcher(ITokenSession root, BeamOptions options)
{
    private readonly List<BeamResult> ended = [];

    // The worst comes out first: the lower sum, of equal ones the later text, then the later token.
    private readonly PriorityQueue<Way, (double Sum, int Beam, int Token)> best = new();

    internal IReadOnlyList<BeamResult> Search(ReadOnlySpan<int> prompt, CancellationToken cancellationToken)
    {
        float[] logits = new float[root.VocabularySize];
        root.Append(prompt, logits);
        List<Beam> beams = [new(root.Fork(), [], 0, logits)];
        try
        {
            for (int length = 1; beams.Count > 0 && !IsDecided(beams, length); length++)
            {
                List<Way> ways = Ways(beams, length);
                if (length == options.MaximumTokens || beams[0].Session.Length == beams[0].Session.MaximumLength)
                {
                    foreach (Way way in ways.Take(options.Width))
                        End(new([.. way.Tokens(beams), way.Token], way.Sum, Score(way.Sum, length), HasEnded: false));
                    break;
                }

                cancellationToken.ThrowIfCancellationRequested();
                beams = Follow(beams, ways);
            }
        }
        finally
        {
            Dispose(beams);
        }

        return ended;
    }

    private double Score(double sum, int length) => sum / Math.Pow(length, options.LengthPenalty);

    /// <summary>A sum never rises; where long texts gain, the best that it can become is what it is now at the greatest length.</summary>
    private bool IsDecided(List<Beam> beams, int length) =>
        ended.Count == options.Width &&
        ended[^1].Score >= Score(beams.Max(beam => beam.Sum), options.LengthPenalty > 0 ? options.MaximumTokens : length);

    /// <summary>
    /// The best ways to go on, the best first; those that end are among the texts found, if they are good enough to be followed. Twice as
    /// many as are followed, and one more for each further stop token, for so many may end.
    /// </summary>
    private List<Way> Ways(List<Beam> beams, int length)
    {
        int most = options.Width * (1 + Math.Max(1, options.StopTokens.Count));
        best.Clear();
        for (int beam = 0; beam < beams.Count; beam++)
        {
            float[] logits = beams[beam].Logits;
            double normalizer = LogSumExp(logits);
            for (int token = 0; token < logits.Length; token++)
            {
                double sum = beams[beam].Sum + (logits[token] - normalizer);
                if (double.IsNegativeInfinity(sum) || (best.Count == most && best.TryPeek(out Way worst, out _) && sum <= worst.Sum))
                    continue;
                best.Enqueue(new(beam, token, sum), (sum, -beam, -token));
                if (best.Count > most)
                    best.Dequeue();
            }
        }

        List<Way> ways = [];
        while (best.TryDequeue(out Way way, out _))
            ways.Add(way);
        ways.Reverse();
        List<Way> going = [];
        for (int rank = 0; rank < ways.Count; rank++)
        {
            if (!options.StopTokens.Contains(ways[rank].Token))
                going.Add(ways[rank]);
            else if (rank < options.Width)
                End(new([.. ways[rank].Tokens(beams)], ways[rank].Sum, Score(ways[rank].Sum, length), HasEnded: true));
        }

        return going;
    }

    /// <summary>The texts found are in order; of equal ones the first found stays first.</summary>
    private void End(BeamResult result)
    {
        int place = ended.FindIndex(other => other.Score < result.Score);
        ended.Insert(place < 0 ? ended.Count : place, result);
        if (ended.Count > options.Width)
            ended.RemoveAt(options.Width);
    }

    /// <summary>The best ways, each with a session of its own: the last way of a text takes its session, others fork it.</summary>
    private List<Beam> Follow(List<Beam> beams, List<Way> ways)
    {
        List<Way> taken = [.. ways.Take(options.Width)];
        List<Beam> next = [];
        try
        {
            for (int i = 0; i < taken.Count; i++)
            {
                Way way = taken[i];
                Beam from = beams[way.Beam];
                bool isLast = !taken.Skip(i + 1).Any(other => other.Beam == way.Beam);
                Beam to = new(isLast ? from.Session : from.Session.Fork(), [.. from.Tokens, way.Token], way.Sum, new float[root.VocabularySize]);
                next.Add(to);
                if (isLast)
                    from.IsTaken = true;
                to.Session.Append([way.Token], to.Logits);
            }
        }
        catch
        {
            Dispose(next);
            throw;
        }

        Dispose(beams);
        return next;
    }

    private static void Dispose(List<Beam> beams)
    {
        foreach (Beam beam in beams)
        {
            if (!beam.IsTaken)
                beam.Session.Dispose();
        }
    }

    private static double LogSumExp(float[] logits)
    {
        double most = double.NegativeInfinity, sum = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            if (!(logits[i] < float.PositiveInfinity))
                throw new InvalidOperationException(
                    Invariant($"The model gives token {i} the logit {logits[i]}; expected a finite number, or −∞ for a token that cannot be."));
            most = Math.Max(most, logits[i]);
        }

        if (double.IsNegativeInfinity(most))
            return 0;
        foreach (float logit in logits)
            sum += Math.Exp(logit - most);
        return most + Math.Log(sum);
    }

    /// <summary>A text that is followed.</summary>
    private sealed record Beam(ITokenSession Session, int[] Tokens, double Sum, float[] Logits)
    {
        /// <summary>Whether its session goes on as that of another.</summary>
        public bool IsTaken { get; set; }
    }

    /// <summary>A text and a token to go on with.</summary>
    private readonly record struct Way(int Beam, int Token, double Sum)
    {
        internal int[] Tokens(List<Beam> beams) => beams[Beam].Tokens;
    }
}
