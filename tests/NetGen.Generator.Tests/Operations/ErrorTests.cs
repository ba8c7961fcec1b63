using NetGen.Generator.Graph;
using NetGen.Generator.Operations;
using Xunit;

namespace NetGen.Generator.Tests.Operations;

/// <summary>What a wrong shape or hyper-parameter is told, in full: the messages are the language's other half.</summary>
public sealed class ErrorTests
{
    private static readonly int[] Two = [2, 2];
    private readonly TestGraph t = new(1);

    private static void Expect(string code, string? argument, string message, Action action)
    {
        var error = Assert.Throws<LanguageException>(action);
        Assert.Equal((code, argument, message), (error.Code, error.Argument, error.Message));
    }

    [Fact]
    public void Dense()
    {
        Expect(
            "NG0401", null, "Dense expects at least one dimension per sample; got a single number. Put Reshape(1) before it.",
            () => t.Layer("Dense", t.X(), ("units", 10)));
        Expect(
            "NG0401", null, "Dense expects a tensor of each sample; got [5] without a batch. MatMul multiplies parameters.",
            () => t.Layer("Dense", t.W(5), ("units", 10)));
        Expect("NG0220", "x", "Dense works on numbers; these are labels or indices.", () => t.Layer("Dense", t.Labels(3), ("units", 10)));
        Expect("NG0301", "units", "'units' must be at least 1; it is 0.", () => t.Layer("Dense", t.X(5), ("units", 0)));
    }

    [Fact]
    public void MatMul()
    {
        Expect(
            "NG0402", null, "MatMul: rows of 3 numbers, of [2, 3], and columns of 4, of [4, 5], have no product. A transposed matrix is Transpose(x).",
            () => t.Call("MatMul", ("a", t.X(2, 3)), ("b", t.X(4, 5))));
        Expect(
            "NG0402", null, "MatMul: the axes of [4, 2, 3] and [5, 3, 2] before the last two do not broadcast.",
            () => t.Call("MatMul", ("a", t.X(4, 2, 3)), ("b", t.X(5, 3, 2))));
        Expect(
            "NG0401", "b", "MatMul multiplies matrices and vectors; got [2, 3] and []. Numbers are multiplied by *.",
            () => t.Call("MatMul", ("a", t.X(2, 3)), ("b", t.X())));
    }

    [Fact]
    public void Attention()
    {
        Value Of(Value q, Value k, Value v, params (string Name, object? Value)[] more) => t.Call("Attention", [("q", q), ("k", k), ("v", v), .. more]);
        Expect("NG0401", "k", "Attention reads rows, [.., rows, heads · size]; k is [4].", () => Of(t.X(3, 4), t.X(4), t.X(3, 4)));
        Expect(
            "NG0401", "q", "Attention is over the rows of a sample; these operands are the same for all samples.",
            () => Of(t.W(3, 4), t.W(3, 4), t.W(3, 4)));
        Expect("NG0220", "v", "Attention works on numbers; these are labels or indices.", () => Of(t.X(3, 4), t.X(3, 4), t.Labels(3, 3, 4)));
        Expect("NG0301", "heads", "Rows of 4 numbers do not divide into 3 heads.", () => Of(t.X(3, 4), t.X(3, 4), t.X(3, 4), ("heads", 3)));
        Expect(
            "NG0402", "k", "Attention: queries of 4 heads of 2 numbers read keys with as many heads, or with a divisor of that; k is [3, 6].",
            () => Of(t.X(3, 8), t.X(3, 6), t.X(3, 6), ("heads", 4)));
        Expect("NG0402", "v", "Attention: each key has a value of its size; k is [3, 4], v is [2, 4].", () => Of(t.X(3, 4), t.X(3, 4), t.X(2, 4)));
        Expect("NG0402", "k", "Attention: q, [2, 3, 4], and k, [5, 3, 4], differ before their rows.", () => Of(t.X(2, 3, 4), t.X(5, 3, 4), t.X(5, 3, 4)));
        Expect(
            "NG0402", "window", "A window is of rows of one sequence; here are 3 rows of queries and 5 of keys.",
            () => Of(t.X(3, 4), t.X(5, 4), t.X(5, 4), ("window", 2)));
        Expect(
            "NG0402", "bias",
            "Attention: a bias is [keys], [rows, keys] or [heads, rows, keys], with 1 for what is the same for all; of [1, 3, 5] here. It is [5, 3].",
            () => Of(t.X(3, 4), t.X(5, 4), t.X(5, 4), ("bias", t.X(5, 3))));
        Expect(
            "NG0301", "dropout", "'dropout' is the probability of dropping a weight, from 0 to below 1; it is 1.",
            () => Of(t.X(3, 4), t.X(3, 4), t.X(3, 4), ("dropout", 1f)));
        Expect("NG0301", "softCap", "'softCap' must be at least 0; it is -1.", () => Of(t.X(3, 4), t.X(3, 4), t.X(3, 4), ("softCap", -1f)));
    }

