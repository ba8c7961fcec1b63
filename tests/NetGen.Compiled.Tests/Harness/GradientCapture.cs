using NetGen.Runtime;

namespace NetGen.Compiled.Tests.Harness;

/// <summary>
/// An optimizer that puts the gradient in the weight's place: after a step the weights are the gradients. It is also the harshest test of
/// updates in place, since a kernel that still needed an old weight would find a gradient.
/// </summary>
public readonly struct GradientCapture : IOptimizer<GradientCapture>
{
    public static GradientCapture Default => default;

    public static int StateSlots => 0;

    public void Validate()
    {
    }

    public GradientCapture Prepare(long step) => this;

    public static V Update<V>(in GradientCapture prepared, V weight, V gradient, ref V state0, ref V state1)
        where V : struct, IVector<V> => gradient;
}
