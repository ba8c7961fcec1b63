using NetGen.Compiled.Tests.Harness;

namespace NetGen.Cuda.Tests.Networks;

/// <summary>A network and the code of somebody who keeps data on the device, compiled together as a user's project is.</summary>
internal static class Consumer
{
    private static readonly Lazy<CompiledNetwork> Compiled = new(() => CompiledNetworks.Compile(
    [
        new NetworkSource("Buffers",
            """
            using NetGen.Cuda;

            [Network]
            public sealed partial class Net
            {
                private readonly Layer layers = Sequential(Dense(12), Relu, Dropout(0.3f), Dense(3));

                public Tensor Forward([Shape(6)] Tensor x) => layers(x);

                [Objective]
                public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
            }

            public static class Program
            {
                public static float[] Run(CudaDevice device, float[] x, int[] labels)
                {
                    using var net = new Net(seed: 3, device);
                    using var inputs = device.Allocate<float>(x.Length);
                    using var classes = device.Allocate<int>(labels.Length);
                    using var result = device.Allocate<float>(labels.Length * 3);
                    inputs.Upload(x);
                    classes.Upload(labels);
                    var said = new float[3 + result.Length];
                    said[0] = net.Step(inputs, classes, new Adam(0.1f));
                    said[1] = net.Step<Adam>(inputs, classes) + net.Step<Adam>(inputs, classes);
                    said[2] = net.Loss(inputs, classes);
                    net.Forward(inputs, result);
                    net.Predict(inputs, result);
                    result.Download(said.AsSpan(3));
                    return said;
                }

                public static float[] RunPinned(CudaDevice device, float[] x, int[] labels)
                {
                    using var net = new Net(seed: 3, device);
                    using var inputs = device.AllocatePinned<float>(x.Length);
                    using var classes = device.AllocatePinned<int>(labels.Length);
                    using var result = device.AllocatePinned<float>(labels.Length * 3);
                    x.CopyTo(inputs.Span);
                    labels.CopyTo(classes.Span);
                    var said = new float[3 + result.Length];
                    said[0] = net.Step(inputs.Span, classes.Span, new Adam(0.1f));
                    said[1] = net.Step<Adam>(inputs.Span, classes.Span) + net.Step<Adam>(inputs.Span, classes.Span);
                    said[2] = net.Loss(inputs.Span, classes.Span);
                    net.Predict(inputs.Span, result.Span);
                    result.Span.CopyTo(said.AsSpan(3));
                    return said;
                }

                public static float[] RunSpans(CudaDevice device, float[] x, int[] labels)
                {
                    using var net = new Net(seed: 3, device);
                    var said = new float[3 + labels.Length * 3];
                    said[0] = net.Step(x, labels, new Adam(0.1f));
                    said[1] = net.Step<Adam>(x, labels) + net.Step<Adam>(x, labels);
                    said[2] = net.Loss(x, labels);
                    net.Predict(x, said.AsSpan(3));
                    return said;
                }

                public static void Wrong(Net net, CudaBuffer<float> x, CudaBuffer<int> labels, CudaBuffer<float>? result)
                {
                    if (result is null)
                        net.Step<Adam>(x, labels);
                    else
                        net.Forward(x, result);
                }

                public static Net Create(Device device) => new(seed: 3, device);
            }
            """),
    ])["Buffers"]);

    public static CompiledNetwork Network => Compiled.Value;

    public static float[] Run(string way, CudaDevice device, float[] x, int[] labels) => (float[])Invoke(way, device, x, labels)!;

    public static IDisposable Create(Device device) => (IDisposable)Invoke("Create", device)!;

    public static void Wrong(IDisposable network, CudaBuffer<float>? x, CudaBuffer<int>? labels, CudaBuffer<float>? result) => Invoke("Wrong", network, x, labels, result);

    private static object? Invoke(string method, params object?[] arguments)
    {
        using var any = Network.Create();
        return any.GetType().Assembly.GetType("Buffers.Program", throwOnError: true)!.GetMethod(method)!.Invoke(
            null, System.Reflection.BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }
}
