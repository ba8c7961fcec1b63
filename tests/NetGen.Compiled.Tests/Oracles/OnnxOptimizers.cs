using System.Runtime.Intrinsics;
using NetGen.Runtime;
using Xunit;
using static NetGen.Compiled.Tests.Oracles.OnnxCall;

namespace NetGen.Compiled.Tests.Oracles;

/// <summary>
/// ONNX's training operators by the optimizers of the library. Their inputs are the learning rate, the number of steps before this one, all
/// tensors, all gradients, and then all of each state; they give the new tensors and states. NetGen and PyTorch have ε beside the corrected
/// root.
/// </summary>
internal static class OnnxOptimizers
{
    public static readonly Dictionary<string, Func<OnnxCall, OnnxCounterpart>> Table = new()
    {
        ["Adam"] = Adam,
        ["Adagrad"] = Adagrad,
        ["Momentum"] = Momentum,
    };

    private static OnnxValues Adam(OnnxCall call)
    {
        var (rate, steps) = ((float)call.Inputs[0].Values[0], (long)call.Inputs[1].Values[0]);
        var node = call.Node;
        // The numbers of adam_multiple were made with 0.01, which its model does not say.
        Require(node.Attributes.ContainsKey("epsilon"), "the model says which ε its numbers are made with");
        var (alpha, beta) = (node.Float("alpha", 0.9), node.Float("beta", 0.999));
        // Nothing is corrected at step 0 there, as after very many here.
        var step = steps > 0 ? steps : long.MaxValue;
        var optimizer = new Adam(
            rate, (float)alpha, (float)beta, (float)(node.Float("epsilon", 0) / Math.Sqrt(1 - Math.Pow(beta, step))),
            (float)node.Float("norm_coefficient", 0));
        var shrink = 1 - node.Float("norm_coefficient_post", 0);
        var results = Run(call, optimizer.Prepare(step), states: 2);
        var tensors = (call.Inputs.Length - 2) / 4;
        return new([.. results.Select((result, i) => i < tensors ? result.Map(v => shrink * v) : result)]);
    }

    private static OnnxValues Adagrad(OnnxCall call)
    {
        var node = call.Node;
        var optimizer = new Adagrad(
            (float)call.Inputs[0].Values[0], (float)node.Float("decay_factor", 0), (float)node.Float("epsilon", 1e-6),
            (float)node.Float("norm_coefficient", 0));
        return new(Run(call, optimizer.Prepare((long)call.Inputs[1].Values[0] + 1), states: 1));
    }

    private static OnnxValues Momentum(OnnxCall call)
    {
        var node = call.Node;
        var optimizer = new Sgd(
            (float)call.Inputs[0].Values[0], (float)node.Float("alpha", 0), node.Text("mode", "standard") == "nesterov",
            (float)node.Float("norm_coefficient", 0), (float)(1 - node.Float("beta", 1)));
        // The scale of a new gradient, β there, is 1 in the first step in both.
        return new(Run(call, optimizer.Prepare((long)call.Inputs[1].Values[0] + 1), states: 1));
    }

    /// <summary>The update rule at every width that the machine has, which must not tell.</summary>
    private static OnnxTensor[] Run<TOptimizer>(OnnxCall call, TOptimizer prepared, int states)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var results = Run<TOptimizer, V1>(call, prepared, states);
        if (Vector128.IsHardwareAccelerated)
            Same(Run<TOptimizer, V128>(call, prepared, states));
        if (Vector256.IsHardwareAccelerated)
            Same(Run<TOptimizer, V256>(call, prepared, states));
        if (Vector512.IsHardwareAccelerated)
            Same(Run<TOptimizer, V512>(call, prepared, states));
        return results;

        void Same(OnnxTensor[] wide) =>
            Assert.All(wide.Zip(results), pair => Assert.Equal(pair.Second.Values, pair.First.Values));
    }

    private static OnnxTensor[] Run<TOptimizer, V>(OnnxCall call, TOptimizer prepared, int states)
        where TOptimizer : struct, IOptimizer<TOptimizer>
        where V : struct, IVector<V>
    {
        var inputs = call.Inputs[2..];
        var tensors = inputs.Length / (2 + states);
        var results = new OnnxTensor[tensors * (1 + states)];
        for (var tensor = 0; tensor < tensors; tensor++)
        {
            OnnxTensor Input(int kind) => inputs[(kind * tensors) + tensor];
            float[] Floats(int kind) => kind < 2 + states ? [.. Input(kind).Values.Select(v => (float)v)] : new float[Input(0).Values.Length];
            var (weight, gradient, first, second) = (Floats(0), Floats(1), Floats(2), Floats(3));
            for (var i = 0; i < weight.Length; i += V.Count)
            {
                var count = Math.Min(V.Count, weight.Length - i);
                var (state0, state1) = (V.LoadPartial(ref first[i], count), V.LoadPartial(ref second[i], count));
                TOptimizer.Update(in prepared, V.LoadPartial(ref weight[i], count), V.LoadPartial(ref gradient[i], count), ref state0, ref state1)
                    .StorePartial(ref weight[i], count);
                state0.StorePartial(ref first[i], count);
                state1.StorePartial(ref second[i], count);
            }
            float[][] changed = [weight, first, second];
            for (var kind = 0; kind <= states; kind++)
                results[(kind * tensors) + tensor] = Input(0) with { Values = Array.ConvertAll(changed[kind], v => (double)v) };
        }
        return results;
    }
}
