using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Attention;
using NetGen.Generator.Operations.BatchMatMul;
using NetGen.Generator.Operations.Convolution;
using NetGen.Generator.Operations.Ctc;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Dropout;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Indexed;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Loops;
using NetGen.Generator.Operations.Losses;
using NetGen.Generator.Operations.Norms;
using NetGen.Generator.Operations.Pooling;
using NetGen.Generator.Operations.Random;
using NetGen.Generator.Operations.Recurrent;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Resampling;
using NetGen.Generator.Operations.Scans;
using NetGen.Generator.Operations.Softmax;
using NetGen.Generator.Operations.Steps;
using NetGen.Generator.Operations.Vectors;
using NetGen.Generator.Operations.Views;
using NetGen.Generator.Operations.Winograd;

namespace NetGen.Compiled.Tests.Harness;

/// <summary>A value of a graph by the reference interpreter, and how far a computation in float may be from it.</summary>
internal sealed record Bounded(double[] Value, double[] Bound);

/// <summary>
/// The reference run of a graph with a forward error analysis (Higham, Accuracy and Stability of Numerical Algorithms, §3): beside every value
/// x goes a bound e ≥ |x_float − x|, by
/// <code>
/// Σ a·b over n terms     e = Σ((|a|+ea)(|b|+eb) − |a||b|) + (n+1)·u·Σ(|a|+ea)(|b|+eb)     in any order of summation
/// Σ a over n terms       e = Σ ea + n·u·Σ(|a|+ea)
/// f(a, b) element-wise   e = max |f(a±ea, b±eb) − f(a, b)| + 16·u·magnitude               (VectorMath's errors are below 4 ulp = 8 u)
/// copies                 e = ea
/// </code>
/// with u = 2⁻²⁴. A comparison that rounding can turn (a ReLU's mask, the place of a maximum) makes both outcomes part of the bound, and
/// only where it can. Nothing in it is tuned: a result outside of its bound is wrong.
/// </summary>
internal sealed class ErrorAnalysis
{
    private const double U = 1.0 / (1 << 24);
    private const double FunctionRoundings = 16;

    private readonly TensorGraph graph;
    private readonly ReferenceEnvironment environment;
    private readonly Bounded[] values;

    private ErrorAnalysis(TensorGraph graph, ReferenceEnvironment environment)
    {
        this.graph = graph;
        this.environment = environment;
        values = new Bounded[graph.Nodes.Count];
    }

    /// <param name="graph">The graph.</param>
    /// <param name="environment">What it starts from.</param>
    /// <param name="ofLeaf">How far its leaves may be off; null: not at all.</param>
    public static Bounded[] Run(TensorGraph graph, ReferenceEnvironment environment, Func<Node, double[]?>? ofLeaf = null)
    {
        var analysis = new ErrorAnalysis(graph, environment);
        foreach (var node in graph.Nodes)
        {
            var value = analysis.Evaluate(node, node.Inputs.Select(i => analysis.values[i].Value).ToArray());
            analysis.values[node.Id] = new Bounded(value, []);
            analysis.values[node.Id] = new Bounded(value, ofLeaf?.Invoke(node) ?? analysis.Bound(node, value));
        }
        return analysis.values;
    }

    private double[] Evaluate(Node node, params double[][] operands)
    {
        var call = new ReferenceCall(environment, operands, node.Inputs.Select(i => graph[i].Type).ToArray(), node.Type);
        node.Operation.Evaluate(call);
        return call.Result;
    }

