using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>What each way is worth from a place to a goal, as <see cref="Dqn"/> learns it of pushes.</summary>
[Network]
public sealed partial class GridDqn
{
    private readonly Layer online = Values();

    [Frozen]
    private readonly Layer target = Values();

    private static Layer Values() => Sequential(Dense(128), Relu, Dense(128), Relu, Dense(GridWorld.Ways));

    public Tensor Forward([Shape(GridWorld.Observed)] Tensor state) => online(state);

    [Objective]
    public Tensor Loss(
        Tensor state, Indices way, [Shape] Tensor reward, [Shape(GridWorld.Observed)] Tensor next, [Shape] Tensor discount) =>
        Huber(Pick(online(state), way), reward + discount * Max(target(next)));
}
