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

    /// <summary>x, through which no gradient flows: PyTorch's <c>detach</c>.</summary>
    public static Tensor StopGradient(Tensor x) => throw NotExecuted.Error("StopGradient");
}
