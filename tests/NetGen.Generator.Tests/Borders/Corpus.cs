using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Tests.Harness;
using NetGen.Generator.Tests.Reading;

namespace NetGen.Generator.Tests.Borders;

/// <summary>The networks of this repository: those of tests and samples, and those on the pages of the documentation, right and wrong.</summary>
internal static class Corpus
{
    /// <summary>What others are compared with.</summary>
    public const string Ordinary = MnistTests.MnistCnn;

    private const string Attribute = "[Network";

    /// <summary>What the other programs use little of: C# that is evaluated.</summary>
    private const string Constants =
        """
        using System;
        using System.Collections.Generic;

        enum Kind : byte { None = 0, Small = 1, Large = 2 }

        record Options(int Width, float Rate = 0.5f, string? Name = null)
        {
            public int Twice => 2 * Width;
            public Kind Kind { get; } = Width > 8 ? Kind.Large : Kind.Small;
        }

        static class Extensions
        {
            public static Tensor Plus(this Tensor x, Tensor y) => x + y;
            public static int Squared(this int n) => n * n;
        }

        [Network]
        public partial class Net
        {
            private const int Width = 8;
            private static readonly Options Settings = new(Width, Rate: 0.25f);
            private static readonly int? Perhaps = 5;
            private static readonly object Boxed = 3;
            private static readonly (int First, string Second) Pair = (4, "four");
            private readonly Layer layer = Sequential(Dense(Sum(Width)), Dropout(Settings.Rate), Dense(Pair.First), Make(2)(Tanh));
            private readonly List<Layer> parts = [Dense(4), Gelu, .. new Layer[] { Dense((int)Boxed + 1) }];
            private readonly Parameter weight = Parameter(4, Init.Normal(0.02f));

            private static int Sum(int n)
            {
                var list = new List<int> { };
                for (var i = 0; i < n; i++)
                {
                    if (i % 3 == 0)
                        continue;
                    list.Add(i.Squared());
                }
                var total = Perhaps ?? 0;
                foreach (var item in list)
                    total += item;
                int[] copy = [.. list];
                copy[^1] = copy[0] + copy.Length;
                var text = $"n{n}" + nameof(Width);
                while (total > 100)
                    total /= 2;
                checked
                {
                    total += copy[^1];
                }
                Func<int, int> twice = k => 2 * k;
                total = n switch { 0 => 1, > 4 and < 100 => twice(total), _ => total };
                switch (Settings.Kind)
                {
                    case Kind.Small: total--; break;
                    case Kind.Large: total++; break;
                    default: throw new ArgumentException("none");
                }
                var (first, second) = Pair;
                return Math.Max(total, text.Length) + first + second.Length + (int)MathF.Sqrt(16f) + Settings.Twice;
            }

            private static Func<Layer, Layer> Make(int times)
            {
                int Inner(int k) => k + 1;
                var count = Inner(times);
                return inner => Repeat(count, i => i % 2 == 0 ? inner : Relu);
            }

            public Tensor Forward([Shape(6)] Tensor x)
            {
                Tensor y = layer(x);
                foreach (var part in parts)
                    y = y.Plus(part(y)) / MathF.Sqrt(y.Shape[^1]);
                var halves = (Left: y * weight, Right: -y);
                return Concat(halves.Left, halves.Right);
            }

            [Objective]
            public Tensor Loss(Tensor x, [Shape(8)] Tensor target) => MeanSquaredError(Forward(x), target) + 0.01f * L2(layer);
        }
        """;

    public static IReadOnlyList<string> Programs { get; } =
    [
        Constants, .. Reading.Programs.All,
        .. Files("samples", "*.cs").Select(File.ReadAllText).Where(text => text.Contains(Attribute, StringComparison.Ordinal)),
        .. Files("docs", "*.md").SelectMany(file => Regex.Matches(File.ReadAllText(file), "```csharp\n(.*?)```", RegexOptions.Singleline))
            .Select(match => match.Groups[1].Value).Where(text => text.Contains(Attribute, StringComparison.Ordinal)),
        .. Files("tests", "*.cs").SelectMany(file => Compiled.Tokens(File.ReadAllText(file)))
            .Where(t => t.IsKind(SyntaxKind.MultiLineRawStringLiteralToken) && t.ValueText.Contains(Attribute, StringComparison.Ordinal)).Select(t => t.ValueText),
    ];

    private static IEnumerable<string> Files(string folder, string pattern, [CallerFilePath] string here = "") => Directory
        .EnumerateFiles(Path.GetFullPath(Path.Combine(here, "../../../..", folder)), pattern, SearchOption.AllDirectories)
        .Where(file => !file.Contains("verified", StringComparison.Ordinal) && !Regex.IsMatch(file, @"[/\\](bin|obj)[/\\]"))
        .Order(StringComparer.Ordinal);
}
