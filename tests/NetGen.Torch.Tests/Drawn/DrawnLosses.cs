using static AgainstTorch.Drawn.Draw;
using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;
using Tensor = TorchSharp.torch.Tensor;

namespace AgainstTorch.Drawn;

/// <summary>Losses, each with settings by chance: the mean over the batch is what both say.</summary>
internal static class DrawnLosses
{
    public static IReadOnlyDictionary<string, Func<Draw, Setting>> All { get; } = new Dictionary<string, Func<Draw, Setting>>
    {
        ["CrossEntropy"] = CrossEntropy,
        ["CrossEntropy of probabilities"] = OfProbabilities,
        ["NegativeLogLikelihood"] = NegativeLogLikelihood,
        ["Focal"] = Focal,
        ["BinaryCrossEntropy"] = BinaryCrossEntropy,
        ["KLDivergence"] = draw => OfTarget(draw, "KLDivergence(LogSoftmax(z), y)", (z, y) => Functional.kl_div(
            Functional.log_softmax(z, -1), y, log_target: false, nn.Reduction.Sum) / z.shape[0], rank: 1),
        ["Ctc"] = Ctc,
        ["MeanSquaredError"] = draw => OfTarget(draw, "MeanSquaredError(z, y)", (z, y) => Functional.mse_loss(z, y)),
        ["MeanAbsoluteError"] = draw => OfTarget(draw, "MeanAbsoluteError(z, y)", (z, y) => Functional.l1_loss(z, y)),
        ["Huber"] = draw => draw.Number(0.1, 2) is var delta
            ? OfTarget(draw, $"Huber(z, y, {Text(delta)})", (z, y) => Functional.huber_loss(z, y, (float)delta))
            : throw new InvalidOperationException(),
        ["SmoothL1"] = draw => draw.Number(0.1, 2) is var beta
            ? OfTarget(draw, $"SmoothL1(z, y, {Text(beta)})", (z, y) => Functional.smooth_l1_loss(z, y, beta: (float)beta))
            : throw new InvalidOperationException(),
        ["LogCosh"] = draw => OfTarget(draw, "LogCosh(z, y)", (z, y) => (z - y).cosh().log().mean()),
        ["Quantile"] = draw => draw.Number(0.05, 0.95) is var quantile
            ? OfTarget(draw, $"Quantile(z, y, {Text(quantile)})", (z, y) => maximum((float)-quantile * (z - y), (1 - (float)quantile) * (z - y)).mean())
            : throw new InvalidOperationException(),
        ["Hinge"] = draw => OfTarget(draw, "Hinge(z, 2f * y - 1f)", (z, y) => (1 - (((2 * y) - 1) * z)).clamp_min(0).mean()),
        ["SquaredHinge"] = draw => OfTarget(draw, "SquaredHinge(z, 2f * y - 1f)", (z, y) => (1 - (((2 * y) - 1) * z)).clamp_min(0).square().mean()),
        ["PoissonNegativeLogLikelihood"] = draw => draw.Flag()
            ? OfTarget(draw, "PoissonNegativeLogLikelihood(z, y)", (z, y) => Functional.poisson_nll_loss(z, y))
            : OfTarget(draw, "PoissonNegativeLogLikelihood(Square(z), y, isLog: false, epsilon: 0.01f)", (z, y) =>
                // PyTorch's formula: TorchSharp's function was seen to give another number for log_input: false.
                (z.square() - (y * (z.square() + 0.01f).log())).mean()),
        ["GaussianNegativeLogLikelihood"] = draw => OfTarget(
            draw, "GaussianNegativeLogLikelihood(z, y, Square(z) + 0.1f)",
            (z, y) => 0.5 * ((z.square() + 0.1f).log() + ((z - y).square() / (z.square() + 0.1f))).mean()),
        ["Triplet"] = draw => draw.Number(0.1, 2) is var margin
            ? OfTarget(draw, $"Triplet(z, y, 0.5f * z, {Text(margin)})", (z, y) => Functional.triplet_margin_loss(z, y, 0.5 * z, margin: (float)margin, eps: 0), rank: 1)
            : throw new InvalidOperationException(),
        ["Contrastive"] = draw => draw.Number(0.1, 3) is var margin
            ? OfTarget(draw, $"Contrastive(z, y, Mean(y), {Text(margin)})", (z, y) => Contrastive((z - y).norm(1), y.mean([1]), (float)margin), rank: 1)
            : throw new InvalidOperationException(),
    };

