using System.ComponentModel;
using ILGPU;
using NetGen.Runtime;

namespace NetGen.Cuda.Kernels;

/// <summary>
/// Recurrent layers; the meanings are those of NetGen.Runtime.RecurrenceKernels. A block takes a sequence, its threads the units of a step.
/// What a thread carries to the next step lies in that step's row of the result, where nobody else looks before it is written. Without a
/// bias the bias is some other operand.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RecurrenceKernels
{
    /// <summary>h of all steps.</summary>
    public static void Forward(ArrayView<float> g, ArrayView<float> weight, ArrayView<float> bias, ArrayView<float> y,
        RecurrenceShape shape, int batch) =>
        Run(g, weight, bias, y, y, false, shape);

    /// <summary>The same, and what backward reads.</summary>
    public static void ForwardWithKept(
        ArrayView<float> g, ArrayView<float> weight, ArrayView<float> bias, ArrayView<float> y, ArrayView<float> kept,
            RecurrenceShape shape, int batch) =>
        Run(g, weight, bias, y, kept, true, shape);

    /// <summary>The gradient of the projections.</summary>
    public static void Gradient(
        ArrayView<float> dy, ArrayView<float> weight, ArrayView<float> y, ArrayView<float> kept, ArrayView<float> dg,
            RecurrenceShape shape, int batch) =>
        Back(dy, weight, y, kept, dg, dg, true, false, shape);

    /// <summary>That of what the state is projected to.</summary>
    public static void HiddenGradient(
        ArrayView<float> dy, ArrayView<float> weight, ArrayView<float> y, ArrayView<float> kept, ArrayView<float> du,
            RecurrenceShape shape, int batch) =>
        Back(dy, weight, y, kept, du, du, false, true, shape);

    /// <summary>Both.</summary>
    public static void Gradients(
        ArrayView<float> dy, ArrayView<float> weight, ArrayView<float> y, ArrayView<float> kept, ArrayView<float> dg, ArrayView<float> du,
        RecurrenceShape shape, int batch) => Back(dy, weight, y, kept, dg, du, true, true, shape);

    private static void Run(
        ArrayView<float> g, ArrayView<float> weight, ArrayView<float> bias, ArrayView<float> y, ArrayView<float> kept, bool keeps,
            RecurrenceShape shape)
    {
        var (sequence, units) = (Grid.IdxX, shape.Units);
        for (var i = 0; i < shape.Steps; i++)
        {
            var place = (sequence * shape.Steps) + shape.Step(i);
            var before = i == 0 ? -1 : (sequence * shape.Steps) + shape.Step(i - 1);
            for (var j = Group.IdxX; j < units; j += Group.DimX)
            {
                var (from, to) = (place * shape.Gates, place * shape.Kept);
                Lane h;
                if (shape.Kind == 2)
                {
                    var input = VectorMath.Sigmoid(Sum(g, weight, bias, y, shape, before, from, j));
                    var forget = VectorMath.Sigmoid(Sum(g, weight, bias, y, shape, before, from, units + j));
                    var candidate = VectorMath.Tanh(Sum(g, weight, bias, y, shape, before, from, (2 * units) + j));
                    var output = VectorMath.Sigmoid(Sum(g, weight, bias, y, shape, before, from, (3 * units) + j));
                    var cell = i == 0 ? Lane.Zero : new Lane(y[(place * units) + j]);
                    cell = Lane.Fma(forget, cell, input * candidate);
                    h = output * VectorMath.Tanh(cell);
                    if (i + 1 < shape.Steps)
                    {
                        y[(((sequence * shape.Steps) + shape.Step(i + 1)) * units) + j] = cell.Value;
                    }
                    if (keeps)
                    {
                        kept[to + j] = input.Value;
                        kept[to + units + j] = forget.Value;
                        kept[to + (2 * units) + j] = candidate.Value;
                        kept[to + (3 * units) + j] = output.Value;
                        kept[to + (4 * units) + j] = cell.Value;
                    }
                }
                else if (shape.Kind == 3)
                {
                    var reset = VectorMath.Sigmoid(Sum(g, weight, bias, y, shape, before, from, j));
                    var update = VectorMath.Sigmoid(Sum(g, weight, bias, y, shape, before, from, units + j));
                    var hidden = Hidden(weight, bias, y, shape, before, (2 * units) + j);
                    var candidate = VectorMath.Tanh(Lane.Fma(reset, hidden, new Lane(g[from + (2 * units) + j])));
                    var last = before < 0 ? Lane.Zero : new Lane(y[(before * units) + j]);
                    h = Lane.Fma(update, last - candidate, candidate);
                    if (keeps)
                    {
                        kept[to + j] = reset.Value;
                        kept[to + units + j] = update.Value;
                        kept[to + (2 * units) + j] = candidate.Value;
                        kept[to + (3 * units) + j] = hidden.Value;
                    }
                }
                else
                {
                    var sum = Sum(g, weight, bias, y, shape, before, from, j);
                    h = shape.Kind == 0 ? VectorMath.Tanh(sum) : Lane.Max(sum, Lane.Zero);
                    if (keeps)
                    {
                        kept[to + j] = h.Value;
                    }
                }
                y[(place * units) + j] = h.Value;
            }
            Group.Barrier();
        }
    }

    /// <summary>g + u, of one number of a step.</summary>
    private static Lane Sum(
        ArrayView<float> g, ArrayView<float> weight, ArrayView<float> bias, ArrayView<float> y, RecurrenceShape shape, int before,
            int from, int n) =>
        new Lane(g[from + n]) + Hidden(weight, bias, y, shape, before, n);

    private static Lane Hidden(ArrayView<float> weight, ArrayView<float> bias, ArrayView<float> y, RecurrenceShape shape, int before, int n)
    {
        var sum = Lane.Zero;
        for (var k = 0; before >= 0 && k < shape.Units; k++)
        {
            sum = Lane.Fma(new Lane(y[(before * shape.Units) + k]), new Lane(weight[(k * shape.Gates) + n]), sum);
        }
        return shape.HasBias != 0 ? sum + new Lane(bias[n]) : sum;
    }

    private static void Back(
        ArrayView<float> dy, ArrayView<float> weight, ArrayView<float> y, ArrayView<float> kept, ArrayView<float> dg, ArrayView<float> du,
            bool hasDg,
        bool hasDu, RecurrenceShape shape)
    {
        var (sequence, units) = (Grid.IdxX, shape.Units);
        var one = Lane.Broadcast(1f);
        for (var i = shape.Steps - 1; i >= 0; i--)
        {
            var place = (sequence * shape.Steps) + shape.Step(i);
            var before = i == 0 ? -1 : (sequence * shape.Steps) + shape.Step(i - 1);
            var behind = i == shape.Steps - 1 ? -1 : (sequence * shape.Steps) + shape.Step(i + 1);
            for (var j = Group.IdxX; j < units; j += Group.DimX)
            {
                var (at, from) = (place * shape.Gates, place * shape.Kept);
                var dh = new Lane(dy[(place * units) + j]) + StateGradient(weight, kept, du, hasDu, shape, behind, j);
                var carried = behind < 0 ? Lane.Zero : new Lane(dg[at + j]);
                var carry = Lane.Zero;
                if (shape.Kind == 2)
                {
                    var (input, forget) = (new Lane(kept[from + j]), new Lane(kept[from + units + j]));
                    var (candidate, output) = (new Lane(kept[from + (2 * units) + j]), new Lane(kept[from + (3 * units) + j]));
                    var bounded = VectorMath.Tanh(new Lane(kept[from + (4 * units) + j]));
                    var last = before < 0 ? Lane.Zero : new Lane(kept[(before * shape.Kept) + (4 * units) + j]);
                    var dc = Lane.Fma(dh * output, one - (bounded * bounded), carried);
                    dg[at + j] = (dc * candidate * (input * (one - input))).Value;
                    dg[at + units + j] = (dc * last * (forget * (one - forget))).Value;
                    dg[at + (2 * units) + j] = (dc * input * (one - (candidate * candidate))).Value;
                    dg[at + (3 * units) + j] = (dh * bounded * (output * (one - output))).Value;
                    carry = dc * forget;
                }
                else if (shape.Kind == 3)
                {
                    var (reset, update) = (new Lane(kept[from + j]), new Lane(kept[from + units + j]));
                    var (candidate, hidden) = (new Lane(kept[from + (2 * units) + j]), new Lane(kept[from + (3 * units) + j]));
                    var last = before < 0 ? Lane.Zero : new Lane(y[(before * units) + j]);
                    dh += carried;
                    var dn = dh * (one - update) * (one - (candidate * candidate));
                    var ofReset = dn * hidden * (reset * (one - reset));
                    var ofUpdate = dh * (last - candidate) * (update * (one - update));
                    dg[at + j] = ofReset.Value;
                    dg[at + units + j] = ofUpdate.Value;
                    du[at + j] = ofReset.Value;
                    du[at + units + j] = ofUpdate.Value;
                    if (hasDg)
                    {
                        dg[at + (2 * units) + j] = dn.Value;
                    }
                    if (hasDu)
                    {
                        du[at + (2 * units) + j] = (dn * reset).Value;
                    }
                    carry = dh * update;
                }
                else
                {
                    var h = new Lane(kept[from + j]);
                    dg[at + j] = (shape.Kind == 0 ? dh * (one - (h * h)) : Lane.And(dh, Lane.Greater(h, Lane.Zero))).Value;
                }
                if (before >= 0)
                {
                    dg[(before * shape.Gates) + j] = carry.Value;
                }
            }
            Group.Barrier();
        }
    }

    /// <summary>Σ_n du_n·W[j, n] of the step behind; where only dg is there, of a GRU's last gate dg·r is du.</summary>
    private static Lane StateGradient(
        ArrayView<float> weight, ArrayView<float> kept, ArrayView<float> du, bool hasDu, RecurrenceShape shape, int behind, int j)
    {
        var sum = Lane.Zero;
        for (var n = 0; behind >= 0 && n < shape.Gates; n++)
        {
            var gradient = new Lane(du[(behind * shape.Gates) + n]);
            if (!hasDu && shape.Kind == 3 && n >= 2 * shape.Units)
            {
                gradient *= new Lane(kept[(behind * shape.Kept) + n - (2 * shape.Units)]);
            }
            sum = Lane.Fma(gradient, new Lane(weight[(j * shape.Gates) + n]), sum);
        }
        return sum;
    }
}
