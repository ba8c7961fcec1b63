namespace Comparison;

/// <summary>A dense layer without bias as one product.</summary>
internal sealed class BlasSide : Side
{
    private readonly BlasLibrary library;
    private readonly int inputs, rows, outputs, threads;
    private readonly float[] x, weights;
    private readonly bool transposed;

    /// <param name="library">Who multiplies.</param>
    /// <param name="architecture">Of one dense layer.</param>
    /// <param name="parameters">In the peers' order: [outputs, inputs].</param>
    /// <param name="batch">What is multiplied.</param>
    /// <param name="threads">Of the library.</param>
    /// <param name="transposed">The weights stay [outputs, inputs]; else they are turned to [inputs, outputs] here, outside of the
    /// time.</param>
    public BlasSide(BlasLibrary library, Architecture architecture, float[][] parameters, SampleBatch batch, int threads, bool transposed)
    {
        this.library = library;
        this.threads = threads;
        this.transposed = transposed;
        (inputs, rows, outputs) = (architecture.Input.Length, batch.Count, architecture.Outputs);
        x = batch.Inputs;
        weights = transposed ? parameters[0] : Turned(parameters[0]);
        Outputs = new float[rows * outputs];
    }

    /// <summary>[samples, outputs].</summary>
    public float[] Outputs { get; }

    public override string Setting => $"{(transposed ? "[outputs, inputs]" : "[inputs, outputs]")}, {Numbers.Threads(threads)}";

    public override void Prepare() => library.SetThreads(threads);

    public override void Run() => library.Product(rows, inputs, outputs, x, weights, transposed, Outputs);

    public override void Dispose()
    {
    }

    private float[] Turned(float[] values)
    {
        var turned = new float[values.Length];
        for (var input = 0; input < inputs; input++)
        {
            for (var output = 0; output < outputs; output++)
            {
                turned[(input * outputs) + output] = values[(output * inputs) + input];
            }
        }
        return turned;
    }
}
