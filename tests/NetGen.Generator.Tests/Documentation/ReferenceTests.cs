using System.Reflection;
using System.Text.RegularExpressions;
using NetGen.Generator.Operations;
using Xunit;

namespace NetGen.Generator.Tests.Documentation;

/// <summary>docs/reference.md has a row for everything that a network may be made of, and says nothing that is not there.</summary>
public sealed partial class ReferenceTests
{
    private const string Page = "docs/reference.md";

    /// <summary>Operators of tensors and their indexer: rows say them as they are written.</summary>
    private static readonly string[] Operators =
        ["Add", "Subtract", "Multiply", "Divide", "Negate", "Slice", "Greater", "GreaterOrEqual", "Less", "LessOrEqual"];

    private static IEnumerable<MethodInfo> Methods { get; } = typeof(Ops).GetMethods().Concat(typeof(Layers).GetMethods())
        .Where(method => method.DeclaringType == typeof(Ops) || method.DeclaringType == typeof(Layers));

    private static ILookup<string, string[]> Rows { get; } = File.ReadAllLines(Path.Combine(DocumentationTests.Repository, Page))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .SelectMany(line => Call().Matches(line[..line.IndexOf(" | ", 2, StringComparison.Ordinal)]))
        .ToLookup(match => match.Groups[1].Value, match => match.Groups[2].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void Everything_that_can_be_written_has_a_row() => Assert.Equal("", string.Join(
        ", ",
        OperationRegistry.Layers.Keys.Concat(OperationRegistry.Functions.Keys).Concat(OperationRegistry.SeveralResults.Keys).Except(Operators)
            .Concat(Methods.Select(method => method.Name)).Distinct().Where(name => !Rows.Contains(name))));

    [Fact]
    public void Rows_are_of_what_there_is_with_its_parameters()
    {
        foreach (var row in Rows)
        {
            var overloads = Methods.Where(method => method.Name == row.Key)
                .Select(method => method.GetParameters().Select(p => p.Name!).ToArray()).ToArray();
            Assert.True(overloads.Length > 0, $"{Page}: there is no {row.Key}");
            foreach (var parameters in row)
                Assert.True(
                    parameters.All(name => overloads.Any(overload => overload.Contains(name) || (name == "dims" && overload.Contains("dim0")))),
                    $"{Page}: {row.Key}({string.Join(", ", parameters)}) has other parameters: "
                    + string.Join("; ", overloads.Select(overload => string.Join(", ", overload))));
        }
    }

    [GeneratedRegex(@"`(\w+)\(([^)`]*)\)`")]
    private static partial Regex Call();
}
