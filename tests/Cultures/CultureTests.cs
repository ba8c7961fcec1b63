using System.Globalization;
using System.Reflection;
using System.Text;
using Xunit;

namespace NetGen.Testing;

public sealed class CultureTests
{
    private static readonly string[] Library = ["NetGen", "NetGen.Data", "NetGen.Data.Analysis", "NetGen.Data.Images", "NetGen.Data.Parquet", "NetGen.Data.Tables", "NetGen.Evaluation", "NetGen.Onnx", "NetGen.Plots", "NetGen.Terminal", "NetGen.Text", "NetGen.Text.Tokenizers", "NetGen.Cuda", "NetGen.AspNetCore"];

    /// <summary>Those of the library's assemblies that this suite tests.</summary>
    public static TheoryData<string> Assemblies =>
        [.. Library.Where(name => File.Exists(Path.Combine(AppContext.BaseDirectory, name + ".dll")))];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_text_depends_on_the_culture(string assembly)
    {
        var places = CultureScan.Find(Assembly.Load(assembly));
        Assert.True(places.Count == 0, string.Join("\n", places));
    }

    [Fact]
    public void A_text_that_does_is_found()
    {
        string[] expected =
        [
            "Int32 in an interpolated string", "Nullable`1<Single> in an interpolated string", "Int64 in an interpolated string",
            "!! in an interpolated string", "Double.ToString()", "Int32.ToString()", "string.Join of Int32", "StringBuilder.Append",
            "Double.Parse()", "String.ToUpper()", "string.Format", "Single.ToString()", "Int32.ToString()",
            "ArgumentOutOfRangeException of a value", "ArgumentOutOfRangeException.ThrowIfNegative",
        ];
        var found = CultureScan.Find(typeof(CultureTests).Assembly)
            .Where(place => place.Contains("CultureTests.cs") || place.Contains(nameof(Examples.Point)));
        Assert.Equal(expected.Order(), found.Select(place => place[(place.IndexOf(' ') + 1)..]).Order());
    }

    /// <summary>Only to be scanned.</summary>
    public static class Examples
    {
        public static string Interpolated(int number) => $"number {number}";

        public static string Optional(float? number) => $"number {number}";

        public static string Nested(int number, long other) => string.Create(CultureInfo.InvariantCulture, $"{number} {$"and {other}"}");

        public static string Generic<T>(T value) => $"value {value}";

        public static string Plain(double number) => number.ToString("F2");

        public static string Concatenated(string name, int number) => name + number;

        public static string Joined(int[] numbers) => string.Join(", ", numbers);

        public static StringBuilder Built(StringBuilder text, int number) => text.Append(number);

        public static double Parsed(string text) => double.Parse(text);

        public static string Upper(string text) => text.ToUpper();

        public static string Formatted(string format, object value) => string.Format(format, value);

        public static Exception OutOfRange(float number) => new ArgumentOutOfRangeException(nameof(number), number, "It is too large.");

        public static void Checked(int number) => ArgumentOutOfRangeException.ThrowIfNegative(number);

        public static string Fine(string name, int number, StringBuilder text) =>
            $"{name}: " + FormattableString.Invariant($"{number}") + text.Append(CultureInfo.InvariantCulture, $"{number}");

        public readonly record struct Point(float X, int Y);
    }
}