    private double[] Bound(Node node, double[] value)
    {
        double[] Error(int operand) => values[node.Inputs[operand]].Bound;
        double[] Operand(int operand) => values[node.Inputs[operand]].Value;
        switch (node.Operation)
        {
            case BatchReciprocal or RowsReciprocal or DropoutMask:
                return value.Select(v => 2 * U * Math.Abs(v)).ToArray();
            case RandomTensor:
                return value.Select(v => FunctionRoundings * U * Math.Abs(v)).ToArray();
            case Leaf or OneHot or LabelMask or NumberVector or Extreme or Ranking or Spans or StepNumbers or StepCounts:
                return new double[value.Length];
            case Elementwise elementwise:
                return ElementwiseBound(node, elementwise, value);
            case MatMul or BatchMatMul or Convolution or ConvolutionTranspose or MatMulWeightGradient or ConvolutionWeightGradient:
                return Contraction(node);
            case WinogradWeights or WinogradWeightsGradient or WinogradConvolution or WinogradInputGradient or WinogradProductsGradient:
                return Winograd(node);
            case Reduce reduce:
                return Sum(node, reduce.Axes.Aggregate(reduce.OverBatch ? RowsOf(node) : 1.0, (n, axis) => n * TypeOf(node, 0).Dims[axis]) + 1);
            case Largest:
                return Evaluate(node, Error(0));
            case Product or Scan { IsProduct: true }:
                return Products(node);
            case Scan scan:
                return Sum(node, TypeOf(node, 0).Dims[scan.Axis] + 1);
            case AveragePool2D pool:
                return Sum(node, pool.Window.Area + 1);
            case AveragePool2DGradient pool:
                return Sum(node, pool.Window.Area + 1);
            case ResampleAxis resample:
                // Each weight is rounded, some as the quotient of sums that are exact.
                return Sum(node, TypeOf(node, 0).Dims[resample.Axis] + 2);
            case ResampleAxisGradient resample:
                return Sum(node, resample.Of.Lines + 2);
            case PadAxis pad:
                // The number around is exact.
                return Evaluate(node with { Operation = pad with { Value = 0f } }, Error(0));
            case MaxPool2D:
                return Evaluate(node, Error(0));
            case MaxPool2DIndices indices:
                return UncertainMaxima(node, indices);
            case MaxPool2DGradient gradient:
                return MaxGradient(node, gradient);
            case Softmax:
                return Rows(value, node.Type.Dims[^1], (start, length) =>
                {
                    var relative = SoftmaxError(Operand(0), Error(0), start, length);
                    return j => value[j] * relative;
                });
            case LogSoftmax:
                return Rows(value, node.Type.Dims[^1], (start, length) =>
                {
                    var error = LogSumError(Operand(0), Error(0), start, length);
                    return j => Error(0)[j] + error;
                });
            case SoftmaxGradient:
                return Rows(value, node.Type.Dims[^1], (start, length) => SoftmaxGradientError(
                    Operand(0), Error(0), Operand(1), Error(1), start, length));
            case LogSoftmaxGradient:
                return Rows(value, node.Type.Dims[^1], (start, length) => LogSoftmaxGradientError(
                    Operand(0), Error(0), Operand(1), Error(1), start, length));
            case Standardize norm:
                return Norm(norm, value, Operand(0), Error(0));
            case StandardizeGradient norm:
                return NormGradient(norm, value, Operand(0), Error(0), Operand(1), Error(1));
            case BatchMoments:
                // The bounds of the statistics are made of x.
                return new double[value.Length];
            case BatchMean mean:
                return BatchMeanError(mean.Rows, MomentsOf(node));
            case BatchVariance variance:
                return BatchVarianceError(variance.Rows, MomentsOf(node), value);
            case BatchNormalize normalize:
                return BatchNormalizeError(normalize.Rows, [.. node.Inputs.Select(i => values[i])], value);
            case BatchNormalizeGradient:
                return BatchNormalizeGradientError([.. node.Inputs.Select(i => values[i])], value);
            case BatchGradientSums sums:
                return BatchSumsError(sums.Rows, [.. node.Inputs.Select(i => values[i])], value);
            case SumOfParts sum:
                return Sum(node, UsedParts(sum.Rows));
            case CrossEntropy:
                return value.Select((_, b) =>
                {
                    var classes = TypeOf(node, 0).Dims[^1];
                    return LogSumError(Operand(0), Error(0), b * classes, classes) + Error(0)[(b * classes) + (int)Operand(1)[b]];
                }).ToArray();
            case CrossEntropyGradient:
                return CrossEntropyGradientError(node);
            case SameLikeliestClass:
                // 0 or 1, and nothing is computed from it.
                return value.Select(_ => 1.0).ToArray();
            case RowSums or RowUpdate or GatherGradient or ScatterAdd:
                return SumsOfRows(node);
            case AttentionOperation attention:
                return AttentionErrors.Of(attention, node.Type, [.. node.Inputs.Select(i => values[i])], [.. node.Inputs.Select(i => graph[i].Type)], environment);
            case CtcOperation ctc:
                return CtcErrors.Of(
                    ctc, value, [.. node.Inputs.Select(i => values[i])],
                    new ReferenceCall(environment, [.. node.Inputs.Select(i => values[i].Value)], [.. node.Inputs.Select(i => graph[i].Type)], node.Type));
            case Rotate rotate:
                return AttentionErrors.OfRotation(rotate, node.Type.Dims[^1], values[node.Inputs[0]]);
            case AddSinusoids:
                return Error(0).Zip(value, (e, v) => e + (4 * U * (2 + Math.Abs(v)))).ToArray();
            case StepLoop loop:
                return LoopErrors.Of(loop, value, [.. node.Inputs.Select(i => values[i])], environment.Batch);
            case RecurrenceOperation recurrence:
                return RecurrenceErrors.Of(recurrence, value, [.. node.Inputs.Select(i => values[i])], [.. node.Inputs.Select(i => graph[i].Type)]);
            case StepSum or StepWindowGradient:
                var summed = Evaluate(node, Magnitude(values[node.Inputs[0]], true), Operand(1));
                return Evaluate(node, BoundsOfNumbers(node)).Zip(summed, (e, m) => e + ((TypeOf(node, 0).Rows.Longest + 1) * U * m)).ToArray();
            case CorrectPrediction:
                return UncertainPredictions(node, value);
            default:
                // What is left moves numbers without computing: reshape, transpose, pad, crop, concat, slice, broadcast, shuffle, update.
                return Evaluate(node, BoundsOfNumbers(node));
        }
    }

