namespace NetGen;

/// <summary>The losses of the attribute form; each is the function of the same name in <see cref="Ops"/>.</summary>
public enum Loss
{
    /// <summary>
    /// <see cref="Ops.CrossEntropy(Tensor, Indices, float, float[], int?, Tensor)"/>: the target is a class number for each row of the
    /// result.
    /// </summary>
    CrossEntropy,

    /// <summary><see cref="Ops.BinaryCrossEntropy"/>: the target has the shape of the output, values from 0 to 1.</summary>
    BinaryCrossEntropy,

    /// <summary><see cref="Ops.MeanSquaredError"/>: the target has the shape of the output.</summary>
    MeanSquaredError,

    /// <summary><see cref="Ops.MeanAbsoluteError"/>: the target has the shape of the output.</summary>
    MeanAbsoluteError,

    /// <summary><see cref="Ops.Huber"/> with delta 1: the target has the shape of the output.</summary>
    Huber,
}
