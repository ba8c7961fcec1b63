using static System.FormattableString;

namespace NetGen.Data;

/// <summary>Where a row stands.</summary>
/// <param name="file">The name of the file.</param>
/// <param name="line">The line in which the row begins, counted from 1.</param>
internal readonly struct CsvPlace(string file, int line)
{
    internal int Line => line;

    /// <summary>As compilers write it: <c>adult.csv(18)</c>.</summary>
    internal string Row => Invariant($"{file}({line})");

    internal InvalidDataException Error(string message) => new($"{Row}: {message}");
}
