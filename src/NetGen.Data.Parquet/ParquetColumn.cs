using Parquet;
using Parquet.Schema;
using static System.FormattableString;

namespace NetGen.Data;

/// <summary>A column while a file is read.</summary>
internal abstract class ParquetColumn(DataField column)
{
    /// <summary>From here on not every integer is a double.</summary>
    private const double Exact = 1L << 53;

    private protected DataField Field => column;

    internal string Name => column.Path.ToString();

    /// <exception cref="InvalidDataException">It holds what no table has.</exception>
    internal static ParquetColumn Of(DataField field, int count, string path)
    {
        Type type = Nullable.GetUnderlyingType(field.ClrType) ?? field.ClrType;
        if (field.MaxRepetitionLevel > 0 || field.Path.Length > 1)
            throw Unknown("is of lists or structures");
        return type == typeof(double) ? Numbers<double>(value => value)
            : type == typeof(float) ? Numbers<float>(value => value)
            : type == typeof(int) ? Numbers<int>(value => value)
            : type == typeof(long) ? Numbers<long>(value => value)
            : type == typeof(short) ? Numbers<short>(value => value)
            : type == typeof(sbyte) ? Numbers<sbyte>(value => value)
            : type == typeof(byte) ? Numbers<byte>(value => value)
            : type == typeof(ushort) ? Numbers<ushort>(value => value)
            : type == typeof(uint) ? Numbers<uint>(value => value)
            : type == typeof(ulong) ? Numbers<ulong>(value => value)
            : type == typeof(decimal) ? Numbers<decimal>(value => (double)value)
            : type == typeof(bool) ? Numbers<bool>(value => value ? 1 : 0)
            : type == typeof(DateTime) ? new OfDates<DateTime>(field, count, value => value.Ticks)
            : type == typeof(DateOnly) ? new OfDates<DateOnly>(field, count, value => value.ToDateTime(default).Ticks)
            : type == typeof(string) || type == typeof(ReadOnlyMemory<char>) ? new OfTexts(field, count)
            : throw Unknown($"holds values of the type {type.Name}");

        OfNumbers<T> Numbers<T>(Func<T, double> numberOf)
            where T : struct => new(field, count, numberOf, path);

        InvalidDataException Unknown(string what) =>
            new($"{path}: the column '{field.Path}' {what}, which no table has. Name the columns that are wanted: {nameof(ParquetTables)}.{nameof(ParquetTables.Read)}(path, \"…\").");
    }

    internal abstract Task ReadAsync(ParquetRowGroupReader rows, int first, int count, CancellationToken cancellation);

    internal abstract TableColumn Done();

    /// <summary>The values of a row group, null where there is none.</summary>
    private static async Task<T?[]> ReadAsync<T>(ParquetRowGroupReader rows, DataField field, int count, CancellationToken cancellation)
        where T : struct
    {
        T?[] values = new T?[count];
        if (field.IsNullable)
            await rows.ReadAsync<T>(field, values.AsMemory(), cancellationToken: cancellation).ConfigureAwait(false);
        else
        {
            T[] all = new T[count];
            await rows.ReadAsync<T>(field, all.AsMemory(), cancellationToken: cancellation).ConfigureAwait(false);
            for (int i = 0; i < count; i++)
                values[i] = all[i];
        }

        return values;
    }

    private sealed class OfNumbers<T>(DataField field, int count, Func<T, double> numberOf, string path) : ParquetColumn(field)
        where T : struct
    {
        private readonly double[] numbers = new double[count];

        internal override async Task ReadAsync(ParquetRowGroupReader rows, int first, int count, CancellationToken cancellation)
        {
            T?[] values = await ReadAsync<T>(rows, Field, count, cancellation).ConfigureAwait(false);
            for (int i = 0; i < values.Length; i++)
            {
                double number = values[i] is { } value ? numberOf(value) : double.NaN;
                if (double.IsInfinity(number))
                    throw new InvalidDataException(Invariant($"row {first + i} of {path}: '{Name}' is infinite."));
                if (typeof(T) != typeof(double) && typeof(T) != typeof(float) && typeof(T) != typeof(decimal) && Math.Abs(number) > Exact)
                    throw new InvalidDataException(Invariant($"row {first + i} of {path}: '{Name}' is {values[i]}, which no number in double precision is; is it a key, and not needed?"));
                numbers[first + i] = number;
            }
        }

        internal override TableColumn Done() => TableColumn.Own(Name, numbers);
    }

    private sealed class OfDates<T>(DataField field, int count, Func<T, long> ticksOf) : ParquetColumn(field)
        where T : struct
    {
        private readonly long[] ticks = new long[count];

        internal override async Task ReadAsync(ParquetRowGroupReader rows, int first, int count, CancellationToken cancellation)
        {
            T?[] values = await ReadAsync<T>(rows, Field, count, cancellation).ConfigureAwait(false);
            for (int i = 0; i < values.Length; i++)
                ticks[first + i] = values[i] is { } value ? ticksOf(value) : TableColumn.NoDate;
        }

        internal override TableColumn Done() => TableColumn.Own(Name, ticks);
    }

    private sealed class OfTexts(DataField field, int count) : ParquetColumn(field)
    {
        private readonly string?[] texts = new string?[count];

        internal override async Task ReadAsync(ParquetRowGroupReader rows, int first, int count, CancellationToken cancellation) =>
            await rows.ReadAsync(Field, texts.AsMemory(first, count)!, cancellationToken: cancellation).ConfigureAwait(false);

        internal override TableColumn Done() => TableColumn.OfTexts(Name, texts);
    }
}
