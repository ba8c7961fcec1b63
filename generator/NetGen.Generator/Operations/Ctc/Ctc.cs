using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Steps;

namespace NetGen.Generator.Operations.Ctc;

/// <summary>
/// What the operations of the CTC loss have in common (Graves et al. 2006). A target of n labels has 2n + 1 states: a blank, the first
/// label, a blank, …; a path goes through them, a state a step, on to the same, the next, or over a blank between different labels.
/// Operands are log-probabilities, labels, and the spans of both, for which the labels stand where there are none.
/// </summary>
/// <param name="Classes">The blank counted.</param>
/// <param name="Blank">Which class is no label.</param>
/// <param name="Ignored">The label that ends a target, which has no other end; null: it has one.</param>
internal abstract record CtcOperation(int Classes, int Blank, int? Ignored) : StepOperation
{
    /// <summary>
    /// The logarithm of what cannot be: finite, so that sums and differences of it are numbers. As in NetGen.Runtime.CtcKernels.
    /// </summary>
    public const double Impossible = -1e30f;

    protected const int Labels = 1, Spans = 2, LabelSpans = 3;

    public override string Title => Text.Invariant($"{GetType().Name}[{Classes}, blank {Blank}{(Ignored is { } ignored ? Text.Invariant($", up to {ignored}") : "")}]");

    /// <summary>The blank is no label: where it is the last class a target that names it is refused.</summary>
    public override int? IndexLimit(IReadOnlyList<TensorType> inputs) => Blank == Classes - 1 ? Blank : Classes;

    public override int? IgnoredLabel => Ignored;

    public override KernelBody Lower(LoweringContext context)
    {
        var (steps, longest) = (context.Inputs[0], context.Inputs[Labels]);
        return new RuntimeCallBody("CtcKernels." + Kernel, new[]
        {
            Classes, States(longest), steps.Rows.IsSteps ? 0 : steps.Dims[0], longest.Rows.IsSteps ? 0 : longest.Dims[0], Blank, Ignored ?? int.MinValue,
        }.Concat(More).ToEquatableArray());
    }

    protected abstract string Kernel { get; }

    /// <summary>Constants that this one has alone.</summary>
    protected virtual IEnumerable<int> More => [];

    /// <summary>States of the longest target.</summary>
    protected static int States(TensorType labels) => (2 * (labels.Rows.IsSteps ? labels.Rows.Longest : labels.Dims[0])) + 1;

    /// <summary>A row for each step, as x has it.</summary>
    protected static TensorType Rows(TensorType x, int width) => x.WithDims(x.Dims.Take(x.Rank - 1).Append(width));

    /// <summary>
    /// The samples: where their steps are, and the labels of each state; null: the target has a blank, and no probability.
    /// </summary>
    public static IEnumerable<(int Sample, int First, int Steps, int[]? States)> Samples(CtcOperation operation, ReferenceCall call)
    {
        for (var b = 0; b < call.Samples; b++)
        {
            var (first, steps) = Span(call, 0, Spans, b);
            var (from, longest) = Span(call, Labels, LabelSpans, b);
            var labels = call.Input(Labels).Skip(from).Take(longest).Select(label => (int)label).TakeWhile(label => label != operation.Ignored).ToArray();
            yield return (b, first, steps, labels.Contains(operation.Blank)
                ? null
                : [operation.Blank, .. labels.SelectMany(label => new[] { label, operation.Blank })]);
        }
    }

    private static (int First, int Count) Span(ReferenceCall call, int operand, int spans, int sample)
    {
        var type = call.InputType(operand);
        return type.Rows.IsSteps
            ? ((int)call.Input(spans)[sample * Steps.Spans.Width], (int)call.Input(spans)[(sample * Steps.Spans.Width) + 1])
            : (sample * type.Dims[0], type.Dims[0]);
    }

    /// <summary>Whether a path may go over the blank before a state.</summary>
    public static bool MaySkip(int[] states, int state) => state >= 3 && state % 2 == 1 && states[state] != states[state - 2];

    public static double LogSum(params double[] x)
    {
        var largest = x.Max();
        return largest + Math.Log(x.Sum(v => Math.Exp(v - largest)));
    }
}

/// <summary>
/// (log p, labels, spans, spans of labels) to log α: the probability of all beginnings of paths that are in a state at a step, [steps,
/// states]. What flows through it is in the rule of <see cref="CtcLoss"/>.
/// </summary>
internal sealed record CtcForward(int Classes, int Blank, int? Ignored) : CtcOperation(Classes, Blank, Ignored)
{
    protected override string Kernel => "Forward";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => Rows(inputs[0], States(inputs[Labels]));

    public override Value?[] Backward(BackwardContext context) => [null, null, null, null];