    [Fact]
    public void Steps_of_sequences()
    {
        var (words, others) = (t.Sequences(5, 2, 3), t.Sequences(5, 1, 4));
        Expect("NG0414", null, "One operand has a row for each step of 'sequence1', the other for each sample. EachStep brings what a sample has to each of its steps; First, Last, MeanOfSteps … bring steps to their sample.", () => t.Call("Add", ("left", t.S(words, 4)), ("right", t.X(4))));
        Expect("NG0414", null, "One operand has a row for each step of 'sequence1', the other for each step of 'sequence2', and these are other sequences. Bring one to the samples first: First, Last, MeanOfSteps …, or let one attend to the other.", () => t.Call("Concat", ("tensors", new[] { t.S(words, 4), t.S(others, 4) })));
        Expect("NG0414", "x", "EachStep brings what a sample has to each of its steps; x has a row for each step of 'sequence1' already.", () => t.Call("EachStep", ("x", t.S(words, 4)), ("like", t.S(others, 4))));
        Expect("NG0401", "like", "EachStep is over the steps of 'like', [.., steps, width]; it is [4].", () => t.Call("EachStep", ("x", t.X(4)), ("like", t.X(4))));
        Expect("NG0401", "x", "Last is over the steps of a sequence: of a [Sequence], or the axis before the last, [.., steps, width]; got [4].", () => t.Call("Last", ("x", t.X(4))));
        Expect("NG0220", "x", "MeanOfSteps works on numbers; these are labels or indices.", () => t.Call("MeanOfSteps", ("x", t.Labels(3, 4, 2))));
        Expect("NG0414", "k", "Attention over sequences of any length: q has the steps of one, k and v both those of one.", () => t.Call("Attention", ("q", t.S(words, 4)), ("k", t.X(3, 4)), ("v", t.X(3, 4))));
        Expect("NG0402", "bias", "Attention over sequences of any length has no bias: it would be as large as the longest.", () => t.Call("Attention", ("q", t.S(words, 4)), ("k", t.S(words, 4)), ("v", t.S(words, 4)), ("bias", t.W(4))));
        Expect("NG0402", "window", "A window is of rows of one sequence; q has the steps of 'sequence1', k of 'sequence2'.", () => t.Call("Attention", ("q", t.S(words, 4)), ("k", t.S(others, 4)), ("v", t.S(others, 4)), ("window", 2)));
    }

    [Fact]
    public void Windows_of_sequences()
    {
        var steps = t.S(t.Sequences(5, 3), 4);
        Value Conv(Value x, int stride = 1, string padding = "Valid", int mode = 0, int kernel = 3) => t.Layer(
            "Conv1D", x, ("filters", 2), ("kernel", kernel), ("stride", stride), ("padding", new PaddingModel(padding)), ("paddingMode", mode));
        Expect("NG0301", "padding", "Conv1D: sequences of any length keep their steps, so 'padding' is Padding.Same or Padding.Causal, or 1.", () => Conv(steps));
        Expect("NG0301", "padding", "Conv1D: sequences of any length keep their steps, so 'padding' is Padding.Same or Padding.Causal.", () => Conv(steps, kernel: 2));
        Expect("NG0301", "stride", "Conv1D: sequences of any length keep their steps, so 'stride' is 1; it is 2.", () => Conv(steps, stride: 2, padding: "Same"));
        Expect("NG0301", "paddingMode", "Conv1D: around sequences of any length stand zeros; 'paddingMode' is Reflect.", () => Conv(steps, padding: "Same", mode: 1));
        Expect("NG0401", null, "Conv1D expects [channels] at each step; got a single number. Put Reshape(1) before it.", () => Conv(t.S(t.Sequences(5, 3))));
        Expect("NG0301", "stride", "MaxPool1D: sequences of any length keep their steps, so 'stride' is 1; it is 2.", () => t.Layer("MaxPool1D", steps, ("pool", 2)));
        Expect("NG0301", "padding", "Padding.Causal is in front of the steps of a sequence; an image has none.", () => t.Layer("Conv2D", t.X(5, 5, 1), ("filters", 2), ("kernel", new[] { 3, 3 }), ("padding", new PaddingModel("Causal"))));
        Expect("NG0301", "padding", "ConvTranspose1D: Padding.Causal is of Conv1D and the pools; a step of a transposed convolution is seen by later ones.", () => t.Layer("ConvTranspose1D", t.X(5, 2), ("filters", 2), ("kernel", 3), ("padding", new PaddingModel("Causal"))));
        Expect("NG0401", null, "AttentionPool is over the steps of a sequence: of a [Sequence], or the axis before the last, [.., steps, width]; got [4].", () => t.Layer("AttentionPool", t.X(4), ("units", 2)));
    }

