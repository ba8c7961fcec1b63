using NetGen.Generator.Common;

namespace NetGen.Generator.Lowering;

/// <summary>A function applied element by element, as what computes it sees it.</summary>
/// <param name="Name">Its name; the one of the language where the language has it.</param>
/// <param name="Arity">How many operands it has.</param>
/// <param name="Cpu">
/// C# over IVector&lt;V&gt;: {0}, {1} are the operands, {a}, {b} the constants, {random} the first two arguments of a function of Philox.
/// </param>
/// <param name="Formula">For comments and dumps: {0}, {1}, {a}, {b} as in Cpu.</param>
internal record ElementFunction(string Name, int Arity, string Cpu, string Formula)
{
    /// <summary>Whether it has a first, and a second, constant.</summary>
    public bool HasAlpha { get; } = Cpu.Contains("{a}");

    public bool HasBeta { get; } = Cpu.Contains("{b}");

    /// <summary>How many functions made of polynomials it calls; each is about thirty instructions.</summary>
    public int Calls { get; } = Cpu.Split(["VectorMath"], StringSplitOptions.None).Length - 1;

    /// <summary>The function of one constant that it is with this second one.</summary>
    public ElementFunction WithBeta(float beta) =>
        HasBeta ? this with { Cpu = Cpu.Replace("{b}", Text.Literal(beta)), Formula = Formula.Replace("{b}", Text.Literal(beta)) } : this;

    public override string ToString() => Name;
}
