using NetGen.Generator.Graph;

namespace NetGen.Generator.Operations.Elementwise;

/// <summary>
/// A row of the elementwise table: everything there is to know about a function applied element by element.
/// </summary>
/// <param name="Name">Its name; the one of the language where the language has it.</param>
/// <param name="Meaning">The reference: operands and alpha to result, in double.</param>
/// <param name="Cpu">C# over IVector&lt;V&gt;: {0}, {1} are the operands, {a} the constant, {random} the first two arguments of a function of Philox.</param>
/// <param name="Backward">Gradients of the operands; null where nothing flows.</param>
/// <param name="Formula">For comments and dumps: {0}, {1}, {a} as in Cpu.</param>
internal sealed record ElementwiseFunction(
    string Name,
    int Arity,
    Func<double[], double, double> Meaning,
    string Cpu,
    string Formula,
    Func<ElementwiseBackward, Value?[]> Backward)
{
    /// <summary>How many functions made of polynomials it calls; each is about thirty instructions.</summary>
    public int Calls { get; } = Cpu.Split(["VectorMath"], StringSplitOptions.None).Length - 1;

    public override string ToString() => Name;
}

/// <summary>What a row's backward rule sees: x (and right) the operands, y the result, dy its gradient, alpha the constant.</summary>
internal sealed record ElementwiseBackward(GraphBuilder Graph, IReadOnlyList<Value> Inputs, Value Y, Value Dy, float Alpha)
{
    public Value X => Inputs[0];

    public Value Right => Inputs[1];

    public Value Map(string function, params Value[] operands) => Map(function, Alpha, operands);

    public Value Map(string function, float alpha, params Value[] operands) =>
        Graph.Apply(new Elementwise(function, alpha), operands);
}