    [Fact]
    public void Layers_of_sequences()
    {
        Expect("NG0401", null, "SelfAttention is over the rows of a sequence: of a [Sequence], or the axis before the last, [.., rows, width]; got [4].", () => t.Layer("SelfAttention", t.X(4), ("heads", 2)));
        Expect("NG0301", "heads", "Rows of 4 numbers do not divide into 3 heads.", () => t.Layer("SelfAttention", t.X(2, 4), ("heads", 3)));
        Expect(
            "NG0301", "keyHeads", "4 heads of queries do not divide among 3 of keys.",
            () => t.Layer("CausalSelfAttention", t.X(2, 4), ("heads", 4), ("keyHeads", 3)));
        Expect(
            "NG0301", "heads", "Rotary positions turn pairs; a head has 3 numbers.",
            () => t.Layer("SelfAttention", t.X(2, 6), ("heads", 2), ("rotary", true)));
        Value Cross(Value x, Value memory, int heads = 2) => t.CrossLayer("CrossAttention", x, memory, ("heads", heads));
        Expect("NG0401", null, "CrossAttention is over the rows of sequences: of a [Sequence], or the axis before the last, [.., rows, width]; memory is [4].", () => Cross(t.X(3, 4), t.X(4)));
        Expect("NG0401", null, "CrossAttention is over the rows of sequences: of a [Sequence], or the axis before the last, [.., rows, width]; x is [3, 4] without a batch.", () => Cross(t.W(3, 4), t.X(3, 4)));
        Expect("NG0220", "memory", "CrossAttention works on numbers; these are labels or indices.", () => Cross(t.X(3, 4), t.Labels(3, 3, 4)));
        Expect("NG0301", "heads", "Rows of 4 numbers do not divide into 3 heads.", () => Cross(t.X(3, 4), t.X(5, 4), heads: 3));
        Expect("NG0402", null, "CrossAttention: x, [2, 3, 4], and the memory, [5, 3, 4], differ before their rows.", () => Cross(t.X(2, 3, 4), t.X(5, 3, 4)));
        Expect(
            "NG0301", "dropout", "'dropout' is the probability of dropping a weight, from 0 to below 1; it is 1.",
            () => t.CrossLayer("TransformerDecoderLayer", t.X(3, 4), t.X(3, 4), ("heads", 2), ("dropout", 1f)));
        Expect("NG0220", "x", "LearnedPositions works on numbers; these are labels or indices.", () => t.Layer("LearnedPositions", t.Labels(3, 4)));
        Expect(
            "NG0401", "x", "SinusoidalPositions is over the rows of a sample, [.., rows, width]; got a single number.",
            () => t.Call("SinusoidalPositions", ("x", t.X())));
        Expect("NG0401", null, "Lstm is over the steps of a sequence: of a [Sequence], or the axis before the last, [.., steps, width]; got [4].", () => t.Layer("Lstm", t.X(4), ("units", 2)));
        Expect(
            "NG0401", null, "Gru is over the steps of a sequence: of a [Sequence], or the axis before the last, [.., steps, width]; got [3, 4] without a batch.",
            () => t.Layer("Gru", t.W(3, 4), ("units", 2)));
        Expect(
            "NG0301", "dropout", "'dropout' is between the layers of Rnn, and there is one. Behind it stands Dropout(0.5f).",
            () => t.Layer("Rnn", t.X(3, 4), ("units", 2), ("dropout", 0.5f)));
        Expect("NG0301", "layers", "'layers' must be at least 1; it is 0.", () => t.Layer("Rnn", t.X(3, 4), ("units", 2), ("layers", 0)));
    }

