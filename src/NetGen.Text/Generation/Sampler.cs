using NetGen.Runtime;
using static System.FormattableString;

namespace NetGen.Text;

/// <summary>Chooses the next token by logits. Nothing is allocated for a token. One is for one thread at a time.</summary>
/// <remarks>
/// <code>
/// Sampler sampler = new(tokenizer.VocabularySize, new SamplerOptions { Temperature = 0.8f, TopK = 40, Seed = 1 });
/// int token = sampler.Next(logits);
/// </code>
/// Each filter keeps the tokens above a threshold, so tokens of equal logits are kept or dropped together.
/// </remarks>
public sealed class Sampler
{
    // Far from the streams of parameters, dropout and shuffling.
    private const uint Stream = 0x5341_4D50;

    private readonly SamplerOptions options;
    private readonly float[] scores;
    private readonly double[] weights;
    private readonly float[] sorted;
    private readonly bool[] penalized;
    private readonly PriorityQueue<float, float> highest = new();

    /// <summary>Makes a sampler.</summary>
    /// <param name="vocabularySize">The number of tokens.</param>
    /// <param name="options">How it chooses; unless it is said, by the probabilities that the logits say.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of the options is none that its summary allows.</exception>
    public Sampler(int vocabularySize, SamplerOptions? options = null)
    {
        OutOfRange.ThrowIfLess(vocabularySize, 1);
        this.options = options ??= new();
        Check(options.RepetitionPenalty is > 0 and < float.PositiveInfinity, options.RepetitionPenalty, nameof(options.RepetitionPenalty), "above 0");
        Check(options.Temperature is >= 0 and < float.PositiveInfinity, options.Temperature, nameof(options.Temperature), "from 0 on");
        OutOfRange.ThrowIfLess(options.TopK, 0, nameof(options.TopK));
        Check(options.TopP is > 0 and <= 1, options.TopP, nameof(options.TopP), "above 0 and at most 1");
        Check(options.MinP is >= 0 and <= 1, options.MinP, nameof(options.MinP), "from 0 to 1");
        scores = new float[vocabularySize];
        weights = new double[vocabularySize];
        sorted = new float[options.TopP < 1 ? vocabularySize : 0];
        penalized = new bool[options.RepetitionPenalty != 1 ? vocabularySize : 0];
        if (IsTopK)
            highest.EnsureCapacity(options.TopK);

        static void Check(bool holds, float value, string name, string expected)
        {
            if (!holds)
                throw OutOfRange.Of(name, value, Invariant($"'{name}' is {value}; expected a number {expected}."));
        }
    }

    /// <summary>The number of tokens.</summary>
    public int VocabularySize => scores.Length;

    /// <summary>How many tokens were drawn. To set it is to draw again what was drawn from there on.</summary>
    public long Draws { get; set; }

    private bool IsTopK => options.TopK > 0 && options.TopK < VocabularySize;

