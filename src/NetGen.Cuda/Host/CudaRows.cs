using System.ComponentModel;

namespace NetGen.Cuda;

/// <summary>Where a value lies in a call's memory: at PerSample · batch + Fixed floats.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct CudaPlace(long PerSample, long Fixed)
{
    internal long At(int batch) => (batch * PerSample) + Fixed;
}

/// <summary>What of a step's memory its data come into and its results lie in.</summary>
/// <param name="Inputs">In the order of the network's columns.</param>
/// <param name="Loss">The objective's values.</param>
/// <param name="LossOfSamples">Whether there is one for each sample; else there is one.</param>
/// <param name="Correct">For each classification the share of each sample's answers that is right.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record CudaRows(CudaPlace[] Inputs, CudaPlace Loss, bool LossOfSamples, CudaPlace[] Correct);
