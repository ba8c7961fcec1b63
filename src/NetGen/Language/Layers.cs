namespace NetGen;

/// <summary>
/// The factories of layers, for fields of a <see cref="NetworkAttribute">[Network]</see> class. Import them with
/// <c>using static NetGen.Layers;</c>. Only the size of a layer's output is stated; its input size is inferred.
/// </summary>
/// <remarks>
/// Field initializers run when a network is constructed, and these functions do nothing then: the layer is in the generated code. All
/// arguments must be compile-time constants in the sense of the language (docs/language.md).
/// </remarks>
/// <example>
/// <code>
/// private readonly Layer layers = Sequential(Conv2D(32, kernel: 3), Relu, MaxPool2D(2), Flatten, Dense(10));
/// </code>
/// </example>
public static class Layers
{
    private static readonly Layer Stub = static _ => throw NotExecuted.Error("A layer");
    private static readonly StatefulLayer StatefulStub = static (_, _) => throw NotExecuted.Error("A layer");
    private static readonly StatefulLstm StatefulLstmStub = static (_, _) => throw NotExecuted.Error("A layer");
    private static readonly CrossLayer CrossStub = static (_, _) => throw NotExecuted.Error("A layer");

    /// <summary>One layer after another. Position i names the weights of layer i: <c>features.0.weight</c>.</summary>
    public static Layer Sequential(params Layer[] layers) => Stub;

    /// <summary>
    /// <paramref name="count"/> layers made by one function, one after another, each with weights of its own (<c>blocks.0.…</c>).
    /// </summary>
    public static Layer Repeat(int count, Func<Layer> layer) => Stub;

    /// <summary>As <see cref="Repeat(int, Func{Layer})"/>; the function gets the position, 0 to count − 1.</summary>
    public static Layer Repeat(int count, Func<int, Layer> layer) => Stub;

    /// <summary>
    /// Fully connected: y = x·W + b of the last axis, at each position. [.., inputs] → [.., units]. Weights: <c>weight</c> [inputs, units],
    /// <c>bias</c> [units] (files hold
    /// <c>weight</c> as [units, inputs], as PyTorch does).
    /// </summary>
    /// <param name="units">Size of the output, at least 1.</param>
    /// <param name="bias">Whether b is added.</param>
    /// <param name="init">How W starts; <see cref="Init.GlorotUniform"/> where null.</param>
    /// <param name="biasInit">How b starts; <see cref="Init.Zeros"/> where null.</param>
    public static Layer Dense(int units, bool bias = true, Init? init = null, Init? biasInit = null) => Stub;

    /// <summary>
    /// Rows of a table by their numbers: y[.., :] = W[x[..], :]. <see cref="Indices"/> (or <see cref="Labels"/>) [..] → [.., width].
    /// Weights: <c>weight</c> [count, width], also in
    /// files. A row's gradient is the sum of those of its copies, in the order of the batch. With <c>Sgd</c> without momentum and decay a
    /// step touches the rows that the batch names and no others; other optimizers change all of them, as PyTorch's do.
    /// </summary>
    /// <param name="count">Rows of the table, at least 1; indices are from 0 to below it, and others are refused.</param>
    /// <param name="width">Numbers of a row, at least 1.</param>
    /// <param name="paddingIndex">The row that stands for nothing: it starts as zeros and has no gradient. −1: none.</param>
    /// <param name="init">How W starts; N(0, 1) where null, as in PyTorch.</param>
    public static Layer Embedding(int count, int width, int paddingIndex = -1, Init? init = null) => Stub;

    /// <summary>
    /// Each row of a sequence reads all of them: queries, keys and values by one product, <see cref="Ops.Attention"/>, and a product of the
    /// heads' results. [.., rows, width]; the shape stays. Weights, with the names of torch.nn.MultiheadAttention: <c>in_proj_weight</c>
    /// [width, (heads + 2·keyHeads)·size], <c>in_proj_bias</c>, <c>out_proj.weight</c> [width, width], <c>out_proj.bias</c>.
    /// </summary>
    /// <param name="heads">Into how many heads of equal size a row divides.</param>
    /// <param name="keyHeads">Heads of keys and values, a divisor of <paramref name="heads"/>; 0: as many.</param>
    /// <param name="bias">Whether the products have one.</param>
    /// <param name="dropout">The probability that a weight of the attention is 0 in training.</param>
    /// <param name="rotary">Queries and keys turn by their position (<see cref="Ops.RotaryPositions"/>).</param>
    /// <param name="window">Above 0: a row reads no rows that are so many away or more.</param>
    /// <param name="alibi">Farther rows are worth less (Press et al. 2022).</param>
    /// <param name="init">How both weights start; <see cref="Init.GlorotUniform"/> where null.</param>
    public static Layer SelfAttention(
        int heads, int keyHeads = 0, bool bias = true, float dropout = 0f, bool rotary = false, int window = 0, bool alibi = false,
        Init? init = null) => Stub;

    /// <summary><see cref="SelfAttention"/> in which a row reads itself and those before it.</summary>
    /// <param name="heads">Into how many heads of equal size a row divides.</param>
    /// <param name="keyHeads">Heads of keys and values, a divisor of <paramref name="heads"/>; 0: as many.</param>
    /// <param name="bias">Whether the products have one.</param>
    /// <param name="dropout">The probability that a weight of the attention is 0 in training.</param>
    /// <param name="rotary">Queries and keys turn by their position (<see cref="Ops.RotaryPositions"/>).</param>
    /// <param name="window">Above 0: a row reads the last so many rows.</param>
    /// <param name="alibi">Farther rows are worth less (Press et al. 2022).</param>
    /// <param name="init">How both weights start; <see cref="Init.GlorotUniform"/> where null.</param>
    public static Layer CausalSelfAttention(
        int heads, int keyHeads = 0, bool bias = true, float dropout = 0f, bool rotary = false, int window = 0, bool alibi = false,
        Init? init = null) => Stub;

