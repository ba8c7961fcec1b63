using NetGen.Generator.Graph;
using NetGen.Generator.Graph.Reference;
using NetGen.Generator.Lowering;
using NetGen.Generator.Operations.Leaves;
using NetGen.Generator.Optimization;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Generator.Tests.Operations;

/// <summary>
/// What every node of every case (gradients included) lowers to, against its reference meaning on the same float operands: contractions
/// by walking their loops, run-time calls by calling the kernel at every vector width with several numbers of workers.
/// </summary>
public sealed class LoweringTests
{
    [Theory]
    [MemberData(nameof(OperationCases.Names), MemberType = typeof(OperationCases))]
    public void ContractionsAreTheirLoops(string name) => ForEach(name, body => (body as ILoopBody)?.Loops, (body, node, operands, types, batch, expected) =>
    {
        var result = new double[expected.Length];
        var writes = new int[expected.Length];
        foreach (var part in body.All)
        {
            var samples = batch * part.Positions;
            Walk([.. part.Outer, .. part.Rows], samples, [], (a, b, r, steps) =>
            {
                for (var n = 0; n < part.Columns; n++)
                {
                    var sum = 0.0;
                    Walk([.. part.Reduce], samples, steps, (ra, rb, _, _) =>
                        sum += operands[0][part.StartA + a + ra] * operands[1][part.StartB + b + rb + n]);
                    result[part.StartResult + r + n] = sum;
                    writes[part.StartResult + r + n]++;
                }
            });
        }
        Assert.All(writes, w => Assert.Equal(1, w));
        Close(expected, result, node, 1e-12);
    });

    [Theory]
    [MemberData(nameof(OperationCases.Names), MemberType = typeof(OperationCases))]
    public void RuntimeCallsAreTheKernels(string name) => ForEach(name, body => body as RuntimeCallBody, (body, node, operands, types, batch, expected) =>
    {
        Run<V512>();
        Run<V256>();
        Run<V128>();
        Run<V1>();

        void Run<V>()
            where V : struct, IVector<V>
        {
            var kernel = RuntimeKernel.Find<V>(body, types, node.Type);
            var alone = kernel.Run(operands, expected.Length, batch, 1);
            Close(expected, alone, node, 3e-6);
            Assert.Equal(alone, kernel.Run(operands, expected.Length, batch, 2));
            Assert.Equal(alone, kernel.Run(operands, expected.Length, batch, 3));
            foreach (var pair in body.InPlace)
                Assert.Equal(alone, kernel.Run(operands, [expected.Length], batch, 2, pair)[0]);
        }
    });

    /// <summary>Calls <paramref name="body"/> for every step of a nest, with the offsets there and the steps of the loops around.</summary>
    private static void Walk(Loop[] nest, int batch, Dictionary<string, int> around, Action<int, int, int, Dictionary<string, int>> body)
    {
        var steps = new Dictionary<string, int>(around);
        Level(0, 0, 0, 0);

        void Level(int depth, int a, int b, int r)
        {
            if (depth == nest.Length)
            {
                body(a, b, r, steps);
                return;
            }
            var loop = nest[depth];
            for (var i = 0; i < (loop.Extent ?? batch); i++)
            {
                if (loop.Bound is { } bound && ((bound.Step * steps[bound.Outer]) - bound.Before + i) is var at && (at < 0 || at >= bound.Limit))
                    continue;
                steps[loop.Name] = i;
                Level(depth + 1, a + (i * loop.StrideA), b + (i * loop.StrideB), r + (i * loop.StrideResult));
            }
        }
    }

    private static void ForEach<TBody>(string name, Func<KernelBody, TBody?> choose, Action<TBody, Node, double[][], TensorType[], int, double[]> check)
        where TBody : KernelBody
    {
        var (batch, build) = OperationCases.All[name];
        var test = new TestGraph(batch);
        var graph = TransposedConvolutions.Run(TestGraph.Differentiate(build(test)));
        var values = ReferenceInterpreter.Run(graph, test.Environment);
        foreach (var node in graph.Nodes.Where(n => n.Operation is not Leaf && !n.Operation.IsAlias))
        {
            var types = node.Inputs.Select(i => graph[i].Type).ToArray();
            if (choose(node.Operation.Lower(new LoweringContext(types, node.Type))) is not { } body)
                continue;
            var operands = node.Inputs.Select(i => values[i].Select(v => (double)(float)v).ToArray()).ToArray();
            var call = new ReferenceCall(test.Environment, operands, types, node.Type);
            node.Operation.Evaluate(call);
            var counted = node.Operation.CountedRows;
            var rows = node.Operation.CrossesSteps ? batch : counted == RowSpace.None ? call.Batch : test.Environment.RowsOf(counted);
            check(body, node, operands, types, rows, call.Result);
        }
    }

    private static void Close(double[] expected, double[] actual, Node node, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= tolerance * (1 + Math.Abs(expected[i])),
                $"{node.Operation.Title}[{i}]: expected {expected[i]}, got {actual[i]}");
        }
    }
}
