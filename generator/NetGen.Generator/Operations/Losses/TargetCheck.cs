using System.Globalization;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Shapes;

namespace NetGen.Generator.Operations.Losses;

/// <summary>
/// Holds the targets of a loss to their range. Where they are an input, or one that constants were added to and multiplied with, the range
/// is led back to the input's own numbers, and the caller's data are looked at before anything is computed. What is a share by its meaning
/// (a softmax) needs no look. All else is looked at where it is computed: what is out of range becomes NaN, and so the loss.
/// </summary>
internal static class TargetCheck
{
    /// <summary>The target, or what stands for it in the loss.</summary>
    public static Value Hold(GraphBuilder graph, Value target, TargetRange range) =>
        IsHeld(graph, target.Id, range.Minimum, range.Maximum)
            ? target
            : graph.Apply(new Elementwise.Elementwise("Target", range.Maximum), target);

    /// <summary>
    /// Whether a value is from <paramref name="low"/> to <paramref name="high"/> once the inputs are what is asked of them.
    /// </summary>
    private static bool IsHeld(GraphBuilder graph, int value, double low, double high)
    {
        var node = graph.Nodes[value];
        bool Operand(double from, double to) => IsHeld(graph, node.Inputs[0], from, to);
        switch (node.Operation)
        {
            case Input input:
                graph.Expect(input.Parameter, new TargetRange(Outside(low, -1), Outside(high, 1)));
                return true;
            case Constant constant:
                return constant.Number >= low && constant.Number <= high;
            case Reshape or Concat.Concat:
                // All of them, whatever the first is.
                return node.Inputs.Count(operand => IsHeld(graph, operand, low, high)) == node.Inputs.Count;
            case Softmax.Softmax or Elementwise.Elementwise { Function: "Sigmoid" }:
                return low <= 0 && high >= 1;
            case Elementwise.Elementwise { Function: "Tanh" }:
                return low <= -1 && high >= 1;
            case Elementwise.Elementwise { Function: "Relu" or "Softplus" or "Exp" or "Square" or "Abs" }:
                return low <= 0 && double.IsPositiveInfinity(high);
            case Elementwise.Elementwise { Function: "Negate" }:
                return Operand(-high, -low);
            case Elementwise.Elementwise { Function: "Add" or "Subtract" or "Multiply" or "Divide" } arithmetic:
                return IsHeld(graph, node, arithmetic.Function, low, high);
            default:
                return false;
        }
    }

    /// <summary>x + c, x − c, c − x, x · c and x / c for constants c.</summary>
    private static bool IsHeld(GraphBuilder graph, Node node, string function, double low, double high)
    {
        var (left, right) = (Number(graph, node.Inputs[0]), Number(graph, node.Inputs[1]));
        return (function, left, right) switch
        {
            ("Add", _, { } c) => IsHeld(graph, node.Inputs[0], low - c, high - c),
            ("Add", { } c, _) => IsHeld(graph, node.Inputs[1], low - c, high - c),
            ("Subtract", _, { } c) => IsHeld(graph, node.Inputs[0], low + c, high + c),
            ("Subtract", { } c, _) => IsHeld(graph, node.Inputs[1], c - high, c - low),
            ("Multiply", _, { } c) => IsProductHeld(graph, node.Inputs[0], c, low, high),
            ("Multiply", { } c, _) => IsProductHeld(graph, node.Inputs[1], c, low, high),
            ("Divide", _, { } c) => IsProductHeld(graph, node.Inputs[0], 1 / c, low, high),
            _ => false,
        };
    }

    private static bool IsProductHeld(GraphBuilder graph, int value, double factor, double low, double high)
    {
        if (factor == 0 || double.IsInfinity(factor) || double.IsNaN(factor))
            return factor == 0 && low <= 0 && high >= 0;
        return factor > 0 ? IsHeld(graph, value, low / factor, high / factor) : IsHeld(graph, value, high / factor, low / factor);
    }

    private static double? Number(GraphBuilder graph, int value) =>
        graph.Nodes[value].Operation is Constant constant ? constant.Number : null;

    /// <summary>
    /// A bound as a float that refuses nothing for the sake of rounding: 255 where the inverse of the constant 1f / 255 is 254.9999998,
    /// else the next float outside.
    /// </summary>
    private static float Outside(double bound, int direction)
    {
        if (double.IsInfinity(bound))
            return (float)bound;
        var round = double.Parse(bound.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var isBeyond = direction > 0 ? round >= bound : round <= bound;
        if (isBeyond && (float)round == round && Math.Abs(round - bound) <= 1e-6 * Math.Abs(bound))
            return (float)(round + 0d);
        var near = (float)bound;
        var step = Math.Abs(near) * 1.2e-7f;
        return direction > 0 ? near + step : near - step;
    }
}