    /// <summary>
    /// A layer of an encoder (Vaswani et al. 2017): x = norm1(x + attention(x)), then norm2(x + linear2(activation(linear1(x)))), with
    /// dropout behind each part; <paramref name="normFirst"/>: x + attention(norm1(x)), then x + linear2(…(norm2(x))). [.., rows, width];
    /// the shape stays. The weights have the names of torch.nn.TransformerEncoderLayer: <c>self_attn.in_proj_weight</c>,
    /// <c>self_attn.out_proj.weight</c>, <c>linear1.weight</c>, <c>linear2.weight</c>, <c>norm1.weight</c>, <c>norm2.weight</c> and their
    /// biases.
    /// </summary>
    /// <param name="heads">Heads of the attention.</param>
    /// <param name="feedForward">Numbers between the dense layers.</param>
    /// <param name="dropout">The probability of dropping an element, and a weight of the attention.</param>
    /// <param name="gelu">Gelu between the dense layers, else Relu.</param>
    /// <param name="normFirst">Where the normalizations are.</param>
    /// <param name="causal">A row reads itself and those before it: the layer of a decoder alone, as GPT's.</param>
    /// <param name="epsilon">Of the normalizations.</param>
    public static Layer TransformerEncoderLayer(
        int heads, int feedForward = 2048, float dropout = 0.1f, bool gelu = false, bool normFirst = false, bool causal = false,
        float epsilon = 1e-5f) => Stub;

    /// <summary>
    /// Rows of x attend to those of a memory: queries of x, keys and values of the memory, by a product each, and a product of the result.
    /// x is [.., rows, width],
    /// the memory [.., other rows, any width] with the same dimensions before; the result has the shape of x. The weights have the names of
    /// torch.nn.MultiheadAttention: <c>in_proj_weight</c> where the memory is as wide as x, else <c>q_proj_weight</c>,
    /// <c>k_proj_weight</c> and <c>v_proj_weight</c>;
    /// <c>in_proj_bias</c>, <c>out_proj.weight</c>, <c>out_proj.bias</c>.
    /// </summary>
    /// <param name="heads">Into how many heads of equal size a row divides.</param>
    /// <param name="bias">Whether the products have one.</param>
    /// <param name="dropout">The probability that a weight of the attention is 0 in training.</param>
    /// <param name="init">How all weights start; <see cref="Init.GlorotUniform"/> where null.</param>
    public static CrossLayer CrossAttention(int heads, bool bias = true, float dropout = 0f, Init? init = null) => CrossStub;

    /// <summary>
    /// A layer of a decoder (Vaswani et al. 2017): x = norm1(x + attention(x)), x = norm2(x + attention(x, memory)), then norm3(x +
    /// linear2(activation(linear1(x)))),
    /// with dropout behind each part; <paramref name="normFirst"/>: x + attention(norm1(x)) and so on. x is [.., rows, width], the memory
    /// [.., other rows, any width];
    /// the result has the shape of x. The weights have the names of torch.nn.TransformerDecoderLayer: <c>self_attn</c> and
    /// <c>multihead_attn</c> with those of
    /// <see cref="SelfAttention"/> and <see cref="CrossAttention"/>, <c>linear1</c>, <c>linear2</c>, <c>norm1</c>, <c>norm2</c>,
    /// <c>norm3</c>.
    /// </summary>
    /// <param name="heads">Heads of both attentions.</param>
    /// <param name="feedForward">Numbers between the dense layers.</param>
    /// <param name="dropout">The probability of dropping an element, and a weight of an attention.</param>
    /// <param name="gelu">Gelu between the dense layers, else Relu.</param>
    /// <param name="normFirst">Where the normalizations are.</param>
    /// <param name="causal">A row reads itself and those before it, and all of the memory.</param>
    /// <param name="epsilon">Of the normalizations.</param>
    public static CrossLayer TransformerDecoderLayer(
        int heads, int feedForward = 2048, float dropout = 0.1f, bool gelu = false, bool normFirst = false, bool causal = true,
        float epsilon = 1e-5f) => CrossStub;

    /// <summary>
    /// A learned vector for each position of a sequence, added to its row. [.., rows, width]; the shape stays. Weights: <c>weight</c>
    /// [rows, width].
    /// </summary>
    /// <param name="init">How they start; N(0, 0.02) where null.</param>
    public static Layer LearnedPositions(Init? init = null) => Stub;

    /// <summary>
    /// The mean of a sequence's steps by weights that are learned (Yang et al. 2016): Σ p_t·x_t, p = softmax_t(tanh(x_t·W + b)·q). Of a
    /// <see cref="SequenceAttribute"/> a row for each sample; [.., steps, width] → [.., width]. Weights: <c>weight</c> [width, units],
    /// <c>bias</c> [units], <c>query</c> [units].
    /// </summary>
    /// <param name="units">Numbers that the weight of a step is decided by.</param>
    /// <param name="init">How W and q start; <see cref="Init.GlorotUniform"/> where null.</param>
    public static Layer AttentionPool(int units, Init? init = null) => Stub;

