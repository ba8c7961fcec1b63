using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Reading;

/// <summary>What can be computed while a network is compiled, seen in the size of a layer.</summary>
public class ConstantTests
{
    [Theory]
    [InlineData("4 * Width + 2", 34)]
    [InlineData("Width % 3 << 2", 8)]
    [InlineData("(int)(Width * 1.5f)", 12)]
    [InlineData("(int)Math.Sqrt(81.0)", 9)]
    [InlineData("Math.Max(Width, Sizes.Hidden[1])", 16)]
    [InlineData("Sizes.Hidden[^1]", 16)]
    [InlineData("Sizes.Hidden.Length", 2)]
    [InlineData("Sizes.Total", 24)]
    [InlineData("Sizes.Of(depth: 3)", 24)]
    [InlineData("Half", 4)]
    [InlineData("Width > 4 ? 3 : 5", 3)]
    [InlineData("Kind switch { Kind.Small => 2, Kind.Large => 7, _ => 1 }", 7)]
    [InlineData("Width switch { < 4 => 1, >= 4 and < 10 => 2, _ => 3 }", 2)]
    [InlineData("(Width, Kind) switch { (8, Kind.Large) => 5, _ => 6 }", 5)]
    [InlineData("Settings.Width", 32)]
    [InlineData("Settings.Twice", 64)]
    [InlineData("None ?? 6", 6)]
    [InlineData("Some ?? 6", 5)]
    [InlineData("nameof(Width).Length", 5)]
    [InlineData("$\"{Width}x\".Length", 2)]
    [InlineData("default(int) + 1", 1)]
    [InlineData("Name == \"wide\" ? 10 : 1", 10)]
    [InlineData("Name is \"narrow\" or \"wide\" && !(Width is 7) ? 2 : 1", 2)]
    [InlineData("Pair.Second - Pair.First", 2)]
    [InlineData("(int)Kind.Large", 1)]
    [InlineData("int.Max(3, 4)", 4)]
    [InlineData("unchecked((byte)300)", 44)]
    [InlineData("~Width + 10", 1)]
    public void Expressions(string expression, int expected) => Assert.Equal(expected, Size(expression, ""));

    [Theory]
    [InlineData("var n = 0; for (var i = 1; i <= 4; i++) n += i; return n;", 10)]
    [InlineData("var n = 1; while (n < 100) n *= 3; return n;", 243)]
    [InlineData("var n = 1; do { n <<= 1; } while (n < 10); return n;", 16)]
    [InlineData("var n = 0; foreach (var h in Sizes.Hidden) n += h; return n;", 24)]
    [InlineData("var n = 0; for (var i = 0; ; i++) { if (i % 2 == 0) continue; if (i > 6) break; n += i; } return n;", 9)]
    [InlineData("var (a, b) = (3, 4); (a, b) = (b, a); return a * 10 + b;", 43)]
    [InlineData("int n; switch (Width) { case 1: n = 1; break; case 8 when Half == 4: n = 2; break; default: n = 3; break; } return n;", 2)]
    [InlineData("var a = new int[3]; a[1] = 7; a[^1] = 2; return a[1] + a[2] + a.Length;", 12)]
    [InlineData("List<int> a = [1, .. Sizes.Hidden, 2]; a.Add(5); return a.Count + a[1];", 13)]
    [InlineData("int Twice(int x) => 2 * x; return Twice(Twice(3));", 12)]
    [InlineData("static int Twice(int x) { return 2 * x; } Func<int, int> f = Twice; return f(4);", 8)]
    [InlineData("var k = 3; Func<int, int> f = x => x * k; k = 5; return f(2);", 10)]
    [InlineData("var fs = new List<Func<int>>(); foreach (var h in Sizes.Hidden) fs.Add(() => h); return fs[0]() + fs[1]();", 24)]
    [InlineData("var n = 5; if (n > 3 && Width == 8) { n = 6; } else n = 7; return n++ + --n;", 12)]
    [InlineData("int? n = null; n ??= 4; return n.HasValue ? n.Value : 1;", 4)]
    [InlineData("byte b = 250; b += 10; return b;", 4)]
    [InlineData("float f = 1; f += 2.5f; f /= 0.5f; return (int)f;", 7)]
    [InlineData("double d = 0; for (var i = 0; i < 10; i++) d += 0.1; return d < 1 ? 3 : 4;", 3)]
    [InlineData("long big = int.MaxValue; big += 1; return (int)(big >> 28);", 8)]
    [InlineData("if (Width is var w and > 3) return w; return 1;", 8)]
    [InlineData("{ return 3; }", 3)]
    public void Statements(string body, int expected) => Assert.Equal(expected, Size("Body()", $"static int Body() {{ {body} }}"));

    private static int Size(string expression, string member) => Compiled.Model(
        $$"""
        static class Sizes
        {
            public static readonly int[] Hidden = [8, 16];
            public static int Total => Hidden[0] + Hidden[1];
            public static int Of(int width = 8, int depth = 1) => width * depth;
        }

        enum Kind { Small, Large }

        record Options(int Width, float Rate = 0.5f) { public int Twice => 2 * Width; }

        [Network]
        public partial class Net
        {
            private const int Width = 8;
            private const Kind Kind = global::Kind.Large;
            private static readonly Options Settings = new(32);
            private static readonly (int First, int Second) Pair = (3, 5);
            private static readonly int? None = null;
            private static readonly int? Some = 5;
            private static readonly string Name = "wi" + "de";
            private static int Half => Width / 2;
            private readonly Layer layer = Dense({{expression}});
            {{member}}
            public Tensor Forward([Shape(3)] Tensor x) => layer(x);
        }
        """).Parameters[0].Dims[1];
}
