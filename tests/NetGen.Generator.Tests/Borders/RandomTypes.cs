using System.Globalization;
using System.Text;
using CsCheck;

namespace NetGen.Generator.Tests.Borders;

/// <summary>
/// Random declarations and a program over them: a hierarchy of classes or records with virtual, abstract, hidden and interface members, constructors that call each other,
/// statics, enums, structs with operators, nullable values; objects of all of them in lists, told apart by patterns. What is called says so in a log, so that the order is in
/// the result, too.
/// </summary>
internal sealed class RandomTypes
{
    public const string Declarations =
        """
        static class Extensions
        {
            public static int Twice(this int a) => 2 * a;
            public static T Choose<T>(this bool first, T a, T b) => first ? a : b;
            public static int Fold(this IReadOnlyList<int> items, Func<int, int, int> next, int start = 0) { var s = start; foreach (var i in items) s = next(s, i); return s; }
        }
        """;

    /// <summary>Members of the program's class, and the body of the function that it runs.</summary>
    public static readonly Gen<(string Members, string Body)> Program = Gen.Int.Select(seed => new RandomTypes(seed).Make());

    private readonly Random random;
    private readonly StringBuilder members = new();

    /// <summary>The classes of the hierarchy, from the root; those that are not abstract can be made.</summary>
    private readonly List<(string Name, bool IsAbstract)> classes = [];

    /// <summary>Expressions of type int without parameters that are known everywhere: constants and statics that are declared by now.</summary>
    private readonly List<string> constants = [];

    private bool areRecords;

    private RandomTypes(int seed) => random = new Random(seed);

    private (string Members, string Body) Make()
    {
        Enums();
        Statics();
        Interface();
        Hierarchy();
        Structs();
        return (members.ToString(), Body());
    }

    private bool Chance(double share) => random.NextDouble() < share;

    private string Pick(params string[] texts) => texts[random.Next(texts.Length)];

    private string Number() => random.Next(-9, 30).ToString(CultureInfo.InvariantCulture) is var n && n[0] == '-' ? $"({n})" : n;

