using System.Text;

namespace NetGen.Text.Tests.Generation;

/// <summary>A model whose logits depend, by a hash, on all tokens so far; it counts its forks and what was read.</summary>
internal sealed class ToySession(int vocabularySize, int maximumLength = int.MaxValue, Func<IReadOnlyList<int>, float[]>? model = null) : ITokenSession
{
    private readonly List<int> tokens = [];
    private Counter counter = new();

    public IReadOnlyList<int> Tokens => tokens;

    /// <summary>Sessions that are not disposed, this one too.</summary>
    public int Open => counter.Open;

    public int VocabularySize => vocabularySize;

    public int Length => tokens.Count;

    public int MaximumLength => maximumLength;

    public Action? BeforeAppend { get; set; }

    public void Append(ReadOnlySpan<int> tokens, Span<float> logits)
    {
        BeforeAppend?.Invoke();
        if (tokens.IsEmpty || tokens.Length > MaximumLength - Length)
            throw new ArgumentException("Too few, or too many.", nameof(tokens));
        this.tokens.AddRange(tokens);
        Logits(this.tokens).CopyTo(logits);
    }

    public float[] Logits(IReadOnlyList<int> history)
    {
        return model is null ? ByHash(history) : model(history);
    }

    private float[] ByHash(IReadOnlyList<int> history)
    {
        var seed = 17;
        foreach (var token in history)
            seed = unchecked((seed * 1_000_003) ^ token);
        Random random = new(seed);
        return [.. Enumerable.Range(0, vocabularySize).Select(_ => 4 * random.NextSingle())];
    }

    public ITokenSession Fork()
    {
        ToySession fork = new(vocabularySize, maximumLength, model) { counter = counter };
        fork.tokens.AddRange(tokens);
        counter.Open++;
        return fork;
    }

    public void Dispose() => counter.Open--;

    /// <summary>A model that is sure of a text: after each of its characters it gives the next, in bytes.</summary>
    internal static ToySession Says(string prompt, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(prompt + text);
        return new(256, model: history =>
        {
            var logits = new float[256];
            logits[history.Count < bytes.Length ? bytes[history.Count] : '.'] = 100;
            return logits;
        });
    }

    private sealed class Counter
    {
        internal int Open { get; set; } = 1;
    }
}
