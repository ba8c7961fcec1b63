using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;

namespace NetGen.Generator.Operations.Elementwise;

/// <summary>
/// A row of the elementwise table: everything there is to know about a function applied element by element.
/// </summary>
/// <param name="Name">Its name; the one of the language where the language has it.</param>
/// <param name="Meaning">The reference: operands and the two constants to result, in double.</param>
/// <param name="Cpu">
/// C# over IVector&lt;V&gt;: {0}, {1} are the operands, {a}, {b} the constants, {random} the first two arguments of a function of Philox.
/// </param>
/// <param name="Backward">Gradients of the operands; null where nothing flows.</param>
/// <param name="Formula">For comments and dumps: {0}, {1}, {a}, {b} as in Cpu.</param>
internal sealed record ElementwiseFunction(
    string Name,
    int Arity,
    Func<double[], double, double, double> Meaning,
    string Cpu,
    string Formula,
    Func<ElementwiseBackward, Value?[]> Backward) : ElementFunction(Name, Arity, Cpu, Formula)
{
    /// <summary>A row with one constant, or none.</summary>
    public ElementwiseFunction(
        string name, int arity, Func<double[], double, double> meaning, string cpu, string formula, Func<ElementwiseBackward, Value?[]> backward)
        : this(name, arity, (v, a, _) => meaning(v, a), cpu, formula, backward)
    {
    }

    public override string ToString() => Name;
}

/// <summary>
/// What a row's backward rule sees: x (and right) the operands, y the result, dy its gradient, alpha and beta the constants.
/// </summary>
internal sealed record ElementwiseBackward(GraphBuilder Graph, IReadOnlyList<Value> Inputs, Value Y, Value Dy, float Alpha, float Beta)
{
    public Value X => Inputs[0];

    public Value Right => Inputs[1];

    /// <summary>A row with the constants of this one, as far as it has any.</summary>
    public Value Map(string function, params Value[] operands) => Map(function, Alpha, Beta, operands);

    public Value Map(string function, float alpha, float beta, params Value[] operands)
    {
        var row = ElementwiseTable.Functions[function];
        return Graph.Apply(new Elementwise(function, row.HasAlpha ? alpha : 0, row.HasBeta ? beta : 0), operands);
    }
}
