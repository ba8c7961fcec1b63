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
