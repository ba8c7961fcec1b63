using Xunit;

namespace NetGen.Generator.Tests.Borders;

/// <summary>C# that is easily read otherwise: NetGen gives what .NET gives, or refuses.</summary>
public class CSharpTests
{
    /// <summary>Programs that are in the language: they must not be refused either.</summary>
    private static readonly string[] Understood =
    [
        // Targets are evaluated once, operands from left to right.
        "var i = 0; int[] a = [1, 2, 3]; a[i++] += 10; return (i, a);",
        "var i = 0; int[] a = [1, 2, 3]; a[i] = i = 2; return (i, a);",
        "var i = 0; List<int> a = [1, 2, 3]; a[i++] -= 10; a[i++]++; return (i, a);",
        "var i = 0; int?[] a = [null, 2]; a[i++] ??= 7; a[i] ??= 8; return (i, a);",
        "var i = 1; int[] a = [1, 2, 3]; a[^i] = i++; a[^i] += i++; return (i, a);",
        "var i = 3; i += i++ + ++i; return i;",
        "var i = 3; i = i++ + i--; return i;",
        "var i = 0; int[] a = [5, 6]; (a[i], i) = (i + 1, 1); return (i, a);",
        "var i = 0; int[] a = [5, 6]; (a[i++], a[i]) = (a[1], a[0]); return (i, a);",
        "var log = new List<int>(); int N(int x) { log.Add(x); return x; } var r = N(1) + N(2) * N(3); return (r, log);",
        "var log = new List<int>(); int N(int x) { log.Add(x); return x; } Log.Sub(b: N(1), a: N(2)); return log;",
        "var log = new List<int>(); int N(int x) { log.Add(x); return x; } var a = new int[3]; a[N(1)] = N(2); a[N(0)] += N(5); return (log, a);",
        "string s = \"a\"; string F() { s = \"b\"; return \"c\"; } s += F(); return s;",
        "int[] a = [1]; int F() { a[0] = 5; return 2; } a[0] += F(); return a;",
        "int x = 1, y = 2; (x, y) = (y, x); (x, (y, _)) = (y, (x, 4)); return (x, y);",
        "(long a, double b) = (1, 2); return (a, b);",
        "int i = 3; int[] a = [1, 2]; Money m = 3; return (i.Equals(--i), a[0].Equals(a[0] = 5), m.Plus(m = 4), i);",
        "byte b = 250; b += 10; b++; b <<= 1; return b;",
        "sbyte b = 127; b++; return b;",
        "char c = 'a'; c++; c += (char)2; return c;",
        "short s = -5; s >>= 1; s >>>= 1; return s;",
        "int? a = 3; a += 1; a++; int? n = null; n += 1; n++; return (a, n);",
        "long? a = 3; a *= 2; return a;",
        "double d = 1; d += 2; d++; float f = 1; f -= 0.1f; f--; decimal m = 1.10m; m += 2; m++; return (d, f, m);",

        // Integers.
        "int a = int.MaxValue, b = 2; return (a + b, a * b, unchecked(-(int.MinValue + (a - a))), a - -b);",
        "uint a = 1, b = 2; return (a - b, a << 33, ~a, a >> 1, -a);",
        "long a = long.MinValue; return (a - 1, a >> 70, a >>> 1, (int)a, (uint)(a >> 3));",
        "int a = -1; return ((byte)a, (ushort)a, (ulong)a, (char)a, (sbyte)(a - 200), (uint)a, (short)(a * 40000));",
        "int a = -7, b = 2; return (a / b, a % b, a >> 1, a >>> 28, a & b, a | b, a ^ b, ~a);",
        "int s = 35; return (1 << s, 1L << s, 1u << s, 1ul << -s, -1 >>> s);",
        "byte a = 200, b = 100; return (a + b, (byte)(a + b), a * b, a & b, a < b, a == b);",
        "ulong a = ulong.MaxValue; return (a + 1, (float)a, (double)a, (decimal)a, (long)a);",

        // Floats.
        "double n = double.NaN, z = 0; return (n == n, n != n, n < z, n >= z, !(n < z), z / z == z / z, 1 / z, -1 / z, z == -z);",
        "float n = float.NaN; return (n == n, n != n, n.Equals(n), n is float.NaN, (n, 1) == (n, 1));",
        "float a = 0.1f, b = 0.2f; double c = 0.1, d = 0.2; return (a + b, c + d, (double)a, (float)c, a + b == 0.3f, c + d == 0.3);",
        "float f = 16777217; double d = 16777217; long l = 9007199254740993; return (f, (float)d, (double)l, (float)l, (int)d, (long)(f + 1));",
        "double d = -2.7; return ((int)d, (long)d, (short)d, (float)d, (decimal)d, -d % 2);",
        "double d = 5.5; return (Math.Round(d), Math.Round(4.5 + (d - d)), Math.Round(d, MidpointRounding.AwayFromZero), Math.Round(-d, MidpointRounding.ToZero), Math.Round(d * 1.111, 2));",
        "double d = 64; return ((int)Math.Cbrt(d), Math.Cbrt(-27 + (d - d)), Math.Cbrt(2 * d), MathF.Cbrt(8));",
        "var r = new List<double>(); for (var i = -40; i < 40; i++) r.Add(Math.Log2(Math.Pow(2, i))); return r;",
        "var r = new List<float>(); for (var i = 1; i < 40; i++) r.Add(MathF.Log2(i) + MathF.Exp(1f / i) + MathF.Pow(i, 0.3f) + MathF.Sin(i)); return r;",
        "double d = 0.7; return (Math.Asinh(d), Math.Acosh(1 + d), Math.Atanh(d), Math.Exp(d), Math.Log10(d), Math.FusedMultiplyAdd(d, d, 1), Math.ScaleB(d, 3), Math.ILogB(d), Math.IEEERemainder(7, d));",
        "float n = float.NaN; return (Math.Max(n, 1), Math.Min(1f, n), MathF.Max(-0f, 0), float.Max(n, 1), float.MaxNumber(n, 1), float.Sign(-3), float.IsNaN(n), Math.Clamp(5f, 1, 3));",
        "int n = 40; return (int.Log2(n), int.IsPow2(n), int.PopCount(n), int.LeadingZeroCount(n), Math.DivRem(n, 7), Math.Abs(-n), int.Clamp(n, 1, 9), Math.Max(n, 3L), Math.Max((byte)1, (byte)2), int.RotateLeft(n, 30));",
        "decimal a = 1.0m, b = 3; return (a / b, a * 1.00m, a == 1.00m, (int)(b / 2), (double)(a / b), decimal.Round(2.5m), -a, a % b);",

        // bool and bool?.
        "bool? n = null, t = true, f = false; return (n | t, n & f, n | f, n & t, n ^ t, t | n, f & n, !n, n == null, (n | t) == true, n == n);",
        "bool t = true, f = false; return (t & f, t | f, t ^ t, t == f, t != f, t && !f || f);",
        "bool t = false; t |= true; t &= true; t ^= true; bool? n = null; n |= true; return (t, n);",
        "int? a = null, b = 3; return (a < b, a >= b, a == b, a != b, a + b, b * b, a == null, (a ?? b), (a ?? 4), b ?? 5L, -a, ~b);",

        // Enums.
        "var k = Kind.B; return (k, k & Kind.B, k | Kind.A, ~k, k ^ Kind.C, k == Kind.B, k < Kind.C, (int)k, (Kind)3, k - Kind.A, k + 1);",
        "var k = Kind.A; k |= Kind.B; k &= ~Kind.A; k++; return k;",
        "var k = Kind.B; return ($\"{k}\", \"\" + k, k.ToString(), $\"{k | Kind.A}\", $\"{(Kind)77}\", $\"{(Kind)0}\", k.HasFlag(Kind.A), (object)k);",
        "var w = Word.Two; return ($\"{w}|{(Word)9}|{w,6}|{w,-5}|\", w is Word.Two, w switch { Word.One => 1, > Word.One => 2, _ => 3 }, (long)w, (Word)(-1) < Word.One, Show(w));\nstatic string Show<T>(T x) => $\"{x}\";",
        "Wide w = Wide.High; return (w, (ulong)w, $\"{w}\", w > Wide.Low, (Wide?)null, (Wide?)w);",

        // Texts.
        "float f = 1.5f; double d = 1e20; return $\"{f} {d} {true} {'c'} {null} {-3} {1.10m} {0.1f + 0.2f} {double.NaN}\";",
        "double d = 1234.567; int n = 42; return $\"[{d:F2}|{n:X4}|{n,8}|{n,-8}|{d,12:E3}|{n:N0}|{d:0.#}]\";",
        "char c = 'b'; string? s = null; return (\"a\" + c + 1 + true, c + 1, s + \"x\", \"x\" + null, s == null, \"ab\" == \"a\" + 'b', \"abc\"[1], \"abc\"[^1], \"abc\".Length);",
        "var t = (1, \"a\", (2.5, 'x')); return $\"{t}\";",
        "var s = \"\"; foreach (var c in \"héllo\") s = c + s; return s;",

        // Arrays and lists.
        "int[] a = [1, 2, 3]; foreach (var x in a) { a[2] = 10; a[0] += x; } return a;",
        "var r = new List<long>(); foreach (long x in new[] { 1, 2 }) r.Add(x); List<double> d = [.. new[] { 1, 2 }, 3]; return (r, d);",
        "int[][] a = [[1], [2, 3]]; a[1][0] = 7; a[0] = a[1]; a[0][1]++; return a;",
        "var a = new int[2]; var b = a; b[1] = 4; var c = (int[])[.. a]; c[0] = 9; return (a, b, c, a == b, a == c);",
        "List<int> a = new() { 1, 2, 3 }; a.Insert(1, 9); a.RemoveAt(0); a.Reverse(); a.AddRange(a); return (a, a.Count, a.ToArray());",
        "var a = new List<int>(4) { 1 }; var b = new List<int>(a) { 5 }; a.Clear(); return (a, b);",
        "int P(params int[] p) => p.Length; int Q(params List<int> p) => p.Count; return (P(), P(1, 2), P([3]), Q(1, 2, 3));",
        "byte i = 2; long l = 1; uint u = 0; int n = 258; int[] a = [4, 5, 6]; return (a[i], a[l], a[u], a[(byte)n], a['\\u0001']);",

        // Switches and patterns.
        "byte b = 5; sbyte s = -3; char c = 'q'; return (b is > 3, b is < 3 or 5, s is < 0, c is >= 'a' and <= 'z', b is not 5);",
        "object o = 5; return (o is int, o is long, o is int n && n > 3, o is 5, o is 5L, o is > 3, o is > 3L, (int)o, o is string, o as string);",
        "object o = Kind.B; return (o is Kind, o is Word, o is Kind.B, o is int, (Kind)o);",
        "Shape s = new Square(3); return (s is Square, s is Square { Side: > 2 } q && q.Side == 3, s is Circle, s switch { Circle => 1, Square { Side: 3 } => 2, _ => 3 }, s as Circle, (Square)s);",
        "(int, string) t = (1, \"a\"); return (t is (1, _), t is (_, \"b\"), t switch { (> 0, var s) => s, _ => \"\" }, t == (1, \"a\"), t != (1, \"a\"));",
        "var p = new Point(1, 2); return (p is (1, 2), p is { X: 1, Y: > 5 }, p is var (x, y) && x < y);",
        "int n = 3; switch (n) { case < 2: return 1; case 3 when n > 5: return 2; case 3: n = 9; break; default: return 4; } return n;",
        "double d = double.NaN; return (d is double.NaN, d switch { double.NaN => 1, _ => 2 }, d is > 0, -0.0 is 0.0);",

        // Records.
        "var a = new Point(1, 2); var b = new Point(1, 2); var c = a with { Y = 5 }; return (a == b, a.Equals(b), ReferenceLike(a, b), a != c, c, $\"{a}\", a, c.ToString());\nstatic bool ReferenceLike(object x, object y) => x == y;",
        "var a = new Pixel(1, 2, 7); return ($\"{a}\", a, a == new Pixel(1, 2, 7), (Point)a == new Point(1, 2), new Point(1, 2) == a, a with { X = 3, Color = 4 });",
        "var a = new Options(); var b = new Options { Width = 5, Name = \"b\" }; return (a, b, $\"{b}\", a.Twice, b.Twice, b with { Width = 6 });",
        "var a = new Scaled(3); return (a, a.Factor, new Scaled(3) == a, $\"{a}\");",
        "var (x, y) = new Point(3, 4); return (x, y);",
        "Vector v = new(1, 2); return (v, v == new Vector(1, 2), $\"{v}\", v with { X = 9 }, new Vector());",
        "var a = new Tagged(1, 2); Point b = a; return ($\"{a}\", b.ToString(), $\"{new Loud(3, 4)}\");",
        "return (default(Vector), default(Vector) == new Vector(), default(Plain1).X, default(Money).Cents, $\"{default(Vector)}\", default(Vector) with { Y = 4 });",
        "var w = Word.Two; return $\"{w:D}|{w:G}|{(Word)9:d}|{(Word)9:g}|{Kind.A | Kind.B:G}|{Kind.A | Kind.C:D}\";",
        "var a = new Measured(float.NaN); return (a == new Measured(float.NaN), a.Equals(a), $\"{a}\");",

        // Classes: the order of construction, and which member is called.
        "var log = new List<string>(); new Derived(log); return log;",
        "var log = new List<string>(); var d = new Derived(log, 5); return (log, d.Base, d.Own);",
        "Animal a = new Dog(), b = new Puppy(), c = new Animal(); return (a.Name, b.Name, c.Name, a.Sound(), b.Sound(), a.Twice(), b.Twice(), ((Dog)b).Hidden(), b.Hidden(), new Puppy().Hidden());",
        "IGreeter a = new Plain(), b = new Polite(); return (a.Greet(), b.Greet(), a.Title, b.Title);",
        "Shape s = new Square(3), c = new Circle(2); return (s.Area, c.Area, s.Describe(), c.Describe());",
        "return (Lazy.Order[0], Lazy.First, Lazy.Second, Early.A, Early.B);",
        "var c = new Counter(3) { Step = 2 }; return (c.Start, c.Step, c.Total);",
        "Func<int> f = new Puppy().Number; return f();",

        // Operators and conversions of the user's.
        "var log = new List<string>(); var t = new Flag(true, log); var f = new Flag(false, log); var r = (f && t, t && f, t || f, f || t); return (r.Item1.Value, r.Item2.Value, r.Item3.Value, r.Item4.Value, log, t ? 1 : 2, !f ? 3 : 4);",
        "Money a = 3, b = 4; a += b; a++; return ((int)a, (a + b).Cents, -a < b, a == b, (double)(a * 2));",
        "Money? a = null; Money b = 4; return (a + b, a < b, a == null, a == b);",

        // Functions and what they capture.
        "var fs = new List<Func<int>>(); for (var i = 0; i < 3; i++) fs.Add(() => i); var r = new List<int>(); foreach (var f in fs) r.Add(f()); return r;",
        "var fs = new List<Func<int>>(); foreach (var i in new[] { 1, 2 }) { var j = i * 10; fs.Add(() => i + j++); } var r = new List<int>(); foreach (var f in fs) { r.Add(f()); r.Add(f()); } return r;",
        "var n = 0; int Next() => ++n; var fs = new List<Func<int>>(); while (Next() is var k and < 4) fs.Add(() => k); var r = new List<int>(); foreach (var f in fs) r.Add(f()); return r;",
        "Func<int, Func<int, int>> add = a => b => a + b; var add3 = add(3); return add3(4) + add(1)(1);",
        "int Opt(int a, int b = 7, params int[] c) => a + 10 * b + 100 * c.Length; return (Opt(1), Opt(b: 2, a: 1), Opt(1, 2, 3, 4));",
        "var n = 1; Action<int> add = k => n += k; add(5); add(n); return n;",
        "T Id<T>(T x) => x; return (Id(3), Id(2.5f), Id(Kind.B), Id(\"s\"), Id((1, 2)));",
    ];

