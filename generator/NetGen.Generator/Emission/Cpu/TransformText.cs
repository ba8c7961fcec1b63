using System.Globalization;
using NetGen.Generator.Common;

namespace NetGen.Generator.Emission.Cpu;

/// <summary>Y = T X Tᵀ for a small matrix T of constants, as straight lines of C#: first the columns of X, then the rows of what they give.</summary>
internal static class TransformText
{
    /// <param name="writer">Where to.</param>
    /// <param name="transform">T, p×q, by rows.</param>
    /// <param name="load">C# of the element of X in a row and a column.</param>
    /// <param name="result">Is given row, column and C# of each element of Y.</param>
    /// <param name="row">The only row of Y that is wanted; null: all.</param>
    public static void Emit(
        CodeWriter writer,
        IReadOnlyList<IReadOnlyList<double>> transform,
        Func<int, int, string> load,
        Action<int, int, string> result,
        int? row = null)
    {
        var (results, inner) = (transform.Count, transform[0].Count);
        var rows = row is { } only ? [only] : Enumerable.Range(0, results).ToArray();
        var half = new string[results, inner];
        for (var l = 0; l < inner; l++)
        {
            var column = Enumerable.Range(0, inner).Select(k => rows.Any(i => transform[i][k] != 0) ? Local(writer, $"x{Number(k)}{Number(l)}", load(k, l)) : "").ToArray();
            foreach (var i in rows)
                half[i, l] = Local(writer, $"t{Number(i)}{Number(l)}", Combination(transform[i], column));
        }
        foreach (var i in rows)
        {
            for (var j = 0; j < results; j++)
                result(i, j, Combination(transform[j], Enumerable.Range(0, inner).Select(l => half[i, l]).ToArray()));
        }
    }

    /// <summary>Σ cₖ·xₖ: the terms whose constants are 1 and −1 first, then a multiply-add for each other one.</summary>
    private static string Combination(IReadOnlyList<double> constants, IReadOnlyList<string> values)
    {
        var terms = constants.Select((c, k) => (Constant: (float)c, Value: values[k])).Where(t => t.Constant != 0).ToArray();
        var scale = Math.Abs(terms[0].Constant);
        if (scale != 1 && terms.Length > 1 && terms.All(t => Math.Abs(t.Constant) == scale))
            return $"V.Broadcast({Text.Literal(scale)}) * ({Sum(terms.Select(t => (Math.Sign(t.Constant) * 1f, t.Value)))})";
        var units = terms.Where(t => Math.Abs(t.Constant) == 1).ToArray();
        var others = terms.Except(units).ToArray();
        var sum = units.Length > 0 ? Sum(units) : $"V.Broadcast({Text.Literal(others[0].Constant)}) * {others[0].Value}";
        foreach (var (constant, value) in units.Length > 0 ? others : others.Skip(1))
            sum = $"V.Fma(V.Broadcast({Text.Literal(constant)}), {value}, {sum})";
        return sum;
    }

    private static string Sum(IEnumerable<(float Sign, string Value)> terms)
    {
        var ordered = terms.OrderBy(t => t.Sign < 0).ToArray();
        return (ordered[0].Sign < 0 ? "-" : "") + ordered[0].Value + string.Concat(ordered.Skip(1).Select(t => (t.Sign < 0 ? " - " : " + ") + t.Value));
    }

    /// <summary>A local for an expression; what is a name already needs none.</summary>
    private static string Local(CodeWriter writer, string name, string expression)
    {
        if (expression.All(c => char.IsLetterOrDigit(c) || c == '_'))
            return expression;
        writer.Line($"var {name} = {expression};");
        return name;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
