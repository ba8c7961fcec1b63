using NetGen.Generator;
using NetGen.Generator.Differentiation;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Operations.Winograd;
using NetGen.Generator.Optimization;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Compiled.Tests.Harness;

/// <summary>
/// That a compiled network computes what its graph means: every method's result, every objective's value and every weight's gradient, against the
/// reference interpreter of the graph before all optimization, on the same weights and inputs. More threads must give the same bits.
/// </summary>
internal static class Agreement
{
    private const ulong Seed = 11;

    /// <returns>
    /// How wide the bounds were: the largest, over everything that was compared, of the median bound relative to the largest element (at least 0.1). A bound
    /// that nothing can break tests nothing.
    /// </returns>
    public static double Check(CompiledNetwork network, IEnumerable<int> batches, params int[] moreThreads) =>
        Check(network, batches, Device.Cpu(1), [.. moreThreads.Select(Device.Cpu)]);

    /// <inheritdoc cref="Check(CompiledNetwork, IEnumerable{int}, int[])"/>
    /// <param name="more">Devices that must give the same bits as the first.</param>
    public static double Check(CompiledNetwork network, IEnumerable<int> batches, Device device, params Device[] more) =>
        batches.Max(batch => Check(network, batch, device, more));

    private static double Check(CompiledNetwork network, int batch, Device device, Device[] more)
    {
        var width = 0.0;
        using var alone = network.Create(Seed, device);
        var teams = more.Select(each => network.Create(Seed, each)).ToArray();
        var steps = 0;
        foreach (var method in network.Model.Methods)
        {
            foreach (var each in teams.Prepend(alone))
                TestData.FillWeights(each.Network, seed: 5);
            var inputs = TestData.Inputs(method, batch, seed: batch);
            var where = $"{method.Name}, batch {batch}";
            var reference = Environment(alone.Network, inputs, batch, steps);
            var inStep = Environment(alone.Network, inputs, batch, method.IsObjective ? ++steps : steps);
            width = Math.Max(width, method.IsObjective
                ? CheckObjective(alone, teams, method, inputs, reference, inStep, where)
                : CheckMethod(alone, teams, method, inputs, reference, where));
        }
        foreach (var team in teams)
            team.Dispose();
        return width;
    }

    private static double CheckMethod(
        ICompiledNetwork alone, ICompiledNetwork[] teams, MethodModel method, Array[] inputs, ReferenceEnvironment reference, string where)
    {
        var expected = Results(method, reference);
        var results = Predict(alone);
        for (var i = 0; i < results.Length; i++)
            Close(expected[i], results[i], results.Length == 1 ? where : $"{where}, {method.Results[i]}");
        foreach (var team in teams)
        {
            foreach (var (result, other) in results.Zip(Predict(team)))
                Same(result, other, $"{where}, {team.Network.Device}");
        }
        return expected.Max(Width);

        float[][] Predict(ICompiledNetwork on)
        {
            float[][] values = [.. expected.Select(result => Enumerable.Repeat(float.NaN, result.Value.Length).ToArray())];
            on.Predict(method.Name, inputs, values);
            return values;
        }
    }

    private static double CheckObjective(
        ICompiledNetwork alone,
        ICompiledNetwork[] teams,
        MethodModel method,
        Array[] inputs,
        ReferenceEnvironment reference,
        ReferenceEnvironment inStep,
        string where)
    {
        var inference = Gradients.Expand(InferenceMode.Apply(method.Graph));
        var loss = alone.Loss(method.Name, inputs);
        var objective = Expected(inference, Compiler.InferencePasses, method, reference);
        Close(Mean(objective[inference.Outputs.ToList().FindIndex(o => o.Role == "loss")]), [loss], where);
        foreach (var team in teams)
            Same([loss], [team.Loss(method.Name, inputs)], $"{where}, {team.Network.Device}");

        var (expected, changes) = Step(method, inStep);
        var before = Weights(alone);
        var stepLoss = alone.Step(method.Name, inputs, default(GradientCapture));
        Close(Mean(expected), [stepLoss], where + ", loss of the step");
        var width = 0.0;
        foreach (var parameter in alone.Network.Parameters)
        {
            var values = parameter.Values.ToArray();
            if (changes.TryGetValue(parameter.Name, out var change))
            {
                Close(change, values, $"{where}, gradient or state {parameter.Name}");
                width = Math.Max(width, Width(change));
            }
            else
            {
                Same(before[parameter.Name], values, $"{where}, {parameter.Name}, which is not trained");
            }
        }
        foreach (var team in teams)
        {
            Same([stepLoss], [team.Step(method.Name, inputs, default(GradientCapture))], $"{where}, step, {team.Network.Device}");
            foreach (var parameter in alone.Network.Parameters)
            {
                Same(
                    parameter.Values.ToArray(), team.Network.Parameters[parameter.Name].Values.ToArray(),
                    $"{where}, gradient of {parameter.Name}, {team.Network.Device}");
            }
        }
        return width;
    }

    /// <summary>What a method gives by its meaning, and how far rounding may take it from that.</summary>
    public static Bounded[] Results(MethodModel method, ReferenceEnvironment reference)
    {
        var graph = Gradients.Expand(InferenceMode.Apply(method.Graph));
        return [.. graph.Outputs.Zip(Expected(graph, Compiler.InferencePasses, method, reference)).Where(o => o.First.Role == "result").Select(o => o.Second)];
    }

