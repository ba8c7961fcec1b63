namespace NetGen;

/// <content>From the order in memory to that in a file, and back.</content>
public sealed partial class ParameterSpec
{
    /// <summary>The shape in a file that has PyTorch's order, or in one that has the order of memory.</summary>
    internal ReadOnlySpan<int> FileShapeOf(bool memoryOrder) => memoryOrder && FileLayout == FileLayout.ChannelsFirst ? shape : fileShape;

    /// <summary>Brings values from memory to the order in a file.</summary>
    internal void ToFile(ReadOnlySpan<float> memory, Span<float> file)
    {
        Axes axes = AxesOf(memoryOrder: false);
        if (axes.Leading == 0)
        {
            memory.CopyTo(file);
            return;
        }

        for (int l = 0; l < axes.Leading; l++)
        {
            for (int i = 0; i < axes.Inputs; i++)
            {
                for (int o = 0; o < axes.Outputs; o++)
                    file[axes.InFile(l, i, o)] = memory[(l * axes.Inputs + i) * axes.Outputs + o];
            }
        }
    }

    /// <summary>Brings values from a file to memory.</summary>
    /// <param name="file">The values of the file.</param>
    /// <param name="memory">Where they go.</param>
    /// <param name="memoryOrder">Whether the file has the order of memory (axes turned, but no features moved), as old files have.</param>
    internal void FromFile(ReadOnlySpan<float> file, Span<float> memory, bool memoryOrder = false)
    {
        Axes axes = AxesOf(memoryOrder);
        if (axes.Leading == 0)
        {
            file.CopyTo(memory);
            return;
        }

        for (int l = 0; l < axes.Leading; l++)
        {
            for (int i = 0; i < axes.Inputs; i++)
            {
                for (int o = 0; o < axes.Outputs; o++)
                    memory[(l * axes.Inputs + i) * axes.Outputs + o] = file[axes.InFile(l, i, o)];
            }
        }
    }

    /// <summary>
    /// Memory as [leading, in, out] and the file as [out, in, leading], with inputs and outputs at other places; leading 0: nothing moves.
    /// </summary>
    private readonly record struct Axes(int Leading, int Inputs, int Outputs, int[]? InputPlaces, int[]? OutputPlaces)
    {
        public int InFile(int l, int i, int o) => ((OutputPlaces?[o] ?? o) * Inputs + (InputPlaces?[i] ?? i)) * Leading + l;
    }

    private Axes AxesOf(bool memoryOrder)
    {
        if (Length == 0)
            return default;
        int[]? inputPlaces = memoryOrder ? null : FeatureBlock.FilePlaces(inputs);
        int[]? outputPlaces = memoryOrder ? null : FeatureBlock.FilePlaces(outputs);
        return FileLayout switch
        {
            FileLayout.Counter => default,
            FileLayout.AsIs => outputPlaces is null ? default : new(1, 1, Length, null, outputPlaces),
            FileLayout.ChannelsFirst => memoryOrder ? default : new(Length / shape[^1], 1, shape[^1], null, null),
            _ => new(Length / shape[^1] / shape[^2], shape[^2], shape[^1], inputPlaces, outputPlaces),
        };
    }
}