    public override void Evaluate(ReferenceCall call)
    {
        var width = States(call.InputType(Labels));
        foreach (var (_, first, steps, states) in Samples(this, call))
        {
            for (var t = 0; t < steps; t++)
            {
                for (var s = 0; s < width; s++)
                {
                    double Before(int back) => s - back < 0 ? Impossible : t > 0 ? call.Result[((first + t - 1) * width) + s - back] : s == back ? 0 : Impossible;
                    call.Result[((first + t) * width) + s] = states is null ? double.NaN
                        : s >= states.Length ? Impossible
                        : LogSum(Before(0), Before(1), MaySkip(states, s) ? Before(2) : Impossible) + call.Input(0)[((first + t) * Classes) + states[s]];
                }
            }
        }
    }
}

/// <summary>
/// (log p, labels, spans, spans of labels) to log β: the probability of all ends of paths behind a state at a step, [steps, states].
/// </summary>
internal sealed record CtcBackward(int Classes, int Blank, int? Ignored) : CtcOperation(Classes, Blank, Ignored)
{
    protected override string Kernel => "Backward";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => Rows(inputs[0], States(inputs[Labels]));

    public override void Evaluate(ReferenceCall call)
    {
        var width = States(call.InputType(Labels));
        foreach (var (_, first, steps, states) in Samples(this, call))
        {
            for (var t = steps - 1; t >= 0; t--)
            {
                for (var s = 0; s < width; s++)
                {
                    double Behind(int ahead) => s + ahead >= states!.Length
                        ? Impossible
                        : call.Result[((first + t + 1) * width) + s + ahead] + call.Input(0)[((first + t + 1) * Classes) + states[s + ahead]];
                    call.Result[((first + t) * width) + s] = states is null ? double.NaN
                        : s >= states.Length ? Impossible
                        : t == steps - 1 ? (s >= states.Length - 2 ? 0 : Impossible)
                        : LogSum(Behind(0), Behind(1), s + 2 < states.Length && MaySkip(states, s + 2) ? Behind(2) : Impossible);
                }
            }
        }
    }
}

/// <summary>
/// (log p, labels, spans, spans of labels, log α) to −log of the probability of all paths, one number per sample; ∞, or 0, where no path is
/// as short as the steps.
/// </summary>
internal sealed record CtcLoss(int Classes, int Blank, int? Ignored, bool ZeroInfinity) : CtcOperation(Classes, Blank, Ignored)
{
    private const int Alpha = 4;

    protected override string Kernel => "Loss";

    protected override IEnumerable<int> More => [ZeroInfinity ? 1 : 0];

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => TensorType.PerSample();

    public override Value?[] Backward(BackwardContext context)
    {
        var (graph, inputs) = (context.Graph, context.Inputs);
        var beta = graph.Apply(new CtcBackward(Classes, Blank, Ignored), inputs[0], inputs[Labels], inputs[Spans], inputs[LabelSpans]);
        return
        [
            graph.Apply(
                new CtcGradient(Classes, Blank, Ignored), inputs[Alpha], inputs[Labels], inputs[Spans], inputs[LabelSpans], beta, context.Result, context.FullGradient),
            null, null, null, null,
        ];
    }

    public override void Evaluate(ReferenceCall call)
    {
        var width = States(call.InputType(Labels));
        foreach (var (sample, first, steps, states) in Samples(this, call))
        {
            double At(int state) => call.Input(Alpha)[((first + steps - 1) * width) + state];
            var loss = states is null ? double.NaN : -LogSum(At(states.Length - 1), states.Length > 1 ? At(states.Length - 2) : Impossible);
            call.Result[sample] = loss > Impossible / -10 ? (ZeroInfinity ? 0 : double.PositiveInfinity) : loss;
        }
    }
}

/// <summary>
/// (log α, labels, spans, spans of labels, log β, loss, dloss) to dlog p: −dloss · the probability that a path has a class at a step, given
/// the target: Σ exp(log α + log β + loss) over the states of the class.
/// </summary>
internal sealed record CtcGradient(int Classes, int Blank, int? Ignored) : CtcOperation(Classes, Blank, Ignored)
{
    public const int Beta = 4, Loss = 5, LossGradient = 6;

    protected override string Kernel => "Gradient";

    public override TensorType Infer(IReadOnlyList<TensorType> inputs) => Rows(inputs[0], Classes);

    public override void Evaluate(ReferenceCall call)
    {
        var width = States(call.InputType(Labels));
        foreach (var (sample, first, steps, states) in Samples(this, call))
        {
            for (var t = first; t < first + steps; t++)
            {
                for (var k = 0; k < Classes && states is null; k++)
                    call.Result[(t * Classes) + k] = double.NaN;
                for (var s = 0; s < (states?.Length ?? 0); s++)
                {
                    var share = Math.Exp(call.Input(0)[(t * width) + s] + call.Input(Beta)[(t * width) + s] + call.Input(Loss)[sample]);
                    call.Result[(t * Classes) + states![s]] -= share * call.Input(LossGradient)[sample];
                }
            }
        }
    }
}
