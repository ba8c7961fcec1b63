using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Recurrent;
using NetGen.Generator.Operations.Steps;

namespace NetGen.Compiled.Tests.Harness;

/// <summary>
/// How far recurrent layers in float may be from the reference: the steps with numbers that carry their errors (running error analysis:
/// Higham, §3.3), of the rules of <see cref="ErrorAnalysis"/>.
/// </summary>
internal static class RecurrenceErrors
{
    private const double U = 1.0 / (1 << 24);

    public static double[] Of(RecurrenceOperation operation, double[] value, IReadOnlyList<Bounded> operands, TensorType[] types)
    {
        var shape = operation.Shape;
        var bound = new double[value.Length];
        foreach (var (start, steps) in Sequences(shape, operands, types))
        {
            if (operation is RecurrenceGradient gradient)
                Back(gradient, operands, steps, start, bound);
            else
                Run(operation, operands, steps, start, bound);
        }
        return bound;
    }

    private static IEnumerable<(int Start, int Steps)> Sequences(RecurrenceShape shape, IReadOnlyList<Bounded> operands, TensorType[] types)
    {
        if (shape.OfSteps)
            return operands[^1].Value.Chunk(Spans.Width).Select(span => ((int)span[0], (int)span[1]));
        var steps = RecurrenceShape.Steps(types[0]);
        return Enumerable.Range(0, operands[0].Value.Length / steps / types[0].Dims[^1]).Select(sequence => (sequence * steps, steps));
    }

    private static void Run(RecurrenceOperation operation, IReadOnlyList<Bounded> operands, int steps, int first, double[] bound)
    {
        var (shape, units, gates) = (operation.Shape, operation.Shape.Units, operation.Shape.Gates);
        Number At(int operand, int i) => new(operands[operand].Value[i], operands[operand].Bound[i]);
        var (state, cell) = (new Number[units], new Number[units]);
        for (var i = 0; i < steps; i++)
        {
            var place = first + shape.Step(i, steps);
            var u = Enumerable.Range(0, gates).Select(n =>
                (operands.Count - (shape.OfSteps ? 1 : 0) > 2 ? At(2, n) : default) + Number.Sum(Enumerable.Range(0, units).Select(k => state[k] * At(1, (k * gates) + n)))).ToArray();
            for (var j = 0; j < units; j++)
            {
                Number Sum(int gate) => At(0, (place * gates) + (gate * units) + j) + u[(gate * units) + j];
                Number[] kept;
                switch (shape.Kind)
                {
                    case CellKind.Lstm:
                        kept = [Sum(0).Sigmoid(), Sum(1).Sigmoid(), Sum(2).Tanh(), Sum(3).Sigmoid(), default];
                        cell[j] = kept[4] = (kept[1] * cell[j]) + (kept[0] * kept[2]);
                        state[j] = kept[3] * cell[j].Tanh();
                        break;
                    case CellKind.Gru:
                        kept = [Sum(0).Sigmoid(), Sum(1).Sigmoid(), default, u[(2 * units) + j]];
                        kept[2] = (At(0, (place * gates) + (2 * units) + j) + (kept[0] * kept[3])).Tanh();
                        state[j] = (kept[1] * (state[j] - kept[2])) + kept[2];
                        break;
                    default:
                        state[j] = shape.Kind == CellKind.Tanh ? Sum(0).Tanh() : Sum(0).Relu();
                        kept = [state[j]];
                        break;
                }
                if (operation is Recurrence)
                    bound[(place * units) + j] = state[j].Error;
                for (var n = 0; operation is RecurrenceKept && n < kept.Length; n++)
                    bound[(place * shape.Kept) + (n * units) + j] = kept[n].Error;
            }
        }
    }