    private const string Declarations =
        """
        [Flags] enum Kind : byte { None = 0, A = 1, B = 2, C = 4 }
        enum Word { One = 1, Two = 2, Low = -5 }
        enum Wide : ulong { Low = 1, High = ulong.MaxValue }
        static class Log { public static int Sub(int a, int b) => a - b; }

        record Point(int X, int Y);
        record Pixel(int X, int Y, int Color) : Point(X, Y) { public int Sum => X + Y + Color; }
        record Tagged(int X, int Y) : Point(X, Y) { public string Tag => "t"; public override string ToString() => "<" + base.ToString() + ">"; }
        record Loud(int X, int Y) : Tagged(X, Y) { public override string ToString() => base.ToString() + "!"; }
        record Compared(int X, int Z) : Point(X, 0) { public bool Same(Point p) => base.Equals(p); }
        record Scaled(int Value) { public int Factor { get; } = 2 * Value; private readonly int hidden = Value; }
        record struct Vector(int X, int Y);
        record Measured(float Size);
        record Options { public int Width { get; init; } = 3; public string Name { get; init; } = "a"; public int Twice => 2 * Width; }

        abstract record Shape { public abstract float Area { get; } public string Describe() => $"{Area}"; }
        sealed record Square(float Side) : Shape { public override float Area => Side * Side; }
        sealed record Circle(float Radius) : Shape { public override float Area { get; } = 3 * Radius; }

        class Animal { public virtual string Name => "animal"; public virtual string Sound() => "-"; public string Twice() => Sound() + Name; public string Hidden() => "animal"; public virtual int Number() => 1; }
        class Dog : Animal { public override string Name { get; } = "dog"; public override string Sound() => "woof"; public new string Hidden() => "dog"; }
        class Puppy : Dog { public override string Sound() => base.Sound() + "!"; public override int Number() => 2; }

        interface IGreeter { string Title => "none"; string Greet() => "hello " + Title; }
        class Plain : IGreeter;
        class Polite : IGreeter { public string Title => "sir"; }

        class Base
        {
            public readonly int Base1 = 1;
            public Base(List<string> log) { log.Add("base " + Describe()); }
            public virtual string Describe() => "b";
        }
        class Derived : Base
        {
            private readonly string own = "own";
            public readonly int Own;
            public int Base { get; } = 4;
            private readonly List<string> log;
            private readonly int unset;
            public Derived(List<string> log) : this(log, 3) { this.log.Add("derived"); }
            public Derived(List<string> log, int n) : base(Logged(log)) { this.log = log; Own = n; Own += Base + unset; log.Add("second " + own); }
            private static List<string> Logged(List<string> log) { log.Add("argument"); return log; }
            public override string Describe() => "d " + own + (log is null);
        }

        static class Lazy
        {
            public static readonly List<int> Order = [1];
            public static readonly int First = Next(5);
            public static readonly int Second;
            static Lazy() { Order.Add(3); Second = First + Order.Count; Order[0] = 7; }
            private static int Next(int n) { Order.Add(n); return n * Order.Count; }
        }
        static class Early { public static readonly int A = 3; public static readonly int B = A + Lazy.First; }

        class Counter
        {
            public int Start { get; }
            public int Step { get; init; } = 1;
            public int Total => Start + Step;
            public Counter(int start) { if (start > 2) { Start = start * 2; return; } Start = 1; }
        }

        class Flag(bool value, List<string> log)
        {
            public bool Value => value;
            public static bool operator true(Flag f) { f.Add("true"); return f.Value; }
            public static bool operator false(Flag f) { f.Add("false"); return !f.Value; }
            public static Flag operator &(Flag a, Flag b) { a.Add("and"); return new Flag(a.Value & b.Value, a.List); }
            public static Flag operator |(Flag a, Flag b) { a.Add("or"); return new Flag(a.Value | b.Value, a.List); }
            public static bool operator !(Flag f) => !f.Value;
            private List<string> List => log;
            private void Add(string s) => log.Add(s);
        }

        readonly struct Money(int cents)
        {
            public int Cents { get; } = cents;
            public int Plus(Money other) => Cents + other.Cents;
            public static implicit operator Money(int cents) => new(cents);
            public static explicit operator int(Money m) => m.Cents;
            public static explicit operator double(Money m) => m.Cents / 100.0;
            public static Money operator +(Money a, Money b) => new(a.Cents + b.Cents);
            public static Money operator *(Money a, int b) => new(a.Cents * b);
            public static Money operator -(Money a) => new(-a.Cents);
            public static Money operator ++(Money a) => new(a.Cents + 1);
            public static bool operator <(Money a, Money b) => a.Cents < b.Cents;
            public static bool operator >(Money a, Money b) => a.Cents > b.Cents;
            public static bool operator ==(Money a, Money b) => a.Cents == b.Cents;
            public static bool operator !=(Money a, Money b) => a.Cents != b.Cents;
            public override bool Equals(object? o) => o is Money m && m == this;
            public override int GetHashCode() => Cents;
        }

        interface IMaker { static virtual int Make() => 1; static abstract int Size { get; } }
        class Two : IMaker { public static int Make() => 2; public static int Size => 2; }
        static class Generic
        {
            public static int Make<T>() where T : IMaker => T.Make() + T.Size;
            public static T? Zero<T>() => default;
            public static bool Is<T>(object o) => o is T;
            public static T Cast<T>(object o) => (T)o;
            public static bool Same<T>(T a, T b) where T : class => a == b;
            public static T Sum<T>(T a, T b) where T : System.Numerics.INumber<T> => a + b;
        }
        static class Cyclic { public static readonly int A = B + 1; public static readonly int B = 2; }
        static class Ping { public static readonly int A = Pong.A + 1; public static readonly int B = 5; }
        static class Pong { public static readonly int A = Ping.B + 1; }
        static class Shared { public static readonly int[] Values = [1, 2]; }
        struct Plain1 { public int X; }
        """;

