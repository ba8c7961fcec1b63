namespace NetGen;

public static partial class Ops
{
    /// <summary>
    /// −log softmax(logits)[label], without overflow: one number per sample. <paramref name="logits"/> is [.., classes], with a label for
    /// each of its rows (<see cref="Labels"/>, or <see cref="Indices"/>), 0 to classes − 1; of several rows it is the mean.
    /// </summary>
    /// <param name="logits">[.., classes].</param>
    /// <param name="label">The class of each row.</param>
    /// <param name="labelSmoothing">ε from 0 to 1: the share of the target that all classes have together (Szegedy et al. 2016).</param>
    /// <param name="weights">What each class weighs, at least 0; the mean over a batch is Σ w·loss / Σ w of the rows' classes.</param>
    /// <param name="ignoreIndex">
    /// The label of rows that do not count: they have no loss, and the mean over the batch is that of the others.
    /// </param>
    /// <param name="weight">What each sample weighs, [] and at least 0; see <see cref="Weighted"/>.</param>
    public static Tensor CrossEntropy(
        Tensor logits, Indices label, float labelSmoothing = 0f, float[]? weights = null, int? ignoreIndex = null, Tensor? weight = null) =>
        throw NotExecuted.Error("CrossEntropy");

    /// <summary>
    /// −Σ target·log softmax(logits), without overflow: one number per sample, the mean over the rows. Both are [.., classes]; a target is
    /// a distribution over the classes: numbers below 0 and NaN are refused where the target is an input. Their sum is the weight of the
    /// sample, 1 for a distribution.
    /// </summary>
    /// <param name="logits">[.., classes].</param>
    /// <param name="target">[.., classes].</param>
    /// <param name="labelSmoothing">ε from 0 to 1: the share of the target that all classes have together.</param>
    /// <param name="weights">What each class weighs, at least 0. As in PyTorch the mean over a batch is not divided by them here.</param>
    /// <param name="weight">What each sample weighs, [] and at least 0; see <see cref="Weighted"/>.</param>
    public static Tensor CrossEntropy(Tensor logits, Tensor target, float labelSmoothing = 0f, float[]? weights = null, Tensor? weight = null) =>
        throw NotExecuted.Error("CrossEntropy");

    /// <summary>
    /// −logProbabilities[label] of what a <see cref="LogSoftmax"/> gives (<c>NLLLoss</c>): one number per sample. <see
    /// cref="CrossEntropy(Tensor, Indices, float, float[], int?, Tensor)"/>
    /// of the logits is the same and costs less.
    /// </summary>
    /// <param name="logProbabilities">[.., classes].</param>
    /// <param name="label">The class of each row.</param>
    /// <param name="weights">What each class weighs, at least 0; the mean over a batch is Σ w·loss / Σ w of the rows' classes.</param>
    /// <param name="ignoreIndex">The label of rows that do not count.</param>
    /// <param name="weight">What each sample weighs, [] and at least 0; see <see cref="Weighted"/>.</param>
    public static Tensor NegativeLogLikelihood(
        Tensor logProbabilities, Indices label, float[]? weights = null, int? ignoreIndex = null, Tensor? weight = null) =>
        throw NotExecuted.Error("NegativeLogLikelihood");

    /// <summary>
    /// −(1 − p)^gamma·log p with p = softmax(logits)[label]: what is right already counts little (Lin et al. 2017). One number per sample.
    /// </summary>
    /// <param name="logits">[.., classes].</param>
    /// <param name="label">The class of each row.</param>
    /// <param name="gamma">γ, at least 0; with 0 it is the cross entropy.</param>
    /// <param name="weights">What each class weighs, at least 0; the mean over a batch is Σ w·loss / Σ w of the rows' classes.</param>
    /// <param name="ignoreIndex">The label of rows that do not count.</param>
    /// <param name="weight">What each sample weighs, [] and at least 0; see <see cref="Weighted"/>.</param>
    public static Tensor Focal(
        Tensor logits, Indices label, float gamma = 2f, float[]? weights = null, int? ignoreIndex = null, Tensor? weight = null) =>
        throw NotExecuted.Error("Focal");

