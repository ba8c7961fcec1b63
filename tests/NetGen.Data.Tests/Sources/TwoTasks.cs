using static NetGen.Layers;
using static NetGen.Ops;

namespace NetGen.Data.Tests.Sources;

/// <summary>A network with two objectives over the columns of <see cref="Tiny"/>.</summary>
[Network]
public sealed partial class TwoTasks
{
    private readonly Layer body = Sequential(Flatten, Dense(8), Relu, Dropout(0.2f));
    private readonly Layer classes = Dense(3);
    private readonly Layer decoder = Dense(36);

    public Tensor Forward([Shape(6, 6, 1)] Tensor image) => classes(body(image));

    [Objective]
    public Tensor ClassLoss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);

    [Objective]
    public Tensor CodeLoss(Tensor image) => MeanSquaredError(decoder(body(image)), Flatten(image));
}