    /// <summary>
    /// Long short-term memory (Hochreiter and Schmidhuber 1997): i, f, o = σ(x·W + h·U + b), j = tanh(x·W + h·U + b), c = f∘c + i∘j, h =
    /// o∘tanh(c). [.., steps, width] → [.., steps, units], or [.., units] of the last step. Weights, with the names of torch.nn.LSTM, for
    /// each layer l: <c>weight_ih_l</c> [width, 4·units], <c>weight_hh_l</c> [units, 4·units], <c>bias_ih_l</c>, <c>bias_hh_l</c> (rows i,
    /// f, j, o).
    /// </summary>
    /// <param name="units">Numbers of the state.</param>
    /// <param name="layers">Layers, each over the steps of the one before.</param>
    /// <param name="bidirectional">A second layer goes from the last step to the first; both states stand beside each other: 2·units
    /// numbers.</param>
    /// <param name="dropout">The probability of dropping an element between two layers.</param>
    /// <param name="last">Only the state of the last step; of the layer that goes back, that of the first.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="init">How the weights start, with biases of zeros; where null all start as PyTorch's, uniform in ±1/√units.</param>
    /// <param name="projection">Above 0: a matrix makes a state of so many numbers of the units (Sak et al. 2014; PyTorch's
    /// <c>proj_size</c>). Weights <c>weight_hr_l</c> [units, projection].</param>
    /// <param name="peepholes">Whether the gates see the cells (Gers et al. 2002): + p∘c, of the output gate with the new cells. Weights
    /// <c>weight_ch_l</c> [3·units] (rows i, f, o), as ONNX's P.</param>
    /// <param name="inputDropout">The probability of dropping an element of x: the same at all steps of a sequence (Gal and Ghahramani
    /// 2016; Keras's <c>dropout</c>).</param>
    /// <param name="recurrentDropout">The same of the state where it goes into the product (Keras's <c>recurrent_dropout</c>).</param>
    public static Layer Lstm(
        int units, int layers = 1, bool bidirectional = false, float dropout = 0f, bool last = false, bool bias = true,
        Init? init = null, int projection = 0, bool peepholes = false, float inputDropout = 0f, float recurrentDropout = 0f) => Stub;

    /// <summary>
    /// <see cref="Lstm"/> whose state a call may give, and which gives that behind the last step: <c>var (steps, (h, c)) = layer(x, (h0,
    /// c0))</c>.
    /// </summary>
    /// <param name="units">Numbers of the state.</param>
    /// <param name="layers">Layers, each over the steps of the one before.</param>
    /// <param name="bidirectional">A second layer goes from the last step to the first; both states stand beside each other: 2·units
    /// numbers.</param>
    /// <param name="dropout">The probability of dropping an element between two layers.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="init">How the weights start, with biases of zeros; where null all start as PyTorch's, uniform in ±1/√units.</param>
    /// <param name="projection">Above 0: a matrix makes a state of so many numbers of the units (Sak et al. 2014; PyTorch's
    /// <c>proj_size</c>). Weights <c>weight_hr_l</c> [units, projection].</param>
    /// <param name="peepholes">Whether the gates see the cells (Gers et al. 2002): + p∘c, of the output gate with the new cells. Weights
    /// <c>weight_ch_l</c> [3·units] (rows i, f, o), as ONNX's P.</param>
    /// <param name="inputDropout">The probability of dropping an element of x: the same at all steps of a sequence (Gal and Ghahramani
    /// 2016; Keras's <c>dropout</c>).</param>
    /// <param name="recurrentDropout">The same of the state where it goes into the product (Keras's <c>recurrent_dropout</c>).</param>
    public static StatefulLstm LstmWithState(
        int units, int layers = 1, bool bidirectional = false, float dropout = 0f, bool bias = true,
        Init? init = null, int projection = 0, bool peepholes = false, float inputDropout = 0f, float recurrentDropout = 0f) => StatefulLstmStub;

    /// <summary>
    /// Gated recurrent unit (Cho et al. 2014), with the reset behind the product, as PyTorch and Keras have it:
    /// r, z = σ(x·W + h·U + b), n = tanh(x·W + b + r∘(h·U + b)), h = (1 − z)∘n + z∘h.
    /// [.., steps, width] → [.., steps, units], or [.., units] of the last step. Weights, with the names of torch.nn.GRU, for each layer l:
    /// <c>weight_ih_l</c> [width, 3·units], <c>weight_hh_l</c> [units, 3·units], <c>bias_ih_l</c>, <c>bias_hh_l</c> (rows r, z, n).
    /// </summary>
    /// <param name="units">Numbers of the state.</param>
    /// <param name="layers">Layers, each over the steps of the one before.</param>
    /// <param name="bidirectional">A second layer goes from the last step to the first; both states stand beside each other: 2·units
    /// numbers.</param>
    /// <param name="dropout">The probability of dropping an element between two layers.</param>
    /// <param name="last">Only the state of the last step; of the layer that goes back, that of the first.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="init">How the weights start, with biases of zeros; where null all start as PyTorch's, uniform in ±1/√units.</param>
    /// <param name="resetAfter">Whether the reset is behind the product with the state; false: n = tanh(x·W + b + (r∘h)·U), as the paper
    /// has it, and Keras with <c>reset_after=False</c>.</param>
    /// <param name="inputDropout">The probability of dropping an element of x: the same at all steps of a sequence (Gal and Ghahramani
    /// 2016; Keras's <c>dropout</c>).</param>
    /// <param name="recurrentDropout">The same of the state where it goes into the product (Keras's <c>recurrent_dropout</c>).</param>
    public static Layer Gru(
        int units, int layers = 1, bool bidirectional = false, float dropout = 0f, bool last = false, bool bias = true,
        Init? init = null, bool resetAfter = true, float inputDropout = 0f, float recurrentDropout = 0f) => Stub;