    /// <summary>
    /// −log of the probability that the steps say the target, whatever the alignment (Graves et al. 2006, connectionist temporal
    /// classification): each step says a class or the blank, what is said twice in a row counts once, and then the blanks are left out. One
    /// number per sample, the sum over the paths of a target (Keras's <c>CTC</c>; PyTorch's <c>CTCLoss</c> with <c>reduction="none"</c>, of
    /// logits instead of their log-softmax). It is ∞ where the steps are too few: a target needs one for each label, and one for each that
    /// repeats the one before.
    /// </summary>
    /// <example><code>
    /// public Tensor Forward([Sequence(max: 400), Shape(40)] Tensor sound) => output(recurrent(sound));
    ///
    /// [Objective]
    /// public Tensor Loss(Tensor sound, [Sequence(max: 60)] Labels text) => Ctc(Forward(sound), text);
    /// </code></example>
    /// <param name="logits">[steps, classes], or [classes] at each step of a <see cref="SequenceAttribute">[Sequence]</see>.</param>
    /// <param name="target"> Its labels in their order: a [Sequence] of its own, or [Shape(count)], which ends before the first label that
    /// is <paramref name="ignoreIndex"/>. A blank is no label; where it is the last class it is refused before anything is computed, else
    /// the loss is NaN.
    /// </param>
    /// <param name="blank">The class of the blank.</param>
    /// <param name="ignoreIndex">The label that fills a target behind its end; null: all of it are labels.</param>
    /// <param name="zeroInfinity">Whether a sample whose steps are too few has the loss 0 and no gradient (<c>zero_infinity</c>).</param>
    /// <param name="weight">What each sample weighs, [] and at least 0; see <see cref="Weighted"/>.</param>
    public static Tensor Ctc(Tensor logits, Indices target, int blank = 0, int? ignoreIndex = null, bool zeroInfinity = false, Tensor? weight = null) =>
        throw NotExecuted.Error("Ctc");

    /// <summary>
    /// The mean over a sample's elements of −t·log σ(z) − (1 − t)·log(1 − σ(z)), computed from the logits z without overflow; targets t are
    /// from 0 to 1, and others are refused where the target is an input. One number per sample; equal shapes.
    /// </summary>
    /// <param name="logits">z.</param>
    /// <param name="target">t.</param>
    /// <param name="positiveWeight">
    /// What the first term is multiplied with, above 0: how much more a positive answer counts (<c>pos_weight</c>).
    /// </param>
    /// <param name="weight">What each sample weighs, [] and at least 0; see <see cref="Weighted"/>.</param>
    public static Tensor BinaryCrossEntropy(Tensor logits, Tensor target, float positiveWeight = 1f, Tensor? weight = null) =>
        throw NotExecuted.Error("BinaryCrossEntropy");

    /// <summary>
    /// The mean over a sample's elements of −(1 − p)^gamma·log p, p being the probability that the logits give to the target (0 or 1): what
    /// is right already counts little (Lin et al. 2017). One number per sample; equal shapes.
    /// </summary>
    /// <param name="logits">The logits.</param>
    /// <param name="target">0 or 1.</param>
    /// <param name="gamma">γ, at least 0.</param>
    /// <param name="alpha">From 0 to 1: what a positive target weighs; the others weigh 1 − alpha. null: all weigh 1.</param>
    /// <param name="weight">What each sample weighs, [] and at least 0; see <see cref="Weighted"/>.</param>
    public static Tensor BinaryFocal(Tensor logits, Tensor target, float gamma = 2f, float? alpha = null, Tensor? weight = null) =>
        throw NotExecuted.Error("BinaryFocal");

    /// <summary>
    /// The loss of each sample by what it weighs, so that the mean over a batch is Σ weight·loss / Σ weight: weight·loss / w̄, w̄ being the
    /// mean of the batch's weights (where all of them are 0 the loss is 0). One number per sample.
    /// </summary>
    /// <param name="loss">One number per sample.</param>
    /// <param name="weight">One number per sample, at least 0; NaN where one is negative. What weighs 0 may be NaN.</param>
    public static Tensor Weighted(Tensor loss, Tensor weight) => throw NotExecuted.Error("Weighted");

    /// <summary>The mean over a sample's elements of (prediction − target)²: one number per sample; equal shapes.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="target">The target.</param>
    /// <param name="weight">What each sample weighs, [] and at least 0; see <see cref="Weighted"/>.</param>
    public static Tensor MeanSquaredError(Tensor prediction, Tensor target, Tensor? weight = null) => throw NotExecuted.Error("MeanSquaredError");