    private static Setting CrossEntropy(Draw draw)
    {
        var classes = draw.Whole(2, 20);
        int[] positions = draw.Flag() ? [] : [draw.Whole(1, 5)];
        var (smoothing, weights, ignored) = (draw.Number(0.01, 0.4), draw.Values(classes).Select(Math.Abs).Select(w => Math.Round(w, 2)).ToArray(), draw.Whole(0, classes - 1));
        Tensor Rows(Tensor z) => z.reshape(-1, classes);
        Tensor Weights() => tensor(weights.Select(w => (double)(float)w).ToArray());
        var given = $"weights: [{string.Join(", ", weights.Select(Text))}]";
        var (text, torch) = draw.Of<(string, Func<Tensor, Tensor, Tensor>)>(
            ("", (z, t) => Functional.cross_entropy(Rows(z), t)),
            // TorchSharp's has no smoothing: against the distribution that it makes.
            ($", labelSmoothing: {Text(smoothing)}", (z, t) => Functional.cross_entropy(
                Rows(z), ((1 - (float)smoothing) * Functional.one_hot(t, classes).to(ScalarType.Float64)) + ((float)smoothing / classes))),
            ($", {given}", (z, t) => Functional.cross_entropy(Rows(z), t, Weights())),
            ($", {given}, ignoreIndex: {ignored}", (z, t) => Counted(t, ignored, z, () => Functional.cross_entropy(Rows(z), t, Weights(), ignored))),
            ($", ignoreIndex: {ignored}", (z, t) => Counted(t, ignored, z, () => Functional.cross_entropy(Rows(z), t, null, ignored))));
        return new($"CrossEntropy(z, t{text})", [.. positions, classes], (z, twin) => torch(z, twin.Labels!.flatten())) { IsLoss = true, Labels = (positions, classes) };
    }

    /// <summary>Of a batch in which nothing counts the loss is 0 here, and NaN there.</summary>
    private static Tensor Counted(Tensor labels, int ignored, Tensor z, Func<Tensor> loss) => labels.ne(ignored).any().item<bool>() ? loss() : 0 * z.sum();

    private static Setting OfProbabilities(Draw draw) => OfTarget(
        draw, "CrossEntropy(z, Softmax(y))", (z, y) => Functional.cross_entropy(z.reshape(-1, z.shape[^1]), Functional.softmax(y, -1).reshape(-1, z.shape[^1])));

    private static Setting NegativeLogLikelihood(Draw draw)
    {
        var classes = draw.Whole(2, 20);
        var weights = draw.Values(classes).Select(Math.Abs).Select(w => Math.Round(w, 2)).ToArray();
        return new(
            $"NegativeLogLikelihood(LogSoftmax(z), t, weights: [{string.Join(", ", weights.Select(Text))}])", [classes],
            (z, twin) => Functional.nll_loss(Functional.log_softmax(z, 1), twin.Labels!, tensor(weights.Select(w => (double)(float)w).ToArray())))
        {
            IsLoss = true,
            Labels = ([], classes),
        };
    }

    private static Setting Focal(Draw draw)
    {
        var (classes, gamma) = (draw.Whole(2, 20), draw.Number(0, 3));
        return new($"Focal(z, t, gamma: {Text(gamma)})", [classes], (z, twin) =>
        {
            var log = Functional.log_softmax(z, 1).gather(1, twin.Labels!.unsqueeze(1));
            return (-(1 - log.exp()).pow((float)gamma) * log).mean();
        })
        {
            IsLoss = true,
            Labels = ([], classes),
        };
    }

    private static Setting BinaryCrossEntropy(Draw draw)
    {
        var positive = draw.Number(0.1, 5);
        return OfTarget(draw, $"BinaryCrossEntropy(z, y, positiveWeight: {Text(positive)})", (z, y) => Functional.binary_cross_entropy_with_logits(
            z, y, pos_weights: tensor(new[] { (double)(float)positive })));
    }

    private static Setting Ctc(Draw draw)
    {
        var (classes, labels) = (draw.Whole(3, 12), draw.Whole(1, 9));
        // As many as are enough for labels that are all the same; some of them fewer.
        var steps = Math.Max(labels, (2 * labels) - 1 + draw.Whole(-2, 6));
        var keeps = draw.Flag();
        return new($"Ctc(z, t, blank: {classes - 1}, zeroInfinity: {Text(keeps)})", [steps, classes], (z, twin) =>
        {
            var batch = (int)z.shape[0];
            var losses = Functional.ctc_loss(
                Functional.log_softmax(z, -1).transpose(0, 1), twin.Labels!.reshape(batch, labels), tensor(Enumerable.Repeat((long)steps, batch).ToArray()),
                tensor(Enumerable.Repeat((long)labels, batch).ToArray()), blank: classes - 1, zero_infinity: keeps, reduction: nn.Reduction.None);
            return losses.mean();
        })
        {
            IsLoss = true,
            Labels = ([labels], classes - 1),
        };
    }

    private static Tensor Contrastive(Tensor distance, Tensor target, float margin) =>
        (0.5 * ((target * distance.square()) + ((1 - target) * (margin - distance).clamp_min(0).square()))).mean();

    private static Setting OfTarget(Draw draw, string text, Func<Tensor, Tensor, Tensor> torch, int? rank = null)
    {
        int[] dims = rank == 1 || draw.Flag() ? [draw.Whole(1, 30)] : [draw.Whole(1, 4), draw.Whole(1, 12)];
        return new(text, dims, (z, twin) => torch(z, twin.Target!)) { IsLoss = true, Target = dims };
    }
}