    /// <summary>The bounds of the operands; those that are indices are as they are.</summary>
    private double[][] BoundsOfNumbers(Node node) =>
        [.. node.Inputs.Select(i => graph[i].Type.Element == ElementType.Int32 ? values[i].Value : values[i].Bound)];

    /// <summary>Sums of as many terms as there are indices, at most.</summary>
    private double[] SumsOfRows(Node node)
    {
        var widened = Evaluate(node, Magnitude(values[node.Inputs[0]], true), values[node.Inputs[1]].Value);
        return Evaluate(node, BoundsOfNumbers(node)).Zip(widened, (e, m) => e + (values[node.Inputs[1]].Value.Length * U * m)).ToArray();
    }

    private int RowsOf(Node node) => environment.RowsOf(TypeOf(node, 0).Rows);

    private TensorType TypeOf(Node node, int operand) => graph[node.Inputs[operand]].Type;

    private double[] Contraction(Node node)
    {
        var (a, b) = (values[node.Inputs[0]], values[node.Inputs[1]]);
        var exact = Evaluate(node, Magnitude(a, false), Magnitude(b, false));
        var widened = Evaluate(node, Magnitude(a, true), Magnitude(b, true));
        double terms = node.Operation switch
        {
            MatMul => TypeOf(node, 1).Dims[0],
            BatchMatMul => TypeOf(node, 1).Dims[^2],
            Convolution => TypeOf(node, 1).Count / TypeOf(node, 1).Dims[3],
            ConvolutionTranspose transposed => TypeOf(node, 1).Count / TypeOf(node, 1).Dims[2] / transposed.Of.Groups,
            MatMulWeightGradient => RowsOf(node) * (double)TypeOf(node, 0).Count / TypeOf(node, 0).Dims[^1],
            _ => RowsOf(node) * TypeOf(node, 1).Dims[0] * (double)TypeOf(node, 1).Dims[1],
        };
        return exact.Zip(widened, (e, w) => Math.Max(0, w - e) + ((terms + 1) * U * w)).ToArray();
    }