    /// <summary>Chooses a token.</summary>
    /// <param name="logits">
    /// A number for each token, the logarithm of how likely it is up to a summand; −∞ for a token that cannot be.
    /// </param>
    /// <param name="history">The tokens so far, for <see cref="SamplerOptions.RepetitionPenalty"/>; it is not read where that is 1.</param>
    /// <exception cref="ArgumentException">
    /// There is not a logit for each token, one is NaN or +∞, or all are −∞; or a token of the history is none.
    /// </exception>
    public int Next(ReadOnlySpan<float> logits, ReadOnlySpan<int> history = default)
    {
        float highestScore = Prepare(logits, history);
        if (options.Temperature == 0)
            return scores.AsSpan().IndexOf(highestScore);

        double draw = Uniform(Draws++) * Weigh(highestScore);
        int chosen = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] == 0)
                continue;
            chosen = i;
            draw -= weights[i];
            if (draw < 0)
                break;
        }

        return chosen;
    }

    /// <summary>How likely <see cref="Next"/> is to choose each token.</summary>
    /// <param name="logits">As for <see cref="Next"/>.</param>
    /// <param name="history">As for <see cref="Next"/>.</param>
    /// <param name="probabilities">Receives a number for each token, 0 for those that are filtered out.</param>
    /// <exception cref="ArgumentException">As for <see cref="Next"/>; or there is not a place for each token.</exception>
    public void Probabilities(ReadOnlySpan<float> logits, ReadOnlySpan<int> history, Span<float> probabilities)
    {
        if (probabilities.Length != VocabularySize)
            throw new ArgumentException(
                Invariant($"There are {probabilities.Length} places; the vocabulary has {VocabularySize} tokens."), nameof(probabilities));
        float highestScore = Prepare(logits, history);
        if (options.Temperature == 0)
        {
            probabilities.Clear();
            probabilities[scores.AsSpan().IndexOf(highestScore)] = 1;
            return;
        }

        double total = Weigh(highestScore);
        for (int i = 0; i < probabilities.Length; i++)
            probabilities[i] = (float)(weights[i] / total);
    }

    /// <summary>Scores: the logits with penalty and temperature. Returns the highest.</summary>
    private float Prepare(ReadOnlySpan<float> logits, ReadOnlySpan<int> history)
    {
        if (logits.Length != VocabularySize)
            throw new ArgumentException(
                Invariant($"There are {logits.Length} logits; the vocabulary has {VocabularySize} tokens."), nameof(logits));
        for (int i = 0; i < logits.Length; i++)
        {
            if (!(logits[i] < float.PositiveInfinity))
                throw new ArgumentException(
                    Invariant($"The logit of token {i} is {logits[i]}; expected a finite number, or −∞ for a token that cannot be."),
                    nameof(logits));
        }

        logits.CopyTo(scores);
        if (options.RepetitionPenalty != 1)
            Penalize(history);
        float most = float.NegativeInfinity;
        foreach (float score in scores)
            most = Math.Max(most, score);
        if (float.IsNegativeInfinity(most))
            throw new ArgumentException("All logits are −∞; no token can be.", nameof(logits));
        if (options.Temperature is 0 or 1)
            return most;

        // Relative to the highest, so that a low temperature overflows nothing.
        for (int i = 0; i < scores.Length; i++)
            scores[i] = (scores[i] - most) / options.Temperature;
        return 0;
    }

    /// <summary>Each token once, however often it was there.</summary>
    private void Penalize(ReadOnlySpan<int> history)
    {
        foreach (int token in history)
        {
            if ((uint)token >= (uint)VocabularySize)
            {
                Array.Clear(penalized);
                throw new ArgumentException(
                    Invariant($"There is a token {token} in the history; the vocabulary has {VocabularySize}."), nameof(history));
            }

            penalized[token] = true;
        }

        foreach (int token in history)
        {
            if (!penalized[token])
                continue;
            scores[token] = scores[token] > 0 ? scores[token] / options.RepetitionPenalty : scores[token] * options.RepetitionPenalty;
            penalized[token] = false;
        }
    }

    /// <summary>Weights: exp(score − highest) of the tokens that no filter drops, 0 of the others. Returns their sum.</summary>
    private double Weigh(float most)
    {
        float threshold = IsTopK ? LastOfTopK() : float.NegativeInfinity;
        double total = Weigh(most, threshold);
        float least = threshold;
        if (options.TopP < 1)
            least = Math.Max(least, LastOfNucleus(most, threshold, total));
        if (options.MinP > 0)
            least = Math.Max(least, most + MathF.Log(options.MinP));
        return least > threshold ? Weigh(most, least) : total;
    }

    private double Weigh(float most, float threshold)
    {
        double total = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            weights[i] = scores[i] >= threshold ? Math.Exp(scores[i] - most) : 0;
            total += weights[i];
        }

        return total;
    }

    private float LastOfTopK()
    {
        highest.Clear();
        foreach (float score in scores)
        {
            if (highest.Count < options.TopK)
                highest.Enqueue(score, score);
            else if (score > highest.Peek())
                highest.EnqueueDequeue(score, score);
        }

        return highest.Peek();
    }

    private float LastOfNucleus(float most, float threshold, double total)
    {
        // All tokens that are less likely than (1 − p) / n have together less than 1 − p, so the nucleus is full before them: they need
        // not be sorted.
        double rare = (1.0 - options.TopP) * total / scores.Length;
        int count = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (scores[i] >= threshold && weights[i] >= rare)
                sorted[count++] = scores[i];
        }

        Span<float> ascending = sorted.AsSpan(0, count);
        ascending.Sort();
        double sum = 0;
        for (int i = count - 1; i > 0; i--)
        {
            sum += Math.Exp(ascending[i] - most);
            if (sum >= options.TopP * total)
                return ascending[i];
        }

        return ascending[0];
    }

    /// <summary>In [0, 1), a multiple of 2⁻⁵³.</summary>
    private double Uniform(long draw)
    {
        PhiloxKey key = Philox.Key(options.Seed, draw, Stream);
        return (((ulong)Philox.Bits(key, 0) << 32 | Philox.Bits(key, 1)) >> 11) * (1.0 / (1UL << 53));
    }
}