    /// <summary>Programs that are outside of the language, or throw: an error, never another value.</summary>
    private static readonly string[] Refused =
    [
        "HashSet<int> s = [1, 1, 2]; return s.Count;",
        "var s = new HashSet<int> { 1, 1 }; return s.Count;",
        "var s = new SortedSet<int> { 3, 1 }; return s.Min;",
        "ICollection<int> s = new[] { 1 }; s.Add(2); return s;",
        "IReadOnlySet<int> s = new HashSet<int>([1, 1]); return s.Count;",
        "var d = new Dictionary<int, int> { [1] = 2 }; return d[1];",
        "System.Collections.Immutable.ImmutableArray<int> s = [1, 2]; s.Add(3); return s.Length;",
        "var a = new int[2, 2]; a[0, 1] = 3; return a[0, 1];",
        "return Generic.Make<Two>();",
        "return Generic.Zero<int>();",
        "return Generic.Is<int>(3);",
        "return Generic.Cast<int>(3L);",
        "return Generic.Same<object>(1, 1);",
        "object a = 1, b = 1; return a == b;",
        "return new Compared(1, 2).Same(new Compared(1, 3));",
        "return new Plain().ToString();",
        "int[] a = [], b = []; return a == b;",
        "Func<int> a = () => 1, b = () => 1; return a == b;",
        "nint n = 5; return (long)(n + 1);",
        "return Cyclic.A;",
        "return Ping.A;",
        "Shared.Values[0] = 9; return Shared.Values[0];",
        "var l = new List<int> { 1, 2 }; foreach (var x in l) l.Add(x); return l;",
        "var l = new List<int> { 1, 2 }; foreach (var x in l) l[0] = 3; return l;",
        "int? n = null; return (int)n;",
        "int? n = null; return n.Value;",
        "object o = 1; return (long)o;",
        "Shape s = new Square(1); return (Circle)s;",
        "int z = 0; return 1 / z;",
        "int m = int.MaxValue; return checked(m + 1);",
        "byte b = 255; checked { b++; } return b;",
        "byte b = 200; checked { b <<= 1; } return b;",
        "int n = 300; return checked((byte)n);",
        "int n = 300; return checked((Kind)n);",
        "int? n = 300; return checked((byte?)n);",
        "double d = 1e10; return checked((int)d);",
        "double d = 1e30; return (int)d;",
        "double d = double.NaN; return (int)d;",
        "float f = 300; return (byte)f;",
        "double d = -1; return (ulong)d;",
        "decimal d = decimal.MaxValue; return d + 1;",
        "int m = int.MinValue, n = -1; return m / n;",
        "int m = int.MinValue; return Math.Abs(m);",
        "return Math.Clamp(1, 3, 2 + int.Sign(-1));",
        "int[] a = [1]; return a[1];",
        "int[] a = [1]; ref int r = ref a[0]; r = 5; return a[0];",
        "int[] a = [1]; foreach (ref var r in a.AsSpan()) r = 4; return a[0];",
        "int[] a = [1]; return In(a[0], a); static int In(in int x, int[] a) { a[0] = 5; return x; }",
        "int.TryParse(\"3\", out var n); return n;",
        "string[] s = [\"a\"]; object[] o = s; o[0] = 1; return s[0];",
        "var t = (1, 2); var u = t; u.Item1 = 5; return (t, u);",
        "var p = new Plain1(); p.X = 4; return p.X;",
        "IEnumerable<int> F() { yield break; } return F() == null;",
        "object o = \"a\"; object p = string.Concat(\"\", \"a\"); return o == p;",
        "FormattableString s = $\"{1}\"; return s.ArgumentCount;",
        "var n = 3; int Fact(int k) => k < 2 ? 1 : k * Fact(k - 1); return Fact(n);",
        "var x = 4; return x switch { 1 => 1, 2 => 2 };",
        "try { return 1; } finally { }",
        "return new int[-1 + int.Sign(0)];",
        "return 3.GetHashCode();",
        "var a = new[] { 1 }; return $\"{a}\";",
        "return $\"{new Plain()}\";",
        "Func<int> f = () => 1; f += () => 2; return f();",
    ];

    private static readonly Lazy<IReadOnlyList<Outcome>> Outcomes = new(() => BothWays.Run(Declarations, [.. Understood, .. Refused]));

    [Fact]
    public void All_programs_compile() => None(Understood.Concat(Refused).Except(Outcomes.Value.Select(o => o.Program)));

    [Fact]
    public void What_is_understood_is_what_dotnet_does() => None(
        Outcomes.Value.Where(o => Understood.Contains(o.Program) && (o.IsRefused || o.Net != o.NetGen)).Select(o => o.ToString()));

    [Fact]
    public void What_is_not_understood_is_an_error() => None(
        Outcomes.Value.Where(o => Refused.Contains(o.Program) && (!o.IsRefused || !o.Agrees)).Select(o => o.ToString()));

    private static void None(IEnumerable<string> wrong) => Assert.Equal("", string.Join("\n", wrong));
}