    /// <summary>The mean over a sample's elements of |prediction − target|: one number per sample; equal shapes.</summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="target">The target.</param>
    /// <param name="weight">What each sample weighs, [] and at least 0; see <see cref="Weighted"/>.</param>
    public static Tensor MeanAbsoluteError(Tensor prediction, Tensor target, Tensor? weight = null) => throw NotExecuted.Error("MeanAbsoluteError");

    /// <summary>
    /// The mean over a sample's elements of e²/2 where |e| ≤ delta and delta·(|e| − delta/2) elsewhere, e = prediction − target (Huber
    /// 1964): one number per sample; equal shapes.
    /// </summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="target">The target.</param>
    /// <param name="delta">Where the square becomes a line, above 0.</param>
    /// <param name="weight">What each sample weighs, [] and at least 0; see <see cref="Weighted"/>.</param>
    public static Tensor Huber(Tensor prediction, Tensor target, float delta = 1f, Tensor? weight = null) => throw NotExecuted.Error("Huber");

    /// <summary>
    /// The mean over a sample's elements of e²/(2·beta) where |e| ≤ beta and |e| − beta/2 elsewhere, e = prediction − target: <see
    /// cref="Huber"/> divided by its delta, so that the slope of the lines is 1 (Girshick 2015). One number per sample; equal shapes.
    /// </summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="target">The target.</param>
    /// <param name="beta">Where the square becomes a line, above 0.</param>
    /// <param name="weight">What each sample weighs, [] and at least 0; see <see cref="Weighted"/>.</param>
    public static Tensor SmoothL1(Tensor prediction, Tensor target, float beta = 1f, Tensor? weight = null) => throw NotExecuted.Error("SmoothL1");

    /// <summary>
    /// The mean over a sample's elements of log(cosh(prediction − target)), without overflow: one number per sample; equal shapes.
    /// </summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="target">The target.</param>
    /// <param name="weight">What each sample weighs, [] and at least 0; see <see cref="Weighted"/>.</param>
    public static Tensor LogCosh(Tensor prediction, Tensor target, Tensor? weight = null) => throw NotExecuted.Error("LogCosh");

    /// <summary>
    /// The mean over a sample's elements of max(q·e, (q − 1)·e), e = target − prediction, also called the pinball loss (Koenker and Bassett
    /// 1978): its least value is at the q-th quantile of the targets. One number per sample; equal shapes.
    /// </summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="target">The target.</param>
    /// <param name="quantile">q, between 0 and 1.</param>
    /// <param name="weight">What each sample weighs, [] and at least 0; see <see cref="Weighted"/>.</param>
    public static Tensor Quantile(Tensor prediction, Tensor target, float quantile, Tensor? weight = null) => throw NotExecuted.Error("Quantile");

    /// <summary>
    /// The mean over a sample's elements of max(0, 1 − target·prediction), for targets −1 and 1: one number per sample; equal shapes.
    /// </summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="target">−1 or 1.</param>
    /// <param name="weight">What each sample weighs, [] and at least 0; see <see cref="Weighted"/>.</param>
    public static Tensor Hinge(Tensor prediction, Tensor target, Tensor? weight = null) => throw NotExecuted.Error("Hinge");

    /// <summary>
    /// The mean over a sample's elements of max(0, 1 − target·prediction)², for targets −1 and 1: one number per sample; equal shapes.
    /// </summary>
    /// <param name="prediction">The prediction.</param>
    /// <param name="target">−1 or 1.</param>
    /// <param name="weight">What each sample weighs, [] and at least 0; see <see cref="Weighted"/>.</param>
    public static Tensor SquaredHinge(Tensor prediction, Tensor target, Tensor? weight = null) => throw NotExecuted.Error("SquaredHinge");

    /// <summary>
    /// The mean over a sample's elements of λ − target·log λ, for counts of events at the rate λ; what depends on the target alone is left
    /// out. One number per sample; equal shapes.
    /// </summary>
    /// <param name="prediction">log λ, or λ.</param>
    /// <param name="target">Counts, at least 0.</param>
    /// <param name="isLog">Whether the prediction is log λ.</param>
    /// <param name="epsilon">What is added to λ in the logarithm, above 0, where the prediction is λ.</param>
    /// <param name="weight">What each sample weighs, [] and at least 0; see <see cref="Weighted"/>.</param>
    public static Tensor PoissonNegativeLogLikelihood(
        Tensor prediction, Tensor target, bool isLog = true, float epsilon = 1e-8f, Tensor? weight = null) =>
        throw NotExecuted.Error("PoissonNegativeLogLikelihood");

