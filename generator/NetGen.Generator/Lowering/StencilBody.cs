using NetGen.Generator.Common;
using NetGen.Generator.Graph;

namespace NetGen.Generator.Lowering;

/// <summary>
/// A convolution of each channel by itself. A matrix product of one column would leave a vector's other lanes without work; here they have
/// channels.
/// </summary>
/// <param name="Loops">The same, for backends that go through elements one by one.</param>
/// <param name="Constants">Those of NetGen.Runtime.StencilShape.</param>
internal sealed record StencilBody(ContractionBody Loops, EquatableArray<int> Constants) : KernelBody, ILoopBody
{
    public int Channels => Constants[2];

    ContractionBody? ILoopBody.Loops => Loops;
}