    /// <summary>
    /// A composition of linear maps, of which each adds up so many terms, with constants that are rounded once: the error is at most that many units of
    /// the composition of the magnitudes of all constants and operands (Higham, §3.5 for each map).
    /// </summary>
    private double[] Winograd(Node node)
    {
        var operands = node.Inputs.Select(i => values[i]).ToArray();
        var exact = Run(widened: false);
        var widened = Run(widened: true);
        return exact.Zip(widened, (e, w) => Math.Max(0, w - e) + (Terms() * U * w)).ToArray();

        double[] Run(bool widened)
        {
            var call = new ReferenceCall(
                environment, operands.Select(o => Magnitude(o, widened)).ToArray(), node.Inputs.Select(i => graph[i].Type).ToArray(), node.Type);
            switch (node.Operation)
            {
                case WinogradWeights weights:
                    weights.Evaluate(call, WinogradTransform.Of(weights.Outputs).Magnitudes());
                    break;
                case WinogradWeightsGradient gradient:
                    WinogradWeightsGradient.Evaluate(call, WinogradTransform.Of(gradient.Outputs).Magnitudes());
                    break;
                case WinogradConvolution convolution:
                    WinogradConvolution.Evaluate(call, WinogradTransform.Of(convolution.Outputs).Magnitudes());
                    break;
                case WinogradInputGradient gradient:
                    gradient.Evaluate(call, WinogradTransform.Of(gradient.Outputs).Magnitudes());
                    break;
                case WinogradProductsGradient gradient:
                    gradient.Evaluate(call, WinogradTransform.Of(gradient.Outputs).Magnitudes());
                    break;
            }
            return call.Result;
        }

        // A transform of n×n numbers adds up n terms with constants, twice; overlapping tiles are up to four more terms.
        double Terms() => node.Operation switch
        {
            WinogradWeights or WinogradWeightsGradient => 2 * Transform(WinogradTransform.All.Max(t => t.Inputs)),
            WinogradProductsGradient gradient => (4 * Transform(WinogradTransform.Of(gradient.Outputs).Inputs))
                + (environment.Batch * TypeOf(node, 1).Dims[0] * (double)TypeOf(node, 1).Dims[1] / (gradient.Outputs * gradient.Outputs)) + 1,
            _ => (4 * Transform(WinogradTransform.All.Max(t => t.Inputs))) + TypeOf(node, 0).Dims[2] + 5,
        };

        static double Transform(int terms) => terms + 2;
    }

    private double[] Sum(Node node, double terms)
    {
        var x = values[node.Inputs[0]];
        return Evaluate(node, x.Bound).Zip(Evaluate(node, Magnitude(x, true)), (e, m) => Math.Abs(e) + (terms * U * Math.Abs(m))).ToArray();
    }

    private double[] Products(Node node)
    {
        var x = values[node.Inputs[0]];
        var (exact, widened) = (Evaluate(node, Magnitude(x, false)), Evaluate(node, Magnitude(x, true)));
        return exact.Zip(widened, (e, w) => Math.Max(0, w - e) + (x.Value.Length * U * w)).ToArray();
    }

    private static double[] Magnitude(Bounded x, bool widened) =>
        x.Value.Select((v, i) => Math.Abs(v) + (widened ? x.Bound[i] : 0)).ToArray();

    private double[] ElementwiseBound(Node node, Elementwise elementwise, double[] value)
    {
        var row = elementwise.Row;
        var operands = node.Inputs.Select(i => values[i]).ToArray();
        var types = node.Inputs.Select(i => graph[i].Type).ToArray();
        var bound = new double[value.Length];
        var (center, corner) = (new double[row.Arity], new double[row.Arity]);
        var at = new int[row.Arity];
        for (var i = 0; i < value.Length; i++)
        {
            for (var k = 0; k < row.Arity; k++)
            {
                at[k] = Indexing.BroadcastIndex(i, node.Type, types[k]);
                center[k] = operands[k].Value[at[k]];
            }
            double spread = 0;
            for (var signs = 0; signs < 1 << row.Arity; signs++)
            {
                for (var k = 0; k < row.Arity; k++)
                    corner[k] = center[k] + (operands[k].Bound[at[k]] * ((signs >> k & 1) == 0 ? 1 : -1));
                var deviation = Math.Abs(row.Meaning(corner, elementwise.Alpha, elementwise.Beta) - value[i]);
                spread = double.IsNaN(deviation) ? double.PositiveInfinity : Math.Max(spread, deviation);
            }
            bound[i] = spread + (FunctionRoundings * U * (spread + Magnitude(elementwise, center, value[i])));
        }
        return bound;
    }