    [Fact]
    public void Transposed_convolutions()
    {
        Expect("NG0301", "outputPadding", "'outputPadding' must be smaller than the stride or the dilation: a stride of 2×1 leaves no other sizes open; it is 1×1.",
            () => t.Layer("ConvTranspose2D", t.X(3, 3, 2), ("filters", 1), ("kernel", Two), ("stride", new[] { 2, 1 }), ("outputPadding", new[] { 1, 1 })));
        Expect("NG0301", "outputPadding", "'outputPadding' is a height and a width of at least 0; it is -1×0.",
            () => t.Layer("ConvTranspose2D", t.X(3, 3, 2), ("filters", 1), ("kernel", Two), ("outputPadding", new[] { -1, 0 })));
        Expect("NG0302", "padding", "ConvTranspose2D: of [2, 2, 1] the padding leaves nothing.",
            () => t.Layer("ConvTranspose2D", t.X(2, 2, 1), ("filters", 1), ("kernel", Two), ("padding", new PaddingModel("Explicit", 2))));
        Expect("NG0301", "groups", "3 channels do not divide into 2 groups.",
            () => t.Layer("ConvTranspose2D", t.X(2, 2, 3), ("filters", 2), ("kernel", Two), ("groups", 2)));
        Expect("NG0601", null, "ConvTranspose1D: the weight [2, 1000000, 2000] has more than 2147483647 elements.",
            () => t.Layer("ConvTranspose1D", t.X(2, 2000), ("filters", 1000000), ("kernel", 2)));
    }

    [Fact]
    public void Sequences()
    {
        Expect("NG0401", null, "Conv1D expects [length, channels] per sample; got [5].", () => t.Layer("Conv1D", t.X(5), ("filters", 1), ("kernel", 2)));
        Expect("NG0401", null, "MaxPool1D expects [length, channels] per sample; got [5, 2] without a batch.", () => t.Layer("MaxPool1D", t.W(5, 2), ("pool", 2)));
        Expect("NG0302", "kernel", "Conv1D: kernel 3 with dilation 4, which spans 9, is larger than its input, 8 (x is [8, 2]).",
            () => t.Layer("Conv1D", t.X(8, 2), ("filters", 1), ("kernel", 3), ("dilation", 4)));
        Expect("NG0302", "pool", "AveragePool1D: pool 5 is larger than its padded input, 4 (x is [2, 2]).",
            () => t.Layer("AveragePool1D", t.X(2, 2), ("pool", 5), ("padding", new PaddingModel("Explicit", 1))));
        Expect("NG0301", "padding", "MaxPool1D: padding 2 must be smaller than the pool, 2, or windows would hold nothing but padding.",
            () => t.Layer("MaxPool1D", t.X(4, 2), ("pool", 2), ("padding", new PaddingModel("Explicit", 2))));
        Expect("NG0301", "pool", "MaxPool1D: a window has at most 256 elements; 300 has 300.", () => t.Layer("MaxPool1D", t.X(400, 1), ("pool", 300)));
        Expect("NG0301", "kernel", "'kernel' must be at least 1; it is 0.", () => t.Layer("Conv1D", t.X(4, 2), ("filters", 1), ("kernel", 0)));
    }