    private static string I(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Line(string line) => members.Append(line).Append('\n');

    /// <summary>An expression of type int over these names of that type.</summary>
    private string Int(int depth, params string[] names)
    {
        if (depth == 0)
            return names.Length > 0 && Chance(0.7) ? Pick(names) : constants.Count > 0 && Chance(0.5) ? Pick([.. constants]) : Number();
        string Next() => Int(depth - 1, names);
        return random.Next(11) switch
        {
            0 => $"({Next()} + {Next()})",
            1 => $"({Next()} * {Next()})",
            2 => $"({Next()} - {Next()})",
            3 => $"({Next()} > {Next()} ? {Next()} : {Next()})",
            4 => $"Math.Max({Next()}, {Next()})",
            5 => $"({Next()} switch {{ < 0 => {Next()}, 0 or 3 => {Next()}, > 5 and < 20 => 1, var z => z % 7 }})",
            6 => $"({Next()} is > 2 and not 7 ? 1 : {Next()})",
            7 => $"({Next()} & {Next()})",
            8 => $"(int)({Pick("E0", "E1")})({Next()} & 7)",
            9 => $"({Next()}, {Next()}).Item{I(random.Next(1, 3))}",
            _ => $"Tool.{Pick("Mix", "Mix2")}({Next()}, {Next()})",
        };
    }

    private void Enums()
    {
        Line($"enum E0 {{ A = {Number()}, B, C = {Number()}, D }}");
        Line($"[Flags] enum E1 : {Pick("byte", "short", "ulong", "int")} {{ None, X = 1, Y = 2, Z = 4, XY = {Pick("X | Y", "3")} }}");
    }

    private void Statics()
    {
        Line("static class Tool");
        Line("{");
        Line($"    public const int K = {Number()};");
        Line("    public static readonly List<string> Order = [];");
        Line($"    public static readonly int First = {Int(1)};");
        Line($"    public static readonly int[] Table = [{Int(1)}, First, K];");
        if (Chance(0.5))
            Line($"    public static int Second {{ get; }} = Table[{I(random.Next(3))}] + {Number()};");
        else
            Line("    public static int Second => First + Table.Length;");
        if (Chance(0.5))
        {
            Line("    public static readonly int Third;");
            Line($"    static Tool() {{ Third = First + {Number()}; Table[0] = {Number()}; }}");
        }
        else
        {
            Line("    public static readonly int Third = Table[^1] * 2;");
        }
        Line($"    public static int Mix(int a, int b = {Number()}) => {Int(0, "a", "b")} + a - b;");
        Line($"    public static int Mix2(int a, params int[] rest) {{ var s = a; foreach (var r in rest) s = s * 3 + r; return s; }}");
        Line("}");
        constants.AddRange(["Tool.K", "Tool.First", "Tool.Second", "Tool.Third", "Tool.Table[1]", "Tool.Table[0]", "Tool.Mix(3)"]);
    }

    private void Interface()
    {
        Line("interface IThing");
        Line("{");
        Line("    int Size { get; }");
        Line("    int Area => Size * Size;");
        Line($"    string Tell(int x) => $\"thing {{x}} {{Size}} {{Area}}\";");
        Line("    int Count(List<string> log) { log.Add(\"IThing.Count\"); return Area + 1; }");
        Line("}");
        Line("interface INamed : IThing");
        Line("{");
        Line($"    public static readonly int Letters = {Int(1)};");
        Line("    string Name => \"named\" + Size;");
        Line("    string IThing.Tell(int x) => Name + x;");
        Line("}");
        constants.Add("INamed.Letters");
    }

    private void Hierarchy()
    {
        areRecords = Chance(0.4);
        var depth = random.Next(2, 5);
        var kind = areRecords ? "record" : "class";
        for (var i = 0; i < depth; i++)
        {
            var isAbstract = i < depth - 1 && Chance(i == 0 ? 0.5 : 0.15);
            var isRoot = i == 0;
            var needsMembers = isRoot || (!isAbstract && classes.All(c => c.IsAbstract));
            var name = $"C{I(i)}";
            var interfaces = Chance(0.3) ? "INamed" : "IThing";
            var parent = isRoot ? interfaces : $"C{I(i - 1)}";
            var modifiers = isAbstract ? "abstract " : i == depth - 1 && Chance(0.5) ? "sealed " : "";
            var isPrimary = Chance(0.4);
            var argument = Int(1, "a");
            Line(isPrimary
                ? $"{modifiers}{kind} {name}(List<string> log, int a) : {parent}{(isRoot ? "" : $"(log, {argument}), {interfaces}")}"
                : $"{modifiers}{kind} {name} : {parent}{(isRoot ? "" : ", " + interfaces)}");
            Line("{");
            var names = new List<string> { $"f{I(i)}", $"P{I(i)}", $"J{I(i)}" };
            Line($"    public const int K{I(i)} = {Number()};");
            Line($"    public static readonly int S{I(i)} = {Int(2)};");
            if (Chance(0.3))
                Line($"    static {name}() {{ }}");
            Line($"    protected readonly int f{I(i)} = {(isPrimary ? Int(1, "a") : Int(1))};");
            Line($"    public int P{I(i)} {{ get; }} = {Int(2)};");
            Line($"    public int J{I(i)} {{ get; init; }} = {(isPrimary && Chance(0.5) ? "a" : Int(1))};");
            Line($"    public {Pick("int?", "string?", "E0", "E1?", "double", "bool")} Free{I(i)} {{ get; init; }}");
            if (!isPrimary)
            {
                Line($"    private readonly int g{I(i)};");
                names.Add($"g{I(i)}");
                Line($"    public {name}(List<string> log, int a){(isRoot ? "" : $" : base(log, {argument})")}");
                Line("    {");
                Line($"        log.Add($\"{name} {{a}} {{V}}\");");
                if (Chance(0.3))
                    Line($"        if (a {Pick(">", "<")} {Number()}) {{ g{I(i)} = {Int(1, "a")}; return; }}");
                Line($"        g{I(i)} = {Int(2, "a", $"f{I(i)}", $"P{I(i)}")};");
                if (Chance(0.4))
                    Line($"        P{I(i)} += {Int(1, "a", "Tool.K")};");
                if (Chance(0.3))
                    Line($"        for (var q = 0; q < 3; q++) g{I(i)} += q * a;");
                Line("    }");
                if (Chance(0.5))
                    Line($"    public {name}(List<string> log) : this(log, {Int(1)}) {{ log.Add(\"{name} short\"); }}");
                else
                    Line($"    public {name}(List<string> log) : this(log, K{I(i)}) => log.Add(\"{name}\" + g{I(i)});");
            }
            else
            {
                names.Add("a");
                Line($"    public {name}(List<string> log) : this(log, {Int(1)}) {{ log.Add(\"{name} short\"); }}");
            }
            string[] own = [.. names];
            if (isRoot)
            {
                Line($"    public virtual int Size => {Int(1, own)};");
                Line($"    public {(isAbstract ? "abstract int V { get; }" : $"virtual int V => {Int(1, own)};")}");
                Line($"    public {(isAbstract ? "abstract int M(List<string> log, int x);" : $"virtual int M(List<string> log, int x) {{ log.Add(\"{name}.M\"); return {Int(2, [.. own, "x"])}; }}")}");
                Line($"    public int Both(List<string> log, int x) => M(log, x) + V * {Number()} + Hidden();");
                Line($"    public virtual string Say(E0 e) => $\"{name} {{e}} {{V}}\";");
                Line($"    public int Hidden() => {Number()};");
                if (Chance(0.5))
                    Line($"    public virtual int Area => {Int(1, own)};");
            }
            else
            {
                var baseIsAbstract = classes.All(c => c.IsAbstract);
                if (needsMembers && baseIsAbstract)
                {
                    Line(Chance(0.5) ? $"    public override int V => {Int(1, own)};" : $"    public override int V {{ get; }} = {(isPrimary ? Int(1, "a") : Int(1))};");
                    Line($"    public override int M(List<string> log, int x) {{ log.Add(\"{name}.M\"); return {Int(2, [.. own, "x"])}; }}");
                }
                else if (!baseIsAbstract)
                {
                    if (Chance(0.5))
                        Line($"    public override int V => base.V + {Int(1, own)};");
                    if (Chance(0.5))
                        Line($"    public override int M(List<string> log, int x) {{ log.Add(\"{name}.M\"); return base.M(log, {Int(1, [.. own, "x"])}) + {Int(1, own)}; }}");
                }
                if (Chance(0.4))
                    Line($"    public override string Say(E0 e) => base.Say({Pick("e", "e + 1", "E0.C", "~e")}) + \" {name}\";");
                if (Chance(0.4))
                    Line($"    public new {(Chance(0.5) && modifiers != "sealed " ? "virtual " : "")}int Hidden() => {Int(1, own)};");
                if (Chance(0.4))
                    Line($"    public override int Size => {(Chance(0.5) ? "base.Size + 1" : Int(1, own))};");
            }
            if (Chance(0.3))
                Line($"    {Pick("int IThing.Area", "int IThing.Count(List<string> log)")} => {Int(1, own)} + 100;");
            if (Chance(0.4))
                Line($"    public int Body{I(i)} {{ get {{ var s = {Int(1, own)}; if (s > {Number()}) return s; for (var q = 0; q < 4; q++) {{ if (q == 2) continue; s += q; }} return s; }} }}");
            if (Chance(0.4))
            {
                Line($"    private readonly Func<int, int> map{I(i)} = x => {Int(1, "x")};");
                Line($"    public int Map{I(i)}(int x) => map{I(i)}(map{I(i)}(x)) + {Int(0, own)};");
            }
            if (!areRecords && Chance(0.5))
                Line($"    public override string ToString() => \"{name}:\" + V;");
            Line($"    public static int operator +({name} c, int x) => c.J{I(i)} * 10 + x;");
            if (isRoot)
                Line($"    public virtual int this[int at, int more = 2] => at * more + J0;");
            else if (Chance(0.3))
                Line($"    public override int this[int at, int more = 2] => base[more, at] + J{I(i)};");
            Line("}");
            classes.Add((name, isAbstract));
            constants.Add($"{name}.K{I(i)}");
            constants.Add($"{name}.S{I(i)}");
        }
    }

    private void Structs()
    {
        Line($"readonly struct Money(int cents) : IThing");
        Line("{");
        Line("    public int Cents { get; } = cents;");
        Line($"    public int Size => {Int(1, "Cents")};");
        Line($"    public static Money operator +(Money a, Money b) => new({Int(1, "a.Cents", "b.Cents")});");
        Line("    public static Money operator -(Money a) => new(-a.Cents);");
        Line("    public static Money operator ++(Money a) => new(a.Cents + 1);");
        Line("    public static bool operator <(Money a, Money b) => a.Cents < b.Cents;");
        Line("    public static bool operator >(Money a, Money b) => a.Cents > b.Cents;");
        Line("    public static implicit operator Money(int cents) => new(cents);");
        Line("    public static explicit operator int(Money m) => m.Cents;");
        Line("}");
        Line($"record Pair(int X, {Pick("string", "double", "E0", "int?", "Money?")} Y) {{ public int Z {{ get; init; }} = X {Pick("+", "*")} {Number()}; public int W => X + Z; }}");
        Line("record Triple(int X, int Y, string Name);");
        Line($"sealed record Named(int X, int Y, string Name, E1 Kind) : Triple(X, Y + {Number()}, Name) {{ public override string ToString() => $\"{{Kind}} {{base.ToString()}}\"; }}");
        Line("record struct Spot(int X, int Y) { public readonly int Sum => X + Y; }");
    }

    private string Body()
    {
        var made = classes.Where(c => !c.IsAbstract).Select(c => c.Name).ToArray();
        var last = classes[^1].Name;
        var names = new[] { "i", "j", "n.Count" };
        var text = new List<string>
        {
            "var log = new List<string>(); var n = new List<int>(); var o = new List<string>(); var i = " + Number() + "; var j = " + Number() + ";",
            $"List<C0> all = [{string.Join(", ", Enumerable.Range(0, random.Next(1, 4)).Select(_ => Object(made, names)))}];",
        };
        for (var count = random.Next(4, 10); count > 0; count--)
            text.Add(Statement(made, names, last));
        text.Add("return (i, j, n, o, log);");
        return string.Join("\n", text);
    }

    private string Object(string[] made, string[] names)
    {
        var name = made[random.Next(made.Length)];
        var init = Chance(0.4) ? $" {{ J{name[1..]} = {Int(1, names)} }}" : "";
        return (Chance(0.3) ? $"new {name}(log)" : $"new {name}(log, {Int(1, names)})") + init;
    }

    private string Statement(string[] made, string[] names, string last)
    {
        var c = made[random.Next(made.Length)];
        var k = c[1..];
        return random.Next(38) switch
        {
            0 => $"foreach (var c in all) {{ n.Add(c.V); n.Add(c.M(log, {Int(1, names)})); }}",
            1 => "foreach (var c in all) { n.Add(c.Both(log, j)); i += c.Hidden(); }",
            2 => "foreach (IThing t in all) { o.Add(t.Tell(i)); n.Add(t.Count(log)); n.Add(t.Size + t.Area); }",
            3 => $"foreach (var c in all) o.Add(c.Say((E0)({Int(1, names)})));",
            4 => $"foreach (var c in all) n.Add(c switch {{ {c} {{ J{k}: > 3 }} q => q.P{k}, {last} and {{ V: 1 or 2 or > 10 }} => 1, {{ Size: < 0 }} v when v.V < i => v.V, not {c} => 7, _ => 0 }});",
            5 => $"{{ if (all[0] is {c} q && i > {Number()}) j += q.P{k}; else j--; }}",
            6 => $"all.Add({Object(made, names)});",
            7 => $"all.Insert({Pick("0", "1", "all.Count")}, {Object(made, names)});",
            8 => "all.Reverse();",
            9 => $"{{ var made = {Object(made, names)}; n.Add(made.Hidden() + made[2] + made[more: j, at: i]); n.Add(((C0)made).Hidden()); i = made + j; n.Add(made.V); }}",
            10 => $"{{ var d = all[^1] as {c}; n.Add(d is null ? -1 : d.J{k}); }}",
            11 => areRecords
                ? $"{{ var a = {Object([c], names)}; var b = a with {{ J{k} = {Int(1, names)} }}; n.Add(a.J{k} + b.J{k}); o.Add((a == b) + \"\" + a.Equals(b) + (a with {{ }} == a)); }}"
                : $"{{ var a = {Object([c], names)}; n.Add(a.V + a.Both(log, 2)); }}",
            12 => $"{{ Money m = {Int(1, names)}; m += {Int(1, names)}; m++; var k = -m; n.Add((int)(m + k)); o.Add((m < k) + \" \" + (k > m)); IThing t = m; n.Add(t.Size); o.Add(t.Tell(1)); }}",
            13 => $"{{ Money? m = {Pick("null", "4", "new Money(i)")}; m = m + {Number()}; o.Add($\"{{m.HasValue}} {{(m is {{ }} v ? v.Cents : -7)}}\"); }}",
            14 => $"{{ var t = new Triple({Int(1, names)}, j, \"t\"); Triple u = new Named({Int(1, names)}, 2, \"u\", (E1)({Int(1, names)} & 7)); o.Add($\"{{t}} {{u}}\"); o.Add((t == u) + \"\" + (u == u with {{ }}) + t.Equals(u)); var (x, y, s) = u; n.Add(x - y); o.Add(s); n.Add(u is Named {{ Kind: E1.X or E1.XY }} ? 1 : 2); }}",
            15 => $"{{ var s = new Spot(i, {Int(1, names)}); var r = s with {{ Y = {Int(1, names)} }}; n.Add(s.Sum * r.Sum); o.Add($\"{{s}} {{s == r}} {{default(Spot)}}\"); n.Add(r is (0, _) or (_, > 3) ? 1 : 0); Spot? q = {Pick("null", "r")}; n.Add(q is {{ Sum: > 5 }} ? 4 : 5); }}",
            16 => $"{{ var e = (E0)({Int(1, names)}); o.Add($\"{{e}} {{e + 1}} {{(int)e}} {{e == E0.B}} {{e is E0.A or E0.C}}\"); var f = (E1)({Int(1, names)} & 7); f |= E1.Z; f &= ~E1.X; o.Add($\"{{f}} {{f.HasFlag(E1.Y)}} {{f:D}}|{{f,8}}\"); }}",
            17 => $"{{ E0? e = {Pick("null", "E0.B", "(E0)i")}; o.Add($\"{{e}} {{e == E0.B}} {{e ?? E0.D}} {{e is null}}\"); n.Add(e switch {{ null => 1, E0.A => 2, < E0.D => 3, _ => 4 }}); }}",
            18 => $"{{ int[][] a = [[{Int(1, names)}, j], [i], []]; a[0][1] += {Int(1, names)}; a[2] = a[0]; a[2][0]--; foreach (var r in a) {{ n.AddRange(r); n.Add(r.Length); }} }}",
            19 => $"{{ var l = new List<(int A, string B)> {{ (i, \"x\"), ({Int(1, names)}, \"y\") }}; l.Add((n.Count, o.Count + \"\")); l.RemoveAt(0); foreach (var (a, b) in l) {{ n.Add(a); o.Add(b); }} n.Add(l[^1].A); }}",
            20 => $"{{ List<int> l = [.. n, {Int(1, names)}]; l.Reverse(); if (l.Count > 2) l.RemoveAt(1); n.Add(l[0]); n.Add(l.ToArray().Length); l.Clear(); n.Add(l.Count); }}",
            21 => $"switch (all[0]) {{ case {last} {{ V: var v }} when v > {Number()}: n.Add(v); break; case {c} x: i = x.P{k}; break; default: j += 2; break; }}",
            22 => $"switch ((i & 3, \"a\" + (j & 1))) {{ case (0, \"a1\"): n.Add(1); break; case (> 1, var s): o.Add(s); break; case var (x, y): n.Add(x); o.Add(y); break; }}",
            23 => $"{{ Func<int, int> f = x => x * {Int(1, names)} + i++; Func<C0, int> g = c => c.V; n.Add(f(2) + f(j)); n.Add(g(all[0])); Func<List<string>, int, int> h = all[^1].M; n.Add(h(log, 1)); }}",
            24 => $"{{ int Local(int x, C0 c) {{ i += x; return c.M(log, x) + {Int(1, "x", "i")}; }} n.Add(Local({Int(1, names)}, all[0]) + Local(j, all[^1])); }}",
            25 => $"{{ var p = new Pair(i, default) {{ Z = {Int(1, names)} }}; o.Add($\"{{p}} {{p.W}} {{(p with {{ X = 1 }})}}\"); n.Add(p == new Pair(i, default) ? 1 : 0); }}",
            26 => $"{{ IThing[] things = [all[0], new Money({Int(1, names)})]; foreach (var t in things) n.Add(t switch {{ Money {{ Cents: > 0 }} m => m.Cents, C0 c => c.J0, _ => -1 }}); }}",
            27 => $"{{ C0? nothing = {Pick("null", "all[0]")}; n.Add(nothing is null ? 1 : 2); n.Add(nothing is {{ V: > 0 }} and not {last} ? 3 : 4); C0 some = nothing ?? all[0]; n.Add(some.J0); }}",
            28 => $"{{ object x = {Pick("i", "\"s\"", "E0.B", "all[0]", "(byte)3", "2.5")}; n.Add(x switch {{ int y => y, string {{ Length: 1 }} => 2, E0 => 3, {c} => 4, byte and > 2 => 5, double and > 2 => 6, _ => 7 }}); }}",
            29 => $"{{ foreach (var c in all) o.Add(c is INamed m ? m.Name + m.Tell(2) : \"plain\"); n.Add(INamed.Letters); }}",
            30 => $"{{ n.Add((i > j).Choose({Int(1, names)}, j)); o.Add((j > {Number()}).Choose(\"a\", $\"b{{i}}\")); n.Add(((i & 1) == 0).Choose(all[0], all[^1]).V); }}",
            31 => $"{{ int[] a = [i, j, .. n]; n.Add(a.Fold((s, x) => s * 3 + x)); n.Add(a.Fold(start: {Int(1, names)}, next: (s, x) => {{ i++; return Math.Max(s, x); }})); }}",
            32 => $"{{ var s = \"\"; foreach (var ch in $\"{{i}}|{{all.Count}}\") s = ch + s; o.Add(s); n.Add(s switch {{ \"\" => 1, {{ Length: > 3 }} => 2, _ => 3 }}); }}",
            33 => $"{{ var w = {Int(1, names)}; do {{ w = w / 2 - 1; n.Add(w); if (w == 3) break; }} while (w > 0); while (w < 2) w += 2; i += w; }}",
            34 => $"{{ (C0 C, int N)[] pairs = [(all[0], i), (all[^1], {Int(1, names)})]; foreach (var (c, x) in pairs) n.Add(c.V * x); n.Add(pairs[1] is ({c}, > 2) ? 1 : 2); o.Add((pairs[0].N == pairs[1].N) + \"\" + ((i, j) == (j, i))); }}",
            35 => $"{{ List<List<C0>> groups = [[], [.. all], [all[0]]]; groups[0].Add(all[^1]); groups[1].RemoveAt(0); foreach (var g in groups) {{ n.Add(g.Count); foreach (var c in g) n.Add(c.J0); }} }}",
            36 => $"{{ var fs = new List<Func<int>>(); foreach (var c in all) {{ var q = i++; fs.Add(() => c.V + q); }} for (var q = 0; q < 2; q++) fs.Add(() => q * j); foreach (var f in fs) n.Add(f()); }}",
            37 => $"{{ byte b = {Pick("250", "7")}; b += 9; b++; short h = (short)({Int(1, names)} * 1000); n.Add(b + h); unchecked {{ n.Add((int)(uint)i >> 3); }} long l = (long)i << 33; n.Add((int)(l >> 30)); ulong u = (ulong)(uint)j; n.Add((int)(u % 7)); }}",
            _ => $"{{ n.Add({Int(3, names)}); n.Add(({Int(1, names)}).Twice()); n.Add(Tool.Mix(b: i++, a: i)); n.Add(Tool.Mix2(1, i, j, 3)); }}",
        };
    }
}