    /// <summary>
    /// <see cref="Gru"/> whose state a call may give, and which gives that behind the last step: <c>var (steps, state) = layer(x,
    /// initial)</c>.
    /// </summary>
    /// <param name="units">Numbers of the state.</param>
    /// <param name="layers">Layers, each over the steps of the one before.</param>
    /// <param name="bidirectional">A second layer goes from the last step to the first; both states stand beside each other: 2·units
    /// numbers.</param>
    /// <param name="dropout">The probability of dropping an element between two layers.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="init">How the weights start, with biases of zeros; where null all start as PyTorch's, uniform in ±1/√units.</param>
    /// <param name="resetAfter">Whether the reset is behind the product with the state; false: n = tanh(x·W + b + (r∘h)·U), as the paper
    /// has it, and Keras with <c>reset_after=False</c>.</param>
    /// <param name="inputDropout">The probability of dropping an element of x: the same at all steps of a sequence (Gal and Ghahramani
    /// 2016; Keras's <c>dropout</c>).</param>
    /// <param name="recurrentDropout">The same of the state where it goes into the product (Keras's <c>recurrent_dropout</c>).</param>
    public static StatefulLayer GruWithState(
        int units, int layers = 1, bool bidirectional = false, float dropout = 0f, bool bias = true,
        Init? init = null, bool resetAfter = true, float inputDropout = 0f, float recurrentDropout = 0f) => StatefulStub;

    /// <summary>
    /// A recurrent layer (Elman 1990): h = tanh(x·W + h·U + b).
    /// [.., steps, width] → [.., steps, units], or [.., units] of the last step. Weights, with the names of torch.nn.RNN, for each layer l:
    /// <c>weight_ih_l</c> [width, units], <c>weight_hh_l</c> [units, units], <c>bias_ih_l</c>, <c>bias_hh_l</c>.
    /// </summary>
    /// <param name="units">Numbers of the state.</param>
    /// <param name="layers">Layers, each over the steps of the one before.</param>
    /// <param name="bidirectional">A second layer goes from the last step to the first; both states stand beside each other: 2·units
    /// numbers.</param>
    /// <param name="dropout">The probability of dropping an element between two layers.</param>
    /// <param name="last">Only the state of the last step; of the layer that goes back, that of the first.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="relu">ReLU instead of tanh.</param>
    /// <param name="init">How the weights start, with biases of zeros; where null all start as PyTorch's, uniform in ±1/√units.</param>
    /// <param name="inputDropout">The probability of dropping an element of x: the same at all steps of a sequence (Gal and Ghahramani
    /// 2016; Keras's <c>dropout</c>).</param>
    /// <param name="recurrentDropout">The same of the state where it goes into the product (Keras's <c>recurrent_dropout</c>).</param>
    public static Layer Rnn(
        int units, int layers = 1, bool bidirectional = false, float dropout = 0f, bool last = false, bool bias = true, bool relu = false,
        Init? init = null, float inputDropout = 0f, float recurrentDropout = 0f) => Stub;

    /// <summary>
    /// <see cref="Rnn"/> whose state a call may give, and which gives that behind the last step: <c>var (steps, state) = layer(x,
    /// initial)</c>.
    /// </summary>
    /// <param name="units">Numbers of the state.</param>
    /// <param name="layers">Layers, each over the steps of the one before.</param>
    /// <param name="bidirectional">A second layer goes from the last step to the first; both states stand beside each other: 2·units
    /// numbers.</param>
    /// <param name="dropout">The probability of dropping an element between two layers.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="relu">ReLU instead of tanh.</param>
    /// <param name="init">How the weights start, with biases of zeros; where null all start as PyTorch's, uniform in ±1/√units.</param>
    /// <param name="inputDropout">The probability of dropping an element of x: the same at all steps of a sequence (Gal and Ghahramani
    /// 2016; Keras's <c>dropout</c>).</param>
    /// <param name="recurrentDropout">The same of the state where it goes into the product (Keras's <c>recurrent_dropout</c>).</param>
    public static StatefulLayer RnnWithState(
        int units, int layers = 1, bool bidirectional = false, float dropout = 0f, bool bias = true, bool relu = false,
        Init? init = null, float inputDropout = 0f, float recurrentDropout = 0f) => StatefulStub;

    /// <summary>
    /// Two-dimensional convolution (cross-correlation, as everywhere in machine learning) over images with channels last:
    /// y[i, j, f] = b[f] + Σ x[i·sh + u, j·sw + v, c] · W[u, v, c, f]. [height, width, channels] → [height', width', filters]; see
    /// <see cref="Padding"/> for height' and width'. Weights: <c>weight</c> [kh, kw, channels, filters], <c>bias</c> [filters] (files hold
    /// <c>weight</c> as [filters, channels, kh, kw], as PyTorch does).
    /// </summary>
    /// <param name="filters">Channels of the output, at least 1.</param>
    /// <param name="kernel">Rows and columns of the kernel: <c>3</c> or <c>(3, 5)</c>.</param>
    /// <param name="stride">Step of the kernel; 1 where null.</param>
    /// <param name="padding">Zeros around the image.</param>
    /// <param name="bias">Whether b is added.</param>
    /// <param name="init">How W starts; <see cref="Init.GlorotUniform"/> where null.</param>
    /// <param name="biasInit">How b starts; <see cref="Init.Zeros"/> where null.</param>
    /// <param name="dilation">How far apart the kernel's rows and columns read the image (à trous); 1 where null.</param>
    /// <param name="groups">
    /// Into how many groups channels and filters divide; a filter sees the channels of its group only, and <c>weight</c> is
    /// [kh, kw, channels / groups, filters].
    /// </param>
    /// <param name="paddingMode">What the padding has in it; other lines than zeros are a copy of the image with them.</param>
    public static Layer Conv2D(
        int filters, Size2D kernel, Size2D? stride = null, Padding padding = default, bool bias = true, Init? init = null,
        Init? biasInit = null, Size2D? dilation = null, int groups = 1, PaddingMode paddingMode = PaddingMode.Zeros) => Stub;