    [Fact]
    public void Images_of_other_sizes()
    {
        Expect("NG0401", null, "Upsample2D expects [height, width, channels] per sample; got [5].", () => t.Layer("Upsample2D", t.X(5), ("factor", Two)));
        Expect("NG0301", "alignCorners", "'alignCorners' is for Bilinear: what is nearest has no corners to align.",
            () => t.Layer("Upsample2D", t.X(2, 2, 1), ("factor", Two), ("alignCorners", true)));
        Expect("NG0301", "mode", "'mode' is no UpsampleMode; it is 7.", () => t.Layer("Upsample2D", t.X(2, 2, 1), ("factor", Two), ("mode", 7)));
        Expect("NG0601", null, "20000 lines are too many to make 100000 of them.",
            () => t.Call("Resize2D", ("x", t.X(20000, 1, 1)), ("height", 100000), ("width", 1)));
        Expect("NG0301", "factor", "PixelShuffle makes 2×2 pixels of as many channels; 6 channels are no multiple of 4.",
            () => t.Call("PixelShuffle", ("x", t.X(2, 2, 6)), ("factor", 2)));
        Expect("NG0301", "factor", "PixelUnshuffle takes squares of 2×2 pixels; [4, 3, 1] does not divide into them.",
            () => t.Call("PixelUnshuffle", ("x", t.X(4, 3, 1)), ("factor", 2)));
        Expect("NG0301", "before", "'before' must be at least 0; it is -1.",
            () => t.Call("Pad", ("x", t.X(4)), ("axis", 0), ("before", -1), ("after", 2)));
        Expect("NG0302", null, "Crop2D leaves nothing of [4, 3, 1].",
            () => t.Call("Crop2D", ("x", t.X(4, 3, 1)), ("top", 1), ("bottom", 3), ("left", 0), ("right", 0)));
        Expect("NG0302", null, "A reflection has at most as many lines as stand beside the outermost: 3 along axis 0 of [4, 6, 1]; got 4.",
            () => t.Call("Pad2D", ("x", t.X(4, 6, 1)), ("top", 1), ("bottom", 4), ("left", 0), ("right", 0), ("mode", 1)));
        Expect("NG0401", null, "AdaptiveAveragePool2D expects [height, width, channels] per sample; got [5, 5, 1] without a batch.",
            () => t.Layer("AdaptiveAveragePool2D", t.W(5, 5, 1), ("size", Two)));
        Expect("NG0401", null, "GlobalMaxPool expects [height, width, channels] per sample; got [7].", () => t.Call("GlobalMaxPool", ("x", t.X(7))));
    }

    [Fact]
    public void Conv2D()
    {
        Expect("NG0401", null, "Conv2D expects [height, width, channels] per sample; got [784].",
            () => t.Layer("Conv2D", t.X(784), ("filters", 1), ("kernel", Two)));
        Expect("NG0401", null, "Conv2D expects [height, width, channels] per sample; got [5, 5, 1] without a batch.",
            () => t.Layer("Conv2D", t.W(5, 5, 1), ("filters", 1), ("kernel", Two)));
        Expect("NG0220", "x", "Conv2D works on numbers; these are labels or indices.",
            () => t.Layer("Conv2D", t.Labels(3), ("filters", 1), ("kernel", Two)));
        Expect("NG0302", "kernel", "Conv2D: kernel 5×5 is larger than its input, 3×8 (x is [3, 8, 2]).",
            () => t.Layer("Conv2D", t.X(3, 8, 2), ("filters", 1), ("kernel", new[] { 5, 5 })));
        Expect("NG0302", "kernel", "Conv2D: kernel 3×9 is larger than its padded input, 5×8 (x is [3, 6, 2]).",
            () => t.Layer("Conv2D", t.X(3, 6, 2), ("filters", 1), ("kernel", new[] { 3, 9 }), ("padding", new PaddingModel("Explicit", 1))));
        Expect("NG0302", "kernel", "Conv2D: kernel 3×3 with dilation 4×1, which spans 9×3, is larger than its input, 8×8 (x is [8, 8, 2]).",
            () => t.Layer("Conv2D", t.X(8, 8, 2), ("filters", 1), ("kernel", new[] { 3, 3 }), ("dilation", new[] { 4, 1 })));
        Expect("NG0301", "groups", "4 channels do not divide into 3 groups.",
            () => t.Layer("Conv2D", t.X(5, 5, 4), ("filters", 6), ("kernel", Two), ("groups", 3)));
        Expect("NG0301", "groups", "5 filters do not divide into 2 groups.",
            () => t.Layer("Conv2D", t.X(5, 5, 4), ("filters", 5), ("kernel", Two), ("groups", 2)));
        Expect("NG0301", "multiplier", "'multiplier' must be at least 1; it is 0.",
            () => t.Layer("DepthwiseConv2D", t.X(5, 5, 4), ("kernel", Two), ("multiplier", 0)));
        Expect("NG0301", "filters", "'filters' must be at least 1; it is -1.", () => t.Layer("Conv2D", t.X(5, 5, 1), ("filters", -1), ("kernel", Two)));
        Expect("NG0301", "kernel", "'kernel' is a height and a width of at least 1; it is 0×2.",
            () => t.Layer("Conv2D", t.X(5, 5, 1), ("filters", 1), ("kernel", new[] { 0, 2 })));
        Expect("NG0301", "stride", "'stride' is a height and a width of at least 1; it is 1×0.",
            () => t.Layer("Conv2D", t.X(5, 5, 1), ("filters", 1), ("kernel", Two), ("stride", new[] { 1, 0 })));
        Expect("NG0301", "padding", "'padding' must be at least 0; it is -1.",
            () => t.Layer("Conv2D", t.X(5, 5, 1), ("filters", 1), ("kernel", Two), ("padding", new PaddingModel("Explicit", -1))));
        Expect("NG0601", null, "Conv2D: the weight [2, 2, 1000, 1000000] has more than 2147483647 elements.",
            () => t.Layer("Conv2D", t.X(2, 2, 1000), ("filters", 1000000), ("kernel", Two)));
    }

