using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>
/// Neural collaborative filtering (He et al. 2017): vectors that are multiplied beside others that a network reads, and one layer over
/// both.
/// </summary>
[Network]
public sealed partial class Ncf
{
    private readonly Layer users = Embedding(Ratings.Users, 16, init: Init.Normal(0.1f));
    private readonly Layer items = Embedding(Ratings.Items, 16, init: Init.Normal(0.1f));
    private readonly Layer userTower = Embedding(Ratings.Users, 8, init: Init.Normal(0.1f));
    private readonly Layer itemTower = Embedding(Ratings.Items, 8, init: Init.Normal(0.1f));
    private readonly Layer tower = Sequential(Dense(16), Relu, Dropout(0.2f), Dense(8), Relu);
    private readonly Layer output = Dense(1, biasInit: Init.Constant(3.5f));

    public Tensor Forward(Indices user, Indices item) => output(Concat(
        users(user) * items(item), tower(Concat(userTower(user), itemTower(item)))));

    [Objective]
    public Tensor Loss(Indices user, Indices item, [Shape(1)] Tensor rating) =>
        MeanSquaredError(Forward(user, item), rating) + 0.12f * Penalty(user, item);

    private Tensor Penalty(Indices user, Indices item) =>
        Sum(Square(Concat(users(user), items(item), userTower(user), itemTower(item))));
}