    /// <summary>
    /// A convolution of each channel by itself: <see cref="Conv2D"/> with as many groups as channels. [height, width, channels] →
    /// [height', width', channels·multiplier]; filters c·multiplier to (c + 1)·multiplier − 1 are those of channel c. Weights:
    /// <c>weight</c>
    /// [kh, kw, 1, channels·multiplier], <c>bias</c> [channels·multiplier] (files hold <c>weight</c> as [channels·multiplier, 1, kh, kw],
    /// as PyTorch does).
    /// </summary>
    /// <param name="kernel">Rows and columns of the kernel: <c>3</c> or <c>(3, 5)</c>.</param>
    /// <param name="stride">Step of the kernel; 1 where null.</param>
    /// <param name="padding">Zeros around the image.</param>
    /// <param name="multiplier">Filters of each channel, at least 1.</param>
    /// <param name="dilation">How far apart the kernel's rows and columns read the image; 1 where null.</param>
    /// <param name="bias">Whether b is added.</param>
    /// <param name="init">How W starts; <see cref="Init.GlorotUniform"/> where null.</param>
    /// <param name="biasInit">How b starts; <see cref="Init.Zeros"/> where null.</param>
    public static Layer DepthwiseConv2D(
        Size2D kernel, Size2D? stride = null, Padding padding = default, int multiplier = 1, Size2D? dilation = null, bool bias = true,
        Init? init = null, Init? biasInit = null) => Stub;

    /// <summary>
    /// The transposed convolution: an image that <see cref="Conv2D"/> with the same numbers would make the input's size of, each pixel
    /// spread over the pixels that the
    /// kernel would read. [height, width, channels] → [height', width', filters], height' = (height − 1)·stride − 2·padding + dilation·(kh
    /// − 1) + outputPadding + 1, with
    /// <see cref="Padding.Same"/> height·stride + outputPadding. Weights: <c>weight</c> [kh, kw, filters / groups, channels], <c>bias</c>
    /// [filters] (files hold
    /// <c>weight</c> as [channels, filters / groups, kh, kw], as PyTorch does).
    /// </summary>
    /// <param name="filters">Channels of the output, at least 1.</param>
    /// <param name="kernel">Rows and columns of the kernel: <c>3</c> or <c>(3, 5)</c>.</param>
    /// <param name="stride">Rows and columns of the output from a pixel to the next; 1 where null.</param>
    /// <param name="padding">Rows and columns that the output has less on each side.</param>
    /// <param name="outputPadding">
    /// Rows and columns that it has more at the bottom and right; less than the stride or the dilation, 0 where null.
    /// </param>
    /// <param name="bias">Whether b is added.</param>
    /// <param name="init">How W starts; <see cref="Init.GlorotUniform"/> where null.</param>
    /// <param name="biasInit">How b starts; <see cref="Init.Zeros"/> where null.</param>
    /// <param name="dilation">How far apart the kernel's rows and columns are; 1 where null.</param>
    /// <param name="groups">Into how many groups channels and filters divide.</param>
    public static Layer ConvTranspose2D(
        int filters, Size2D kernel, Size2D? stride = null, Padding padding = default, Size2D? outputPadding = null, bool bias = true,
        Init? init = null, Init? biasInit = null, Size2D? dilation = null, int groups = 1) => Stub;

    /// <summary>
    /// <see cref="Conv2D"/> over a sequence: [length, channels] → [length', filters]. Weights: <c>weight</c> [kernel, channels / groups,
    /// filters], <c>bias</c> [filters]
    /// (files hold <c>weight</c> as [filters, channels / groups, kernel], as PyTorch does).
    /// </summary>
    /// <param name="filters">Channels of the output, at least 1.</param>
    /// <param name="kernel">Places of the kernel.</param>
    /// <param name="stride">Step of the kernel.</param>
    /// <param name="padding">Places before and after the sequence.</param>
    /// <param name="bias">Whether b is added.</param>
    /// <param name="init">How W starts; <see cref="Init.GlorotUniform"/> where null.</param>
    /// <param name="biasInit">How b starts; <see cref="Init.Zeros"/> where null.</param>
    /// <param name="dilation">How far apart the kernel's places are.</param>
    /// <param name="groups">Into how many groups channels and filters divide.</param>
    /// <param name="paddingMode">What the padding has in it.</param>
    public static Layer Conv1D(
        int filters, int kernel, int stride = 1, Padding padding = default, bool bias = true, Init? init = null, Init? biasInit = null,
        int dilation = 1, int groups = 1, PaddingMode paddingMode = PaddingMode.Zeros) => Stub;

