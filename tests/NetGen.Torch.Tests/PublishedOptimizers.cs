using TorchSharp.Modules;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace AgainstTorch;

/// <summary>Optimizers that PyTorch does not have, as their authors write them: a step on the gradients that are there.</summary>
internal static class PublishedOptimizers
{
    /// <summary>Chen et al. 2023, program 1, with β = 0.9 and 0.99.</summary>
    public static Action Lion(Parameter[] weights, double rate, double decay)
    {
        var means = Zeros(weights);
        return () => Each(weights, (weight, gradient, i) =>
        {
            var direction = ((0.9 * means[i]) + (0.1 * gradient)).sign();
            means[i] = (0.99 * means[i]) + (0.01 * gradient);
            return weight - (rate * (direction + (decay * weight)));
        });
    }

    /// <summary>You et al. 2020, algorithm 2, with β = 0.9 and 0.999, ε = 10⁻⁶ and φ(z) = z.</summary>
    public static Action Lamb(Parameter[] weights, double rate, double decay)
    {
        var (means, squares, step) = (Zeros(weights), Zeros(weights), 0);
        return () =>
        {
            step++;
            Each(weights, (weight, gradient, i) =>
            {
                means[i] = (0.9 * means[i]) + (0.1 * gradient);
                squares[i] = (0.999 * squares[i]) + (0.001 * gradient.square());
                var (mean, square) = (means[i] / (1 - Math.Pow(0.9, step)), squares[i] / (1 - Math.Pow(0.999, step)));
                var direction = (mean / (square.sqrt() + 1e-6)) + (decay * weight);
                var (length, of) = (weight.norm().item<double>(), direction.norm().item<double>());
                return weight - (rate * (length > 0 && of > 0 ? length / of : 1) * direction);
            });
        };
    }

    /// <summary>Loshchilov and Hutter 2019, algorithm 1, with PyTorch's momentum.</summary>
    public static Action SgdW(Parameter[] weights, double rate, double momentum, double decay)
    {
        var velocities = Zeros(weights);
        return () => Each(weights, (weight, gradient, i) =>
        {
            velocities[i] = (momentum * velocities[i]) + gradient;
            return (weight * (1 - (rate * decay))) - (rate * velocities[i]);
        });
    }

    /// <summary>
    /// Jordan et al. 2024, zeropower_via_newtonschulz5 and muon_update, in double; what is no matrix by AdamW with a rate of 0.001, β = 0.9 and 0.95, ε = 10⁻³.
    /// </summary>
    public static Action Muon(Parameter[] weights, double rate, double momentum, bool nesterov, double decay)
    {
        var (means, squares, step) = (Zeros(weights), Zeros(weights), 0);
        return () =>
        {
            step++;
            Each(weights, (weight, gradient, i) =>
            {
                if (weight.dim() < 2)
                {
                    means[i] = (0.9 * means[i]) + (0.1 * gradient);
                    squares[i] = (0.95 * squares[i]) + (0.05 * gradient.square());
                    var (mean, square) = (means[i] / (1 - Math.Pow(0.9, step)), squares[i] / (1 - Math.Pow(0.95, step)));
                    return (weight * (1 - (1e-3 * decay))) - (1e-3 * mean / (square.sqrt() + 1e-3));
                }
                means[i] = (momentum * means[i]) + ((1 - momentum) * gradient);
                var update = (nesterov ? ((1 - momentum) * gradient) + (momentum * means[i]) : means[i]).flatten(1);
                var x = update.shape[0] > update.shape[1] ? update.t() : update;
                x /= x.norm() + 1e-7;
                for (var iteration = 0; iteration < 5; iteration++)
                {
                    var gram = x.matmul(x.t());
                    x = (3.4445 * x) + ((-4.7750 * gram) + (2.0315 * gram.matmul(gram))).matmul(x);
                }
                x = update.shape[0] > update.shape[1] ? x.t() : x;
                return (weight * (1 - (rate * decay))) - (rate * Math.Sqrt(Math.Max(1, (double)x.shape[0] / x.shape[1])) * x.reshape(weight.shape));
            });
        };
    }

    private static Tensor[] Zeros(Parameter[] weights) => [.. weights.Select(weight => zeros_like(weight).detach())];

    private static void Each(Parameter[] weights, Func<Tensor, Tensor, int, Tensor> next)
    {
        using var _ = no_grad();
        for (var i = 0; i < weights.Length; i++)
            weights[i].copy_(next(weights[i], weights[i].grad!, i));
    }
}