    /// <summary>The largest intermediate result of a formula; its result, where nothing in it cancels.</summary>
    private static double Magnitude(Elementwise elementwise, double[] x, double result) => elementwise.Function switch
    {
        "Gelu" or "GeluTanh" or "Tanhshrink" => Math.Abs(x[0]),
        "GeluDerivative" or "SiluDerivative" or "GeluTanhDerivative" or "MishDerivative" or "HardSwishDerivative" => 1 + Math.Abs(x[0]),
        // One of three numbers as it is.
        "HardTanh" or "Clamp" => 0,
        "SeluGradient" => Math.Abs(x[0]) * (Math.Abs(x[1]) + (elementwise.Alpha * elementwise.Beta)),
        "CeluGradient" => Math.Abs(x[0]) * (1 + Math.Abs(x[1] / elementwise.Alpha)),
        "Expm1Gradient" => Math.Abs(x[0]) * (1 + Math.Abs(x[1])),
        "Log1PGradient" => Math.Abs(result) * (1 + (Math.Abs(x[1]) / Math.Abs(1 + x[1]))),
        "ErfDerivative" => Math.Abs(result) * (1 + (x[0] * x[0])),
        "HardSigmoid" => HardSigmoidMagnitude(elementwise, x[0]),
        "HardSwish" => Math.Abs(x[0]) * (Math.Abs(x[0]) + 1),
        "Shrink" => Math.Abs(x[0]) + elementwise.Beta,
        "SigmoidGradient" => Math.Abs(x[0] * x[1]),
        "TanhGradient" => Math.Abs(x[0]) * (1 + (x[1] * x[1])),
        "Huber" => Math.Abs(result) + (elementwise.Alpha * elementwise.Alpha),
        _ => Math.Abs(result),
    };

    /// <summary>That of a·x + b, unless it is so far beyond 0 or 1 that no rounding brings it back.</summary>
    private static double HardSigmoidMagnitude(Elementwise elementwise, double x)
    {
        var (sum, magnitude) = ((elementwise.Alpha * x) + elementwise.Beta, Math.Abs(elementwise.Alpha * x) + Math.Abs(elementwise.Beta));
        var beyond = Math.Max(-sum, sum - 1);
        return beyond > FunctionRoundings * U * magnitude ? 0 : magnitude;
    }

    /// <summary>1 where another element of the window is as large, for all that rounding knows.</summary>
    private double[] UncertainMaxima(Node node, MaxPool2DIndices indices)
    {
        var x = values[node.Inputs[0]];
        var (image, result) = (new Image(TypeOf(node, 0)), new Image(node.Type));
        var size = node.Type.Count * environment.Batch;
        var least = Enumerable.Repeat(double.NegativeInfinity, (int)size).ToArray();
        AveragePool2D.Visit(environment.Batch, indices.Window, image, result, (from, to, _) =>
            least[to] = Math.Max(least[to], x.Value[from] - x.Bound[from]));
        var (candidates, inexact) = (new int[size], new bool[size]);
        AveragePool2D.Visit(environment.Batch, indices.Window, image, result, (from, to, _) =>
        {
            if (x.Value[from] + x.Bound[from] < least[to])
                return;
            candidates[to]++;
            inexact[to] |= x.Bound[from] > 0;
        });
        return candidates.Select((c, i) => c > 1 && inexact[i] ? 1.0 : 0.0).ToArray();
    }

    private double[] MaxGradient(Node node, MaxPool2DGradient operation)
    {
        var (dy, index) = (values[node.Inputs[0]], values[node.Inputs[1]]);
        var bound = Evaluate(node, dy.Bound, index.Value);
        var magnitude = Evaluate(node, Magnitude(dy, true), index.Value);
        for (var i = 0; i < bound.Length; i++)
            bound[i] += operation.Window.Area * U * magnitude[i];
        AveragePool2D.Visit(environment.Batch, operation.Window, new Image(node.Type), new Image(TypeOf(node, 0)), (to, from, _) =>
        {
            if (index.Bound[from] > 0)
                bound[to] += Math.Abs(dy.Value[from]) + dy.Bound[from];
        });
        return bound;
    }

    private static double[] Rows(double[] value, int length, Func<int, int, Func<int, double>> row)
    {
        var bound = new double[value.Length];
        for (var start = 0; start < bound.Length; start += length)
        {
            var error = row(start, length);
            for (var j = start; j < start + length; j++)
                bound[j] = error(j);
        }
        return bound;
    }

