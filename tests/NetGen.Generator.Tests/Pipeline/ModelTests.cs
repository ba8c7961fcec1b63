using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using NetGen.Generator.Tests.Harness;
using NetGen.Generator.Tests.Reading;
using Xunit;

namespace NetGen.Generator.Tests.Pipeline;

/// <summary>What makes the pipeline incremental: models are compared by value and hold nothing of a compilation.</summary>
public class ModelTests
{
    [Fact]
    public void Two_readings_of_one_text_are_equal()
    {
        var (first, second) = (Compiled.Model(MnistTests.MnistCnn), Compiled.Model(MnistTests.MnistCnn));

        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
    }

    [Theory]
    [InlineData("Dense(64)", "Dense(65)")]
    [InlineData("Dense(64)", "Dense(64, init: Init.HeNormal)")]
    [InlineData("Dense(64), Relu", "Dense(64), Gelu")]
    [InlineData("Layer features", "Layer body")]
    [InlineData("image", "picture")]
    [InlineData("[Objective]", "[Objective(Updates = [\"classifier\"])]")]
    [InlineData("class MnistCnn", "class Other")]
    [InlineData("public sealed", "internal sealed")]
    public void A_difference_in_the_text_is_one_in_the_model(string old, string @new)
    {
        var changed = MnistTests.MnistCnn.Replace(old, @new, StringComparison.Ordinal).Replace("features(", old.Contains("features", StringComparison.Ordinal) ? "body(" : "features(", StringComparison.Ordinal);

        Assert.NotEqual(Compiled.Model(MnistTests.MnistCnn), Compiled.Model(changed));
    }

    [Fact]
    public void A_model_holds_no_symbols_syntax_or_compilations()
    {
        var visited = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Walk(Compiled.Model(MnistTests.MnistCnn), "model");
        Assert.True(visited.Count > 100, $"Only {visited.Count} objects were visited.");

        void Walk(object? value, string path)
        {
            if (value is null or string || value.GetType() is { IsPrimitive: true } or { IsEnum: true } || !visited.Add(value))
                return;
            var type = value.GetType();
            Assert.False(
                value is ISymbol or SyntaxNode or SyntaxTree or Compilation or SemanticModel or IOperation or Location or Delegate,
                $"{path} is a {type.FullName}.");
            if (value is IEnumerable items)
            {
                var i = 0;
                foreach (var item in items)
                    Walk(item, $"{path}[{i++}]");
            }
            for (; type is not null && type != typeof(object) && type.Namespace?.StartsWith("NetGen", StringComparison.Ordinal) == true; type = type.BaseType)
            {
                foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                    Walk(field.GetValue(value), $"{path}.{field.Name}");
            }
        }
    }
}
