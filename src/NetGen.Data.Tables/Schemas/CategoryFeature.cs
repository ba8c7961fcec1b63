using static System.FormattableString;

namespace NetGen.Data;

/// <summary>
/// A column of categories: which of them count, and what becomes of the others. One of the methods at the end says how they become numbers.
/// </summary>
/// <remarks>
/// Categories are in the order of their code units, as scikit-learn has them. In a column of numbers they are the whole numbers as texts:
/// <c>0</c>, <c>1</c>. A missing value is an error unless something is said to stand for it.
/// </remarks>
/// <example><code>Feature city = Feature.Category("city").KeepMost(20).MissingAs("none").OneHot();</code></example>
public sealed class CategoryFeature
{
    private readonly string column;

    internal CategoryFeature(string column)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        this.column = column;
    }

    private string? Missing { get; set; }

    private bool FillsMostFrequent { get; set; }

    private int MinimumCount { get; set; }

    private int MostCategories { get; set; } = int.MaxValue;

    private Unknown UnknownIs { get; set; }

    /// <summary>Missing values are a category of this name.</summary>
    public CategoryFeature MissingAs(string category)
    {
        ArgumentNullException.ThrowIfNull(category);
        return With(copy => (copy.Missing, copy.FillsMostFrequent) = (category, false));
    }

    /// <summary>Missing values count as the category that is most frequent in training; of several as the first by name.</summary>
    public CategoryFeature FillMostFrequent() => With(copy => (copy.Missing, copy.FillsMostFrequent) = (null, true));

    /// <summary>Categories with fewer rows than that in training become one, the rare ones.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public CategoryFeature KeepFrequent(int count)
    {
        OutOfRange.ThrowIfLess(count, 1);
        return With(copy => copy.MinimumCount = count);
    }

    /// <summary>
    /// All categories but the most frequent ones become one, the rare ones. Of several with the same number of rows the first by name is
    /// kept.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="categories"/> is below 1.</exception>
    public CategoryFeature KeepMost(int categories)
    {
        OutOfRange.ThrowIfLess(categories, 1);
        return With(copy => copy.MostCategories = categories);
    }

    /// <summary>What becomes of categories that training did not have; an error unless this says otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such way.</exception>
    public CategoryFeature OnUnknown(Unknown unknown) => Enum.IsDefined(unknown)
        ? With(copy => copy.UnknownIs = unknown)
        : throw OutOfRange.Of(nameof(unknown), unknown, "There is no such way.");

    /// <summary>A number for each category: 1 for that of the row, 0 for all others.</summary>
    /// <param name="categories"> The categories in their order, also those that training does not have; without them they are those of the
    /// rows for training, in the order of their names.
    /// </param>
    /// <exception cref="ArgumentException">A category is there twice.</exception>
    public Feature OneHot(params ReadOnlySpan<string> categories) => new Encoded(this, CategoryForm.OneHot, Different(categories));

    /// <summary>One number: the place of the category, from 0.</summary>
    /// <param name="order">The categories in their order; without them they are in the order of their names.</param>
    /// <exception cref="ArgumentException">A category is there twice.</exception>
    public Feature Ordinal(params ReadOnlySpan<string> order) => new Encoded(this, CategoryForm.Ordinal, Different(order));

    /// <summary>One number: 1 for a category, 0 for all others. It is the target of a binary cross entropy.</summary>
    /// <remarks>A category that training did not have is an error here too, unless <see cref="OnUnknown"/> says otherwise; so it is if it
    /// did not have this one.</remarks>
    public Feature Is(string category)
    {
        ArgumentNullException.ThrowIfNull(category);
        return new Encoded(this, CategoryForm.Is, [category]);
    }

    /// <summary>A label, from 0: what a cross entropy takes as the class, and a table of embeddings as the index of its row.</summary>
    /// <param name="order">The categories in their order; without them they are in the order of their names.</param>
    /// <exception cref="ArgumentException">A category is there twice.</exception>
    /// <exception cref="InvalidOperationException">Unknown categories are to be none, for which there is no index.</exception>
    public LabelFeature Index(params ReadOnlySpan<string> order) => UnknownIs != Unknown.None
        ? new(column, new Encoded(this, CategoryForm.Index, Different(order)))
        : throw new InvalidOperationException($"There is no index for an unknown category of '{column}' that is none; let it be an error or one of the rare ones.");

    /// <summary>
    /// As many numbers as there are buckets: 1 for the one into which the category falls (MurmurHash3 of its UTF-8, as scikit-learn's
    /// FeatureHasher without signs). Nothing is learned and nothing unknown; several categories may share a bucket.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="buckets"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">Something was said of rare or unknown categories, or of the most frequent
    /// one.</exception>
    public Feature Hash(int buckets)
    {
        OutOfRange.ThrowIfLess(buckets, 1);
        if (FillsMostFrequent || MinimumCount > 0 || MostCategories < int.MaxValue || UnknownIs != Unknown.Error)
            throw new InvalidOperationException($"The buckets of '{column}' know no categories: nothing is rare, unknown or most frequent.");
        return new Hashed(column, buckets, Missing);
    }

    private CategoryFeature With(Action<CategoryFeature> change)
    {
        CategoryFeature copy = (CategoryFeature)MemberwiseClone();
        change(copy);
        return copy;
    }

    private static string[] Different(ReadOnlySpan<string> order)
    {
        string[] names = order.ToArray();
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Length)
            throw new ArgumentException("A category is there twice.", nameof(order));
        return names;
    }

    internal sealed class Encoded(CategoryFeature feature, CategoryForm form, string[] given) : Feature(feature.column)
    {
        internal override FittedFeature Fit(Table train) => FitCategory(train);

        internal FittedCategory FitCategory(Table train)
        {
            TableColumn values = train[Column];
            Dictionary<string, int> counts = Count(train, values);
            int missing = values.CountMissing();
            if (missing > 0 && feature.Missing is { } name)
                (counts[name], missing) = (counts.GetValueOrDefault(name) + missing, 0);

            if (counts.Count == 0)
                throw new InvalidDataException($"'{Column}' has no value in the rows for training: there is nothing to learn from.");
            if (missing > 0 && !feature.FillsMostFrequent)
            {
                throw new InvalidDataException(
                    Invariant($"{train.Place(FirstMissing(values))}: '{Column}' is missing, as in {missing} of {values.Count} rows for training. ")
                    + "Say what stands for it (MissingAs(\"?\"), FillMostFrequent()), or drop the rows (Table.DropMissing).");
            }

            string? fill = feature.Missing;
            if (feature.FillsMostFrequent)
            {
                fill = ByCount(counts)[0].Key;
                counts[fill] += missing;
            }

            KeyValuePair<string, int>[] byCount = ByCount(counts);
            string[] kept = [.. byCount.Where((pair, rank) => pair.Value >= feature.MinimumCount && rank < feature.MostCategories).Select(pair => pair.Key)];
            string[] rare = [.. counts.Keys.Except(kept, StringComparer.Ordinal)];
            Array.Sort(kept, StringComparer.Ordinal);
            Array.Sort(rare, StringComparer.Ordinal);
            if (form is CategoryForm.Is)
            {
                if (!counts.ContainsKey(given[0]))
                    throw new InvalidDataException($"'{Column}' is never '{given[0]}' in the rows for training; it is {List(byCount.Select(pair => pair.Key))}.");
                if (!kept.Contains(given[0]))
                    throw new InvalidDataException($"'{given[0]}' is one of the rare categories of '{Column}'; it cannot be told from the others.");
            }
            else if (given.Length > 0)
            {
                if (feature.UnknownIs == Unknown.Error && kept.Except(given, StringComparer.Ordinal).FirstOrDefault() is { } other)
                    throw new InvalidDataException($"'{Column}' has a category '{other}' in the rows for training that is not in the order given: {List(given)}.");
                // What is given has a place of its own, however rare it is.
                (kept, rare) = (given, [.. rare.Except(given, StringComparer.Ordinal)]);
            }

            return new FittedCategory(Column, form, kept, rare, feature.UnknownIs, fill, form is CategoryForm.Is ? given[0] : null);
        }

        private Dictionary<string, int> Count(Table train, TableColumn values)
        {
            if (values.Kind == ValueKind.Text)
                return new(values.CountTexts(), StringComparer.Ordinal);
            Dictionary<string, int> counts = new(StringComparer.Ordinal);
            for (int row = 0; row < values.Count; row++)
            {
                try
                {
                    if (CategoryText.Of(values, row) is { } text)
                        counts[text] = counts.GetValueOrDefault(text) + 1;
                }
                catch (CellException exception)
                {
                    throw exception.At(train.Place(row), Column);
                }
            }

            return counts;
        }

        private static int FirstMissing(TableColumn values)
        {
            int row = 0;
            while (!values.IsMissing(row))
                row++;
            return row;
        }

        private static KeyValuePair<string, int>[] ByCount(Dictionary<string, int> counts) =>
            [.. counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)];

        private static string List(IEnumerable<string> names)
        {
            const int Most = 10;
            string[] all = [.. names];
            return string.Join(", ", all.Take(Most).Select(name => $"'{name}'")) + (all.Length > Most ? ", …" : "");
        }
    }

    private sealed class Hashed(string column, int buckets, string? missing) : Feature(column)
    {
        internal override FittedFeature Fit(Table train)
        {
            FittedHash fitted = new(Column, buckets, missing);
            fitted.CheckAll(train);
            return fitted;
        }
    }
}
