using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>64 steps of 128 numbers through an LSTM of 128 units, whose last state is classified.</summary>
[Network]
internal sealed partial class LstmOfSteps
{
    private readonly Layer layers = Sequential(Lstm(128, last: true), Dense(10));

    public Tensor Forward([Shape(64, 128)] Tensor x) => layers(x);

    [Objective]
    public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
}

/// <summary><see cref="LstmOfSteps"/> with a GRU.</summary>
[Network]
internal sealed partial class GruOfSteps
{
    private readonly Layer layers = Sequential(Gru(128, last: true), Dense(10));

    public Tensor Forward([Shape(64, 128)] Tensor x) => layers(x);

    [Objective]
    public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
}
