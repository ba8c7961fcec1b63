using static System.FormattableString;

namespace NetGen.Metrics;

/// <summary>What all measures ask of their arguments; what is wrong is named by its row.</summary>
internal static class Check
{
    internal static void SomeRows(int rows, string name)
    {
        if (rows == 0)
            throw new ArgumentException("There are no samples; a measure of none is not defined.", name);
    }

    internal static void SameRows(int predicted, int actual, string name)
    {
        SomeRows(actual, name);
        if (predicted != actual)
            throw new ArgumentException(Invariant($"There are {predicted} predictions for {actual} samples."), name);
    }

    internal static void RowsOf(int values, int rows, int perRow, string name)
    {
        OutOfRange.ThrowIfLess(perRow, 1);
        SomeRows(rows, name);
        if (values != (long)rows * perRow)
            throw new ArgumentException(Invariant($"There are {values} values for {rows} samples; expected {perRow} for each."), name);
    }

    internal static void NoNaN(ReadOnlySpan<float> values, string name)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsNaN(values[i]))
                throw new ArgumentException(Invariant($"Value {i} (counted from 0) is NaN."), name);
        }
    }

    internal static void Finite(ReadOnlySpan<float> values, string name)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw new ArgumentException(Invariant($"Value {i} (counted from 0) is {values[i]}; expected a finite number."), name);
        }
    }

    internal static void Probabilities(ReadOnlySpan<float> values, string name)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!(values[i] >= 0 && values[i] <= 1))
            {
                throw OutOfRange.Of(
                    name, values[i], Invariant($"Value {i} (counted from 0) is {values[i]}; probabilities are from 0 to 1. Outputs of a network are usually logits: Probabilities.Sigmoid, Probabilities.Softmax."));
            }
        }
    }

    internal static void Labels(ReadOnlySpan<int> labels, int classes, string name)
    {
        OutOfRange.ThrowIfLess(classes, 2);
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes)
                throw OutOfRange.Of(name, labels[i], Invariant($"The label of sample {i} (counted from 0) is {labels[i]}; labels are from 0 to {classes - 1}."));
        }
    }
}