    /// <summary>
    /// <see cref="ConvTranspose2D"/> over a sequence: [length, channels] → [length', filters]. Weights: <c>weight</c> [kernel, filters /
    /// groups, channels], <c>bias</c>
    /// [filters] (files hold <c>weight</c> as [channels, filters / groups, kernel], as PyTorch does).
    /// </summary>
    /// <param name="filters">Channels of the output, at least 1.</param>
    /// <param name="kernel">Places of the kernel.</param>
    /// <param name="stride">Places of the output from a place to the next.</param>
    /// <param name="padding">Places that the output has less before and after.</param>
    /// <param name="outputPadding">Places that it has more at the end; less than the stride or the dilation.</param>
    /// <param name="bias">Whether b is added.</param>
    /// <param name="init">How W starts; <see cref="Init.GlorotUniform"/> where null.</param>
    /// <param name="biasInit">How b starts; <see cref="Init.Zeros"/> where null.</param>
    /// <param name="dilation">How far apart the kernel's places are.</param>
    /// <param name="groups">Into how many groups channels and filters divide.</param>
    public static Layer ConvTranspose1D(
        int filters, int kernel, int stride = 1, Padding padding = default, int outputPadding = 0, bool bias = true, Init? init = null,
        Init? biasInit = null, int dilation = 1, int groups = 1) => Stub;

    /// <summary><see cref="MaxPool2D"/> over a sequence: [length, channels] → [length', channels].</summary>
    /// <param name="pool">Places of the window.</param>
    /// <param name="stride">Step of the window; <paramref name="pool"/> where null.</param>
    /// <param name="padding">Places beyond the ends.</param>
    /// <param name="ceilMode">Whether a window that reaches over the end counts, as long as it begins before it.</param>
    public static Layer MaxPool1D(int pool, int? stride = null, Padding padding = default, bool ceilMode = false) => Stub;

    /// <summary><see cref="AveragePool2D"/> over a sequence: [length, channels] → [length', channels].</summary>
    /// <param name="pool">Places of the window.</param>
    /// <param name="stride">Step of the window; <paramref name="pool"/> where null.</param>
    /// <param name="padding">Places beyond the ends.</param>
    /// <param name="ceilMode">Whether a window that reaches over the end counts, as long as it begins before it.</param>
    /// <param name="countPadding">Whether padding counts as zeros.</param>
    public static Layer AveragePool1D(
        int pool, int? stride = null, Padding padding = default, bool ceilMode = false, bool countPadding = false) => Stub;

    /// <summary>
    /// The maximum of each window of each channel. [height, width, channels] → [height', width', channels]. Padding never is the maximum.
    /// </summary>
    /// <param name="pool">Rows and columns of the window.</param>
    /// <param name="stride">Step of the window; <paramref name="pool"/> where null.</param>
    /// <param name="padding">Rows and columns beyond the edges.</param>
    /// <param name="ceilMode">
    /// Whether a window that reaches over the end counts, as long as it begins before it: height' and width' are rounded up.
    /// </param>
    public static Layer MaxPool2D(Size2D pool, Size2D? stride = null, Padding padding = default, bool ceilMode = false) => Stub;

    /// <summary>
    /// The mean of each window of each channel. [height, width, channels] → [height', width', channels]. Padding is not counted unless
    /// <paramref name="countPadding"/> says so: a window at the edge is the mean of the pixels it covers, as in Keras; PyTorch counts
    /// zeros.
    /// </summary>
    /// <param name="pool">Rows and columns of the window.</param>
    /// <param name="stride">Step of the window; <paramref name="pool"/> where null.</param>
    /// <param name="padding">Rows and columns beyond the edges.</param>
    /// <param name="ceilMode">
    /// Whether a window that reaches over the end counts, as long as it begins before it: height' and width' are rounded up.
    /// </param>
    /// <param name="countPadding">
    /// Whether padding counts as zeros; PyTorch's <c>count_include_pad</c>, which is true there where nobody says.
    /// </param>
    public static Layer AveragePool2D(
        Size2D pool, Size2D? stride = null, Padding padding = default, bool ceilMode = false, bool countPadding = false) => Stub;

    /// <summary>
    /// An image of a given size, of means: row i is that of rows ⌊i·height/size⌋ to before ⌈(i + 1)·height/size⌉, columns likewise
    /// (torch.nn.AdaptiveAvgPool2d). [height, width, channels] → [size, size, channels].
    /// </summary>
    /// <param name="size">Rows and columns of the output.</param>
    public static Layer AdaptiveAveragePool2D(Size2D size) => Stub;

    /// <summary>
    /// A larger image: [height, width, channels] → [height·factor, width·factor, channels]. Without weights; <see cref="Ops.Resize2D"/>
    /// makes one of any size.
    /// </summary>
    /// <param name="factor">How many times as many rows and columns.</param>
    /// <param name="mode">Each pixel several times, or numbers between those of pixels.</param>
    /// <param name="alignCorners">
    /// For <see cref="UpsampleMode.Bilinear"/>: whether the centers of the corner pixels of both images are at the same places; else their
    /// outer corners are.
    /// </param>
    public static Layer Upsample2D(Size2D factor, UpsampleMode mode = UpsampleMode.Nearest, bool alignCorners = false) => Stub;

    /// <summary><see cref="Ops.Resize2D"/> as a layer.</summary>
    public static Layer Resize2D(int height, int width, UpsampleMode mode = UpsampleMode.Nearest, bool alignCorners = false) => Stub;

    /// <summary><see cref="Ops.PixelShuffle"/> as a layer.</summary>
    public static Layer PixelShuffle(int factor) => Stub;

