using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gpu;

/// <summary>One result: what a part of the program writes, a line each, to the program that started it.</summary>
/// <param name="Name">Of a workload, a check or a fact.</param>
internal sealed record Entry(string Name)
{
    private const string Mark = "entry ";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public Agreement? Agreement { get; init; }

    public Row? Row { get; init; }

    public Fact? Fact { get; init; }

    /// <summary>Why there is nothing.</summary>
    public string? Missing { get; init; }

    public string ToLine() => Mark + JsonSerializer.Serialize(this, Format);

    /// <summary>Null if the line is something else that a program says.</summary>
    public static Entry? OfLine(string line)
    {
        if (!line.StartsWith(Mark, StringComparison.Ordinal))
        {
            return null;
        }
        try
        {
            return JsonSerializer.Deserialize<Entry>(line[Mark.Length..], Format);
        }
        catch (JsonException)
        {
            // A process that ends in the middle of a line.
            return null;
        }
    }

    public override string ToString() => this switch
    {
        { Missing: { } why } => $"{Name}: not measured: {why}",
        { Agreement: { Holds: false } wrong } => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name}: WRONG, an error of {wrong.LargestError:G3} where {wrong.Bound:G3} is allowed"),
        { Agreement: { } right } => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name}: agrees, an error of {right.LargestError:G3} where {right.Bound:G3} is allowed"),
        { Row: { } row } => $"{Name}: {Comparison.Numbers.Time(row.Seconds.Median)} {Comparison.Numbers.Spread(row.Seconds)}",
        { Fact: { } fact } => $"{Name}: {fact}",
        _ => Name,
    };
}
