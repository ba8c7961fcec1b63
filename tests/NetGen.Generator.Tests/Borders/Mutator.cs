using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Borders;

/// <summary>Makes of programs what people make of them: half-typed ones, ones with numbers nobody meant, ones that loop, repeat and nest.</summary>
internal sealed class Mutator(IReadOnlyList<string> programs)
{
    private static readonly string[] Extremes =
    [
        "0", "1", "-1", "2", "int.MaxValue", "int.MinValue", "65536", "46341", "1000000007", "2147483648L", "long.MinValue", "0.5f", "-0f", "1e30f",
        "float.NaN", "float.PositiveInfinity", "float.Epsilon", "double.NaN", "0m", "null", "null!", "default", "\"\"", "\"text\"", "'c'", "true", "(1, 2)", "()",
        "[]", "[1, 2]", "new int[3]", "new int[2147483647]", "new string('x', 5000)", "$\"{1}\"", "x", "this", "typeof(int)", "nameof(Net)", "_ => _", "x => x", "Relu",
        "Dense(1)", "Flatten", "Padding.Same", "(3, 1)", "^1", "..", "Init.Zeros", "stackalloc int[3]", "new()", "new object()", "(object)1", "(int?)null", "default(Layer)!",
        "byte.MaxValue", "uint.MaxValue", "unchecked((uint)-1)", "throw new Exception()", "0b1", "(byte)200", "sizeof(int)", "new[] { 1, 2 }", "new List<int>()",
        "new Layer[] { Dense(2), Tanh }", "string.Empty",
    ];

    /// <summary>@ is the expression.</summary>
    private static readonly string[] Wrappings =
    [
        "(@)", "((((((((((@))))))))))", "(@)!", "(object)(@)", "(int)(object)(@)", "(Layer)(object)(@)", "(Tensor)(object)(@)", "checked(@)", "-(@)", "!(@)", "~(@)", "(@)++",
        "(@) + (@)", "(@) * (@)", "(@) / 0", "(@) % (@)", "(@) << 40", "(@) == (@)", "(@) < (@)", "(@) ?? (@)", "true ? (@) : (@)", "false ? (@) : default",
        "new[] { @ }[0]", "new[] { @, @ }", "(@, @)", "(@, @).Item1", "[@]", "[.. @]", "$\"{@}\"", "$\"{@}{@}\"", "(@).ToString()", "(@).Length", "(@).Shape[0]", "(@)[0]", "(@)[^1]",
        "(@)(@)", "(@)()", "Sequential(@)", "Sequential(@, @)", "Repeat(3, () => @)", "Repeat(3, i => @)", "Repeat(@, () => Dense(2))", "Dense(@)", "Reshape(@)", "Flatten(@)", "Sum(@)",
        "Mean(@, @)", "Mean(@, 0)", "Softmax(@)", "L2(@)", "Concat(@, @)", "Concat(@)", "Parameter(@)", "Conv2D(@, @)", "MaxPool2D(@)", "Dropout(@)", "((Func<Layer>)(() => @))()", "(@) is { } v ? v : @",
        "(@) switch { var v => v }", "(@) switch { 1 => @, _ => @ }", "(@) is null", "(@) as object", "(int)(@)", "(float)(@)", "(byte)(@)", "(long)(@)", "(int?)(@)", "Math.Max(@, @)",
        "Math.Abs(@)", "MathF.Sqrt(@)", "((@), 1) is (var a, 1) ? a : default", "new List<object> { @ }", "string.Concat(@, @)", "x => @", "(@)?.ToString()", "new Func<object>(() => @)()",
    ];

    /// <summary>@ is the statement.</summary>
    private static readonly string[] Surroundings =
    [
        "for (var q = 0; q < 3; q++) { @ }", "for (var q = 0; q < 1000000; q++) { @ }", "for (;;) { @ }", "while (true) { @ break; }", "do { @ } while (false);", "if (true) { @ } else { @ }",
        "{ @ }", "{ @ @ }", "foreach (var q in new[] { 1, 2, 3 }) { @ }", "foreach (var q in new List<int>()) { @ }", "try { @ } finally { }", "lock (new object()) { @ }", "unchecked { @ }",
        "switch (1) { case 1: @ break; }", "void Q() { @ } Q();", "void Q() { @ Q(); } Q();", "var q = 1; @ q++;", "Action q = () => { @ }; q();", "int? q = null; if (q > 1) { @ }",
        "var q = new List<int> { }; q.Add(1); foreach (var r in q) { q.Add(r); @ }", "string q = \"x\"; for (var r = 0; r < 40; r++) q += q; @", "return; @", "@ goto q; q: ;",
    ];

    private static readonly string[] Operators = ["+", "-", "*", "/", "%", "<<", ">>", "&", "|", "^", "==", "!=", "<", ">=", "&&", "||", "??", "+=", "/=", "=", "=>", ".", "?.", ",", ":"];

