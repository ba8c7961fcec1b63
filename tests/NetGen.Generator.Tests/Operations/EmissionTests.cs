using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Operations.Update;
using NetGen.Generator.Optimization;
using NetGen.Generator.Tests.Harness;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Generator.Tests.Operations;

/// <summary>
/// Cases through the whole compiler, each alone as a network: what is emitted compiles, computes the reference's loss, and one step of
/// plain gradient descent changes every weight by the reference's gradient, with the same bits on one thread and on three. Of cases of one
/// operation
/// the first and one in four others; NETGEN_ALL_CASES=1 takes all.
/// </summary>
public sealed class EmissionTests
{
    /// <summary>
    /// Left out to save the C# compiler's time: they are emitted as a case that stays is, but for one expression or one kernel's name,
    /// which <see cref="ElementwiseCpuTests"/> and <see cref="LoweringTests"/> check.
    /// </summary>
    private static readonly string[] Alike =
    [
        "Sigmoid", "Tanh", "Softplus", "Silu", "Exp", "Square", "Abs", "Negate", "Log", "Sqrt", "LeakyRelu", "Elu ", "Mish", "Celu", "Relu6", "HardS", "HardTanh", "Softsign", "LogSigmoid",
        "Tanhshrink", "ThresholdedRelu", "Softshrink", "Hardshrink", "Expm1", "Erf", "Log1P", "Floor", "Ceiling", "Round", "Maximum", "Minimum [3", "Gelu by", "Subtract", "Multiply", "Mean ",
        "AveragePool2D", "MaxPool2D 6", "MaxPool2D 5×5×2", "MaxPool2D 3", "MaxPool2D 7", "L1", "MeanAbsoluteError", "CrossEntropy 1", "Concat axis",
        "NegativeLogLikelihood", "Focal, e", "Focal, w", "CrossEntropy, e", "CrossEntropy, none", "SquaredHinge", "SmoothL1", "LogCosh", "Quantile", "Poisson", "Gaussian", "Pow", "KLDivergence", "Hinge", "BinaryFocal", "CosineEmbedding", "Weighted", "BinaryCrossEntropy 3",
    ];

    private static readonly Lazy<Dictionary<string, Network>> Networks = new(CompileAll);

    public static IEnumerable<object[]> Names => Cases.Select(name => new object[] { name });

    private static IReadOnlyCollection<string> Cases { get; } =
    [
        .. Sampled.OfEachKind(
            OperationCases.OfSamples.Where(name => Sampled.TakesAll || !Alike.Any(a => name[(name.IndexOf(' ') + 1)..].StartsWith(a, StringComparison.Ordinal))),
            name => name.Split(' ')[1],
            oneIn: 4),
    ];

    private sealed record Network(NetworkModel Model, Dictionary<string, double[]> Weights, List<double[]> Inputs, int Batch)
    {
        public Func<float[][], float[][], int, float[]>? Run { get; set; }
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public void StepsAsTheReference(string name)
    {
        var network = Networks.Value[name];
        var objective = network.Model.Methods[0];
        ReferenceEnvironment Environment(long steps) => new()
        {
            Batch = network.Batch,
            Input = i => network.Inputs[i],
            Weight = w => network.Weights[w],
            Uniform = (stream, element) => Philox.Bits(Philox.Key(0, steps, stream), (uint)element) / 4294967296.0,
        };
        var inference = InferenceMode.Apply(objective.Graph);
        var step = TestGraph.Differentiate(objective.Graph);
        var stepped = ReferenceInterpreter.Run(step, Environment(1));
        double[] losses =
        [
            ReferenceInterpreter.Run(inference, Environment(0))[inference.Output("loss")].Average(), stepped[step.Output("loss")].Average(),
        ];

        var (losses1, weights1) = Run(network, threads: 1);
        Close("loss", losses[0], losses1[0]);
        Close("loss of the step", losses[1], losses1[1]);
        var effects = step.Nodes.Where(n => n.Operation is Effect).ToDictionary(n => ((Effect)n.Operation).Parameter, n => n);
        for (var i = 0; i < weights1.Length; i++)
        {
            var parameter = network.Model.Parameters[i].Name;
            for (var k = 0; k < weights1[i].Length; k++)
            {
                var before = network.Weights[parameter][k];
                var expected = !effects.TryGetValue(parameter, out var effect) ? before
                    : effect.Operation is Assign ? stepped[effect.Id][k] : before - stepped[effect.Id][k];
                Close($"{parameter}[{k}]", expected, weights1[i][k]);
            }
        }

        var (losses3, weights3) = Run(network, threads: 3);
        Assert.Equal(losses1, losses3);
        Assert.Equal(weights1, weights3);
    }

    private static (float[] Losses, float[][] Weights) Run(Network network, int threads)
    {
        var inputs = network.Inputs.Select(i => i.Select(v => (float)v).ToArray()).ToArray();
        var weights = network.Model.Parameters.Select(p => network.Weights[p.Name].Select(v => (float)v).ToArray()).ToArray();
        return (network.Run!(inputs, weights, threads), weights);
    }

