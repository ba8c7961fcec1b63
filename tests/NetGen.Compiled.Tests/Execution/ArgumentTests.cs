using System.Runtime.InteropServices;
using NetGen.Compiled.Tests.Harness;
using NetGen.Compiled.Tests.Operations;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Compiled.Tests.Execution;

/// <summary>What the generated class refuses: with numbers in the message, and before anything has changed.</summary>
public sealed class ArgumentTests
{
    private static readonly CompiledNetwork Compiled = WholeNetworks.Get("Mlp");

    [Theory]
    [InlineData(1000, 10, "image has 1000 values; expected a multiple of 784 ([28, 28, 1] per sample).")]
    [InlineData(0, 10, "image is empty; expected at least one sample of 784 values ([28, 28, 1] per sample).")]
    [InlineData(784, 9, "result has 9 values; expected 10 (1 samples, [10] per sample).")]
    [InlineData(1568, 10, "result has 10 values; expected 20 (2 samples, [10] per sample).")]
    [InlineData(784, 0, "result has 0 values; expected 10 (1 samples, [10] per sample).")]
    public void Lengths_that_do_not_fit(int image, int result, string message)
    {
        using var network = Compiled.Create();
        var values = new float[result];
        var e = Assert.Throws<ArgumentException>(() => network.Predict("Forward", [new float[image]], values));
        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
        Assert.All(values, v => Assert.Equal(0f, v));
    }

    private delegate float[] PredictArray(ReadOnlySpan<float> x);