    private static void Back(RecurrenceGradient operation, IReadOnlyList<Bounded> operands, int steps, int first, double[] bound)
    {
        var (shape, units, gates) = (operation.Shape, operation.Shape.Units, operation.Shape.Gates);
        Number At(int operand, int i) => new(operands[operand].Value[i], operands[operand].Bound[i]);
        var one = new Number(1, 0);
        var (state, carry) = (new Number[units], new Number[units]);
        for (var i = steps - 1; i >= 0; i--)
        {
            var (place, before) = (first + shape.Step(i, steps), first + shape.Step(Math.Max(0, i - 1), steps));
            var (dg, du) = (new Number[gates], new Number[gates]);
            for (var j = 0; j < units; j++)
            {
                Number Kept(int number, int at) => At(3, (at * shape.Kept) + (number * units) + j);
                Number Slope(int gate) => Kept(gate, place) * (one - Kept(gate, place));
                Number TanhSlope(Number y) => one - (y * y);
                var dh = At(0, (place * units) + j) + state[j];
                switch (shape.Kind)
                {
                    case CellKind.Lstm:
                        var bounded = Kept(4, place).Tanh();
                        var dc = (dh * Kept(3, place) * TanhSlope(bounded)) + carry[j];
                        dg[j] = dc * Kept(2, place) * Slope(0);
                        dg[units + j] = dc * (i == 0 ? default : Kept(4, before)) * Slope(1);
                        dg[(2 * units) + j] = dc * Kept(0, place) * TanhSlope(Kept(2, place));
                        dg[(3 * units) + j] = dh * bounded * Slope(3);
                        carry[j] = dc * Kept(1, place);
                        break;
                    case CellKind.Gru:
                        dh += carry[j];
                        var dn = dh * (one - Kept(1, place)) * TanhSlope(Kept(2, place));
                        dg[j] = dn * Kept(3, place) * Slope(0);
                        dg[units + j] = dh * ((i == 0 ? default : At(2, (before * units) + j)) - Kept(2, place)) * Slope(1);
                        dg[(2 * units) + j] = dn;
                        carry[j] = dh * Kept(1, place);
                        break;
                    case CellKind.Tanh:
                        dg[j] = dh * TanhSlope(Kept(0, place));
                        break;
                    default:
                        // What may be either side of 0 lets a gradient through or not.
                        var h = Kept(0, place);
                        dg[j] = h.Value > h.Error ? dh : h.Error == 0 ? default : new Number(h.Value > 0 ? dh.Value : 0, Math.Abs(dh.Value) + dh.Error);
                        break;
                }
            }
            dg.CopyTo(du, 0);
            for (var j = 0; shape.Kind == CellKind.Gru && j < units; j++)
                du[(2 * units) + j] *= At(3, (place * shape.Kept) + j);
            var result = operation.OfHidden ? du : dg;
            for (var n = 0; n < gates; n++)
                bound[(place * gates) + n] = result[n].Error;
            state = [.. Enumerable.Range(0, units).Select(k => Number.Sum(Enumerable.Range(0, gates).Select(n => du[n] * At(1, (k * gates) + n))))];
        }
    }

    /// <summary>A number and its error.</summary>
    private readonly record struct Number(double Value, double Error)
    {
        public static Number operator +(Number a, Number b) => Rounded(a.Value + b.Value, a.Error + b.Error);

        public static Number operator -(Number a, Number b) => Rounded(a.Value - b.Value, a.Error + b.Error);

        public static Number operator *(Number a, Number b) =>
            Rounded(a.Value * b.Value, (Math.Abs(a.Value) * b.Error) + (Math.Abs(b.Value) * a.Error) + (a.Error * b.Error));

        /// <summary>In any order.</summary>
        public static Number Sum(IEnumerable<Number> terms)
        {
            var all = terms.ToArray();
            return new(all.Sum(t => t.Value), all.Sum(t => t.Error) + (all.Length * U * all.Sum(t => Math.Abs(t.Value) + t.Error)));
        }

        /// <summary>Both results lie between 0 and 1, however far apart the operands are; else products of errors would grow beyond all numbers.</summary>
        public Number Sigmoid() => new(1 / (1 + Math.Exp(-Value)), Math.Min(1 + (8 * U), (Error / 4) + (8 * U)));

        /// <summary>Between −1 and 1.</summary>
        public Number Tanh() => new(Math.Tanh(Value), Math.Min(2 + (8 * U), Error + (8 * U * Math.Abs(Math.Tanh(Value)))));

        public Number Relu() => new(Math.Max(Value, 0), Value + Error <= 0 ? 0 : Error);

        private static Number Rounded(double value, double error) => new(value, error + (2 * U * (Math.Abs(value) + error)));
    }
}