    /// <summary><see cref="Ops.PixelUnshuffle"/> as a layer.</summary>
    public static Layer PixelUnshuffle(int factor) => Stub;

    /// <summary><see cref="Ops.Pad"/> as a layer.</summary>
    public static Layer Pad(int axis, int before, int after, float value = 0f) => Stub;

    /// <summary><see cref="Ops.Pad2D"/> as a layer.</summary>
    public static Layer Pad2D(int top, int bottom, int left, int right, PaddingMode mode = PaddingMode.Zeros) => Stub;

    /// <summary><see cref="Ops.Crop2D"/> as a layer.</summary>
    public static Layer Crop2D(int top, int bottom, int left, int right) => Stub;

    /// <summary>
    /// In a training step each element becomes 0 with probability <paramref name="p"/> and the others are multiplied by 1 / (1 − p); in
    /// Predict and Loss it is the identity (Srivastava et al. 2014). The shape stays.
    /// </summary>
    /// <param name="p">0 ≤ p &lt; 1.</param>
    public static Layer Dropout(float p) => Stub;

    /// <summary>
    /// <see cref="Dropout"/> of whole channels: of [.., channels] all positions of one are dropped together (Tompson et al. 2015).
    /// PyTorch's <c>Dropout1d</c> and <c>Dropout2d</c>, Keras's <c>SpatialDropout</c>.
    /// </summary>
    /// <param name="p">0 ≤ p &lt; 1.</param>
    public static Layer SpatialDropout(float p) => Stub;

    /// <summary>
    /// Dropout behind <see cref="Ops.Selu"/>, which keeps mean 0 and variance 1 (Klambauer et al. 2017). The identity in Predict and Loss.
    /// </summary>
    /// <param name="p">0 ≤ p &lt; 1.</param>
    public static Layer AlphaDropout(float p) => Stub;

    /// <summary>x + <paramref name="std"/>·N(0, 1) in a training step, other numbers in each; the identity in Predict and Loss.</summary>
    /// <param name="std">The noise's standard deviation, at least 0.</param>
    public static Layer GaussianNoise(float std) => Stub;

    /// <summary>
    /// (x − μ) / √(σ² + epsilon)·weight + bias over the last axes of a sample (Ba et al. 2016): μ and σ² are the mean and the variance of
    /// those numbers. Any shape but a single number. Weights, with the dimensions of these axes: <c>weight</c>, <c>bias</c>.
    /// </summary>
    /// <param name="axes">How many axes, from the last; at least 1.</param>
    /// <param name="epsilon">Above 0.</param>
    /// <param name="affine">Whether there are weights.</param>
    public static Layer LayerNorm(int axes = 1, float epsilon = 1e-5f, bool affine = true) => Stub;

    /// <summary>
    /// x / √(mean of x² + epsilon)·weight over the last axes of a sample (Zhang and Sennrich 2019). Any shape but a single number. Weights,
    /// with the dimensions of these axes:
    /// <c>weight</c>.
    /// </summary>
    /// <param name="axes">How many axes, from the last; at least 1.</param>
    /// <param name="epsilon">Above 0.</param>
    /// <param name="affine">Whether there are weights.</param>
    public static Layer RmsNorm(int axes = 1, float epsilon = 1.1920929e-7f, bool affine = true) => Stub;

    /// <summary>
    /// (x − μ) / √(σ² + epsilon)·weight + bias, where μ and σ² are those of a group of neighbouring channels at all positions of a sample
    /// (Wu and He 2018). [.., channels]. Weights:
    /// <c>weight</c> [channels], <c>bias</c> [channels].
    /// </summary>
    /// <param name="groups">How many groups; the number of channels is a multiple of it.</param>
    /// <param name="epsilon">Above 0.</param>
    /// <param name="affine">Whether there are weights.</param>
    public static Layer GroupNorm(int groups, float epsilon = 1e-5f, bool affine = true) => Stub;

    /// <summary>
    /// (x − μ) / √(σ² + epsilon), where μ and σ² are those of a channel at all positions of a sample (Ulyanov et al. 2016). [.., channels],
    /// with one more axis at least. Weights where
    /// <paramref name="affine"/> is true: <c>weight</c> [channels], <c>bias</c> [channels].
    /// </summary>
    /// <param name="epsilon">Above 0.</param>
    /// <param name="affine">Whether there are weights.</param>
    public static Layer InstanceNorm(float epsilon = 1e-5f, bool affine = false) => Stub;

    /// <summary>
    /// (x − μ) / √(σ² + epsilon)·weight + bias, where μ and σ² are those of a channel over all samples of the batch and all positions
    /// (Ioffe and Szegedy 2015): [channels], [length, channels]
    /// or [height, width, channels], as torch.nn.BatchNorm1d, 2d and 3d. So they are in a training step; <c>Predict</c>, <c>Evaluate</c>
    /// and all other methods take the running statistics, which each step moves
    /// towards those of its batch: running = (1 − momentum)·running + momentum·batch (the variance with n − 1). Weights: <c>weight</c>
    /// [channels], <c>bias</c> [channels]. State, which no
    /// optimizer changes but files have: <c>running_mean</c> [channels], <c>running_var</c> [channels], <c>num_batches_tracked</c>. A step
    /// takes at least two numbers of each channel.
    /// </summary>
    /// <param name="epsilon">Above 0.</param>
    /// <param name="momentum">The share of the new batch, from 0 to 1, as PyTorch has it; what Keras calls momentum is 1 − this.</param>
    /// <param name="affine">Whether there are weights.</param>
    public static Layer BatchNorm(float epsilon = 1e-5f, float momentum = 0.1f, bool affine = true) => Stub;

