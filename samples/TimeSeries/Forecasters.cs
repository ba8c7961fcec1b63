using NetGen;
using static NetGen.Layers;
using static NetGen.Ops;

/// <summary>The past that all of them see: a month of days with so many numbers each, the first being what is forecast.</summary>
public static class Past
{
    public const int Days = 31, Numbers = 7;
}

/// <summary>By an LSTM over the days. What it says is the difference to the last day, as of the others.</summary>
[Network]
public sealed partial class LstmForecaster
{
    private readonly Layer days = Sequential(Lstm(32, last: true), Dropout(0.3f)), head = Dense(1, init: Init.Zeros);

    public Tensor Forward([Shape(Past.Days, Past.Numbers)] Tensor window) => window[^1, 0..1] + head(days(window));

    [Objective]
    public Tensor Loss(Tensor window, [Shape(1, 1)] Tensor future) => MeanAbsoluteError(Forward(window), Flatten(future));
}

/// <summary>
/// By a temporal convolutional network (Bai et al. 2018): each layer looks twice as far back as the one before, until the last number has
/// seen all days. No padding is needed for that. The last day goes past it, too.
/// </summary>
[Network]
public sealed partial class ConvolutionForecaster
{
    private readonly Layer days = Sequential(
        Conv1D(16, kernel: 3), Relu, Conv1D(16, kernel: 3, dilation: 2), Relu, Conv1D(16, kernel: 3, dilation: 4), Relu,
        Conv1D(16, kernel: 3, dilation: 8), Relu, Flatten, Dropout(0.5f));

    private readonly Layer head = Dense(1, init: Init.Zeros);

    public Tensor Forward([Shape(Past.Days, Past.Numbers)] Tensor window) => window[^1, 0..1] + head(Concat(days(window), window[^1]));

    [Objective]
    public Tensor Loss(Tensor window, [Shape(1, 1)] Tensor future) => MeanAbsoluteError(Forward(window), Flatten(future));
}

/// <summary>By the encoder of a transformer, of which the last day's row goes on.</summary>
[Network]
public sealed partial class TransformerForecaster
{
    private readonly Layer days = Sequential(
        Dense(32), LearnedPositions(), Repeat(2, () => TransformerEncoderLayer(heads: 4, feedForward: 64, normFirst: true)), LayerNorm(),
        Dropout(0.3f));

    private readonly Layer head = Dense(1, init: Init.Zeros);

    public Tensor Forward([Shape(Past.Days, Past.Numbers)] Tensor window) => window[^1, 0..1] + head(days(window)[^1]);

    [Objective]
    public Tensor Loss(Tensor window, [Shape(1, 1)] Tensor future) => MeanAbsoluteError(Forward(window), Flatten(future));
}
