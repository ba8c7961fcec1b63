namespace NetGen.Compiled.Tests.Harness;

/// <summary>
/// A compiled network behind one face for all tests. Spans cannot pass through reflection, so each network gets an adapter, written from its
/// model and compiled with it; inputs are float[] or int[], in the order of the method's parameters.
/// </summary>
public interface ICompiledNetwork : IDisposable
{
    INetwork Network { get; }

    /// <summary>A method with one result; allocates nothing.</summary>
    void Predict(string method, Array[] inputs, float[] result);

    /// <summary>A method with any number of them.</summary>
    void Predict(string method, Array[] inputs, params float[][] results);

    float Loss(string objective, Array[] inputs);

    float Step<TOptimizer>(string objective, Array[] inputs, in TOptimizer optimizer)
        where TOptimizer : struct, IOptimizer<TOptimizer>;
}
