using System.Globalization;
using NetGen.Runtime;

namespace NetGen;

/// <summary>
/// Looks at a network's data before it does: one bad cell is named by its column and row, where training would show no more than a loss of
/// NaN.
/// </summary>
internal static class DataCheck
{
    /// <summary>Everything that a network may not be trained with.</summary>
    /// <param name="columns">What the network asks for.</param>
    /// <param name="data">The samples.</param>
    /// <param name="name">The argument that the data are.</param>
    /// <param name="allowNotFinite">Whether numbers may be NaN or infinite.</param>
    /// <param name="place">Where a sample comes from; null: from a row of the data.</param>
    /// <exception cref="ArgumentException">A number is not finite, or the columns do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label or a target is out of range.</exception>
    internal static void Training(ReadOnlySpan<ColumnSpec> columns, Dataset data, string name, bool allowNotFinite, Func<int, string>? place = null)
    {
        DataColumn[] found = Find(columns, data);
        Ranges(columns, found, name, place);
        if (allowNotFinite)
            return;
        foreach (DataColumn column in found)
        {
            // Labels have no floats.
            if (ValueSearch.FirstNotFinite(column.Floats.Span) is >= 0 and var index)
            {
                throw new ArgumentException(
                    $"{Cell(column, index, column.Floats.Span[index], name, place)}; numbers must be finite. Mend the row or leave it out; "
                    + $"{nameof(FitOptions)}.{nameof(FitOptions.AllowNotFiniteData)} trains with it as it is.",
                    name);
            }
        }
    }

    /// <summary>That labels are classes, and targets of cross entropies probabilities.</summary>
    /// <inheritdoc cref="Ranges(ReadOnlySpan{ColumnSpec}, ReadOnlySpan{DataColumn}, string, Func{int, string})"/>
    internal static void Ranges(ReadOnlySpan<ColumnSpec> columns, Dataset data, string name) => Ranges(columns, Find(columns, data), name);

    /// <summary>That labels are classes, and targets of cross entropies probabilities.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not.</exception>
    internal static void Ranges(ReadOnlySpan<ColumnSpec> columns, ReadOnlySpan<DataColumn> found, string name, Func<int, string>? place = null)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            (ColumnSpec spec, DataColumn column) = (columns[i], found[i]);
            if (spec.LengthsOf is not null)
            {
                int tooLong = column.Lengths.IndexOfAnyExceptInRange(1, spec.Longest);
                if (tooLong >= 0)
                {
                    throw OutOfRange.Of(
                        name, column.Lengths[tooLong],
                        string.Create(CultureInfo.InvariantCulture, $"'{column.Name}' has {column.Lengths[tooLong]} steps in row {tooLong} (counted from 0); a sequence has at most {spec.Longest}, the max of its [Sequence]."));
                }

                continue;
            }

            if (spec.Type == ColumnType.Label)
            {
                if (ValueSearch.FirstNoClass(column.Labels.Span, spec.Classes, spec.Ignored) is >= 0 and var label)
                    throw Outside(column.Labels.Span[label], column, label, Arguments.IntegerRule(spec.Classes, spec.AreIndices, spec.Ignored));
            }
            else if (!(float.IsNegativeInfinity(spec.Minimum) && float.IsPositiveInfinity(spec.Maximum))
                && ValueSearch.FirstOutside(column.Floats.Span, spec.Minimum, spec.Maximum) is >= 0 and var target)
            {
                throw Outside(column.Floats.Span[target], column, target, Arguments.TargetRule(spec.Minimum, spec.Maximum));
            }
        }

        ArgumentOutOfRangeException Outside<T>(T value, DataColumn column, int index, string rule) =>
            OutOfRange.Of(name, value, $"{Cell(column, index, value, name, place)}; {rule}.");
    }

    /// <summary>The first number of some rows that is not finite, as the start of a sentence; null if there is none.</summary>
    internal static string? NotFinite(ReadOnlySpan<ColumnSpec> columns, Dataset data, ReadOnlySpan<int> rows, Func<int, string>? place)
    {
        foreach (DataColumn column in Find(columns, data))
        {
            foreach (int row in column.Type == ColumnType.Float ? rows : [])
            {
                (int start, int count) = column.Values(row, 1);
                if (ValueSearch.FirstNotFinite(column.Floats.Span.Slice(start, count)) is >= 0 and var element)
                    return Cell(column, start + element, column.Floats.Span[start + element], "", place);
            }
        }

        return null;
    }

    /// <summary><c>'x' is NaN in row 17 at [2] (counted from 0)</c>.</summary>
    private static string Cell<T>(DataColumn column, int index, T value, string name, Func<int, string>? place)
    {
        string of = name is nameof(FitOptions.ValidationData) or nameof(FitOptions.ValidationSource) ? " of the validation data" : "";
        string at = column.Shape.IsEmpty ? "" : " at " + TensorShape.Element(column.Shape, index % column.Length);
        (int sample, int step) = column.Place(index);
        string ofStep = column.IsSequence ? string.Create(CultureInfo.InvariantCulture, $" in step {step}") : "";
        string source = place?.Invoke(sample) ?? FormattableString.Invariant($"row {sample}");
        return string.Create(CultureInfo.InvariantCulture, $"'{column.Name}' is {value} in {source}{of}{ofStep}{at} (counted from 0)");
    }

    private static DataColumn[] Find(ReadOnlySpan<ColumnSpec> columns, Dataset data)
    {
        DataColumn?[] found = new DataColumn?[columns.Length];
        ColumnMatch.Find(columns, data, found);
        return found!;
    }
}