    [Theory]
    [InlineData("MaxPool2D")]
    [InlineData("AveragePool2D")]
    public void Pools(string pool)
    {
        Expect(
            "NG0401", null,
            $"{pool} expects [height, width, channels] per sample; got [28, 28]. An image of one channel is [28, 28, 1]: state it so, or put Reshape(28, 28, 1) before it.",
            () => t.Layer(pool, t.X(28, 28), ("pool", Two)));
        Expect("NG0302", "pool", $"{pool}: pool 2×2 is larger than its input, 1×4 (x is [1, 4, 3]).", () => t.Layer(pool, t.X(1, 4, 3), ("pool", Two)));
        Expect("NG0301", "pool", "'pool' is a height and a width of at least 1; it is 0×0.", () => t.Layer(pool, t.X(4, 4, 3), ("pool", new[] { 0, 0 })));
        Expect("NG0301", "padding", $"{pool}: padding 2 must be smaller than the pool, 2×2, or windows would hold nothing but padding.",
            () => t.Layer(pool, t.X(4, 4, 3), ("pool", Two), ("padding", new PaddingModel("Explicit", 2))));
    }

    [Fact]
    public void MaxPoolWindowsFitAByte()
    {
        Expect("NG0301", "pool", "MaxPool2D: a window has at most 256 elements; 16×17 has 272.",
            () => t.Layer("MaxPool2D", t.X(20, 20, 1), ("pool", new[] { 16, 17 })));
        t.Layer("AveragePool2D", t.X(20, 20, 1), ("pool", new[] { 16, 17 }));
    }

    [Fact]
    public void GlobalAveragePool() => Expect(
        "NG0401", null, "GlobalAveragePool expects [height, width, channels] per sample; got [5].", () => t.Call("GlobalAveragePool", ("x", t.X(5))));

    [Fact]
    public void Elementwise()
    {
        Expect("NG0402", null, "Add: [3, 4] and [5] do not broadcast (4 against 5 at dimension 1).",
            () => t.Call("Add", ("left", t.X(3, 4)), ("right", t.X(5))));
        Expect("NG0220", "x", "Relu works on numbers; these are labels or indices.", () => t.Call("Relu", ("x", t.Labels(3))));
        Expect("NG0220", "right", "Multiply works on numbers; these are labels or indices.",
            () => t.Call("Multiply", ("left", t.X(3)), ("right", t.Labels(3))));
    }

    [Theory]
    [InlineData("Sum")]
    [InlineData("Mean")]
    [InlineData("Flatten")]
    [InlineData("Softmax")]
    [InlineData("LogSoftmax")]
    [InlineData("GlobalAveragePool")]
    [InlineData("L1")]
    [InlineData("L2")]
    public void LabelsAreNoNumbers(string function) => Expect(
        "NG0220", "x", $"{function} works on numbers; these are labels or indices.", () => t.Call(function, ("x", t.Labels(3))));

    [Fact]
    public void Reductions()
    {
        Expect("NG0404", "axis", "Axis 2 is outside the 2 dimensions of [3, 4] (the batch is not counted).", () => t.Call("Sum", ("x", t.X(3, 4)), ("axis", 2)));
        Expect("NG0404", "axis", "Axis -1 is outside the 0 dimensions of [] (the batch is not counted).", () => t.Call("Mean", ("x", t.X()), ("axis", -1)));
    }

    [Fact]
    public void Reshape()
    {
        Expect("NG0405", "dims", "[3, 4] has 12 elements per sample; they do not fit [5, -1].", () => t.Call("Reshape", ("x", t.X(3, 4)), ("dims", new[] { 5, -1 })));
        Expect("NG0405", "dims", "[3, 4] has 12 elements per sample; they do not fit [2, 5].", () => t.Call("Reshape", ("x", t.X(3, 4)), ("dims", new[] { 2, 5 })));
        Expect("NG0301", "dims", "Reshape to [0, 12]: dimensions are at least 1 (one may be -1).", () => t.Call("Reshape", ("x", t.X(3, 4)), ("dims", new[] { 0, 12 })));
        Expect("NG0301", "dims", "Reshape to [-1, -1]: only one dimension may be -1.", () => t.Call("Reshape", ("x", t.X(3, 4)), ("dims", new[] { -1, -1 })));
        Expect("NG0220", "x", "Reshape works on numbers; these are labels or indices.", () => t.Call("Reshape", ("x", t.Labels(2)), ("dims", new[] { 1 })));
    }

