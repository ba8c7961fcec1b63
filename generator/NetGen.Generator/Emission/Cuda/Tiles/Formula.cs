using System.Globalization;

namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary>
/// Whole-number arithmetic that a kernel's text prints and a test evaluates, so that what is tested is what is emitted. Values are not negative. Constants are
/// folded and gathered at the end of a sum, where they become an instruction's immediate offset.
/// </summary>
internal sealed class Formula
{
    private readonly Kind kind;
    private readonly int value;
    private readonly string name = "";
    private readonly Formula? left, right;

    private Formula(int value) => (kind, this.value, Below) = (Kind.Constant, value, value == int.MaxValue ? null : value + 1);

    private Formula(string name, int? below) => (kind, this.name, Below) = (Kind.Variable, name, below);

    private Formula(Kind kind, Formula left, Formula right, long? below) =>
        (this.kind, this.left, this.right, Below) = (kind, left, right, below <= int.MaxValue ? (int?)below : null);

    private enum Kind
    {
        Constant,
        Variable,
        Add,
        Subtract,
        Multiply,
        Divide,
        Remainder,
        Xor,
        Minimum,
    }

    /// <summary>A number that all values are smaller than; null: not known.</summary>
    public int? Below { get; }

    public int? Constant => kind == Kind.Constant ? value : null;

    public bool Is(int constant) => Constant == constant;

    /// <param name="text">A C# expression that stands alone between operators.</param>
    /// <param name="below">A number that its values are smaller than, if one is known.</param>
    public static Formula Variable(string text, int? below = null) => new(text, below);

    public static implicit operator Formula(int value) => new(value);

    public static Formula operator +(Formula a, Formula b)
    {
        var ((x, c), (y, d)) = (a.Split(), b.Split());
        if (x.Is(0) || y.Is(0))
            return Sum(x.Is(0) ? y : x, c + d);
        return Sum(new Formula(Kind.Add, x, y, (long?)x.Below + y.Below - 1), c + d);
    }

    /// <param name="a">Not smaller than <paramref name="b"/>.</param>
    /// <param name="b">Not negative.</param>
    public static Formula operator -(Formula a, Formula b) => a.Constant is { } x && b.Constant is { } y ? x - y
        : b.Is(0) ? a : new Formula(Kind.Subtract, a, b, a.Below);

    public static Formula operator *(Formula a, Formula b)
    {
        if (a.Constant is not null && b.Constant is null)
            return b * a;
        if (b.Constant is not { } factor)
            return new Formula(Kind.Multiply, a, b, Product(a.Below, b.Below));
        if (a.Constant is { } constant)
            return checked(constant * factor);
        if (factor is 0 or 1)
            return factor == 0 ? 0 : a;
        if (a.kind == Kind.Multiply && a.right!.Constant is { } inner)
            return a.left! * checked(inner * factor);
        return a.kind == Kind.Add
            ? (a.left! * factor) + (a.right! * factor)
            : new Formula(Kind.Multiply, a, b, Product(a.Below, factor + 1));
    }

    /// <param name="a">Not negative.</param>
    /// <param name="b">Positive.</param>
    public static Formula operator /(Formula a, Formula b)
    {
        if (b.Constant is not { } divisor)
            return new Formula(Kind.Divide, a, b, a.Below);
        if (divisor == 1 || a.Is(0))
            return a;
        if (a.Constant is { } constant)
            return constant / divisor;
        if (a.Below <= divisor)
            return 0;
        if (a.kind == Kind.Multiply && a.right!.Constant is { } factor && factor % divisor == 0)
            return a.left! * (factor / divisor);
        if (a.kind == Kind.Divide && a.right!.Constant is { } before)
            return a.left! / checked(before * divisor);
        if (a.kind == Kind.Add && Multiple(a.left!, a.right!, divisor) is var (multiple, other))
            return (multiple / divisor) + (other / divisor);
        var (rest, added) = a.Split();
        return added >= divisor
            ? ((rest + (added % divisor)) / divisor) + (added / divisor)
            : new Formula(Kind.Divide, a, divisor, a.Below is { } below ? ((below - 1) / divisor) + 1 : null);
    }

    /// <inheritdoc cref="op_Division"/>
    public static Formula operator %(Formula a, Formula b)
    {
        if (b.Constant is not { } divisor)
            return new Formula(Kind.Remainder, a, b, b.Below is { } most ? Math.Max(1, most - 1) : null);
        if (a.Constant is { } constant)
            return constant % divisor;
        if (divisor == 1)
            return 0;
        if (a.Below <= divisor)
            return a;
        if (a.IsMultiple(divisor))
            return 0;
        if (a.kind == Kind.Add && Multiple(a.left!, a.right!, divisor) is var (_, other))
            return other % divisor;
        var (rest, added) = a.Split();
        return added >= divisor ? (rest + (added % divisor)) % divisor : new Formula(Kind.Remainder, a, divisor, divisor);
    }