    /// <summary>
    /// The relative error of exp(x_j − max) / Σ: twice the largest error of an x; the rounding of x − max, which exp makes relative; n roundings
    /// of the sum and a few ulp of exp and of the quotient.
    /// </summary>
    private static double SoftmaxError(double[] x, double[] e, int start, int length)
    {
        var row = x.AsSpan(start, length).ToArray();
        var range = row.Max() - row.Min();
        var error = e.AsSpan(start, length).ToArray().Max();
        return Math.Exp(2 * error) - 1 + (U * (length + FunctionRoundings + range));
    }

    /// <summary>The error of max + log Σ exp(x − max), where the logarithm makes the sum's relative error absolute.</summary>
    private static double LogSumError(double[] x, double[] e, int start, int length)
    {
        var row = x.AsSpan(start, length).ToArray();
        var range = row.Max() - row.Min();
        var error = e.AsSpan(start, length).ToArray().Max();
        return error + (U * (length + FunctionRoundings + (4 * range)));
    }

    private static Func<int, double> SoftmaxGradientError(double[] dy, double[] edy, double[] y, double[] ey, int start, int length)
    {
        double dot = 0, magnitude = 0, error = 0;
        for (var j = start; j < start + length; j++)
        {
            dot += dy[j] * y[j];
            var widened = (Math.Abs(dy[j]) + edy[j]) * (Math.Abs(y[j]) + ey[j]);
            error += widened - Math.Abs(dy[j] * y[j]);
            magnitude += widened;
        }
        error += (length + 1) * U * magnitude;
        return j => ((Math.Abs(y[j]) + ey[j]) * (edy[j] + error)) + (ey[j] * Math.Abs(dy[j] - dot))
            + (4 * U * Math.Abs(y[j]) * (Math.Abs(dy[j]) + Math.Abs(dot)));
    }

    private static Func<int, double> LogSoftmaxGradientError(double[] dy, double[] edy, double[] y, double[] ey, int start, int length)
    {
        double sum = 0, magnitude = 0, error = 0;
        for (var j = start; j < start + length; j++)
        {
            sum += dy[j];
            magnitude += Math.Abs(dy[j]) + edy[j];
            error += edy[j];
        }
        error += length * U * magnitude;
        return j =>
        {
            var exp = Math.Exp(y[j]);
            var expError = exp * (Math.Exp(ey[j]) - 1 + (FunctionRoundings * U));
            return edy[j] + (expError * (Math.Abs(sum) + error)) + (exp * error) + (4 * U * (Math.Abs(dy[j]) + (exp * Math.Abs(sum))));
        };
    }

    private static double[] Norm(NormOperation norm, double[] value, double[] x, double[] e)
    {
        var bound = new double[value.Length];
        foreach (var group in norm.Groups.Of(value.Length))
        {
            var (_, error) = Normalized(norm, group, x, e);
            for (var i = 0; i < group.Length; i++)
                bound[group[i]] = error[i];
        }
        return bound;
    }

    /// <summary>
    /// r, and the errors of r and of each y = (x − μ)·r: that of the mean moves all distances d, that of the sum of squares the scale. Not
    /// centered μ is 0 exactly.
    /// </summary>
    private static ((double R, double Error) Scale, double[] Errors) Normalized(NormOperation norm, int[] group, double[] x, double[] e)
    {
        var n = group.Length;
        var mean = norm.IsCentered ? group.Average(i => x[i]) : 0;
        var meanError = norm.IsCentered ? group.Average(i => e[i]) + ((n + 2) * U * group.Average(i => Math.Abs(x[i]) + e[i])) : 0;
        var d = group.Select(i => Math.Abs(x[i] - mean)).ToArray();
        var ed = group.Select((i, k) => e[i] + meanError + (U * (d[k] + e[i] + meanError))).ToArray();
        var squares = d.Average(v => v * v) + norm.Epsilon;
        var squaresError = d.Zip(ed, (v, ev) => (2 * v * ev) + (ev * ev)).Average() + ((n + 4) * U * (d.Zip(ed, (v, ev) => (v + ev) * (v + ev)).Average() + norm.Epsilon));
        var r = 1 / Math.Sqrt(squares);
        // The sum is never below ε.
        var rError = (1 / Math.Sqrt(Math.Max(squares - squaresError, norm.Epsilon * (1 - (4 * U))))) - r + (4 * U * r);
        return ((r, rError), d.Zip(ed, (v, ev) => ((v + ev) * (r + rError) * (1 + U)) - (v * r)).ToArray());
    }

