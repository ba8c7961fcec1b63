using System.Globalization;

namespace Gpu;

/// <summary>Something about the machine that the compiler or its documentation assumes, as it is.</summary>
/// <param name="Measured">What it is; null where a text says it.</param>
/// <param name="Assumed">What it is taken for; null: nothing is assumed.</param>
/// <param name="Unit">Of both.</param>
/// <param name="Text">What a number does not say.</param>
internal sealed record Fact(double? Measured, double? Assumed, string? Unit, string? Text)
{
    public override string ToString() => string.Join(
        "; ", new[] { Number(Measured), Assumed is null ? null : $"{Number(Assumed)} assumed", Text }.Where(part => part is not null));

    private string? Number(double? number) =>
        number is { } value ? $"{value.ToString(Math.Abs(value) >= 1000 ? "F0" : "G4", CultureInfo.InvariantCulture)} {Unit}".TrimEnd() : null;
}
