using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>
/// A rating is a mean, how generous the user is, how good the item is, and how well their vectors agree (Koren, Bell and Volinsky 2009).
/// </summary>
[Network]
public sealed partial class MatrixFactorization
{
    private readonly Layer users = Embedding(Ratings.Users, 16, init: Init.Normal(0.1f));
    private readonly Layer items = Embedding(Ratings.Items, 16, init: Init.Normal(0.1f));
    private readonly Layer generosity = Embedding(Ratings.Users, 1, init: Init.Zeros);
    private readonly Layer quality = Embedding(Ratings.Items, 1, init: Init.Zeros);
    private readonly Parameter mean = Parameter(1, init: Init.Constant(3.5f));

    public Tensor Forward(Indices user, Indices item) =>
        mean + generosity(user) + quality(item) + Sum(users(user) * items(item), -1, keepDims: true);

    [Objective]
    public Tensor Loss(Indices user, Indices item, [Shape(1)] Tensor rating) =>
        MeanSquaredError(Forward(user, item), rating) + 0.12f * Sum(Square(users(user)) + Square(items(item)));
}