    private static void Close(string what, double expected, double actual) => Assert.True(
        Math.Abs(expected - actual) <= 2e-5 * (1 + Math.Abs(expected)), $"{what}: expected {expected}, got {actual}");

    private static Dictionary<string, Network> CompileAll()
    {
        var networks = Cases.ToDictionary(name => name, name => Build(name, OperationCases.All[name].Batch, OperationCases.All[name].Build));
        var trees = networks.Values.AsParallel().SelectMany(n => Sources(n.Model).Select((text, i) =>
            CSharpSyntaxTree.ParseText(text, Compiled.ParseOptions, $"{n.Model.Name}.{i}.cs", cancellationToken: Cancel)));
        var compilation = Compiled.Compilation().AddSyntaxTrees(trees)
            .WithOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream, cancellationToken: Cancel);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(20)));
        var assembly = Assembly.Load(stream.ToArray());
        foreach (var network in networks.Values)
        {
            network.Run = assembly.GetType(network.Model.Name + "Driver")!.GetMethod("Run")!
                .CreateDelegate<Func<float[][], float[][], int, float[]>>();
        }
        return networks;
    }

    private static string[] Sources(NetworkModel model)
    {
        var network = Compiler.Compile(model);
        var arguments = string.Join(", ", model.Methods[0].Inputs.Select((input, i) =>
            input.Type.Element == ElementType.Int32 ? $"Array.ConvertAll(inputs[{i}], v => (int)v)" : $"inputs[{i}]"));
        return
        [
            network.Api.Text,
            network.Programs.Text,
            network.Kernels.Text,
            $$"""
            public sealed partial class {{model.Name}};

            public static class {{model.Name}}Driver
            {
                public static float[] Run(float[][] inputs, float[][] weights, int threads)
                {
                    using var network = new {{model.Name}}(0, Device.Cpu(threads));
                    for (var i = 0; i < weights.Length; i++)
                        weights[i].CopyTo(network.Parameters[i].Values);
                    var loss = network.Loss({{arguments}});
                    var stepLoss = network.Step({{arguments}}, new Sgd(1f));
                    for (var i = 0; i < weights.Length; i++)
                        network.Parameters[i].Values.CopyTo(weights[i]);
                    return [loss, stepLoss];
                }
            }
            """,
        ];
    }

    /// <summary>
    /// A network whose objective is the case's graph. What the case has as a weight per sample becomes an input plus a shared weight of
    /// zeros: the gradient of that is the sum of the samples' gradients.
    /// </summary>
    private static Network Build(string name, int batch, Func<TestGraph, TensorGraph> build)
    {
        var test = new TestGraph(batch);
        var graph = build(test);
        var (inputs, inputModels) = (new List<double[]>(), new List<InputModel>());
        var (weights, parameters) = (new Dictionary<string, double[]>(), new List<ParameterModel>());
        var builder = new GraphBuilder();
        var values = new Value[graph.Nodes.Count];
        foreach (var node in graph.Nodes)
        {
            builder.Scope = "layer" + node.Id;
            values[node.Id] = node.Operation switch
            {
                Weight { Type.Batched: true } w => builder.Add(
                    AddInput(w.Parameter, node.Type, test.Weights[w.Parameter]),
                    AddWeight(w.Parameter + ".shift", node.Type with { Rows = RowSpace.None }, new double[node.Type.Count])),
                Weight w => AddWeight(w.Parameter, node.Type, test.Weights[w.Parameter], isState: w is State),
                Input i => AddInput(i.Parameter, node.Type, test.Environment.Input(i.Index)),
                var operation => builder.Apply(operation, node.Inputs.Select(i => values[i]).ToArray()),
            };
        }
        if (inputs.Count == 0)
            AddInput("unused", TensorType.PerSample(1), new double[batch]);
        foreach (var output in graph.Outputs)
            builder.Output(output.Role, values[output.Value]);
        var objective = new MethodModel("Loss", true, default, inputModels.ToEquatableArray(), builder.Build(), false);
        var model = new NetworkModel("", "Case" + name.Split(' ')[0], "public", parameters.ToEquatableArray(), EquatableArray.Create(objective), default);
        return new Network(model, weights, inputs, batch);

        Value AddInput(string parameter, TensorType type, double[] numbers)
        {
            inputs.Add(numbers);
            inputModels.Add(new InputModel(parameter, type));
            return builder.Apply(new Input(inputs.Count - 1, parameter, type));
        }

        Value AddWeight(string parameter, TensorType type, double[] numbers, bool isState = false)
        {
            weights.Add(parameter, numbers);
            parameters.Add(new ParameterModel(parameter, type.Dims, new InitializerModel("Constant", EquatableArray.Create(0f)), FileLayout.AsIs));
            return builder.Apply(isState ? new State(parameter, type) : new Weight(parameter, type));
        }
    }
}