    public static Formula operator ^(Formula a, Formula b)
    {
        if (a.Constant is { } x && b.Constant is { } y)
            return x ^ y;
        if (a.Is(0) || b.Is(0))
            return a.Is(0) ? b : a;
        if (a.Constant is not null && b.Constant is null)
            return b ^ a;
        // What the constant has above the other side's bits stays outside.
        if (b.Below is { } below)
        {
            var size = PowerOfTwo(below);
            var (rest, added) = a.Split();
            var low = added % size;
            if (added >= size && rest.Below + low <= size)
                return ((rest + low) ^ b) + (added - low);
        }
        return new Formula(Kind.Xor, a, b, a.Below is { } p && b.Below is { } q ? Math.Max(PowerOfTwo(p), PowerOfTwo(q)) : null);
    }

    public static Formula Minimum(Formula a, Formula b)
    {
        if (a.Constant is { } x && b.Constant is { } y)
            return Math.Min(x, y);
        return new Formula(Kind.Minimum, a, b, a.Below is { } p && b.Below is { } q ? Math.Min(p, q) : a.Below ?? b.Below);
    }

    /// <summary>How many tiles of a size cover all: ⌈a / size⌉.</summary>
    public static Formula Tiles(Formula a, int size) => (a + (size - 1)) / size;

    /// <summary>The constant that is added last, and what is before it.</summary>
    public (Formula Base, int Constant) Split() => kind switch
    {
        Kind.Constant => (new Formula(0), value),
        Kind.Add when right!.Constant is { } constant => (left!, constant),
        _ => (this, 0),
    };

    /// <summary>A sum's terms that depend on a variable, and those that do not.</summary>
    public (Formula With, Formula Without) SplitBy(string variable)
    {
        if (!Mentions(variable))
            return (0, this);
        if (kind != Kind.Add)
            return (this, 0);
        var ((a, b), (c, d)) = (left!.SplitBy(variable), right!.SplitBy(variable));
        return (a + c, b + d);
    }

    private bool Mentions(string variable) => name == variable || left?.Mentions(variable) == true || right?.Mentions(variable) == true;

    /// <param name="variables">The value of each variable, by its text.</param>
    public int Evaluate(Func<string, int> variables) => kind switch
    {
        Kind.Constant => value,
        Kind.Variable => variables(name),
        Kind.Add => checked(left!.Evaluate(variables) + right!.Evaluate(variables)),
        Kind.Subtract => left!.Evaluate(variables) - right!.Evaluate(variables),
        Kind.Multiply => checked(left!.Evaluate(variables) * right!.Evaluate(variables)),
        Kind.Divide => left!.Evaluate(variables) / right!.Evaluate(variables),
        Kind.Remainder => left!.Evaluate(variables) % right!.Evaluate(variables),
        Kind.Xor => left!.Evaluate(variables) ^ right!.Evaluate(variables),
        _ => Math.Min(left!.Evaluate(variables), right!.Evaluate(variables)),
    };

    /// <summary>As C#. Division and remainder by powers of two are shifts and masks, for C# rounds negative numbers otherwise and must be told that there are none.</summary>
    public override string ToString() => kind switch
    {
        Kind.Constant => value.ToString(CultureInfo.InvariantCulture),
        Kind.Variable => name,
        Kind.Add => $"{(left!.kind == Kind.Add ? left.ToString() : Operand(left))} + {Operand(right!)}",
        Kind.Multiply => $"{Operand(left!)} * {Operand(right!)}",
        Kind.Subtract => $"{Operand(left!)} - {Operand(right!)}",
        Kind.Divide when right!.Constant is not null && IsPowerOfTwo(right.value) => $"{Operand(left!)} >> {Log2(right.value)}",
        Kind.Divide => $"{Operand(left!)} / {Operand(right!)}",
        Kind.Remainder when right!.Constant is not null && IsPowerOfTwo(right.value) => $"{Operand(left!)} & {(right.value - 1).ToString(CultureInfo.InvariantCulture)}",
        Kind.Remainder => $"{Operand(left!)} % {Operand(right!)}",
        Kind.Xor => $"{Operand(left!)} ^ {Operand(right!)}",
        // ILGPU knows this one; ?: would be a branch.
        _ => $"IntrinsicMath.Min({left}, {right})",
    };

    private static string Operand(Formula formula) => formula.kind is Kind.Constant or Kind.Variable or Kind.Minimum ? formula.ToString() : $"({formula})";

    /// <summary>The side that is a multiple of a number, if one is, and the other.</summary>
    private static (Formula Multiple, Formula Other)? Multiple(Formula a, Formula b, int divisor) =>
        a.IsMultiple(divisor) ? (a, b) : b.IsMultiple(divisor) ? (b, a) : null;

    private bool IsMultiple(int divisor) => kind switch
    {
        Kind.Constant => value % divisor == 0,
        Kind.Multiply => right!.Constant % divisor == 0,
        Kind.Add => left!.IsMultiple(divisor) && right!.IsMultiple(divisor),
        _ => false,
    };

    private static Formula Sum(Formula rest, int constant) => constant == 0
        ? rest
        : rest.Is(0) ? constant : new Formula(Kind.Add, rest, constant, (long?)rest.Below + constant);

    private static long? Product(int? below, int? factorBelow) => below is { } a && factorBelow is { } b ? ((long)(a - 1) * (b - 1)) + 1 : null;

    private static int PowerOfTwo(int atLeast)
    {
        var power = 1;
        while (power < atLeast)
            power *= 2;
        return power;
    }

    private static bool IsPowerOfTwo(int number) => (number & (number - 1)) == 0;

    private static int Log2(int power) => power == 1 ? 0 : 1 + Log2(power / 2);
}
