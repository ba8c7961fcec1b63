using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>How likely each push is to be made (Williams 1992): the more, the better what came of it was than on average.</summary>
[Network]
public sealed partial class Reinforce
{
    private readonly Layer policy = Sequential(Dense(64), Tanh, Dense(CartPole.Pushes));

    public Tensor Forward([Shape(CartPole.Observed)] Tensor state) => policy(state);

    [Objective]
    public Tensor Loss(Tensor state, Labels push, [Shape] Tensor advantage) => CrossEntropy(Forward(state), push) * advantage;
}
