using CsCheck;

namespace NetGen.Generator.Tests.Borders;

/// <summary>
/// Random C# over the interpreter's subset: variables of every type, statements that change them, and all of them in the result. Operands are
/// variables, so that the C# compiler folds nothing; L logs, so that the order of evaluation is in the result, too.
/// </summary>
internal static class RandomProgram
{
    public const string Declarations =
        """
        [Flags] enum Kind : byte { None = 0, A = 1, B = 2, C = 4 }
        enum Word { One = 1, Two = 2, Low = -5 }
        record Point(int X, float Y) { public int Twice => 2 * X; public int Z { get; init; } = X + 1; }
        static class V { public static T Of<T>(T x) => x; }
        """;

    private static readonly string[] Integers = ["int", "uint", "long", "ulong", "byte", "sbyte", "short", "ushort", "char"];
    private static readonly string[] Arithmetic = ["int", "uint", "long", "ulong", "float", "double", "decimal"];
    private static readonly string[] Numbers = [.. Integers, "float", "double", "decimal"];
    private static readonly string[] Types = [.. Numbers, "bool", "string", "int?", "bool?", "double?", "Kind", "Word", "Point"];

    private static readonly Dictionary<(string Type, int Depth), Gen<string>> Known = [];

    /// <summary>A method's body that returns all that it computed.</summary>
    public static readonly Gen<string> Body = Statement(2).Array[1, 6].Select(
        Types.Select(Literal).Aggregate(Gen.Const(new List<string>()), (all, next) => Gen.Select(all, next, (a, n) => new List<string>(a) { n })),
        Types.Select(Literal).Aggregate(Gen.Const(new List<string>()), (all, next) => Gen.Select(all, next, (a, n) => new List<string>(a) { n })),
        Gen.Select(Expression("int", 2), Expression("double", 2), Expression("string", 2), Expression("bool", 2), (a, b, c, d) => $"{a}, {b}, {c}, {d}"),
        (statements, first, second, results) => string.Join("\n", [
            "var log = new List<int>(); int L(int x) { log.Add(x); return x; }",
            "int[] a = [3, 1, 4, 1]; List<long> l = [2, 7, 1, 8]; var t = (1, \"a\");",
            .. Types.Select((type, i) => $"{type} {Name(type)}0 = {first[i]}, {Name(type)}1 = {second[i]};"),
            .. statements,
            $"return (({results}), a, l, t, log, {string.Join(", ", Types.Select(type => $"{Name(type)}0, {Name(type)}1"))});"]));

    /// <summary>The variables of a type are this and 0 or 1.</summary>
    private static string Name(string type) => type.EndsWith('?') ? $"{type[0]}n" : type switch
    {
        "int" => "i",
        "uint" => "ui",
        "long" => "lo",
        "ulong" => "ul",
        "byte" => "by",
        "sbyte" => "sb",
        "short" => "sh",
        "ushort" => "us",
        "char" => "c",
        "float" => "f",
        "double" => "d",
        "decimal" => "m",
        "bool" => "b",
        "string" => "s",
        "Kind" => "k",
        "Word" => "w",
        _ => "p",
    };

    private static Gen<string> Literal(string type) => type switch
    {
        "float" => Gen.OneOf("0f", "-0f", "1.5f", "-2.25f", "float.NaN", "float.PositiveInfinity", "0.1f", "3e38f", "1e-40f", "16777217f"),
        "double" or "double?" => Gen.OneOf("0.0", "-0.0", "0.1", "-7.5", "double.NaN", "1e300", "2.5", "3.5", "5e-324", "1e10", "64"),
        "decimal" => Gen.OneOf("0m", "1.10m", "-2.5m", "3m", "1e20m", "0.0000001m"),
        "bool" => Gen.OneOf("true", "false"),
        "bool?" => Gen.OneOf("true", "false", "null"),
        "string" => Gen.OneOf("\"\"", "\"ab\"", "\"é\"", "\"0\""),
        "int?" => Gen.OneOf("null", "5", "-3", "int.MaxValue"),
        "Kind" => Gen.OneOf("Kind.A", "Kind.B", "Kind.None", "(Kind)9", "(Kind)255"),
        "Word" => Gen.OneOf("Word.One", "Word.Low", "(Word)7", "(Word)0"),
        "Point" => Gen.OneOf("new(1, 2)", "new(1, float.NaN)", "new(-3, 0.5f) { Z = 4 }"),
        "char" => Gen.OneOf("'a'", "'0'", "'\\uffff'", "'\\0'"),
        "sbyte" or "short" => Gen.OneOf("0", "1", "-1", "100", $"{type}.MaxValue", $"{type}.MinValue"),
        "int" or "long" => Gen.OneOf("0", "1", "-1", "2", "7", "35", "-12345", $"{type}.MaxValue", $"{type}.MinValue"),
        _ => Gen.OneOf("0", "1", "2", "9", "200", $"{type}.MaxValue"),
    };