    /// <summary>
    /// The mean over a sample's elements of ½·(log variance + (prediction − target)²/variance), without the constant ½·log 2π (Nix and
    /// Weigend 1994). One number per sample; equal shapes.
    /// </summary>
    /// <param name="prediction">The mean.</param>
    /// <param name="target">The target.</param>
    /// <param name="variance">σ², above 0: of a <see cref="Softplus(Tensor)"/> or an <see cref="Exp"/>, say.</param>
    /// <param name="epsilon">The least that the variance is taken for, above 0; there nothing flows to it.</param>
    /// <param name="weight">What each sample weighs, [] and at least 0; see <see cref="Weighted"/>.</param>
    public static Tensor GaussianNegativeLogLikelihood(
        Tensor prediction, Tensor target, Tensor variance, float epsilon = 1e-6f, Tensor? weight = null) =>
        throw NotExecuted.Error("GaussianNegativeLogLikelihood");

    /// <summary>
    /// Σ target·(log target − logProbabilities) over all elements of a sample, 0 where the target is: the mean over a batch is PyTorch's
    /// with <c>reduction="batchmean"</c>. One number per sample; equal shapes.
    /// </summary>
    /// <param name="logProbabilities">What a <see cref="LogSoftmax"/> gives.</param>
    /// <param name="target">Probabilities; numbers below 0 are refused where the target is an input.</param>
    /// <param name="weight">What each sample weighs, [] and at least 0; see <see cref="Weighted"/>.</param>
    public static Tensor KLDivergence(Tensor logProbabilities, Tensor target, Tensor? weight = null) => throw NotExecuted.Error("KLDivergence");

    /// <summary>1 − cos(a, b) where the target is 1, max(0, cos(a, b) − margin) where it is −1: one number per sample.</summary>
    /// <param name="a">Vectors along the last axis.</param>
    /// <param name="b">The same shape.</param>
    /// <param name="target">1 for what is alike, −1 for what is not: one number for each pair of vectors, [] for [n].</param>
    /// <param name="margin">How alike the others may be.</param>
    public static Tensor CosineEmbedding(Tensor a, Tensor b, Tensor target, float margin = 0f) => throw NotExecuted.Error("CosineEmbedding");

    /// <summary>
    /// ½·(target·d² + (1 − target)·max(0, margin − d)²), d = ‖a − b‖ (Hadsell et al. 2006): one number per sample. Where a is b the slope
    /// of d is taken as 0.
    /// </summary>
    /// <param name="a">Vectors along the last axis.</param>
    /// <param name="b">The same shape.</param>
    /// <param name="target">1 for what is alike, 0 for what is not: one number for each pair of vectors, [] for [n].</param>
    /// <param name="margin">How far apart the others are to be, above 0.</param>
    public static Tensor Contrastive(Tensor a, Tensor b, Tensor target, float margin = 1f) => throw NotExecuted.Error("Contrastive");

    /// <summary>
    /// max(0, ‖anchor − positive‖ − ‖anchor − negative‖ + margin) (Schroff et al. 2015): one number per sample. The slope of a distance of
    /// 0 is taken as 0.
    /// </summary>
    /// <param name="anchor">Vectors along the last axis.</param>
    /// <param name="positive">What is to be near; the same shape.</param>
    /// <param name="negative">What is to be far; the same shape.</param>
    /// <param name="margin">How much farther, above 0.</param>
    public static Tensor Triplet(Tensor anchor, Tensor positive, Tensor negative, float margin = 1f) => throw NotExecuted.Error("Triplet");

    /// <summary>Σ |w| over the layer's weights (not its biases): one number without batch, to be added to an objective.</summary>
    public static Tensor L1(Layer layer) => throw NotExecuted.Error("L1");

    /// <summary>Σ |x| over all elements: of a parameter one number, of a tensor one number per sample.</summary>
    public static Tensor L1(Tensor x) => throw NotExecuted.Error("L1");

    /// <summary>Σ w² over the layer's weights (not its biases): one number without batch, to be added to an objective.</summary>
    public static Tensor L2(Layer layer) => throw NotExecuted.Error("L2");

    /// <summary>Σ x² over all elements: of a parameter one number, of a tensor one number per sample.</summary>
    public static Tensor L2(Tensor x) => throw NotExecuted.Error("L2");
}
