using Tensor = TorchSharp.torch.Tensor;

namespace AgainstTorch.Drawn;

/// <summary>
/// A layer or a loss with settings, as NetGen's C# and by libtorch in double. What it reads is x·s with a weight s, so that its input's gradient is one of a weight.
/// </summary>
/// <param name="Text">What is done with z = x·s, and, of a loss, with the labels t or the target y.</param>
/// <param name="Dims">Of x, as NetGen has it: channels last.</param>
/// <param name="Torch">The same of z [batch, ..dims], in NetGen's layout too, with the weights in PyTorch's and what else there is.</param>
internal sealed record Setting(string Text, int[] Dims, Func<Tensor, Twin, Tensor> Torch)
{
    /// <summary>The layer that the text calls "layer"; null: it is a function or a loss.</summary>
    public string? Layer { get; init; }

    /// <summary>Whether the text is the objective itself, and not what the sum of squares is taken of.</summary>
    public bool IsLoss { get; init; }

    /// <summary>
    /// Whether numbers are in it that both sides round: a graph's constants are floats. Losses are means, by a factor 1/n, and some have a second one; an attention divides by a root.
    /// </summary>
    public bool HasConstants { get; init; }

    /// <summary>The dimensions of t and how many classes there are; null: there are no labels.</summary>
    public (int[] Dims, int Classes)? Labels { get; init; }

    /// <summary>The dimensions of y; null: there is none.</summary>
    public int[]? Target { get; init; }

    /// <summary>The fields, and one result: the objective is made of it.</summary>
    public string Source
    {
        get
        {
            string Shape(int[] dims) => dims.Length == 0 ? "[Shape]" : $"[Shape({string.Join(", ", dims)})]";
            var more = (Labels is { } labels ? $", {Shape(labels.Dims)} Labels t" : "") + (Target is { } target ? $", {Shape(target)} Tensor y" : "");
            var names = (Labels is null ? "" : ", t") + (Target is null ? "" : ", y");
            return $$"""
                [Network]
                public sealed partial class Net
                {
                    private readonly Parameter s = Parameter({{(Dims.Length == 0 ? "1" : string.Join(", ", Dims))}});
                    {{(Layer is null ? "" : $"private readonly Layer layer = {Layer};")}}

                    private Tensor Result(Tensor z{{more.Replace("[Shape]", "", StringComparison.Ordinal)}}) => {{Text}};

                    public Tensor Forward({{Shape(Dims)}} Tensor x{{more}}) => Result(x * s{{names}});

                    [Objective]
                    public Tensor Loss(Tensor x{{more}}) => {{(IsLoss ? $"Forward(x{names})" : $"Sum(Square(Forward(x{names}) + 0.3f))")}};
                }
                """;
        }
    }
}

/// <summary>What the other side knows beside z: weights by name ("weight"), labels, a target, and whether it is a training step.</summary>
internal sealed record Twin(IReadOnlyDictionary<string, Tensor> Weights, Tensor? Labels, Tensor? Target, bool IsTraining)
{
    public Tensor? this[string name] => Weights.TryGetValue(name, out var value) ? value : null;

    /// <summary>[batch, .., channels] to [batch, channels, ..], and back.</summary>
    public static Tensor ChannelsFirst(Tensor x) => x.movedim([x.dim() - 1], [1]);

    public static Tensor ChannelsLast(Tensor x) => x.movedim([1], [x.dim() - 1]);

    public static Tensor OnImage(Tensor x, Func<Tensor, Tensor> image) => ChannelsLast(image(ChannelsFirst(x)));
}
