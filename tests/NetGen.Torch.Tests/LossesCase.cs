using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;
using Tensor = TorchSharp.torch.Tensor;

namespace AgainstTorch;

/// <summary>A loss by its name in <see cref="Losses"/>.</summary>
internal sealed class LossesCase(string loss, Losses network) : Case(network, TorchNetworks.Regression(), Numbers(Batch * 7, 3))
{
    private const int Batch = 9;

    public static readonly IReadOnlyList<string> Names =
        ["Smoothed", "Weighted", "Nll", "Focal", "Positive", "Smooth", "Divergence", "Poisson", "Gaussian", "Cosine", "Triplet"];

    /// <summary>Between 0 and 1, and of sum 1 for each sample: targets and probabilities at once.</summary>
    private readonly float[] target = Numbers(Batch * 5, 4).Chunk(5).SelectMany(row => row.Select(v => (v + 1) / row.Sum(w => w + 1))).ToArray();

    private readonly float[] sign = [.. Enumerable.Range(0, Batch).Select(i => i % 3 == 0 ? -1f : 1f)];

    private readonly int[] labels = Classes(Batch, 5);

    public override float[] Predict() => network.Predict(X);

    public override float Loss() => loss switch
    {
        "Smoothed" => network.SmoothedLoss(X, labels),
        "Weighted" => network.WeightedLoss(X, labels),
        "Nll" => network.NllLoss(X, labels),
        "Focal" => network.FocalLoss(X, labels),
        "Positive" => network.PositiveLoss(X, target),
        "Smooth" => network.SmoothLoss(X, target),
        "Divergence" => network.DivergenceLoss(X, target),
        "Poisson" => network.PoissonLoss(X, target),
        "Gaussian" => network.GaussianLoss(X, target),
        "Cosine" => network.CosineLoss(X, target, sign),
        _ => network.TripletLoss(X, target),
    };

    public override float Step<TOptimizer>(in TOptimizer optimizer) => loss switch
    {
        "Smoothed" => network.StepSmoothed(X, labels, optimizer),
        "Weighted" => network.StepWeighted(X, labels, optimizer),
        "Nll" => network.StepNll(X, labels, optimizer),
        "Focal" => network.StepFocal(X, labels, optimizer),
        "Positive" => network.StepPositive(X, target, optimizer),
        "Smooth" => network.StepSmooth(X, target, optimizer),
        "Divergence" => network.StepDivergence(X, target, optimizer),
        "Poisson" => network.StepPoisson(X, target, optimizer),
        "Gaussian" => network.StepGaussian(X, target, optimizer),
        "Cosine" => network.StepCosine(X, target, sign, optimizer),
        _ => network.StepTriplet(X, target, optimizer),
    };

    public override Tensor TorchLoss()
    {
        var (y, t, label) = (TorchPredict(), Doubles(target).reshape(-1, 5), TorchLabels(labels));
        var weights = Doubles([1f, 0.5f, 2f, 0.25f, 3f]);
        return loss switch
        {
            // TorchSharp's has no smoothing: against the distribution that it makes.
            "Smoothed" => Functional.cross_entropy(y, (0.9 * Functional.one_hot(label, 5).to(ScalarType.Float64)) + (0.1 / 5)),
            "Weighted" => Functional.cross_entropy(y, label, weights, 2),
            "Nll" => Functional.nll_loss(Functional.log_softmax(y, 1), label, weights),
            // PyTorch has none: (1 − p)²·−log p.
            "Focal" => Focal(Functional.log_softmax(y, 1).gather(1, label.unsqueeze(1))),
            "Positive" => Functional.binary_cross_entropy_with_logits(y, t, pos_weights: Doubles([3f])),
            "Smooth" => Functional.smooth_l1_loss(y, t, beta: 0.3),
            "Divergence" => Functional.kl_div(Functional.log_softmax(y, 1), t, log_target: false, nn.Reduction.Sum) / Batch,
            "Poisson" => Functional.poisson_nll_loss(y, t),
            // TorchSharp's adds up a sample's elements, of which PyTorch takes the mean, and lets nothing flow to the variance.
            "Gaussian" => Gaussian(y - t, Functional.softplus(y) + 0.1),
            "Cosine" => Functional.cosine_embedding_loss(y, t, Doubles(sign), margin: 0.2),
            _ => Functional.triplet_margin_loss(y, t, 0.5 * y, margin: 2, eps: 0),
        };
    }

    private static Tensor Gaussian(Tensor error, Tensor variance) => 0.5 * (variance.log() + (error.square() / variance)).mean();

    private static Tensor Focal(Tensor logProbability) => (-(1 - logProbability.exp()).square() * logProbability).mean();
}
