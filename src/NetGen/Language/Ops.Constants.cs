namespace NetGen;

public static partial class Ops
{
    /// <summary>A tensor of zeros, the same for every sample.</summary>
    public static Tensor Zeros(params int[] dims) => throw NotExecuted.Error("Zeros");

    /// <summary>A tensor of ones, the same for every sample.</summary>
    public static Tensor Ones(params int[] dims) => throw NotExecuted.Error("Ones");

    /// <summary>A tensor of one number, the same for every sample.</summary>
    public static Tensor Constant(float value, params int[] dims) => throw NotExecuted.Error("Constant");

    /// <summary>0, 1, …, count − 1, the same for every sample: [count].</summary>
    public static Tensor Range(int count) => throw NotExecuted.Error("Range");

    /// <summary>start, start + step, …: [count], the same for every sample.</summary>
    public static Tensor Range(float start, float step, int count) => throw NotExecuted.Error("Range");

    /// <summary>a_i · b_j of the last axes: [.., m] and [.., n] → [.., m, n]. The axes before broadcast.</summary>
    public static Tensor Outer(Tensor a, Tensor b) => throw NotExecuted.Error("Outer");

    /// <summary>
    /// 1 in a training step and 0 outside of it, where what only training needs is not computed: <c>Where(IsTraining(), x + noise, x)</c>.
    /// </summary>
    public static Tensor IsTraining() => throw NotExecuted.Error("IsTraining");

    /// <summary>
    /// Products and sums of products by the letters of axes: <c>Einsum("ij,jk-&gt;ik", a, b)</c> is a matrix product,
    /// <c>Einsum("ij-&gt;ji", a)</c> a transposition, <c>Einsum("hqd,hkd-&gt;hqk", q, k)</c> scores of attention. A letter for each axis of
    /// a sample; the batch has none. Axes whose letter the result has not are summed over; without a result it has the letters that occur
    /// once, by the alphabet. A letter that an operand has twice is its diagonal: <c>Einsum("ii-&gt;", a)</c> is a trace. <c>...</c> are
    /// axes without letters, which broadcast from the last: <c>Einsum("...ij,...jk-&gt;...ik", a, b)</c>; where the result has no
    /// <c>...</c> they are summed over. Operands are multiplied from the left. PyTorch's and NumPy's <c>einsum</c>.
    /// </summary>
    /// <param name="pattern">A constant text.</param>
    /// <param name="tensors">As many as the pattern has operands.</param>
    public static Tensor Einsum(string pattern, params Tensor[] tensors) => throw NotExecuted.Error("Einsum");

    /// <summary>x, through which no gradient flows: PyTorch's <c>detach</c>.</summary>
    public static Tensor StopGradient(Tensor x) => throw NotExecuted.Error("StopGradient");
}
