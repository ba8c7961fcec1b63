using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>
/// What each push is worth (Mnih et al. 2015): its reward, and what the best one after it is worth to the target, a copy of the layers that
/// follows them slowly.
/// </summary>
[Network]
public sealed partial class Dqn
{
    private readonly Layer online = Values();

    [Frozen]
    private readonly Layer target = Values();

    private static Layer Values() => Sequential(Dense(128), Relu, Dense(128), Relu, Dense(CartPole.Pushes));

    public Tensor Forward([Shape(CartPole.Observed)] Tensor state) => online(state);

    [Objective]
    public Tensor Loss(
        Tensor state, Indices push, [Shape] Tensor reward, [Shape(CartPole.Observed)] Tensor next, [Shape] Tensor discount) =>
        Huber(Pick(online(state), push), reward + discount * Max(target(next)));
}
