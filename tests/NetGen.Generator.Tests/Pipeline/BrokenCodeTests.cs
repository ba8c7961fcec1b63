using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Tests.Harness;
using NetGen.Generator.Tests.Reading;
using Xunit;

namespace NetGen.Generator.Tests.Pipeline;

/// <summary>Code as it is while someone types: never an exception, and no word of NetGen's where C# has already said what is wrong.</summary>
public class BrokenCodeTests
{
    [Theory]
    [InlineData("private readonly Layer layer = Dense(;")]
    [InlineData("private readonly Layer layer = Dens(4);")]
    [InlineData("private readonly Layer layer = Dense(\"4\");")]
    [InlineData("private readonly Layer layer = Dense(unknown);")]
    [InlineData("private readonly Layer layer = Dense();")]
    [InlineData("private readonly Lair layer = Dense(4);")]
    [InlineData("private readonly Layer layer = Sequential(Dense(4), Rel);")]
    [InlineData("private readonly Layer layer = Sequential(Dense(4), Concat);")]
    [InlineData("private readonly Layer layer = Repeat(3, Dense(4));")]
    [InlineData("private readonly Layer layer")]
    [InlineData("")]
    public void Errors_of_CSharp_are_left_to_it(string field)
    {
        var found = Compiled.All($"[Network] public partial class Net {{ {field} public Tensor Forward([Shape(8)] Tensor x) => layer(x); }}");

        Assert.NotEmpty(found);
        Assert.DoesNotContain(found, f => f.Id.StartsWith("NG", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("public Tensr Forward([Shape(8)] Tensor x) => layer(x);")]
    [InlineData("public Tensor Forward([Shape(8)] Tensr x) => layer(x);")]
    [InlineData("public Tensor Forward([Shape(eight)] Tensor x) => layer(x);")]
    [InlineData("public Tensor Forward([Shape(8)] Tensor x) => lay(x);")]
    [InlineData("public Tensor Forward([Shape(8)] Tensor x) => layer(x")]
    [InlineData("public Tensor Forward([Shape(8)] Tensor x) => layer(x).Foo;")]
    [InlineData("public Tensor Forward([Shape(8)] Tensor x) { return layer(x) + ; }")]
    [InlineData("public Tensor Forward([Shape(8)] Tensor x) { }")]
    [InlineData("public Tensor Forward([Shape(8)] Tensor x);")]
    [InlineData("public Tensor Forward([Shape(8)] Tensor x) { for (;;) ; }", "NG0205")]
    [InlineData("public Tensor Forward([Shape(8)] Tensor x) { y = layer(x); return y; }")]
    public void Errors_of_CSharp_in_methods_too(string method, string? expected = null)
    {
        var found = Compiled.All($"[Network] public partial class Net {{ private readonly Layer layer = Dense(4); {method} }}");

        Assert.NotEmpty(found);
        Assert.Equal(expected is null ? [] : [expected], found.Select(f => f.Id).Where(i => i.StartsWith("NG", StringComparison.Ordinal)));
    }

    /// <summary>Deletes tokens of a program, one or several next to each other: what typing and undoing leave.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Deleted_tokens_never_make_it_fail(int seed)
    {
        var random = new Random(seed);
        foreach (var program in Programs.All)
        {
            var tokens = Compiled.Tokens(program);
            for (var round = 0; round < 25; round++)
            {
                var text = program;
                var first = random.Next(tokens.Length);
                var count = random.Next(1, 4);
                foreach (var token in tokens.Skip(first).Take(count).Reverse())
                    text = text.Remove(token.SpanStart, token.Span.Length);

                var found = Compiled.ReadAll(text).SelectMany(r => r.Diagnostics).ToArray();

                Assert.True(found.All(f => f.Id != "NG0901"), $"{string.Join("\n", (object[])found)}\n{text}");
            }
        }
    }

    /// <summary>Swaps tokens for others of the same program: wrong, but whole.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Swapped_tokens_never_make_it_fail(int seed)
    {
        var random = new Random(seed);
        foreach (var program in Programs.All)
        {
            var tokens = Compiled.Tokens(program)
                .Where(t => t.IsKind(SyntaxKind.IdentifierToken) || t.IsKind(SyntaxKind.NumericLiteralToken)).ToArray();
            for (var round = 0; round < 25; round++)
            {
                var (target, source) = (tokens[random.Next(tokens.Length)], tokens[random.Next(tokens.Length)]);
                var text = program.Remove(target.SpanStart, target.Span.Length).Insert(target.SpanStart, source.Text);

                var found = Compiled.ReadAll(text).SelectMany(r => r.Diagnostics).ToArray();

                Assert.True(found.All(f => f.Id != "NG0901"), $"{string.Join("\n", (object[])found)}\n{text}");
            }
        }
    }
}
