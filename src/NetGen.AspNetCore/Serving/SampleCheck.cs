using static System.FormattableString;

namespace NetGen.AspNetCore.Serving;

/// <summary>Whether samples are some that a network takes.</summary>
internal static class SampleCheck
{
    /// <exception cref="ArgumentException">A column is missing, has another type or shape, or a value that the network does not take; the
    /// message names it.</exception>
    public static void Check(ReadOnlySpan<ColumnSpec> inputs, Dataset samples)
    {
        foreach (ColumnSpec input in inputs)
        {
            DataColumn? column = null;
            foreach (DataColumn candidate in samples.Columns)
            {
                if (candidate.Name == input.Name)
                    column = candidate;
            }

            if (column is null)
            {
                string all = string.Join("; ", (object[])samples.Columns.ToArray());
                throw new ArgumentException($"There is no column for the input {input}; there are ({all}).", nameof(samples));
            }

            if (column.Type != input.Type || column.Length != input.Length)
                throw new ArgumentException($"The input is {input}; the column is {column}.", nameof(samples));
            if (input.Type == ColumnType.Label)
                CheckLabels(input, column.Labels.Span);
        }
    }

    private static void CheckLabels(ColumnSpec input, ReadOnlySpan<int> labels)
    {
        foreach (int label in labels)
        {
            if (Fault(input, label) is { } fault)
                throw new ArgumentException(fault, nameof(labels));
        }
    }

    /// <summary>Why a label is none of an input; null: it is one.</summary>
    public static string? Fault(ColumnSpec input, int label) => (uint)label < (uint)input.Classes || label == input.Ignored
        ? null
        : input.AreIndices
            ? Invariant($"'{input.Name}' has the index {label}; its indices are from 0 to {input.Classes - 1}.")
            : Invariant($"'{input.Name}' has the label {label}; its labels are from 0 to {input.Classes - 1}.");
}
