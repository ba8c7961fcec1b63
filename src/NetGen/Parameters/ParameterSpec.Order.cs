using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NetGen.Runtime;

namespace NetGen;

/// <content>From the order in memory to that in a file, and back.</content>
public sealed partial class ParameterSpec
{
    /// <summary>The shape in a file that has PyTorch's order, or in one that has the order of memory.</summary>
    internal ReadOnlySpan<int> FileShapeOf(bool memoryOrder) => memoryOrder && FileLayout == FileLayout.ChannelsFirst ? shape : fileShape;

    /// <summary>How many columns of memory, which are rows of a file, are moved at a time: a cache line of each row.</summary>
    private const int Block = 16;

    /// <summary>
    /// As how many rows a file has it, each a piece of the file that can be made by itself; 0: it is in the order of memory.
    /// </summary>
    internal int FileRows => AxesOf(memoryOrder: false) is { Leading: > 0, Outputs: var outputs } ? outputs : 0;

    /// <summary>Brings values from memory to the order in a file.</summary>
    internal void ToFile(ReadOnlySpan<float> memory, Span<float> file)
    {
        if (FileRows is > 0 and var rows)
            ToFile(memory, 0, rows, file);
        else
            memory.CopyTo(file);
    }

    /// <summary>Brings some of <see cref="FileRows"/> from memory to the order in a file.</summary>
    internal void ToFile(ReadOnlySpan<float> memory, int first, int rows, Span<float> file)
    {
        Axes axes = AxesOf(memoryOrder: false);
        if (axes is { Leading: 1, InputPlaces: null, OutputPlaces: null })
        {
            Turn(memory[first..], axes.Outputs, file, axes.Inputs, rows);
            return;
        }

        int[]? columns = axes.OutputPlaces is { } places ? Inverse(places) : null;
        for (int start = 0; start < rows; start += Block)
        {
            int count = Math.Min(Block, rows - start);
            Span<float> block = file.Slice(start * axes.Rows, count * axes.Rows);
            for (int l = 0; l < axes.Leading; l++)
            {
                for (int i = 0; i < axes.Inputs; i++)
                {
                    ReadOnlySpan<float> row = memory.Slice((l * axes.Inputs + i) * axes.Outputs, axes.Outputs);
                    int to = axes.InRow(l, i);
                    if (columns is null)
                    {
                        foreach (float value in row.Slice(first + start, count))
                        {
                            block[to] = value;
                            to += axes.Rows;
                        }
                    }
                    else
                    {
                        foreach (int column in columns.AsSpan(first + start, count))
                        {
                            block[to] = row[column];
                            to += axes.Rows;
                        }
                    }
                }
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

        if (axes is { Leading: 1, InputPlaces: null, OutputPlaces: null })
        {
            Turn(file, axes.Inputs, memory, axes.Outputs, axes.Inputs);
            return;
        }

        for (int start = 0; start < axes.Outputs; start += Block)
        {
            int count = Math.Min(Block, axes.Outputs - start);
            for (int l = 0; l < axes.Leading; l++)
            {
                for (int i = 0; i < axes.Inputs; i++)
                {
                    Span<float> row = memory.Slice((l * axes.Inputs + i) * axes.Outputs + start, count);
                    int place = axes.InRow(l, i);
                    for (int o = 0; o < row.Length; o++)
                        row[o] = file[(axes.OutputPlaces?[start + o] ?? start + o) * axes.Rows + place];
                }
            }
        }
    }

    /// <summary>file[c, r] = memory[r, c] of some columns.</summary>
    private static void Turn(ReadOnlySpan<float> memory, int stride, Span<float> file, int rows, int columns)
    {
        ref float from = ref MemoryMarshal.GetReference(memory), to = ref MemoryMarshal.GetReference(file[..(rows * columns)]);
        // The last element that is read.
        _ = memory[(rows - 1) * stride + columns - 1];
        if (Vector512.IsHardwareAccelerated)
            CopyKernels.TransposePart<V512>(ref from, ref to, rows, stride, 0, rows, 0, columns);
        else if (Vector256.IsHardwareAccelerated)
            CopyKernels.TransposePart<V256>(ref from, ref to, rows, stride, 0, rows, 0, columns);
        else if (Vector128.IsHardwareAccelerated)
            CopyKernels.TransposePart<V128>(ref from, ref to, rows, stride, 0, rows, 0, columns);
        else
            CopyKernels.TransposePart<V1>(ref from, ref to, rows, stride, 0, rows, 0, columns);
    }

    private static int[] Inverse(int[] places)
    {
        int[] inverse = new int[places.Length];
        for (int i = 0; i < places.Length; i++)
            inverse[places[i]] = i;
        return inverse;
    }

    /// <summary>
    /// Memory as [leading, in, out] and the file as [out, in, leading], with inputs and outputs at other places; leading 0: nothing moves.
    /// </summary>
    private readonly record struct Axes(int Leading, int Inputs, int Outputs, int[]? InputPlaces, int[]? OutputPlaces)
    {
        /// <summary>Of the memory, and the length of a row of the file.</summary>
        public int Rows => Leading * Inputs;

        /// <summary>The place in a row of the file.</summary>
        public int InRow(int l, int i) => (InputPlaces?[i] ?? i) * Leading + l;
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