    private static Gen<string> Expression(string type, int depth)
    {
        if (!Known.TryGetValue((type, depth), out var known))
            Known.Add((type, depth), known = depth == 0 ? Leaf(type) : Gen.Frequency([(1, Leaf(type)), .. Productions(type, depth - 1).Select(p => (2, p))]));
        return known;
    }

    private static Gen<string> Variable(string type) => Gen.OneOf(Name(type) + "0", Name(type) + "1");

    private static Gen<string> Leaf(string type) => Gen.Frequency(
        (4, Variable(type)), (1, Literal(type).Select(x => $"V.Of<{type}>({x})")));

    private static Gen<string> Two(string left, string right, int depth, params string[] forms) => Gen.Select(
        Gen.OneOf(forms), Expression(left, depth), Expression(right, depth), (form, a, b) => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, a, b));

    private static Gen<string> One(string operand, int depth, params string[] forms) => Gen.Select(
        Gen.OneOf(forms), Expression(operand, depth), (form, a) => string.Format(System.Globalization.CultureInfo.InvariantCulture, form, a));

    private static IEnumerable<Gen<string>> Productions(string type, int depth)
    {
        // Of every type: a choice, an assignment as an expression, a generic call.
        yield return Gen.Select(Expression("bool", depth), Expression(type, depth), Expression(type, depth), (c, x, y) => $"({c} ? {x} : {y})");
        yield return Gen.Select(Variable(type), Expression(type, depth), (v, x) => $"({v} = {x})");
        yield return One(type, depth, "V.Of({0})");
        yield return Gen.Select(Expression("int", depth), Expression(type, depth), Expression(type, depth), Expression(type, depth),
            (x, a, b, c) => $"({x} switch {{ < 0 => {a}, 0 or 2 => {b}, _ => {c} }})");
        if (Numbers.Contains(type))
        {
            yield return Gen.OneOf(Numbers).SelectMany(from => One(from, depth, $"({type})({{0}})", $"unchecked(({type})({{0}}))", $"checked(({type})({{0}}))"));
            yield return Variable(type).SelectMany(v => Gen.OneOf($"({v}++)", $"(--{v})", $"checked({v}++)", $"({v}--)"));
            yield return Gen.Select(Variable(type), Gen.OneOf("+", "-", "*"), Expression(type == "decimal" ? "decimal" : type, depth), (v, op, x) => $"({v} {op}= {x})");
        }
        if (Integers.Contains(type))
        {
            yield return Gen.Select(Variable(type), Gen.OneOf("<<", ">>", ">>>"), Expression("int", depth), (v, op, x) => $"({v} {op}= {x})");
            yield return Gen.Select(Variable(type), Gen.OneOf("&", "|", "^"), Expression(type, depth), (v, op, x) => $"({v} {op}= {x})");
        }
        if (Arithmetic.Contains(type))
        {
            yield return Two(type, type, depth, "({0} + {1})", "({0} - {1})", "({0} * {1})", "unchecked({0} * {1})", "checked({0} + {1})");
            yield return Two(type, type, depth, "({0} / {1})", "({0} % {1})", "Math.Max({0}, {1})", "Math.Min({0}, {1})");
        }
        if (type is "int" or "uint" or "long" or "ulong")
        {
            yield return Two(type, type, depth, "({0} & {1})", "({0} | {1})", "({0} ^ {1})");
            yield return Two(type, "int", depth, "({0} << {1})", "({0} >> {1})", "({0} >>> {1})");
            yield return One(type, depth, "(~{0})", "(+{0})", type == "ulong" ? "{0}" : $"unchecked(({type})(-{{0}}))");
        }
        switch (type)
        {
            case "int":
                yield return One("int", depth, "L({0})", "a[{0} & 3]", "a[^(({0} & 3) + 1)]", "a[{0} & 3]++", "(a[L({0}) & 3] += L(2))", "p0.X", "p1.Twice", "p0.Z", "t.Item1");
                yield return Gen.Select(Expression("int", depth), Expression("int", depth), (x, y) => $"(a[{x} & 3] = {y})");
                yield return One("string", depth, "{0}.Length");
                yield return One("Kind", depth, "(int)({0})", "(int)(~{0})");
                yield return Two("int?", "int", depth, "({0} ?? {1})", "({0} is {{ }} ? 1 : {1})");
                yield return One("byte", depth, "(by0 + {0})", "-{0}");
                yield return Two("Word", "Word", depth, "({0} - {1})");
                yield return Two("int", "int", depth, "Math.DivRem({0}, {1}).Quotient", "int.Clamp({0}, -5, 5)", "Math.Sign({0}) + int.PopCount({1})");
                break;
            case "long":
                yield return One("int", depth, "l[{0} & 3]", "l[{0} & 3]--", "(l[^1] += {0})", "(long)({0})");
                break;
            case "float":
                yield return One("float", depth, "(-{0})", "MathF.Sqrt({0})", "MathF.Cbrt({0})", "MathF.Log2({0})", "MathF.Exp({0})", "MathF.Tanh({0})", "MathF.Round({0})", "MathF.Floor({0})");
                yield return Two("float", "float", depth, "MathF.Pow({0}, {1})", "float.Lerp({0}, {1}, 0.5f)", "({0} + (float)({1} * 3.0))", "new Point(1, {0}).Y + {1}");
                break;
            case "double":
                yield return One("double", depth, "(-{0})", "Math.Sqrt({0})", "Math.Cbrt({0})", "Math.Log2({0})", "Math.Exp({0})", "Math.Log({0})", "Math.Round({0})", "Math.Ceiling({0})", "Math.Truncate({0})", "Math.Round({0}, 2, MidpointRounding.AwayFromZero)", "Math.BitIncrement({0})");
                yield return Two("double", "double", depth, "Math.Pow({0}, {1})", "Math.Atan2({0}, {1})", "Math.IEEERemainder({0}, {1})", "({0} + i0 * {1})");
                yield return Two("double?", "float", depth, "({0} ?? {1})");
                break;
            case "bool":
                yield return Gen.OneOf(Types).SelectMany(of => Two(of, of, depth, "({0} == {1})", "({0} != {1})"));
                yield return Gen.OneOf(Numbers).SelectMany(of => Two(of, of, depth, "({0} < {1})", "({0} >= {1})", "({0}).Equals({1})"));
                yield return Two("bool", "bool", depth, "({0} && {1})", "({0} || {1})", "({0} & {1})", "({0} | {1})", "({0} ^ {1})");
                yield return One("bool", depth, "(!{0})", "(b0 &= {0})", "(b1 |= {0})");
                yield return Two("int?", "int?", depth, "({0} < {1})", "({0} >= {1})", "(({0}) is null or > 3)");
                yield return One("double", depth, "({0} is double.NaN or > 0)", "({0} is not < 5 and not 2.5)", "((object){0} is double)");
                yield return One("byte", depth, "({0} is > 3 and < 100)", "({0} is 1 or 2 or 200)", "((object){0} is int)");
                yield return Two("Point", "int", depth, "({0} is {{ X: 1, Z: > 1 }})", "({0} is (1, _))", "{0}.Equals(p1)", "((object){0} is Point && p0.X < {1})");
                yield return Two("int", "string", depth, "(({0}, {1}) == t)", "(t = ({0}, {1})) == t");
                yield return Two("Kind", "Kind", depth, "{0}.HasFlag({1})", "({0} is Kind.A or Kind.B)");
                yield return One("bool?", depth, "({0} == true)", "({0} ?? false)", "({0} is true)", "{0}.HasValue");
                break;
            case "bool?":
                yield return Two("bool?", "bool?", depth, "({0} & {1})", "({0} | {1})", "({0} ^ {1})");
                yield return One("bool?", depth, "(!{0})", "(bn0 |= {0})", "(bn1 ??= {0})");
                yield return One("bool", depth, "(bool?)({0})");
                break;
            case "int?":
                yield return Two("int?", "int?", depth, "({0} + {1})", "({0} * {1})", "({0} & {1})", "({0} / {1})", "({0} << {1})");
                yield return One("int?", depth, "(-{0})", "(in0 += {0})", "(in1 ??= {0})", "(in0++)");
                yield return One("double?", depth, "unchecked((int?)({0}))");
                break;
            case "double?":
                yield return Two("double?", "int?", depth, "({0} + {1})", "({0} * {1})");
                yield return One("double?", depth, "(-{0})", "(dn0 -= {0})");
                break;
            case "Kind":
                yield return Two("Kind", "Kind", depth, "({0} & {1})", "({0} | {1})", "({0} ^ {1})", "(k0 |= {0} & {1})");
                yield return One("Kind", depth, "(~{0})", "(k1 &= {0})", "(k0++)", "({0} + 1)");
                yield return One("int", depth, "(Kind)({0})", "checked((Kind)({0}))");
                break;
            case "Word":
                yield return One("Word", depth, "(~{0})", "(w0 |= {0})", "({0} - 1)", "(--w1)");
                yield return One("double", depth, "(Word)({0})");
                break;
            case "Point":
                yield return Two("int", "float", depth, "new Point({0}, {1})", "new Point(Y: {1}, X: {0})", "(p0 with {{ X = {0}, Y = {1} }})", "new Point({0}, {1}) {{ Z = i1 }}");
                break;
            case "string":
                yield return Gen.OneOf(Types).SelectMany(of => One(of, depth, "$\"{{({0})}}\"", "(\"x\" + {0})", "$\"<{{({0}),6}}>\"", of.EndsWith('?') || of == "string" ? "({0} + \"!\")" : "({0}).ToString()"));
                yield return One("double", depth, "$\"{{({0}):F2}}\"", "$\"{{({0}),12:E3}}\"", "$\"{{({0}):N1}}\"");
                yield return One("int", depth, "$\"{{({0}):X4}}|{{({0}),-8:N0}}\"", "$\"{{t}}{{({0})}}\"", "s0[{0} & 1].ToString()");
                yield return Two("string", "string", depth, "({0} + {1})", "(s0 += {0} + {1}.Length)");
                break;
        }
    }

    private static Gen<string> Statement(int depth)
    {
        Gen<string> simple = Gen.OneOf(Types).SelectMany(type => Gen.Select(Variable(type), Expression(type, 3), (v, x) => $"{v} = {x};"));
        if (depth == 0)
            return simple;
        var inner = Statement(depth - 1);
        return Gen.Frequency(
            (6, simple),
            (1, Gen.Select(Expression("bool", 2), inner, inner, (c, x, y) => $"if ({c}) {{ {x} }} else {{ {y} }}")),
            (1, Gen.Select(inner, Expression("int", 1), (x, y) => $"for (var j{depth} = 0; j{depth} < 3; j{depth}++) {{ {x} i0 += j{depth}; if ({y} == 1) continue; if (i1 > 90) break; }}")),
            (1, Gen.Select(inner, Expression("int", 1), (x, y) => $"foreach (var e{depth} in a) {{ {x} a[e{depth} & 3] += {y}; }}")),
            (1, Gen.Select(inner, x => $"foreach (double e{depth} in a) {{ d0 += e{depth}; {x} }}")),
            (1, Gen.Select(inner, Expression("long", 1), (x, y) => $"foreach (var e{depth} in l.ToArray()) {{ if (e{depth} > 5) l.Add({y}); {x} }}")),
            (1, Gen.Select(Expression("int", 2), inner, inner, (n, x, y) => $"switch ({n}) {{ case 1 or 7: {x} break; case < 0 when b0: {y} break; default: i1++; break; }}")),
            (1, Gen.Select(Expression("int", 2), Expression("int", 1), (x, y) => $"{{ Func<int, int> g{depth} = z => {{ i0 += z; return z - {x}; }}; i1 = g{depth}({y}) + g{depth}(L(i0)); }}")),
            (1, Gen.Select(Expression("int", 2), Expression("int", 2), Expression("long", 1), (x, y, z) => $"(i0, a[{x} & 3], l[0]) = ({y}, i1, {z});")),
            (1, Gen.Select(Expression("int", 2), inner, (n, x) => $"{{ var n{depth} = {n} & 3; while (n{depth}-- > 0) {{ {x} }} }}")),
            (1, Gen.Select(inner, x => $"checked {{ {x} }}")),
            (1, Gen.Select(Expression("int", 1), Expression("int", 1), (x, y) => $"{{ int F{depth}(int q, int r = 2, params int[] rest) => q - r + rest.Length; i0 = F{depth}(r: L({x}), q: L({y})) + F{depth}(1, {x}, 3, i1); }}")),
            (1, Gen.Select(Expression("int", 1), Expression("float", 1), (x, y) => $"{{ var (x{depth}, y{depth}) = new Point({x}, {y}); i0 = x{depth}; f0 = y{depth}; }}")));
    }
}