    [Fact]
    public void Concat()
    {
        Expect("NG0402", "tensors", "Concat along axis 1: [3, 4] and [2, 4] differ in another dimension.",
            () => t.Call("Concat", ("tensors", new[] { t.X(3, 4), t.X(2, 4) })));
        Expect("NG0402", "tensors", "Concat along axis 0: [3] and [3, 1] differ in another dimension.",
            () => t.Call("Concat", ("tensors", new[] { t.X(3), t.X(3, 1) })));
        Expect("NG0404", "axis", "Axis 1 is outside the 1 dimensions of [3] (the batch is not counted).",
            () => t.Call("Concat", ("tensors", new[] { t.X(3), t.X(3) }), ("axis", 1)));
        Expect("NG0301", "tensors", "Concat needs at least one tensor.", () => t.Call("Concat", ("tensors", Array.Empty<Value>())));
        Expect("NG0401", "tensors", "Concat expects at least one dimension per sample; got a single number. Put Reshape(x, 1) before it.",
            () => t.Call("Concat", ("tensors", new[] { t.X(), t.X() })));
        Expect("NG0220", "tensors", "Concat works on numbers; these are labels or indices.", () => t.Call("Concat", ("tensors", new[] { t.Labels(2) })));
    }

    [Theory]
    [InlineData("Softmax")]
    [InlineData("LogSoftmax")]
    public void SoftmaxOfOneNumber(string function) => Expect(
        "NG0401", "x", $"{function} runs over the last dimension of a sample; x is a single number per sample.", () => t.Call(function, ("x", t.X())));

    [Fact]
    public void CrossEntropy()
    {
        Expect("NG0402", "label", "CrossEntropy: logits [4, 10] are of one class at each of [4]; label is one per sample. Declare '[Shape(4)] Labels label'.",
            () => t.Call("CrossEntropy", ("logits", t.X(4, 10)), ("label", t.Labels(10))));
        Expect("NG0402", "label", "CrossEntropy: logits [10] are of one class per sample; label is [4]. Declare '[Shape] Labels label2'.",
            () => t.Call("CrossEntropy", ("logits", t.X(10)), ("label", t.Labels(10, 4))));
        Expect("NG0401", "logits", "CrossEntropy expects one logit per class and sample; got [].",
            () => t.Call("CrossEntropy", ("logits", t.X()), ("label", t.Labels(10))));
        Expect("NG0401", "logits", "CrossEntropy expects one logit per class and sample; got [10] without a batch.",
            () => t.Call("CrossEntropy", ("logits", t.W(10)), ("label", t.Labels(10))));
        Expect("NG0220", "logits", "CrossEntropy: the logits are numbers, one per class; these are labels.",
            () => t.Call("CrossEntropy", ("logits", t.Labels(3)), ("label", t.Labels(3))));
        Expect("NG0220", "label", "CrossEntropy: 'label' expects Labels, the numbers of classes; for a tensor of probabilities use 'target'.",
            () => t.Call("CrossEntropy", ("logits", t.X(3)), ("label", t.X(3))));
        Expect("NG0402", "target", "CrossEntropy: logits [3] and target [4] must have the same shape.",
            () => t.Call("CrossEntropy", ("logits", t.X(3)), ("target", t.X(4))));
        Expect("NG0401", "logits", "CrossEntropy expects one logit per class and sample; got [].",
            () => t.Call("CrossEntropy", ("logits", t.X()), ("target", t.X())));
    }

    [Theory]
    [InlineData("BinaryCrossEntropy", "logits")]
    [InlineData("MeanSquaredError", "prediction")]
    [InlineData("MeanAbsoluteError", "prediction")]
    [InlineData("Huber", "prediction")]
    public void Losses(string loss, string left)
    {
        // [1] and [] would broadcast; a loss does not.
        Expect("NG0402", "target", $"{loss}: {left} [1] and target [] must have the same shape. Reshape(target, 1) has it.", () => t.Call(loss, (left, t.X(1)), ("target", t.X())));
        Expect(
            "NG0402", "target", $"{loss}: {left} [3, 1] and target [3] must have the same shape. Reshape(target, 3, 1) has it.",
            () => t.Call(loss, (left, t.X(3, 1)), ("target", t.X(3))));
        Expect("NG0220", "target", $"{loss} works on numbers; these are labels or indices.", () => t.Call(loss, (left, t.X()), ("target", t.Labels(2))));
    }