    private static double[] NormGradient(NormOperation norm, double[] value, double[] dy, double[] edy, double[] x, double[] e)
    {
        var bound = new double[value.Length];
        foreach (var group in norm.Groups.Of(value.Length))
        {
            var n = group.Length;
            var ((r, rError), ey) = Normalized(norm, group, x, e);
            var mean = norm.IsCentered ? group.Average(i => x[i]) : 0;
            var y = group.Select(i => Math.Abs(x[i] - mean) * r).ToArray();
            var dyMean = norm.IsCentered ? Math.Abs(group.Average(i => dy[i])) : 0;
            var dyMeanError = norm.IsCentered
                ? group.Average(i => edy[i]) + ((n + 2) * U * group.Average(i => Math.Abs(dy[i]) + edy[i]))
                : 0;
            var dot = Math.Abs(group.Average(i => dy[i] * (x[i] - mean) * r));
            double widened = 0, exact = 0;
            for (var k = 0; k < n; k++)
            {
                widened += (Math.Abs(dy[group[k]]) + edy[group[k]]) * (y[k] + ey[k]) / n;
                exact += Math.Abs(dy[group[k]]) * y[k] / n;
            }
            var dotError = widened - exact + ((n + 2) * U * widened);
            for (var k = 0; k < n; k++)
            {
                var i = group[k];
                var product = (y[k] + ey[k]) * (dot + dotError);
                var error =
                    edy[i] + dyMeanError + product - (y[k] * dot) + (4 * U * (Math.Abs(dy[i]) + edy[i] + dyMean + dyMeanError + product));
                bound[i] = (rError * Math.Abs(value[i] / r)) + ((r + rError) * error) + (2 * U * Math.Abs(value[i]));
            }
        }
        return bound;
    }

    private int UsedParts(BatchRows rows) => rows.Of(environment.RowsOf(rows.Space)).Count(part => part.To > part.From);

    /// <summary>What the moments are of that a statistic is made of.</summary>
    private Bounded MomentsOf(Node node) => values[graph[node.Inputs[0]].Inputs[0]];

    /// <summary>That of a sum of n terms, in parts.</summary>
    private double[] BatchMeanError(BatchRows rows, Bounded x)
    {
        var n = environment.RowsOf(rows.Space) * rows.Positions;
        var terms = n + UsedParts(rows) + 4;
        var bound = new double[rows.Channels];
        for (var i = 0; i < x.Value.Length; i++)
            bound[i % rows.Channels] += (x.Bound[i] + (terms * U * (Math.Abs(x.Value[i]) + x.Bound[i]))) / n;
        return bound;
    }

    /// <summary>
    /// Σ d²/n with distances d from means: from that of a part, and of it from that of all. No mean is further off than by the largest error of an element and the
    /// rounding of n terms of the largest; all terms are positive.
    /// </summary>
    private double[] BatchVarianceError(BatchRows rows, Bounded x, double[] variance)
    {
        var n = environment.RowsOf(rows.Space) * rows.Positions;
        var terms = n + UsedParts(rows) + 8;
        var bound = new double[rows.Channels];
        for (var c = 0; c < rows.Channels; c++)
        {
            var places = Enumerable.Range(0, n).Select(row => (row * rows.Channels) + c).ToArray();
            var mean = places.Average(i => x.Value[i]);
            var meanError = places.Max(i => x.Bound[i] + (terms * U * (Math.Abs(x.Value[i]) + x.Bound[i])));
            var widened = 0.0;
            foreach (var i in places)
            {
                var d = Math.Abs(x.Value[i] - mean);
                var wide = d + ((x.Bound[i] + (2 * meanError)) * (1 + U)) + (2 * U * d);
                widened += wide * wide / n;
            }
            bound[c] = widened - variance[c] + (terms * U * widened);
        }
        return bound;
    }

    private static double[] BatchNormalizeError(BatchRows rows, Bounded[] operands, double[] value) => [.. value.Select((_, i) =>
    {
        var (x, mean, scale, bias) = (operands[0], operands[1], operands[2], operands[3]);
        var c = i % rows.Channels;
        var b = bias.Value.Length == 1 ? 0 : c;
        var d = Math.Abs(x.Value[i] - mean.Value[c]);
        var wide = (d + x.Bound[i] + mean.Bound[c]) * (Math.Abs(scale.Value[c]) + scale.Bound[c]);
        return wide - (d * Math.Abs(scale.Value[c])) + bias.Bound[b] + (4 * U * (wide + Math.Abs(bias.Value[b]) + bias.Bound[b]));
    })];

