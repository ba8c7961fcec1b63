using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Operations.Ctc;

namespace NetGen.Compiled.Tests.Harness;

/// <summary>
/// How far the CTC loss in float may be from its meaning. log Σ exp moves by no more than the largest of its operands does; its own roundings are those of differences that exp makes
/// relative, of exp, of two sums and of log, and those of the two sums around it.
/// </summary>
internal static class CtcErrors
{
    private const double U = 1.0 / (1 << 24);
    private const double FunctionRoundings = 16;

    public static double[] Of(CtcOperation operation, double[] value, Bounded[] operands, ReferenceCall call)
    {
        var bound = new double[value.Length];
        var classes = operation.Classes;
        foreach (var (sample, first, steps, states) in CtcOperation.Samples(operation, call))
        {
            if (states is null)
                continue;
            switch (operation)
            {
                case CtcForward:
                    {
                        var width = value.Length / TotalSteps(call);
                        for (var t = first; t < first + steps; t++)
                        {
                            for (var s = 0; s < states.Length; s++)
                            {
                                double Before(int back) => t > first && s >= back && (back < 2 || CtcOperation.MaySkip(states, s)) && IsPossible(value[((t - 1) * width) + s - back])
                                    ? bound[((t - 1) * width) + s - back]
                                    : 0;
                                var at = (t * classes) + states[s];
                                bound[(t * width) + s] = Math.Max(Before(0), Math.Max(Before(1), Before(2))) + operands[0].Bound[at]
                                    + Rounding(value[(t * width) + s], operands[0].Value[at]);
                            }
                        }
                        break;
                    }

                case CtcBackward:
                    {
                        var width = value.Length / TotalSteps(call);
                        for (var t = first + steps - 2; t >= first; t--)
                        {
                            for (var s = 0; s < states.Length; s++)
                            {
                                double Behind(int ahead) => s + ahead < states.Length && (ahead < 2 || CtcOperation.MaySkip(states, s + 2)) && IsPossible(value[((t + 1) * width) + s + ahead])
                                    ? bound[((t + 1) * width) + s + ahead] + operands[0].Bound[((t + 1) * classes) + states[s + ahead]]
                                        + (U * (Math.Abs(value[((t + 1) * width) + s + ahead]) + Math.Abs(operands[0].Value[((t + 1) * classes) + states[s + ahead]])))
                                    : 0;
                                bound[(t * width) + s] = Math.Max(Behind(0), Math.Max(Behind(1), Behind(2))) + Rounding(value[(t * width) + s], 0);
                            }
                        }
                        break;
                    }

                case CtcLoss:
                    {
                        var width = operands[4].Value.Length / TotalSteps(call);
                        var last = ((first + steps - 1) * width) + states.Length - 1;
                        bound[sample] = double.IsInfinity(value[sample]) || value[sample] == 0 ? 0
                            : Math.Max(Ending(last), states.Length > 1 ? Ending(last - 1) : 0) + Rounding(value[sample], 0);

                        double Ending(int at) => IsPossible(operands[4].Value[at]) ? operands[4].Bound[at] : 0;

                        break;
                    }

                case CtcGradient:
                    {
                        var width = operands[0].Value.Length / TotalSteps(call);
                        var (loss, scale) = (operands[CtcGradient.Loss], operands[CtcGradient.LossGradient]);
                        for (var t = first; t < first + steps; t++)
                        {
                            for (var s = 0; s < states.Length; s++)
                            {
                                var (alpha, beta) = (operands[0].Value[(t * width) + s], operands[CtcGradient.Beta].Value[(t * width) + s]);
                                var share = Math.Exp(alpha + beta + loss.Value[sample]);
                                if (share == 0)
                                    continue;
                                var exponent = operands[0].Bound[(t * width) + s] + operands[CtcGradient.Beta].Bound[(t * width) + s] + loss.Bound[sample]
                                    + (2 * U * (Math.Abs(alpha) + Math.Abs(beta) + Math.Abs(loss.Value[sample])));
                                // The shares of all states are 1, and are added one after the other.
                                var relative = Math.Exp(exponent) - 1 + ((FunctionRoundings + states.Length) * U);
                                var most = Math.Abs(scale.Value[sample]) + scale.Bound[sample];
                                bound[(t * classes) + states[s]] += share * ((relative * most) + scale.Bound[sample]);
                            }
                        }
                        break;
                    }
            }
        }
        return bound;
    }

    /// <summary>What cannot be moves no sum.</summary>
    private static bool IsPossible(double logarithm) => logarithm > CtcOperation.Impossible / 10;

    private static int TotalSteps(ReferenceCall call) => call.InputType(0).Rows.IsSteps
        ? call.Environment.RowsOf(call.InputType(0).Rows)
        : call.Samples * call.InputType(0).Dims[0];

    private static double Rounding(double sum, double addend) => U * (FunctionRoundings + (4 * (Math.Abs(sum) + Math.Abs(addend))));
}
