using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

namespace AgainstTorch;

/// <summary>Losses of classes, numbers and pairs, with their options, of what the same layers say.</summary>
[Network]
internal sealed partial class Losses
{
    private readonly Layer layers = Sequential(Dense(24), Tanh, Dense(5));

    public Tensor Forward([Shape(7)] Tensor x) => layers(x);

    [Objective]
    public Tensor SmoothedLoss(Tensor x, Labels label) => CrossEntropy(Forward(x), label, labelSmoothing: 0.1f);

    [Objective]
    public Tensor WeightedLoss(Tensor x, Labels label) => CrossEntropy(Forward(x), label, weights: [1f, 0.5f, 2f, 0.25f, 3f], ignoreIndex: 2);

    [Objective]
    public Tensor NllLoss(Tensor x, Labels label) => NegativeLogLikelihood(LogSoftmax(Forward(x)), label, weights: [1f, 0.5f, 2f, 0.25f, 3f]);

    [Objective]
    public Tensor FocalLoss(Tensor x, Labels label) => Focal(Forward(x), label, gamma: 2f);

    [Objective]
    public Tensor PositiveLoss(Tensor x, [Shape(5)] Tensor target) => BinaryCrossEntropy(Forward(x), target, positiveWeight: 3f);

    [Objective]
    public Tensor SmoothLoss(Tensor x, [Shape(5)] Tensor target) => SmoothL1(Forward(x), target, beta: 0.3f);

    [Objective]
    public Tensor DivergenceLoss(Tensor x, [Shape(5)] Tensor target) => KLDivergence(LogSoftmax(Forward(x)), target);

    [Objective]
    public Tensor PoissonLoss(Tensor x, [Shape(5)] Tensor target) => PoissonNegativeLogLikelihood(Forward(x), target);

    [Objective]
    public Tensor GaussianLoss(Tensor x, [Shape(5)] Tensor target) => GaussianNegativeLogLikelihood(Forward(x), target, Softplus(Forward(x)) + 0.1f);

    [Objective]
    public Tensor CosineLoss(Tensor x, [Shape(5)] Tensor target, [Shape] Tensor sign) => CosineEmbedding(Forward(x), target, sign, margin: 0.2f);

    [Objective]
    public Tensor TripletLoss(Tensor x, [Shape(5)] Tensor target) => Triplet(Forward(x), target, 0.5f * Forward(x), margin: 2f);
}
