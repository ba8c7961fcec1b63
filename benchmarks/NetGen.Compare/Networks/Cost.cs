using NetGen;

namespace Comparison;

/// <summary>What a network that is no chain of layers computes, product by product.</summary>
/// <param name="sampleBytes">As <see cref="IWork.SampleBytes"/>.</param>
/// <param name="create">The network, for the number of its parameters.</param>
/// <param name="tables">Numbers of tables, of which a sample reads a few rows.</param>
/// <param name="readings">How often a prediction reads the parameters.</param>
/// <param name="readsNumbers">The first product needs no gradient of what it reads; false where that is learned.</param>
internal sealed class Cost(long sampleBytes, Func<INetwork> create, long tables = 0, int readings = 1, bool readsNumbers = true) : IWork
{
    private readonly Lazy<long> parameters = new(() =>
    {
        using var network = create();
        return network.Parameters.Where(parameter => !parameter.IsState).Sum(parameter => (long)parameter.Length);
    });

    private long forward, first;

    public long ParameterCount => parameters.Value;

    public long ParametersRead => ParameterCount - tables;

    public int Readings => readings;

    public long SampleBytes => sampleBytes;

    public long Flops(int batch, Pass pass) => batch * (pass == Pass.Step ? (3 * forward) - (readsNumbers ? first : 0) : forward);

    /// <summary>A convolution, by the pixels and channels of its result; or one of each channel by itself, with one input.</summary>
    public Cost Convolution(int pixels, int inputs, int outputs, int kernel = 3) => Product((long)pixels * outputs, inputs * kernel * kernel);

    /// <summary>A dense layer, of so many rows of a sample.</summary>
    public Cost Dense(int inputs, int outputs, int rows = 1) => Product((long)rows * outputs, inputs);

    /// <summary>Scores of all steps by all steps, and the sums that these weigh.</summary>
    public Cost Attention(int steps, int width) => Product((long)steps * steps, width).Product((long)steps * width, steps);

    /// <summary>The same more than once.</summary>
    public Cost Times(int count, Func<Cost, Cost> part)
    {
        for (var i = 0; i < count; i++)
        {
            part(this);
        }
        return this;
    }

    private Cost Product(long results, int terms)
    {
        first = forward == 0 ? 2 * results * terms : first;
        forward += 2 * results * terms;
        return this;
    }
}