    /// <summary>
    /// A layer whose weight W is divided by an estimate of its largest singular value (Miyato et al. 2018), so that it makes no vector
    /// longer than that: y = x·W/σ + b with σ = uᵀ·W·v, W being a matrix of outputs and everything else. A training step first moves both
    /// vectors towards the singular ones: v = W·u/‖W·u‖, u = Wᵀ·v/‖Wᵀ·v‖, once however often the layer is called in it; everything else
    /// takes those that are stored. The gradient takes them as constants. Names and numbers are those of
    /// <c>torch.nn.utils.spectral_norm</c>: the weight is <c>weight_orig</c>, and state, which no optimizer changes but files have, are
    /// <c>weight_u</c> [outputs] and <c>weight_v</c> [everything else].
    /// </summary>
    /// <example><code>private readonly Layer critic = Sequential(SpectralNorm(Conv2D(64, 4, stride: 2)), LeakyRelu(0.1f), Flatten, SpectralNorm(Dense(1)));</code></example>
    /// <param name="layer">One of <see cref="Dense"/>, Conv1D, Conv2D, DepthwiseConv2D, ConvTranspose1D and ConvTranspose2D, made
    /// here.</param>
    /// <param name="iterations">How often a step moves the vectors, at least 1.</param>
    /// <param name="epsilon">The least length that a vector is divided by, above 0.</param>
    public static Layer SpectralNorm(Layer layer, int iterations = 1, float epsilon = 1e-12f) => Stub;

    /// <summary>The same elements in another shape; one dimension may be −1 and follows from the others.</summary>
    /// <param name="dims">The dimensions of one sample.</param>
    public static Layer Reshape(params int[] dims) => Stub;

    /// <summary>
    /// Other order of axes: dimension i of the result is dimension axes[i] of the input. [2, 3, 4], axes 2, 0, 1 → [4, 2, 3].
    /// </summary>
    /// <param name="axes">Each axis of a sample once.</param>
    public static Layer Permute(params int[] axes) => Stub;

    /// <summary>x for x ≥ 0, slope·x below. Any shape.</summary>
    public static Layer LeakyRelu(float slope = 0.01f) => Stub;

    /// <summary>x for x ≥ 0, alpha·(eˣ − 1) below (Clevert et al. 2015). Any shape.</summary>
    public static Layer Elu(float alpha = 1f) => Stub;

    /// <summary>x for x ≥ 0, alpha·(e^(x/alpha) − 1) below (Barron 2017); <paramref name="alpha"/> is above 0. Any shape.</summary>
    public static Layer Celu(float alpha = 1f) => Stub;

    /// <summary>
    /// x for x ≥ 0, w·x below, with a learned w (He et al. 2015): one, or with <paramref name="perChannel"/> one for each element of the
    /// last axis. Any shape. Weights: <c>weight</c> [1] or [channels].
    /// </summary>
    /// <param name="perChannel">Whether each channel has its own.</param>
    /// <param name="init">How w starts; 0.25 where null.</param>
    public static Layer PRelu(bool perChannel = false, Init? init = null) => Stub;

    /// <summary>
    /// x·Φ(x); where <paramref name="approximate"/> is true by tanh, as GPT-2 has it (<see cref="Ops.Gelu(Tensor, bool)"/>). Any shape.
    /// </summary>
    public static Layer Gelu(bool approximate) => Stub;

    /// <summary>log(1 + e^(beta·x)) / beta, without overflow; <paramref name="beta"/> is above 0. Any shape.</summary>
    public static Layer Softplus(float beta) => Stub;

    /// <summary>x for x &gt; theta, 0 below (Konda et al. 2014). Any shape.</summary>
    public static Layer ThresholdedRelu(float theta = 1f) => Stub;

    /// <summary>x between min and max, the nearer of them elsewhere. Any shape.</summary>
    public static Layer HardTanh(float min = -1f, float max = 1f) => Stub;

    /// <summary>0 for |x| ≤ lambda, elsewhere lambda nearer to 0. Any shape.</summary>
    public static Layer Softshrink(float lambda = 0.5f) => Stub;

    /// <summary>0 for |x| ≤ lambda, x elsewhere. Any shape.</summary>
    public static Layer Hardshrink(float lambda = 0.5f) => Stub;

    /// <summary>A bare weight of these dimensions, which starts from <see cref="Init.GlorotUniform"/>; no dimensions: one number.</summary>
    public static Parameter Parameter(params int[] dims) => NetGen.Parameter.Stub;

    /// <summary>A bare weight of these dimensions.</summary>
    public static Parameter Parameter(int[] dims, Init init) => NetGen.Parameter.Stub;

    /// <summary>A bare weight of one dimension.</summary>
    public static Parameter Parameter(int dim0, Init init) => NetGen.Parameter.Stub;

    /// <summary>A bare weight of two dimensions.</summary>
    public static Parameter Parameter(int dim0, int dim1, Init init) => NetGen.Parameter.Stub;

    /// <summary>A bare weight of three dimensions.</summary>
    public static Parameter Parameter(int dim0, int dim1, int dim2, Init init) => NetGen.Parameter.Stub;

    /// <summary>A bare weight of four dimensions.</summary>
    public static Parameter Parameter(int dim0, int dim1, int dim2, int dim3, Init init) => NetGen.Parameter.Stub;
}
