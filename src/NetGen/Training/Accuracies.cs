using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>
/// The share of right answers in each classification that an objective is made of, by the name of what it classifies: the parameter that
/// its labels or its target come from. Where several classify the same the layer that answers is part of the name: <c>label by head</c>. An
/// answer that is NaN is wrong.
/// </summary>
/// <example>
/// <code>
/// Evaluation tested = network.Evaluate(test);
/// foreach (var (name, share) in tested.Accuracies)
///     Console.WriteLine($"{name}: {share:P1}");
/// </code>
/// </example>
public sealed class Accuracies : IReadOnlyDictionary<string, float>, IEquatable<Accuracies>
{
    private readonly KeyValuePair<string, float>[] shares;

    /// <summary>Accuracies that are known.</summary>
    /// <param name="shares">What was classified, and the share of right answers.</param>
    public Accuracies(params ReadOnlySpan<(string Name, float Share)> shares)
    {
        this.shares = new KeyValuePair<string, float>[shares.Length];
        for (int i = 0; i < shares.Length; i++)
            this.shares[i] = new(shares[i].Name, shares[i].Share);
    }

    /// <summary>Those of an objective that classifies nothing.</summary>
    public static Accuracies None { get; } = new();

    /// <summary>The accuracy, where there is one; null where there is none, or several.</summary>
    public float? Only => shares.Length == 1 ? shares[0].Value : null;

    /// <summary>How many classifications there are.</summary>
    public int Count => shares.Length;

    /// <summary>What is classified.</summary>
    public IEnumerable<string> Keys => shares.Select(share => share.Key);

    /// <summary>The shares of right answers, in the order of <see cref="Keys"/>.</summary>
    public IEnumerable<float> Values => shares.Select(share => share.Value);

    /// <summary>The share of right answers in a classification.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public float this[string key] => TryGetValue(key, out float share)
        ? share
        : throw new KeyNotFoundException($"There is no accuracy of '{key}'; there {(Count == 0 ? "is none" : $"are: {string.Join(", ", Keys)}")}.");

    /// <summary>Whether there is a classification of this name.</summary>
    public bool ContainsKey(string key) => TryGetValue(key, out _);

    /// <summary>The share of right answers in a classification, if there is one of this name.</summary>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out float value)
    {
        foreach (KeyValuePair<string, float> share in shares)
        {
            if (share.Key == key)
            {
                value = share.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>The classifications and their shares of right answers.</summary>
    public IEnumerator<KeyValuePair<string, float>> GetEnumerator() => shares.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether the names and the shares are the same.</summary>
    public bool Equals(Accuracies? other) => other is not null && shares.SequenceEqual(other.shares);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Accuracies);

    /// <inheritdoc/>
    public override int GetHashCode() => shares.Aggregate(0, HashCode.Combine);

    /// <summary>For example <c>accuracy 0.9689</c>, or <c>accuracy of colour 0.9689, accuracy of size 0.8120</c>.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        AppendTo(text, "");
        return text.Length == 0 ? "" : text.ToString(2, text.Length - 2);
    }

    internal static Accuracies Of(ReadOnlySpan<string> names, ReadOnlySpan<double> correct, long count)
    {
        (string, float)[] shares = new (string, float)[names.Length];
        for (int i = 0; i < shares.Length; i++)
            shares[i] = (names[i], (float)(correct[i] / count));
        return new(shares);
    }

    /// <summary>Appends <c>, val_accuracy 0.9689</c> for each.</summary>
    internal void AppendTo(StringBuilder text, string prefix)
    {
        foreach ((string name, float share) in shares)
            text.Append(CultureInfo.InvariantCulture, $", {prefix}accuracy{(Count == 1 ? "" : $" of {name}")} {share:F4}");
    }
}