    [Theory]
    [InlineData(0f, "0")]
    [InlineData(-1f, "-1")]
    public void HuberDelta(float delta, string text) => Expect("NG0301", "delta", $"'delta' must be above 0; it is {text}.",
        () => t.Call("Huber", ("prediction", t.X(1)), ("target", t.X(1)), ("delta", delta)));

    [Fact]
    public void ClassWeightsAndSmoothing()
    {
        void Of(string id, string at, string text, params (string, object?)[] more) => Expect(
            id, at, text, () => t.Call("CrossEntropy", [("logits", t.X(3)), ("label", t.Labels(3)), .. more]));
        Of("NG0402", "weights", "'weights' has 2 numbers for 3 classes.", ("weights", new[] { 1f, 2f }));
        Of("NG0301", "weights", "'weights' must be finite numbers of at least 0, and not all 0.", ("weights", new[] { 1f, -2f, 1f }));
        Of("NG0301", "weights", "'weights' must be finite numbers of at least 0, and not all 0.", ("weights", new float[3]));
        Of("NG0301", "labelSmoothing", "'labelSmoothing' must be at least 0; it is -0.5.", ("labelSmoothing", -0.5f));
        Of("NG0301", "labelSmoothing", "'labelSmoothing' must be from 0 to 1; it is 1.5.", ("labelSmoothing", 1.5f));
        Of("NG0402", "weight", "A sample has one weight ('[Shape] Tensor weight'); 'weight' is [3].", ("weight", t.X(3)));
        Of("NG0220", "weight", "The weight of a sample works on numbers; these are labels or indices.", ("weight", t.Labels(3)));
        Expect("NG0402", "loss", "A weighted loss is one number per sample; 'loss' is [3].", () => t.Call("Weighted", ("loss", t.X(3)), ("weight", t.X())));
        Expect("NG0220", "label", "Focal: 'label' expects Labels, the numbers of classes.", () => t.Call("Focal", ("logits", t.X(3)), ("label", t.X())));
        Expect("NG0401", "logits", "Focal expects one number per class and sample; got [].", () => t.Call("Focal", ("logits", t.X()), ("label", t.Labels(3))));
    }

    [Fact]
    public void NumbersOfLosses()
    {
        Expect("NG0301", "quantile", "'quantile' must be between 0 and 1; it is 1.", () => t.Call("Quantile", ("prediction", t.X(1)), ("target", t.X(1)), ("quantile", 1f)));
        Expect("NG0301", "alpha", "'alpha' must be from 0 to 1; it is 2.", () => t.Call("BinaryFocal", ("logits", t.X(1)), ("target", t.X(1)), ("alpha", 2f)));
        Expect(
            "NG0402", "target", "CosineEmbedding: what is compared [3] and target [3, 1] must have the same shape. Reshape(target, 3) has it.",
            () => t.Call("CosineEmbedding", ("a", t.X(3, 4)), ("b", t.X(3, 4)), ("target", t.X(3, 1))));
        Expect("NG0401", "anchor", "Triplet expects vectors; 'anchor' is one number.", () => t.Call("Triplet", ("anchor", t.X()), ("positive", t.X()), ("negative", t.X())));
    }

    [Theory]
    [InlineData(1f, "1")]
    [InlineData(-0.1f, "-0.1")]
    [InlineData(float.NaN, "NaN")]
    public void DropoutProbability(float p, string text) => Expect(
        "NG0301", "p", $"'p' is the probability of dropping an element, from 0 to below 1; it is {text}.", () => t.Layer("Dropout", t.X(3), ("p", p)));

    [Fact]
    public void DropoutOfLabels() => Expect(
        "NG0220", "x", "Dropout works on numbers; these are labels or indices.", () => t.Layer("Dropout", t.Labels(3), ("p", 0.5f)));

    [Fact]
    public void PenaltyOfNothing() => Expect(
        "NG0301", "weights", "L2: there are no weights to penalize.", () => t.Call("L2", ("weights", Array.Empty<Value>())));
}
