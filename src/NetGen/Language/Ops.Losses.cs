namespace NetGen;

public static partial class Ops
{
    /// <summary>
    /// −log softmax(logits)[label], without overflow: one number per sample. <paramref name="logits"/> is [.., classes], with a label for each of its rows
    /// (<see cref="Labels"/>, or <see cref="Indices"/>), 0 to classes − 1; of several rows it is the mean.
    /// </summary>
    public static Tensor CrossEntropy(Tensor logits, Indices label) => throw NotExecuted.Error("CrossEntropy");

    /// <summary>
    /// −Σ target·log softmax(logits), without overflow: one number per sample, the mean over the rows. Both are [.., classes]; a target is a distribution over the
    /// classes: numbers below 0 and NaN are refused where the target is an input. Their sum is the weight of the sample, 1 for a distribution.
    /// </summary>
    public static Tensor CrossEntropy(Tensor logits, Tensor target) => throw NotExecuted.Error("CrossEntropy");

    /// <summary>
    /// The mean over a sample's elements of −t·log σ(z) − (1 − t)·log(1 − σ(z)), computed from the logits z without overflow; targets t are
    /// from 0 to 1, and others are refused where the target is an input. One number per sample; equal shapes.
    /// </summary>
    public static Tensor BinaryCrossEntropy(Tensor logits, Tensor target) => throw NotExecuted.Error("BinaryCrossEntropy");

    /// <summary>The mean over a sample's elements of (prediction − target)²: one number per sample; equal shapes.</summary>
    public static Tensor MeanSquaredError(Tensor prediction, Tensor target) => throw NotExecuted.Error("MeanSquaredError");

    /// <summary>The mean over a sample's elements of |prediction − target|: one number per sample; equal shapes.</summary>
    public static Tensor MeanAbsoluteError(Tensor prediction, Tensor target) => throw NotExecuted.Error("MeanAbsoluteError");

    /// <summary>
    /// The mean over a sample's elements of e²/2 where |e| ≤ delta and delta·(|e| − delta/2) elsewhere, e = prediction − target (Huber 1964):
    /// one number per sample; equal shapes.
    /// </summary>
    public static Tensor Huber(Tensor prediction, Tensor target, float delta = 1f) => throw NotExecuted.Error("Huber");

    /// <summary>Σ |w| over the layer's weights (not its biases): one number without batch, to be added to an objective.</summary>
    public static Tensor L1(Layer layer) => throw NotExecuted.Error("L1");

    /// <summary>Σ |x| over all elements: of a parameter one number, of a tensor one number per sample.</summary>
    public static Tensor L1(Tensor x) => throw NotExecuted.Error("L1");

    /// <summary>Σ w² over the layer's weights (not its biases): one number without batch, to be added to an objective.</summary>
    public static Tensor L2(Layer layer) => throw NotExecuted.Error("L2");

    /// <summary>Σ x² over all elements: of a parameter one number, of a tensor one number per sample.</summary>
    public static Tensor L2(Tensor x) => throw NotExecuted.Error("L2");
}
