using System.Globalization;

namespace NetGen.Compiled.Tests.Harness;

/// <summary>
/// A network written from a list of decisions, one number each: what a search shrinks is the list. It grows a set of tensors by applying
/// layers and functions to earlier ones, so values are read once, twice or by everything, and ends in an objective over the last.
/// </summary>
internal sealed class RandomNetwork
{
    private readonly IReadOnlyList<int> decisions;
    private readonly List<string> fields = [];
    private readonly List<string> statements = [];
    private readonly List<(string Name, int[] Dims)> tensors = [];

    /// <summary>What is made of weights only: the same for all samples.</summary>
    private readonly List<(string Name, int[] Dims)> shared = [];

    private int position;

    private RandomNetwork(IReadOnlyList<int> decisions) => this.decisions = decisions;

    public static string Text(IReadOnlyList<int> decisions) => new RandomNetwork(decisions).Text();

    /// <summary>A number from 0 to below <paramref name="count"/>; 0, the simplest, once the list is used up.</summary>
    private int Next(int count) => position < decisions.Count ? (int)((uint)decisions[position++] % (uint)count) : 0;

    private T Next<T>(params T[] choices) => choices[Next(choices.Length)];

    private string Text()
    {
        var input = Next(new[] { 5 }, [17], [6, 6, 2], [7, 5, 3], [3, 7], [16], [1], [5, 5, 3]);
        // Everything goes through a weight, so that every objective has something to train.
        Add($"x * {Field("Parameter", $"Parameter({Shape(input)})")}", input);
        var steps = 1 + Next(9);
        for (var i = 0; i < steps; i++)
            Step();
        var (result, dims) = tensors[^1];
        var (labels, loss) = Objective(dims);
        return $$"""
            [Network]
            public sealed partial class Net
            {
                {{string.Join("\n    ", fields)}}

                public Tensor Forward([Shape({{Shape(input)}})] Tensor x)
                {
                    {{string.Join("\n        ", statements)}}
                    return {{result}};
                }

                [Objective]
                public Tensor Loss(Tensor x{{labels}}) => {{loss}};
            }
            """;
    }

    private (string Inputs, string Loss) Objective(int[] dims)
    {
        var y = "Forward(x)";
        return Next(7) switch
        {
            1 when dims.Length == 1 => (", Labels label", $"CrossEntropy({y}, label)"),
            2 => ("", $"Mean(Square({y})) + 0.1f * Sum(Abs({y} - 0.2f))"),
            3 => ($", [Shape({Shape(dims)})] Tensor target", $"Huber({y}, target)"),
            4 when dims.Length == 1 => (", Labels label", $"CrossEntropy({y}, label) + 0.01f * L2({fields[0].Split(' ')[3]})"),
            5 => ("", $"Mean(Square({y})) + 0.1f * L1({fields.Last(HasWeights).Split(' ')[3]})"),
            6 when shared.Count > 0 => ("", $"Sum(Square({y})) + 0.1f * Sum(Square({Field("Parameter", "Parameter(1, 1)")}))"),
            _ => ("", $"Sum(Square({y} + 0.3f))"),
        };
    }

    private void Step()
    {
        // Most often the newest tensor, so that chains grow; sometimes an older one, so that they branch.
        var (x, dims) = tensors[Next(3) == 1 ? Next(tensors.Count) : tensors.Count - 1];
        switch (Next(16))
        {
            case 0:
                Add($"{Next("Relu", "Tanh", "Sigmoid", "Gelu", "Silu", "Softplus", "Abs", "Elu", "LeakyRelu", "Selu", "Mish", "HardSwish", "HardSigmoid", "Softsign", "Celu", "Softshrink", "HardTanh", "LogSigmoid")}({x})", dims);
                break;
            case 1 or 2 when dims.Length == 1:
                var units = Next(1, 5, 10, 17, 33, 64);
                Add($"{Field("Layer", $"Dense({units}{Next("", ", bias: false")})")}({x})", [units]);
                break;
            case 1 or 2 or 3 when dims.Length == 3:
                Conv(x, dims);
                break;
            case 4 or 5 when dims.Length == 3:
                Pool(x, dims);
                break;
            case 6:
                var (y, other) = tensors.LastOrDefault(t => t.Name != x && t.Dims.SequenceEqual(dims));
                if (y is not null && Next(4) == 3)
                    Add($"{Next("Maximum", "Minimum")}({x}, {y})", other);
                else if (y is not null)
                    Add($"{x} {Next("+", "*", "-")} {y}", other);
                else
                    Add($"{x} * {x}", dims);
                break;
            case 7:
                var (z, same) = tensors.LastOrDefault(t => t.Dims.Length == dims.Length && t.Dims.SkipLast(1).SequenceEqual(dims.SkipLast(1)));
                Add($"Concat({x}, {z})", [.. dims[..^1], dims[^1] + same[^1]]);
                break;
            case 8:
                Add($"{Field("Layer", $"Dropout({Next("0.5f", "0.1f")})")}({x})", dims);
                break;
            case 9:
                // What is normalized is more than a pair of numbers: of a pair only the sign is left.
                if (Next(2) == 1 && dims[^1] > 2)
                    Add($"{Field("Layer", Next("LayerNorm(epsilon: 0.1f)", "RmsNorm(epsilon: 0.1f)", "GroupNorm(1, epsilon: 0.1f)"))}({x})", dims);
                else
                    Add($"{Next("Softmax", "LogSoftmax")}({x})", dims);
                break;
            case 10 when dims.Length > 1:
                Add($"Flatten({x})", [dims.Aggregate(1, (p, d) => p * d)]);
                break;
            case 11 when dims.Length > 1:
                var axis = Next(dims.Length);
                Add($"{Next("Mean", "Sum")}({x}, {axis})", [.. dims[..axis], .. dims[(axis + 1)..]]);
                break;
            case 12:
                var shape = Next(dims, [dims[^1]], [1]);
                Add($"{x} {Next("+", "*", "-")} {Field("Parameter", $"Parameter({Shape(shape)})")}", dims);
                break;
            case 13 or 14:
                Share(dims);
                break;
            case 15 when shared.FindLastIndex(s => Broadcasts(s.Dims, dims)) is var index and >= 0:
                Add($"{x} {Next("+", "*", "-")} {shared[index].Name}", dims);
                break;
            default:
                Add($"{x} * {Next("0.5f", "-1.5f")} + 0.25f", dims);
                break;
        }
    }

