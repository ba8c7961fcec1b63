using System.ComponentModel;

namespace NetGen.Cuda;

/// <summary>A program of a network and what it needs of a device, beside the weights: all of it is decided when the network is compiled.</summary>
/// <param name="Launch">Launches the kernels in their order; always the same delegate for the same program.</param>
/// <param name="Launches">How many launches that are. More than one become a CUDA graph.</param>
/// <param name="PerSample">Floats for each sample of the batch.</param>
/// <param name="Fixed">Floats whatever the batch is.</param>
/// <param name="Largest">Elements of a sample of the largest value; kernels count a value's elements with an int.</param>
/// <param name="Streams">The streams of random numbers that the kernels take, by their place.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct CudaProgram(Action<CudaCall> Launch, int Launches, long PerSample, long Fixed, long Largest, uint[]? Streams = null);
