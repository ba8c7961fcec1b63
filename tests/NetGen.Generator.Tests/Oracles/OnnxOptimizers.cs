using NetGen.Runtime;

namespace NetGen.Generator.Tests.Oracles;

/// <summary>
/// ONNX's training operators by the optimizers of the library. Their inputs are the learning rate, the number of steps before this one, all
/// tensors, all gradients, and then all of each state; they give the new tensors and states. NetGen and PyTorch have ε beside the corrected
/// root.
/// </summary>
internal static class OnnxOptimizers
{
    public static OnnxTensor[] Adam(OnnxOperators.Call call)
    {
        var (rate, steps) = ((float)call.Inputs[0].Values[0], (long)call.Inputs[1].Values[0]);
        var node = call.Node;
        // The numbers of adam_multiple were made with 0.01, which its model does not say.
        OnnxOperators.Require(node.Attributes.ContainsKey("epsilon"), "the model says which ε its numbers are made with");
        var (alpha, beta) = (node.Float("alpha", 0.9), node.Float("beta", 0.999));
        // Nothing is corrected at step 0 there, as after very many here.
        var step = steps > 0 ? steps : long.MaxValue;
        var optimizer = new Adam(
            rate, (float)alpha, (float)beta, (float)(node.Float("epsilon", 0) / Math.Sqrt(1 - Math.Pow(beta, step))),
            (float)node.Float("norm_coefficient", 0));
        var shrink = 1 - node.Float("norm_coefficient_post", 0);
        var results = Run(call, optimizer.Prepare(step), states: 2);
        var tensors = (call.Inputs.Length - 2) / 4;
        return [.. results.Select((result, i) => i < tensors ? result with { Values = [.. result.Values.Select(v => shrink * v)] } : result)];
    }

    public static OnnxTensor[] Adagrad(OnnxOperators.Call call)
    {
        var node = call.Node;
        var optimizer = new Adagrad(
            (float)call.Inputs[0].Values[0], (float)node.Float("decay_factor", 0), (float)node.Float("epsilon", 1e-6), (float)node.Float("norm_coefficient", 0));
        return Run(call, optimizer.Prepare((long)call.Inputs[1].Values[0] + 1), states: 1);
    }

    public static OnnxTensor[] Momentum(OnnxOperators.Call call)
    {
        var node = call.Node;
        var optimizer = new Sgd(
            (float)call.Inputs[0].Values[0], (float)node.Float("alpha", 0), node.Text("mode", "standard") == "nesterov",
            (float)node.Float("norm_coefficient", 0), (float)(1 - node.Float("beta", 1)));
        // The scale of a new gradient, β there, is 1 in the first step in both.
        return Run(call, optimizer.Prepare((long)call.Inputs[1].Values[0] + 1), states: 1);
    }

    private static OnnxTensor[] Run<TOptimizer>(OnnxOperators.Call call, TOptimizer prepared, int states)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        var inputs = call.Inputs[2..];
        var tensors = inputs.Length / (2 + states);
        var results = new OnnxTensor[tensors * (1 + states)];
        for (var tensor = 0; tensor < tensors; tensor++)
        {
            OnnxTensor Input(int kind) => inputs[(kind * tensors) + tensor];
            double[][] changed = [.. Enumerable.Range(0, 1 + states).Select(_ => new double[Input(0).Values.Length])];
            for (var i = 0; i < changed[0].Length; i++)
            {
                V1 At(int kind) => kind < 2 + states ? new((float)Input(kind).Values[i]) : V1.Zero;
                var (state0, state1) = (At(2), At(3));
                changed[0][i] = TOptimizer.Update(in prepared, At(0), At(1), ref state0, ref state1).Value;
                changed[1][i] = state0.Value;
                if (states > 1)
                    changed[2][i] = state1.Value;
            }
            for (var kind = 0; kind <= states; kind++)
                results[(kind * tensors) + tensor] = Input(0) with { Values = changed[kind] };
        }
        return results;
    }
}
