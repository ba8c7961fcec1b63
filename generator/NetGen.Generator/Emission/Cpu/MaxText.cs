using System.Globalization;

namespace NetGen.Generator.Emission.Cpu;

/// <summary>The largest of some vectors in registers and, where it is wanted, its position; the first wins.</summary>
internal static class MaxText
{
    /// <returns>The name of the position's local.</returns>
    public static string? Emit(CodeWriter writer, IReadOnlyList<string> values, string max, string? index)
    {
        writer.Line($"var {max} = {values[0]};");
        if (index is not null)
            writer.Line($"var {index} = V.Zero;");
        for (var i = 1; i < values.Count; i++)
        {
            if (index is not null)
                writer.Line($"{index} = V.Select(V.Greater({values[i]}, {max}), V.Broadcast({i.ToString(CultureInfo.InvariantCulture)}f), {index});");
            writer.Line($"{max} = V.Max({max}, {values[i]});");
        }
        return index;
    }
}
