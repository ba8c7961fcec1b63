using static System.FormattableString;

namespace NetGen;

/// <summary>Finds the columns of a data set that a network asks for.</summary>
internal static class ColumnMatch
{
    /// <summary>
    /// By name, if the data set has all the names (it may have more columns then); otherwise by position, if there are as many
    /// columns and no name that both know is at another position.
    /// </summary>
    /// <exception cref="ArgumentException">The columns do not fit; the message lists both sides.</exception>
    internal static void Find(ReadOnlySpan<ColumnSpec> wanted, Dataset data, Span<DataColumn?> found)
    {
        // Lengths are no column of their own.
        ColumnSpec[] own = Array.FindAll(wanted.ToArray(), spec => spec.LengthsOf is null);
        DataColumn?[] columns = new DataColumn?[own.Length];
        FindOwn(own, data, columns);
        for (int i = 0; i < wanted.Length; i++)
        {
            string name = wanted[i].LengthsOf ?? wanted[i].Name;
            found[i] = columns[Array.FindIndex(own, spec => spec.Name == name)];
        }

        for (int i = 0; i < wanted.Length; i++)
        {
            if (wanted[i].StepsOf is not { } sequence || sequence == wanted[i].Name)
                continue;
            DataColumn steps = columns[Array.FindIndex(own, spec => spec.Name == sequence)]!;
            if (!steps.Lengths.SequenceEqual(found[i]!.Lengths))
            {
                int sample = 0;
                while (steps.Lengths[sample] == found[i]!.Lengths[sample])
                    sample++;
                throw Mismatch(own, data,
                    Invariant($"'{found[i]!.Name}' has a value for each step of '{steps.Name}', but in sample {sample} it has {found[i]!.Lengths[sample]} steps and '{steps.Name}' {steps.Lengths[sample]}"));
            }
        }
    }

    private static void FindOwn(ReadOnlySpan<ColumnSpec> wanted, Dataset data, Span<DataColumn?> found)
    {
        bool named = true;
        for (int i = 0; i < wanted.Length; i++)
        {
            found[i] = Named(data, wanted[i].Name);
            named &= found[i] is not null;
        }

        if (!named)
        {
            if (data.Columns.Length != wanted.Length)
                throw Mismatch(wanted, data, "the names differ, and so do the numbers of columns");
            for (int i = 0; i < wanted.Length; i++)
            {
                if (found[i] is { } same && !ReferenceEquals(same, data.Columns[i]))
                    throw Mismatch(wanted, data, $"'{same.Name}' is at another position, and not all names are the same");
                found[i] = data.Columns[i];
            }
        }

        for (int i = 0; i < wanted.Length; i++)
        {
            DataColumn column = found[i]!;
            if (column.IsSequence != wanted[i].StepsOf is not null)
            {
                throw Mismatch(wanted, data, column.IsSequence
                    ? $"'{column.Name}' has sequences, and '{wanted[i].Name}' is one row of values per sample"
                    : $"'{wanted[i].Name}' is a sequence of any length: make its column by DataColumn.Sequences");
            }

            if (column.Type != wanted[i].Type || column.Length != wanted[i].Length)
                throw Mismatch(wanted, data, Invariant($"'{wanted[i].Name}' needs {wanted[i].Length} values of type {wanted[i].Type} per sample; '{column.Name}' has {column.Length} of type {column.Type}"));
        }
    }

    private static DataColumn? Named(Dataset data, string name)
    {
        foreach (DataColumn column in data.Columns)
        {
            if (column.Name == name)
                return column;
        }

        return null;
    }

    private static ArgumentException Mismatch(ReadOnlySpan<ColumnSpec> wanted, Dataset data, string why) => new(
        $"The data set does not fit the network: {why}. The network asks for ({string.Join("; ", (object[])wanted.ToArray())}); the data set has ({string.Join("; ", (object[])data.Columns.ToArray())}).",
        nameof(data));
}