    private static double[] BatchNormalizeGradientError(Bounded[] operands, double[] value) => [.. value.Select((v, i) =>
    {
        var (dy, x, mean, scale, shift, slope) = (operands[0], operands[1], operands[2], operands[3], operands[4], operands[5]);
        var c = i % mean.Value.Length;
        var d = Math.Abs(x.Value[i] - mean.Value[c]);
        var product = (d + x.Bound[i] + mean.Bound[c]) * (Math.Abs(slope.Value[c]) + slope.Bound[c]);
        var sum = Math.Abs(dy.Value[i]) + dy.Bound[i] + Math.Abs(shift.Value[c]) + shift.Bound[c] + product;
        var error = dy.Bound[i] + shift.Bound[c] + product - (d * Math.Abs(slope.Value[c])) + (5 * U * sum);
        var exact = dy.Value[i] - shift.Value[c] - ((x.Value[i] - mean.Value[c]) * slope.Value[c]);
        return ((Math.Abs(exact) + error) * (Math.Abs(scale.Value[c]) + scale.Bound[c])) - Math.Abs(v) + (2 * U * sum * Math.Abs(scale.Value[c]));
    })];

    private double[] BatchSumsError(BatchRows rows, Bounded[] operands, double[] value)
    {
        var (dy, x, mean) = (operands[0], operands[1], operands[2]);
        var bound = new double[value.Length];
        foreach (var (part, from, to) in rows.Of(environment.RowsOf(rows.Space)))
        {
            var terms = to - from + 4;
            for (var i = from * rows.Channels; i < to * rows.Channels; i++)
            {
                var (c, at) = (i % rows.Channels, (part * rows.Channels) + (i % rows.Channels));
                var wide = Math.Abs(dy.Value[i]) + dy.Bound[i];
                var d = Math.Abs(x.Value[i] - mean.Value[c]);
                var wideDistance = d + x.Bound[i] + mean.Bound[c];
                bound[at] += dy.Bound[i] + (terms * U * wide);
                bound[(rows.Parts * rows.Channels) + at] += (wide * wideDistance) - (Math.Abs(dy.Value[i]) * d) + (terms * U * wide * wideDistance);
            }
        }
        return bound;
    }

    private double[] CrossEntropyGradientError(Node node)
    {
        var (x, label) = (values[node.Inputs[0]], values[node.Inputs[1]].Value);
        var scale = node.Inputs.Count > 2 ? values[node.Inputs[2]] : null;
        var p = new double[x.Value.Length];
        var row = new Softmax();
        var call = new ReferenceCall(environment, [x.Value], [TypeOf(node, 0)], node.Type);
        row.Evaluate(call);
        call.Result.CopyTo(p, 0);
        var classes = node.Type.Dims[^1];
        return Rows(p, classes, (start, length) =>
        {
            var relative = SoftmaxError(x.Value, x.Bound, start, length);
            var b = start / classes;
            var s = Math.Abs(scale?.Value[b] ?? 1.0 / label.Length);
            var es = scale?.Bound[b] ?? U / label.Length;
            return j =>
            {
                var hit = j - start == (int)label[b] ? 1.0 : 0.0;
                return (p[j] * relative * (s + es)) + (Math.Abs(p[j] - hit) * es) + (4 * U * s * (p[j] + hit));
            };
        });
    }

    private double[] UncertainPredictions(Node node, double[] value)
    {
        var (x, label) = (values[node.Inputs[0]], values[node.Inputs[1]].Value);
        var classes = TypeOf(node, 0).Dims[^1];
        return value.Select((_, b) =>
        {
            var own = (b * classes) + (int)label[b];
            return Enumerable.Range(b * classes, classes).Any(j => j != own && x.Bound[j] + x.Bound[own] > 0
                && Math.Abs(x.Value[j] - x.Value[own]) <= x.Bound[j] + x.Bound[own]) ? 1.0 : 0.0;
        }).ToArray();
    }
}
