using NetGen.Onnx;

namespace Comparison;

/// <summary>An ONNX model that is written operation by operation, its weights in the order of the peers.</summary>
/// <param name="model">Where it goes.</param>
/// <param name="parameters">The weights.</param>
internal sealed class OnnxGraph(OnnxModel model, float[][] parameters)
{
    private readonly Dictionary<string, float[]> held = [];
    private int next, constants;

    /// <summary>The network's input, by the dimensions of a sample.</summary>
    public string Input(params ReadOnlySpan<int> sample) => model.AddInput(OnnxNetwork.Input, sample);

    /// <summary>States that a value is the network's result, and gives its name.</summary>
    public string Output(string value, params ReadOnlySpan<int> sample)
    {
        model.AddOutput(value, sample);
        return value;
    }

    /// <summary>The next weight as it is.</summary>
    public string Next(params ReadOnlySpan<int> shape) => model.AddWeight($"weight_{next}", parameters[next++], shape);

    /// <summary>The next weight, whose parts are used one by one.</summary>
    public string Hold()
    {
        var name = $"weight_{next}";
        held.Add(name, parameters[next++]);
        return name;
    }

    /// <summary>The next weight, a matrix, by columns.</summary>
    public string NextTurned(int rows, int columns)
    {
        var (name, values) = ($"weight_{next}", parameters[next++]);
        return model.AddWeight(name, Turned(values, rows, columns), columns, rows);
    }

    /// <summary>Some rows of a matrix that <see cref="Hold"/> gave, by columns.</summary>
    public string TurnedPart(string matrix, int part, int rows, int columns) => model.AddWeight(
        $"{matrix}_{part}", Turned(held[matrix].AsSpan(part * rows * columns, rows * columns), rows, columns), columns, rows);

    /// <summary>Some numbers of a vector that <see cref="Hold"/> gave.</summary>
    public string Part(string vector, int part, int length) =>
        model.AddWeight($"{vector}_{part}", held[vector].AsSpan(part * length, length), length);

    /// <summary>A number.</summary>
    public string Constant(float value) => model.AddWeight($"constant_{constants++}", [value]);

    /// <summary>Numbers of a vector, all the same.</summary>
    public string Constant(float value, int count) => model.AddWeight($"constant_{constants++}", Enumerable.Repeat(value, count).ToArray(), count);

    /// <summary>A shape; 0 keeps what there is.</summary>
    public string Constant(params ReadOnlySpan<long> shape) => model.AddNode("Constant", [], OnnxAttribute.Ints("value_ints", shape));

    /// <summary>An operation without attributes.</summary>
    public string Node(string operation, params ReadOnlySpan<string> inputs) => model.AddNode(operation, inputs);

    /// <summary>An operation with attributes.</summary>
    public string Node(string operation, string[] inputs, params ReadOnlySpan<OnnxAttribute> attributes) => model.AddNode(operation, inputs, attributes);

    private static float[] Turned(ReadOnlySpan<float> values, int rows, int columns)
    {
        var turned = new float[values.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                turned[(column * rows) + row] = values[(row * columns) + column];
            }
        }
        return turned;
    }
}