    [Fact]
    public void Results_that_no_array_holds()
    {
        using var adapter = CompiledNetworks.Compile(
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layer = Dense(1000);

                public Tensor Forward([Shape(1)] Tensor x) => layer(x);
            }
            """).Create();
        var type = adapter.GetType().Assembly.GetType("Only.Net", throwOnError: true)!;
        using var network = (IDisposable)Activator.CreateInstance(type, 0UL, Device.Cpu(1))!;
        var predict = type.GetMethod("Predict", [typeof(ReadOnlySpan<float>)])!.CreateDelegate<PredictArray>(network);
        // As long as that without the memory: the check comes before the first value is read. 5,000,000,000 wraps around to a positive number.
        var values = new float[1];
        foreach (var (samples, results) in new[] { (1 << 26, "67108864000"), (5_000_000, "5000000000"), (2_147_484, "2147484000") })
        {
            var e = Assert.Throws<ArgumentException>(() => predict(MemoryMarshal.CreateReadOnlySpan(ref values[0], samples)));
            Assert.StartsWith(
                $"x has {samples} samples, whose results ([1000] each) are {results} values; an array holds 2147483591. Predict fewer samples at once.",
                e.Message, StringComparison.Ordinal);
        }
        Assert.Equal(1000, predict(values).Length);
    }

    [Fact]
    public void A_result_over_its_input()
    {
        using var network = WholeNetworks.Get("Components").Create();
        float[] values = [1, 2, 3, 4, 5];
        var e = Assert.Throws<ArgumentException>(() => network.Predict("Forward", [values], values));
        Assert.StartsWith("result shares memory with x; it is written while x is read.", e.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3, 4, 5], values);
    }

    [Theory]
    [InlineData(new[] { 3 }, "label has 1 samples; image has 2.")]
    [InlineData(new[] { 3, 1, 2 }, "label has 3 samples; image has 2.")]
    [InlineData(new int[0], "label is empty; expected at least one sample of 1 value (one label per sample).")]
    [InlineData(new[] { 3, 10 }, "label[1] is 10; labels are from 0 to 9.")]
    [InlineData(new[] { -1, 3 }, "label[0] is -1; labels are from 0 to 9.")]
    public void Labels_that_do_not_fit(int[] labels, string message)
    {
        using var network = Compiled.Create();
        var image = new float[2 * 784];
        var before = Weights(network);
        foreach (var call in new Action[]
        {
            () => network.Loss("Loss", [image, labels]),
            () => network.Step("Loss", [image, labels], new Adam(1e-3f)),
        })
        {
            var e = Assert.ThrowsAny<ArgumentException>(call);
            Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
        }
        Agreement.Same(before, Weights(network), "weights after a refused step");
    }

    [Fact]
    public void A_refused_step_is_not_counted()
    {
        using var refused = Compiled.Create();
        using var other = Compiled.Create();
        var inputs = Compiled.Inputs("Loss", 4, 1);
        Assert.ThrowsAny<ArgumentException>(() => refused.Step("Loss", [inputs[0], new[] { 1, 2, 3, 99 }], new Adam(1e-3f)));
        Assert.ThrowsAny<ArgumentException>(() => refused.Step("Loss", inputs, new Adam(-1f)));
        // Adam's bias correction depends on the number of steps.
        foreach (var network in new[] { refused, other })
            network.Step("Loss", inputs, new Adam(1e-3f));
        Agreement.Same(Weights(other), Weights(refused), "weights after the first step");
    }

    [Fact]
    public void A_disposed_network_refuses_everything()
    {
        var network = Compiled.Create();
        var inputs = Compiled.Inputs("Loss", 2, 1);
        network.Step("Loss", inputs, new Adam(1e-3f));
        network.Dispose();
        network.Dispose();
        Assert.Throws<ObjectDisposedException>(() => network.Predict("Forward", inputs[..1], new float[20]));
        Assert.Throws<ObjectDisposedException>(() => network.Loss("Loss", inputs));
        Assert.Throws<ObjectDisposedException>(() => network.Step("Loss", inputs, new Adam(1e-3f)));
    }

    [Fact]
    public void A_NaN_reaches_its_own_sample_and_the_loss_and_nothing_else()
    {
        using var network = Compiled.Create();
        var inputs = Compiled.Inputs("Loss", 3, 1);
        var (clean, dirty) = (new float[30], new float[30]);
        network.Predict("Forward", inputs[..1], clean);
        ((float[])inputs[0])[784 + 5] = float.NaN;
        network.Predict("Forward", inputs[..1], dirty);
        Agreement.Same(clean[..10], dirty[..10], "the sample before");
        Assert.All(dirty[10..20], v => Assert.True(float.IsNaN(v)));
        Agreement.Same(clean[20..], dirty[20..], "the sample after");
        Assert.True(float.IsNaN(network.Loss("Loss", inputs)));
        Assert.True(float.IsNaN(network.Step("Loss", inputs, new Adam(1e-3f))));
    }

    [Fact]
    public void Two_steps_at_once_are_refused_and_predictions_are_not()
    {
        using var network = Compiled.Create();
        var inputs = Compiled.Inputs("Loss", 2, 1);
        using var inside = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        Waiting.Inside = () =>
        {
            inside.Set();
            go.Wait();
        };
        var training = new Thread(() => network.Step("Loss", inputs, default(Waiting)));
        training.Start();
        inside.Wait(TestContext.Current.CancellationToken);
        var e = Assert.Throws<InvalidOperationException>(() => network.Step("Loss", inputs, new Adam(1e-3f)));
        Assert.Contains("Net is still running", e.Message, StringComparison.Ordinal);
        network.Predict("Forward", inputs[..1], new float[20]);
        go.Set();
        training.Join();
        network.Step("Loss", inputs, new Adam(1e-3f));
    }

    /// <summary>An optimizer that stops in the middle of a step.</summary>
    private readonly struct Waiting : IOptimizer<Waiting>
    {
        public static Action? Inside { get; set; }

        public static Waiting Default => default;

        public static int StateSlots => 0;

        public void Validate()
        {
        }

        public Waiting Prepare(long step)
        {
            Inside!();
            return this;
        }

        public static V Update<V>(in Waiting prepared, V weight, V gradient, ref V state0, ref V state1)
            where V : struct, IVector<V> => weight;
    }

    private static float[] Weights(ICompiledNetwork network) => network.Network.Parameters.SelectMany(p => p.Values.ToArray()).ToArray();
}
