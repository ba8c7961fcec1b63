using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Operations.Steps;

namespace NetGen.Generator.Operations.Recurrent;

/// <summary>The reference meaning of recurrent layers, by plain loops in double.</summary>
internal sealed class RecurrenceMeaning(RecurrenceShape shape, ReferenceCall call)
{
    private readonly int units = shape.Units, gates = shape.Gates;

    /// <summary>Where each begins, and its steps.</summary>
    private IEnumerable<(int Start, int Steps)> Sequences
    {
        get
        {
            if (shape.OfSteps)
                return StepMeaning.Sequences(call).Select(s => (s.Start, s.Count));
            var steps = RecurrenceShape.Steps(call.InputType(0));
            return Enumerable.Range(0, call.Input(0).Length / steps / call.InputType(0).Dims[call.InputType(0).Rank - 1]).Select(s =>
                (s * steps, steps));
        }
    }

    private bool HasBias => call.InputCount - (shape.OfSteps ? 1 : 0) > 2;

    /// <summary>h of all steps, or what is kept of them.</summary>
    public void Run(bool result)
    {
        var (g, weight) = (call.Input(0), call.Input(1));
        foreach (var (start, steps) in Sequences)
        {
            var (state, cell) = (new double[units], new double[units]);
            for (var i = 0; i < steps; i++)
            {
                var place = start + shape.Step(i, steps);
                var u = Enumerable.Range(0, gates).Select(n =>
                    (HasBias ? call.Input(2)[n] : 0) + Enumerable.Range(0, units).Sum(k =>
                        state[k] * weight[(k * gates) + n])).ToArray();
                var kept = Step(Enumerable.Range(0, gates).Select(n => g[(place * gates) + n]).ToArray(), u, state, cell);
                (result ? state : kept).CopyTo(call.Result, place * (result ? units : shape.Kept));
            }
        }
    }

    private double[] Step(double[] g, double[] u, double[] state, double[] cell)
    {
        var kept = new double[shape.Kept];
        for (var j = 0; j < units; j++)
        {
            double Sum(int gate) => g[(gate * units) + j] + u[(gate * units) + j];
            double[] numbers;
            switch (shape.Kind)
            {
                case CellKind.Lstm:
                    var (input, forget, candidate, output) = (Sigmoid(Sum(0)), Sigmoid(Sum(1)), Math.Tanh(Sum(2)), Sigmoid(Sum(3)));
                    cell[j] = (forget * cell[j]) + (input * candidate);
                    state[j] = output * Math.Tanh(cell[j]);
                    numbers = [input, forget, candidate, output, cell[j]];
                    break;
                case CellKind.Gru:
                    var (reset, update, hidden) = (Sigmoid(Sum(0)), Sigmoid(Sum(1)), u[(2 * units) + j]);
                    var next = Math.Tanh(g[(2 * units) + j] + (reset * hidden));
                    state[j] = ((1 - update) * next) + (update * state[j]);
                    numbers = [reset, update, next, hidden];
                    break;
                default:
                    state[j] = shape.Kind == CellKind.Tanh ? Math.Tanh(Sum(0)) : Math.Max(Sum(0), 0);
                    numbers = [state[j]];
                    break;
            }
            for (var i = 0; i < numbers.Length; i++)
                kept[(i * units) + j] = numbers[i];
        }
        return kept;
    }

    /// <summary>The gradient of g or of u, from (dy, W, h, kept).</summary>
    public void RunBack(bool ofHidden)
    {
        var (dy, weight, y, kept) = (call.Input(0), call.Input(1), call.Input(2), call.Input(3));
        foreach (var (start, steps) in Sequences)
        {
            var (state, carry) = (new double[units], new double[units]);
            for (var i = steps - 1; i >= 0; i--)
            {
                var place = start + shape.Step(i, steps);
                var before = start + shape.Step(Math.Max(0, i - 1), steps);
                var (dg, du) = (new double[gates], new double[gates]);
                for (var j = 0; j < units; j++)
                {
                    double Kept(int number, int at) => kept[(at * shape.Kept) + (number * units) + j];
                    var dh = dy[(place * units) + j] + state[j];
                    switch (shape.Kind)
                    {
                        case CellKind.Lstm:
                            var (input, forget, candidate, output) = (Kept(0, place), Kept(1, place), Kept(2, place), Kept(3, place));
                            var bounded = Math.Tanh(Kept(4, place));
                            var dc = (dh * output * (1 - (bounded * bounded))) + carry[j];
                            dg[j] = dc * candidate * input * (1 - input);
                            dg[units + j] = dc * (i == 0 ? 0 : Kept(4, before)) * forget * (1 - forget);
                            dg[(2 * units) + j] = dc * input * (1 - (candidate * candidate));
                            dg[(3 * units) + j] = dh * bounded * output * (1 - output);
                            carry[j] = dc * forget;
                            break;
                        case CellKind.Gru:
                            var (reset, update, next, hidden) = (Kept(0, place), Kept(1, place), Kept(2, place), Kept(3, place));
                            dh += carry[j];
                            var dn = dh * (1 - update) * (1 - (next * next));
                            dg[j] = dn * hidden * reset * (1 - reset);
                            dg[units + j] = dh * ((i == 0 ? 0 : y[(before * units) + j]) - next) * update * (1 - update);
                            dg[(2 * units) + j] = dn;
                            carry[j] = dh * update;
                            break;
                        default:
                            var h = Kept(0, place);
                            dg[j] = shape.Kind == CellKind.Tanh ? dh * (1 - (h * h)) : h > 0 ? dh : 0;
                            break;
                    }
                }
                dg.CopyTo(du, 0);
                for (var j = 0; shape.Kind == CellKind.Gru && j < units; j++)
                    du[(2 * units) + j] *= kept[(place * shape.Kept) + j];
                (ofHidden ? du : dg).CopyTo(call.Result, place * gates);
                state = [.. Enumerable.Range(0, units).Select(k => Enumerable.Range(0, gates).Sum(n => du[n] * weight[(k * gates) + n]))];
            }
        }
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
