namespace NetGen;

/// <summary>
/// A tensor in the source text of a network: one array of floats per sample of the batch, or one shared by all samples (a
/// <see cref="Parameter"/> or what is computed from parameters alone). It stands for a value of the compiled program and has none itself.
/// </summary>
/// <remarks>
/// The dimensions are constants that NetGen infers and checks while you type; the batch is not among them. Operators work element by
/// element and broadcast as NumPy does: shapes are aligned at the last axis, and an axis of size 1, or a missing one, is repeated.
/// </remarks>
public sealed class Tensor
{
    private Tensor()
    {
    }

    /// <summary>
    /// The dimensions of one sample. They are compile-time constants: <c>x / MathF.Sqrt(x.Shape[0])</c>,
    /// <c>Reshape(x, x.Shape[0] * x.Shape[1], -1)</c>.
    /// </summary>
    public int[] Shape => throw NotExecuted.Error("Tensor.Shape");

    /// <summary>The number of dimensions of one sample: 0 for one number, 1 for a vector, 3 for an image.</summary>
    public int Rank => throw NotExecuted.Error("Tensor.Rank");

    /// <summary>
    /// A part: along each axis, from the first on, a place (<c>x[0]</c>, <c>x[^1]</c>), whose axis disappears, or a range (<c>x[1..3]</c>, <c>x[.., 0]</c>).
    /// Axes that are not written stay whole. The batch is none of them.
    /// </summary>
    /// <param name="at">Constants, one for each axis: whole numbers, indices and ranges.</param>
    public Tensor this[params TensorIndex[] at] => throw NotExecuted.Error("Tensor[]");

    /// <summary>The value of a parameter, the same for every sample.</summary>
    public static implicit operator Tensor(Parameter parameter) => throw NotExecuted.Error("A parameter as a tensor");

    /// <summary>left + right, element by element; shapes broadcast.</summary>
    public static Tensor operator +(Tensor left, Tensor right) => throw NotExecuted.Error("Tensor +");

    /// <summary>left + right for every element.</summary>
    public static Tensor operator +(Tensor left, float right) => throw NotExecuted.Error("Tensor +");

    /// <summary>left + right for every element.</summary>
    public static Tensor operator +(float left, Tensor right) => throw NotExecuted.Error("Tensor +");

    /// <summary>left − right, element by element; shapes broadcast.</summary>
    public static Tensor operator -(Tensor left, Tensor right) => throw NotExecuted.Error("Tensor -");

    /// <summary>left − right for every element.</summary>
    public static Tensor operator -(Tensor left, float right) => throw NotExecuted.Error("Tensor -");

    /// <summary>left − right for every element.</summary>
    public static Tensor operator -(float left, Tensor right) => throw NotExecuted.Error("Tensor -");

    /// <summary>left · right, element by element (not a matrix product); shapes broadcast.</summary>
    public static Tensor operator *(Tensor left, Tensor right) => throw NotExecuted.Error("Tensor *");

    /// <summary>left · right for every element.</summary>
    public static Tensor operator *(Tensor left, float right) => throw NotExecuted.Error("Tensor *");

    /// <summary>left · right for every element.</summary>
    public static Tensor operator *(float left, Tensor right) => throw NotExecuted.Error("Tensor *");

    /// <summary>left / right, element by element; shapes broadcast.</summary>
    public static Tensor operator /(Tensor left, Tensor right) => throw NotExecuted.Error("Tensor /");

    /// <summary>left / right for every element.</summary>
    public static Tensor operator /(Tensor left, float right) => throw NotExecuted.Error("Tensor /");

    /// <summary>left / right for every element.</summary>
    public static Tensor operator /(float left, Tensor right) => throw NotExecuted.Error("Tensor /");

    /// <summary>−x for every element.</summary>
    public static Tensor operator -(Tensor x) => throw NotExecuted.Error("Tensor -");

    /// <summary>1 where left is above right, 0 elsewhere; shapes broadcast.</summary>
    public static Tensor operator >(Tensor left, Tensor right) => throw NotExecuted.Error("Tensor >");

    /// <summary>1 where left is above right, 0 elsewhere.</summary>
    public static Tensor operator >(Tensor left, float right) => throw NotExecuted.Error("Tensor >");

    /// <summary>1 where left is above right, 0 elsewhere.</summary>
    public static Tensor operator >(float left, Tensor right) => throw NotExecuted.Error("Tensor >");

    /// <summary>1 where left is below right, 0 elsewhere; shapes broadcast.</summary>
    public static Tensor operator <(Tensor left, Tensor right) => throw NotExecuted.Error("Tensor <");

    /// <summary>1 where left is below right, 0 elsewhere.</summary>
    public static Tensor operator <(Tensor left, float right) => throw NotExecuted.Error("Tensor <");

    /// <summary>1 where left is below right, 0 elsewhere.</summary>
    public static Tensor operator <(float left, Tensor right) => throw NotExecuted.Error("Tensor <");

    /// <summary>1 where left is at least right, 0 elsewhere; shapes broadcast.</summary>
    public static Tensor operator >=(Tensor left, Tensor right) => throw NotExecuted.Error("Tensor >=");

    /// <summary>1 where left is at least right, 0 elsewhere.</summary>
    public static Tensor operator >=(Tensor left, float right) => throw NotExecuted.Error("Tensor >=");

    /// <summary>1 where left is at least right, 0 elsewhere.</summary>
    public static Tensor operator >=(float left, Tensor right) => throw NotExecuted.Error("Tensor >=");

    /// <summary>1 where left is at most right, 0 elsewhere; shapes broadcast.</summary>
    public static Tensor operator <=(Tensor left, Tensor right) => throw NotExecuted.Error("Tensor <=");

    /// <summary>1 where left is at most right, 0 elsewhere.</summary>
    public static Tensor operator <=(Tensor left, float right) => throw NotExecuted.Error("Tensor <=");

    /// <summary>1 where left is at most right, 0 elsewhere.</summary>
    public static Tensor operator <=(float left, Tensor right) => throw NotExecuted.Error("Tensor <=");
}