    /// <summary>The losses of a step, and what a <see cref="GradientCapture"/> finds: the gradient of each weight that it changes, or its new state.</summary>
    public static (Bounded Losses, IReadOnlyDictionary<string, Bounded> Changes) Step(MethodModel method, ReferenceEnvironment reference)
    {
        bool IsChanged(string leaf) => !method.Frozen.Contains(leaf)
            && (method.Updates.Count == 0 || method.Updates.Any(u => leaf == u || leaf.StartsWith(u + ".", StringComparison.Ordinal)));
        var mode = TrainingMode.Apply(method.Graph, IsChanged, leaf => method.Frozen.Contains(leaf));
        var training = Differentiator.Differentiate(Gradients.Expand(mode), IsChanged);
        var expected = Expected(training, Compiler.TrainingPasses(method), method, reference);
        var changes = training.Outputs.Zip(expected).Where(o => o.First.Role == "update")
            .ToDictionary(o => ((Effect)training[o.First.Value].Operation).Parameter, o => o.Second);
        return (expected[training.Outputs.ToList().FindIndex(o => o.Role == "loss")], changes);
    }

    /// <summary>
    /// What the outputs of a graph are by its reference meaning, and how far rounding may take them from it. Where the compiler computes a convolution by another
    /// algorithm than the sum that defines it, the bounds are that algorithm's.
    /// </summary>
    private static Bounded[] Expected(TensorGraph graph, IEnumerable<Pass> passes, MethodModel method, ReferenceEnvironment reference)
    {
        var compiled = method.Graph;
        foreach (var pass in passes)
        {
            compiled = pass.Run(compiled, CancellationToken.None);
            if (pass == WinogradConvolutions.Pass)
                break;
        }
        var bounded = ErrorAnalysis.Run(graph, reference);
        var expected = graph.Outputs.Select(o => bounded[o.Value]).ToArray();
        if (!compiled.Nodes.Any(n => n.Operation is WinogradWeights))
            return expected;
        var analyzed = ErrorAnalysis.Run(compiled, reference);
        return expected.Select((e, i) => new Bounded(e.Value, analyzed[OutputLike(graph, i, compiled)].Bound)).ToArray();
    }

    /// <summary>The output of a compiled graph that an output of the original is: of its role and name, and for an update of its weight.</summary>
    private static int OutputLike(TensorGraph graph, int output, TensorGraph compiled)
    {
        var (role, value, name) = graph.Outputs[output];
        var operation = graph[value].Operation;
        return compiled.Outputs.Single(o => o.Role == role && o.Name == name && (role != "update" || compiled[o.Value].Operation.Equals(operation))).Value;
    }

    private static double Width(Bounded values) =>
        values.Bound.Order().ElementAt(values.Bound.Length / 2) / Math.Max(values.Value.Max(Math.Abs), 0.1);

    private static Dictionary<string, float[]> Weights(ICompiledNetwork network) =>
        network.Network.Parameters.ToDictionary(p => p.Name, p => p.Values.ToArray());

    private static ReferenceEnvironment Environment(INetwork network, Array[] inputs, int batch, long step) =>
        Environment(network.Parameters.ToDictionary(p => p.Name, p => Doubles(p.Values.ToArray())), inputs, batch, step);

    /// <summary>What a method's meaning needs besides the method.</summary>
    public static ReferenceEnvironment Environment(IReadOnlyDictionary<string, double[]> weights, Array[] inputs, int batch, long step)
    {
        return new ReferenceEnvironment
        {
            Batch = batch,
            Input = i => Doubles(inputs[i]),
            Weight = name => weights[name],
            Uniform = (stream, element) => Philox.Bits(Philox.Key(Seed, step, stream), (uint)element) / 4294967296.0,
        };
    }

    private static double[] Doubles(Array numbers) => numbers switch
    {
        double[] doubles => doubles,
        int[] labels => Array.ConvertAll(labels, l => (double)l),
        _ => Array.ConvertAll((float[])numbers, f => (double)f),
    };

    private static Bounded Mean(Bounded values) => new([values.Value.Average()], [values.Bound.Average()]);

    /// <summary>Every result is inside of its bound, but for its own rounding and the smallest floats; what is not finite is the same.</summary>
    public static void Close(Bounded expected, float[] actual, string where)
    {
        Assert.Equal(expected.Value.Length, actual.Length);
        for (var i = 0; i < actual.Length; i++)
        {
            var bound = expected.Bound[i] + (Math.Abs(expected.Value[i]) / (1 << 24)) + 1e-37;
            var error = Math.Abs(expected.Value[i] - actual[i]);
            Assert.True(
                error <= bound || expected.Value[i].Equals(actual[i]),
                $"{where}: element {i} of {actual.Length} is {actual[i]:R}, not {expected.Value[i]:R}; off by {error:G3}, rounding explains {bound:G3}.");
        }
    }

    public static void Same(float[] expected, float[] actual, string where)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < actual.Length; i++)
        {
            Assert.True(
                BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i]),
                $"{where}: element {i} of {actual.Length} is {actual[i]:R}, not {expected[i]:R}.");
        }
    }
}
