using static System.FormattableString;

namespace NetGen.Text;

/// <summary>Many texts, each with tokens of its own.</summary>
/// <example>
/// <code>
/// var (train, validation) = TokenDocuments.Split(documents, validationFraction: 0.1, seed: 1);
/// Dataset data = TokenDocuments.Sequences(train, end);
/// </code>
/// </example>
public static class TokenDocuments
{
    /// <summary>
    /// One run of all documents, each with an end behind it: short ones share windows, long ones go on in the next one, and nothing is
    /// filled up.
    /// </summary>
    /// <param name="documents">The tokens of each.</param>
    /// <param name="end">The token that stands behind each.</param>
    /// <exception cref="OverflowException">They are more tokens than an array has; write them into a <see cref="TokenFile"/>.</exception>
    public static int[] Pack(IReadOnlyCollection<int[]> documents, int end)
    {
        ArgumentNullException.ThrowIfNull(documents);
        int[] all = new int[checked((int)documents.Sum(document => document.Length + 1L))];
        int place = 0;
        foreach (int[] document in documents)
        {
            document.CopyTo(all, place);
            place += document.Length;
            all[place++] = end;
        }

        return all;
    }

    /// <summary>
    /// A window for each document: an end, which begins it, and its tokens; next tokens are those of the document and an end. The rest is
    /// filled up and does not count.
    /// </summary>
    /// <param name="documents">The tokens of each.</param>
    /// <param name="context">The number of tokens in a window: at least one more than the longest document has.</param>
    /// <param name="end">What stands before and behind each document.</param>
    /// <param name="padding">What fills up windows; <paramref name="end"/> unless it is said.</param>
    /// <param name="ignored">The label of what does not count: <c>ignoreIndex</c> of the loss.</param>
    /// <param name="tokensName">The name of the column of tokens, [<paramref name="context"/>] indices.</param>
    /// <param name="nextName">The name of the column of next tokens, [<paramref name="context"/>] labels.</param>
    /// <exception cref="ArgumentException">A document is too long; the message says which.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="context"/> is below 1.</exception>
    public static Dataset Pad(
        IReadOnlyList<int[]> documents, int context, int end, int? padding = null, int ignored = -100,
        string tokensName = "tokens", string nextName = "next")
    {
        ArgumentNullException.ThrowIfNull(documents);
        OutOfRange.ThrowIfLess(context, 1);
        int length = checked(documents.Count * context);
        (int[] tokens, int[] next) = (new int[length], new int[length]);
        Array.Fill(tokens, padding ?? end);
        Array.Fill(next, ignored);
        for (int i = 0; i < documents.Count; i++)
        {
            int[] document = documents[i];
            if (document.Length >= context)
                throw new ArgumentException(
                    Invariant($"Document {i} has {document.Length} tokens; with its end it needs a context of {document.Length + 1}, not {context}."),
                    nameof(documents));
            Span<int> window = tokens.AsSpan(i * context, context), labels = next.AsSpan(i * context, context);
            window[0] = end;
            document.CopyTo(window[1..]);
            document.CopyTo(labels);
            labels[document.Length] = end;
        }

        return new(new DataColumn(tokensName, tokens, context), new DataColumn(nextName, next, context));
    }

    /// <summary>
    /// A sequence for each document, as long as it is: an end, which begins it, and its tokens; next tokens are those of the document and
    /// an end. For parameters with a <see cref="SequenceAttribute"/>: nothing is filled up.
    /// </summary>
    /// <param name="documents">The tokens of each.</param>
    /// <param name="end">What stands before and behind each document.</param>
    /// <param name="tokensName">The name of the column of tokens, sequences of indices.</param>
    /// <param name="nextName">The name of the column of next tokens, sequences of labels.</param>
    public static Dataset Sequences(IReadOnlyList<int[]> documents, int end, string tokensName = "tokens", string nextName = "next")
    {
        ArgumentNullException.ThrowIfNull(documents);
        return new(
            DataColumn.Sequences(tokensName, documents.Select(document => (int[])[end, .. document]).ToArray()),
            DataColumn.Sequences(nextName, documents.Select(document => (int[])[.. document, end]).ToArray()));
    }

    /// <summary>
    /// Keeps whole documents for validation, at random: <c>var (train, validation) = TokenDocuments.Split(names, 0.1, seed: 1)</c>.
    /// </summary>
    /// <typeparam name="T">Texts, or tokens.</typeparam>
    /// <param name="documents">The documents.</param>
    /// <param name="validationFraction">
    /// The share of the documents for validation, in (0, 1); their number is rounded to the nearest.
    /// </param>
    /// <param name="seed">Decides which, and the order of both parts.</param>
    /// <exception cref="ArgumentException">A part would have no document.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not in (0, 1).</exception>
    public static (T[] Train, T[] Validation) Split<T>(IReadOnlyList<T> documents, double validationFraction, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(documents);
        Split split = Splits.Holdout(documents.Count, validationFraction, seed);
        return (Take(split.Train), Take(split.Test));

        T[] Take(ReadOnlySpan<int> rows)
        {
            T[] part = new T[rows.Length];
            for (int i = 0; i < part.Length; i++)
                part[i] = documents[rows[i]];
            return part;
        }
    }
}