    /// <summary>Adds a chain of one to four functions of weights, from a new parameter or from what other chains have made.</summary>
    private void Share(int[] dims)
    {
        if (shared.Count == 0 || Next(2) == 0)
        {
            var shape = Next(new[] { dims[^1] }, [4, dims[^1]], [1], dims, [1, 1]);
            shared.Add((Field("Parameter", $"Parameter({Shape(shape)})"), shape));
        }
        for (var length = 1 + Next(4); length > 0; length--)
        {
            var (w, own) = shared[Next(3) == 1 ? Next(shared.Count) : shared.Count - 1];
            var other = shared.FindLast(s => s.Name != w && Broadcasts(s.Dims, own)).Name ?? w;
            switch (Next(5))
            {
                case 1 when own.Length > 0:
                    AddTo(shared, $"{Next("Softmax", "LogSoftmax")}({w})", own);
                    break;
                case 2 when own.Length > 0:
                    var axis = Next(own.Length);
                    AddTo(shared, $"{Next("Mean", "Sum")}({w}, {axis})", [.. own[..axis], .. own[(axis + 1)..]]);
                    break;
                case 3:
                    AddTo(shared, $"{w} {Next("+", "*", "-")} {other}", own);
                    break;
                case 4:
                    AddTo(shared, $"{Next("Mean", "Sum")}({w})", []);
                    break;
                default:
                    AddTo(shared, $"{Next("Tanh", "Sigmoid", "Square", "Abs")}({w})", own);
                    break;
            }
        }
    }

    private static bool Broadcasts(int[] from, int[] to) =>
        from.Length <= to.Length && from.Zip(to[^from.Length..]).All(pair => pair.First == pair.Second || pair.First == 1);

    private void Conv(string x, int[] dims)
    {
        var (filters, kernel, stride) = (Next(1, 3, 8, 16, 17), Next(1, 2, 3), Next(1, 2));
        kernel = Math.Min(kernel, Math.Min(dims[0], dims[1]));
        var same = Next(2) == 1;
        int Out(int extent) => same ? (extent + stride - 1) / stride : ((extent - kernel) / stride) + 1;
        Add(
            $"{Field("Layer", $"Conv2D({filters}, {kernel}, stride: {stride}{(same ? ", padding: Padding.Same" : "")})")}({x})",
            [Out(dims[0]), Out(dims[1]), filters]);
    }

    private void Pool(string x, int[] dims)
    {
        var (pool, stride) = (Math.Min(Next(2, 3, 1), Math.Min(dims[0], dims[1])), Next(2, 1, 3));
        Add(
            $"{Field("Layer", $"{Next("MaxPool2D", "AveragePool2D")}({pool}, stride: {stride})")}({x})",
            [((dims[0] - pool) / stride) + 1, ((dims[1] - pool) / stride) + 1, dims[2]]);
    }

    private static bool HasWeights(string field) => field.Contains("Parameter") || field.Contains("Dense") || field.Contains("Conv2D");

    private string Field(string type, string value)
    {
        var name = $"f{fields.Count}";
        fields.Add($"private readonly {type} {name} = {value};");
        return name;
    }

    private void Add(string expression, int[] dims) => AddTo(tensors, expression, dims);

    private void AddTo(List<(string Name, int[] Dims)> values, string expression, int[] dims)
    {
        var name = $"t{statements.Count}";
        statements.Add($"var {name} = {expression};");
        values.Add((name, dims));
    }

    private static string Shape(int[] dims) => string.Join(", ", dims.Select(d => d.ToString(CultureInfo.InvariantCulture)));
}
