using System.ComponentModel;

namespace NetGen.Cuda;

/// <summary>What a program needs of a device's memory, beside the weights: all of it is decided when the network is compiled.</summary>
/// <param name="PerSample">Floats for each sample of the batch.</param>
/// <param name="Fixed">Floats whatever the batch is.</param>
/// <param name="Largest">Elements of a sample of the largest value; kernels count a value's elements with an int.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct CudaMemory(long PerSample, long Fixed, long Largest);
