using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using static System.FormattableString;

namespace NetGen.Runtime;

/// <summary>The argument checks of generated entry points. Everything is checked before anything is computed.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Arguments
{
    /// <summary>The number of samples in a span.</summary>
    /// <param name="length">The length of the span.</param>
    /// <param name="perSample">The values of one sample.</param>
    /// <param name="name">The name of the span, as the caller knows it.</param>
    /// <param name="shape">The shape of one sample, for the message: <c>[28, 28, 1]</c>.</param>
    /// <exception cref="ArgumentException">The span is empty, or not a whole number of samples.</exception>
    public static int Batch(int length, int perSample, string name, string? shape = null)
    {
        if (length == 0 || length % perSample != 0)
        {
            ThrowBatch(length, perSample, name, shape);
        }
        return length / perSample;
    }

    /// <summary>Checks that a training step has enough samples for the statistics that a layer takes of them.</summary>
    /// <param name="batch">The number of samples.</param>
    /// <param name="smallest">The fewest that the step takes.</param>
    /// <param name="layer">The layer, for the message.</param>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    public static void SmallestBatch(int batch, int smallest, string layer)
    {
        if (batch < smallest)
        {
            ThrowSmallestBatch(batch, smallest, layer);
        }
    }

    /// <summary>The number of values in the results of a batch, for a new array.</summary>
    /// <param name="batch">The number of samples.</param>
    /// <param name="perSample">The values of one sample's result.</param>
    /// <param name="name">The name of the input that has the samples.</param>
    /// <param name="shape">The shape of one sample's result, for the message.</param>
    /// <exception cref="ArgumentException">They are more than an array holds.</exception>
    public static int ResultLength(int batch, int perSample, string name, string shape)
    {
        var length = (long)batch * perSample;
        if (length > Array.MaxLength)
        {
            ThrowResultLength(batch, length, name, shape);
        }
        return (int)length;
    }

    /// <summary>Checks that a span has the values of <paramref name="batch"/> samples: results, and inputs after the first.</summary>
    /// <param name="length">The length of the span.</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="perSample">The values of one sample.</param>
    /// <param name="name">The name of the span, as the caller knows it.</param>
    /// <param name="shape">The shape of one sample, for the message.</param>
    /// <exception cref="ArgumentException">The length is another one.</exception>
    public static void Length(int length, int batch, int perSample, string name, string? shape = null)
    {
        if (length != (long)batch * perSample)
        {
            ThrowLength(length, batch, perSample, name, shape);
        }
    }

    /// <summary>Checks that an input has as many samples as the first one.</summary>
    /// <param name="batch">The number of samples of the first input.</param>
    /// <param name="batchName">The name of the first input.</param>
    /// <param name="length">The length of the input.</param>
    /// <param name="perSample">Its values per sample.</param>
    /// <param name="name">Its name.</param>
    /// <param name="shape">The shape of one sample, for the message.</param>
    /// <exception cref="ArgumentException">The number of samples is another one.</exception>
    public static void SameBatch(int batch, string batchName, int length, int perSample, string name, string? shape = null)
    {
        var own = Batch(length, perSample, name, shape);
        if (own != batch)
        {
            ThrowSameBatch(batch, batchName, own, name);
        }
    }

    /// <summary>Checks the lengths of the sequences of a batch.</summary>
    /// <param name="lengths">The steps of each.</param>
    /// <param name="steps">The steps that there are of all of them.</param>
    /// <param name="longest">The most steps of one.</param>
    /// <param name="name">The name of the lengths, as the caller knows it.</param>
    /// <param name="values">The name of the sequences' values.</param>
    /// <exception cref="ArgumentException">Together they are not as many as there are steps.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A sequence has no step, or too many.</exception>
    public static void Lengths(ReadOnlySpan<int> lengths, int steps, int longest, string name, string values)
    {
        long sum = 0;
        for (var i = 0; i < lengths.Length; i++)
        {
            if (lengths[i] < 1 || lengths[i] > longest)
            {
                throw OutOfRange.Of(
                    name, lengths[i],
                    Invariant($"Sequence {i} of {values} has {lengths[i]} steps; a sequence has from 1 to {longest} (the max of its [Sequence])."));
            }
            sum += lengths[i];
        }
        if (sum != steps)
        {
            throw new ArgumentException(
                Invariant($"The {lengths.Length} lengths of {values} are {sum} steps together; {values} has {steps}."), name);
        }
    }

    /// <summary>Checks that an input has a value for each step of another.</summary>
    /// <param name="steps">The steps of the other.</param>
    /// <param name="sequence">Its name.</param>
    /// <param name="length">The length of the input.</param>
    /// <param name="perStep">Its values per step.</param>
    /// <param name="name">Its name.</param>
    /// <param name="shape">The shape of a step, for the message.</param>
    /// <exception cref="ArgumentException">The number of steps is another one.</exception>
    public static void SameSteps(int steps, string sequence, int length, int perStep, string name, string? shape = null)
    {
        if (length != (long)steps * perStep)
        {
            throw new ArgumentException(
                Invariant($"{name} has {length} values; {sequence} has {steps} steps, and for each {name} has {shape ?? Invariant($"{perStep}")}."), name);
        }
    }

    /// <summary>Checks that all labels are from 0 to <paramref name="classes"/> − 1, or the one that does not count.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="name">The name of the span, as the caller knows it.</param>
    /// <param name="perSample">How many a sample has.</param>
    /// <param name="ignored">The label that does not count, if there is one.</param>
    /// <exception cref="ArgumentOutOfRangeException">A label is not.</exception>
    public static void Labels(ReadOnlySpan<int> labels, int classes, string name, int perSample = 1, int? ignored = null)
    {
        if (ValueSearch.FirstNoClass(labels, classes, ignored) is >= 0 and var i)
        {
            ThrowInteger(labels[i], i, IntegerRule(classes, areIndices: false, ignored), name, perSample);
        }
    }

    /// <summary>Checks that all indices are from 0 to <paramref name="count"/> − 1.</summary>
    /// <param name="indices">The indices.</param>
    /// <param name="count">How many rows there are.</param>
    /// <param name="name">The name of the span, as the caller knows it.</param>
    /// <param name="perSample">How many a sample has.</param>
    /// <param name="ignored">The index that does not count, if there is one.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is not.</exception>
    public static void Indices(ReadOnlySpan<int> indices, int count, string name, int perSample = 1, int? ignored = null)
    {
        if (ValueSearch.FirstNoClass(indices, count, ignored) is >= 0 and var i)
        {
            ThrowInteger(indices[i], i, IntegerRule(count, areIndices: true, ignored), name, perSample);
        }
    }

    /// <summary>
    /// Checks that all targets of a cross entropy are from <paramref name="minimum"/> to <paramref name="maximum"/>; NaN is not.
    /// </summary>
    /// <param name="targets">The targets.</param>
    /// <param name="perSample">How many a sample has.</param>
    /// <param name="minimum">The least.</param>
    /// <param name="maximum">The largest; infinity where there is none.</param>
    /// <param name="name">The name of the span, as the caller knows it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A target is not.</exception>
    public static void Targets(ReadOnlySpan<float> targets, int perSample, float minimum, float maximum, string name)
    {
        if (ValueSearch.FirstOutside(targets, minimum, maximum) is >= 0 and var i)
        {
            ThrowTarget(targets[i], i, perSample, minimum, maximum, name);
        }
    }

    /// <summary>Checks that a result does not overlap an input, for it is written while the input is still read.</summary>
    /// <exception cref="ArgumentException">They overlap.</exception>
    public static void Distinct(ReadOnlySpan<float> input, string inputName, ReadOnlySpan<float> result, string resultName)
    {
        if (input.Overlaps(result))
        {
            throw new ArgumentException($"{resultName} shares memory with {inputName}; it is written while {inputName} is read.", resultName);
        }
    }

    /// <summary>Checks that two results are not the same memory.</summary>
    /// <param name="one">A result.</param>
    /// <param name="oneName">Its name.</param>
    /// <param name="other">Another.</param>
    /// <param name="otherName">Its name.</param>
    public static void Apart(ReadOnlySpan<float> one, string oneName, ReadOnlySpan<float> other, string otherName)
    {
        if (one.Overlaps(other))
        {
            throw new ArgumentException($"{otherName} shares memory with {oneName}; each result needs memory of its own.", otherName);
        }
    }

    private static string PerSample(int perSample, string? shape) =>
        shape is null ? Invariant($"{perSample} per sample") : $"{shape} per sample";

    [DoesNotReturn]
    private static void ThrowSmallestBatch(int batch, int smallest, string layer) => throw new ArgumentException(Invariant(
        $"A training step takes at least {smallest} samples, not {batch}: '{layer}' normalizes each number by its mean and its spread over the batch, and of a single number nothing is left. Choose another batch size, or leave out the last batch."));

    [DoesNotReturn]
    private static void ThrowBatch(int length, int perSample, string name, string? shape) => throw new ArgumentException(
        length == 0
            ? Invariant($"{name} is empty; expected at least one sample of {perSample} {(perSample == 1 ? "value" : "values")} ({PerSample(perSample, shape)}).")
            : Invariant($"{name} has {length} values; expected a multiple of {perSample} ({PerSample(perSample, shape)})."),
        name);

    [DoesNotReturn]
    private static void ThrowLength(int length, int batch, int perSample, string name, string? shape) => throw new ArgumentException(
        Invariant($"{name} has {length} values; expected {(long)batch * perSample} ({batch} samples, {PerSample(perSample, shape)})."),
        name);

    [DoesNotReturn]
    private static void ThrowResultLength(int batch, long length, string name, string shape) => throw new ArgumentException(
        Invariant($"{name} has {batch} samples, whose results ({shape} each) are {length} values; an array holds {Array.MaxLength}. Predict fewer samples at once."), name);

    [DoesNotReturn]
    private static void ThrowSameBatch(int batch, string batchName, int own, string name) => throw new ArgumentException(
        Invariant($"{name} has {own} samples; {batchName} has {batch}."), name);

    [DoesNotReturn]
    private static void ThrowInteger(int value, int index, string rule, string name, int perSample) => throw OutOfRange.Of(
        name, value, string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]{(perSample == 1 ? "" : Invariant($" (sample {index / perSample})"))} is {value}; {rule}."));

    [DoesNotReturn]
    private static void ThrowTarget(float target, int index, int perSample, float minimum, float maximum, string name) => throw OutOfRange.Of(
        name, target, string.Create(CultureInfo.InvariantCulture, $"{name}[{index}] (sample {index / perSample}) is {target}; {TargetRule(minimum, maximum)}."));

    /// <summary>What labels, or indices, may be.</summary>
    internal static string IntegerRule(int count, bool areIndices, int? ignored = null) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(areIndices ? "indices" : "labels")} are from 0 to {count - 1}{(ignored is { } none ? Invariant($", or {none} for what does not count") : "")}");

    /// <summary>What targets may be. Those that the objective computes from the input may have any range.</summary>
    internal static string TargetRule(float minimum, float maximum) =>
        $"targets of a cross entropy are probabilities, {(minimum == 0 && (maximum == 1 || float.IsPositiveInfinity(maximum)) ? "" : "which the objective makes of numbers ")}"
        + (float.IsPositiveInfinity(maximum) ? Invariant($"{minimum:G6} or more")
            : float.IsNegativeInfinity(minimum) ? Invariant($"up to {maximum:G6}") : Invariant($"from {minimum:G6} to {maximum:G6}"));
}