    private readonly SyntaxNode[] roots = [.. programs.Select(program => Compiled.Parse(program, 0).GetRoot())];

    /// <summary>The mutant of this number: always the same one.</summary>
    public string Mutant(int number)
    {
        var random = new Random(number);
        var root = roots[number % roots.Length];
        var text = root.ToFullString();
        for (var rounds = random.Next(1, 4); rounds > 0; rounds--)
        {
            text = Mutate(text, random);
            // Every network is looked at; they must not multiply.
            if (text.Length > 20_000)
                break;
        }
        return text;
    }

    private string Mutate(string text, Random random)
    {
        var root = Compiled.Parse(text, 0).GetRoot();
        switch (random.Next(14))
        {
            case 0:
                var tokens = root.DescendantTokens().Where(t => t.Span.Length > 0).ToArray();
                return tokens.Length == 0 ? text : Replace(text, Run(tokens, random), "");
            case 1:
                return Pick(root.DescendantTokens(), random) is { RawKind: not 0 } token ? text.Insert(token.SpanStart, token.Text + " ") : text;
            case 2:
                return Swap(text, root.DescendantNodes().OfType<ExpressionSyntax>(), random);
            case 3 or 4:
                return With(text, root.DescendantNodes().OfType<ExpressionSyntax>(), random, _ => Donor<ExpressionSyntax>(random));
            case 5:
                return With(text, root.DescendantNodes().Where(n => n is LiteralExpressionSyntax or IdentifierNameSyntax), random, _ => Pick(Extremes, random)!);
            case 6:
                return With(text, root.DescendantNodes().OfType<LiteralExpressionSyntax>(), random, _ => Pick(Extremes, random)!);
            case 7 or 8:
                return With(text, root.DescendantNodes().OfType<ExpressionSyntax>().Where(e => e.Parent is not (ParameterSyntax or AttributeSyntax)), random,
                    e => Pick(Wrappings, random)!.Replace("@", e, StringComparison.Ordinal));
            case 9:
                return With(text, root.DescendantNodes().Where(n => n is StatementSyntax and not BlockSyntax), random,
                    s => Pick(Surroundings, random)!.Replace("@", s, StringComparison.Ordinal));
            case 10:
                return With(text, root.DescendantNodes().Where(n => n is StatementSyntax or MemberDeclarationSyntax or ArgumentSyntax or ParameterSyntax), random, s => random.Next(3) switch
                {
                    0 => "",
                    1 => s + (s.EndsWith(';') || s.EndsWith('}') ? " " : ", ") + s,
                    _ => Donor<StatementSyntax>(random),
                });
            case 11:
                return text[..random.Next(text.Length)] + (random.Next(2) == 0 ? "" : " } } } }");
            case 12:
                return Pick(root.DescendantTokens().Where(t => SyntaxFacts.IsBinaryExpressionOperatorToken(t.Kind()) || SyntaxFacts.IsAssignmentExpressionOperatorToken(t.Kind())), random)
                    is { RawKind: not 0 } found ? Replace(text, found.Span, Pick(Operators, random)!) : text;
            default:
                return With(text, root.DescendantNodes().OfType<TypeSyntax>(), random, _ => Donor<TypeSyntax>(random));
        }
    }

    private string Donor<T>(Random random)
        where T : SyntaxNode => Pick(roots[random.Next(roots.Length)].DescendantNodes().OfType<T>(), random)?.ToString() ?? "";

    private static string With(string text, IEnumerable<SyntaxNode> nodes, Random random, Func<string, string> replacement) =>
        Pick(nodes, random) is { } node ? Replace(text, node.Span, replacement(node.ToString())) : text;

    private static string Swap(string text, IEnumerable<SyntaxNode> nodes, Random random)
    {
        var all = nodes.ToArray();
        var (a, b) = (Pick(all, random), Pick(all, random));
        if (a is null || b is null || a.Span.OverlapsWith(b.Span) || a == b)
            return text;
        var (first, second) = a.SpanStart < b.SpanStart ? (a, b) : (b, a);
        return Replace(Replace(text, second.Span, first.ToString()), first.Span, second.ToString());
    }

    private static Microsoft.CodeAnalysis.Text.TextSpan Run(SyntaxToken[] tokens, Random random)
    {
        var first = random.Next(tokens.Length);
        return Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(tokens[first].SpanStart, tokens[Math.Min(first + random.Next(3), tokens.Length - 1)].Span.End);
    }

    private static string Replace(string text, Microsoft.CodeAnalysis.Text.TextSpan span, string by) => text[..span.Start] + by + text[span.End..];

    private static T? Pick<T>(IEnumerable<T> items, Random random)
    {
        var all = items as IReadOnlyList<T> ?? items.ToArray();
        return all.Count == 0 ? default : all[random.Next(all.Count)];
    }
}
