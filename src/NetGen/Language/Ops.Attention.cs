namespace NetGen;

public static partial class Ops
{
    /// <summary>
    /// Scaled dot-product attention (Vaswani et al. 2017), of each head: y_i = Σ_j p_ij·v_j with p_i = softmax_j(s_ij) and s_ij =
    /// scale·q_i·k_j. q [.., rows, heads · size], k and v [.., keys, keyHeads · size] → [.., rows, heads · size]. No matrix of all rows and
    /// keys is in memory (Dao et al. 2022). torch.nn.functional.scaled_dot_product_attention, ONNX's Attention, with heads beside each
    /// other in a row.
    /// </summary>
    /// <param name="q">A row of queries for each row of the result.</param>
    /// <param name="k">Keys. With fewer heads than q each is read by several of its heads (grouped or multi-query attention).</param>
    /// <param name="v">A value for each key.</param>
    /// <param name="heads">Into how many heads a row of q divides.</param>
    /// <param name="bias">Added to s: [keys], [rows, keys] or [heads, rows, keys], with 1 for what is the same for all.</param>
    /// <param name="causal">Row i reads keys 0 to i.</param>
    /// <param name="window">Above 0: row i reads no keys that are so many rows away or more.</param>
    /// <param name="alibi">A key d rows away is worth slope·d less, with a slope for each head (Press et al. 2022).</param>
    /// <param name="softCap">Above 0: s becomes softCap·tanh(s / softCap).</param>
    /// <param name="scale">0: 1/√size.</param>
    /// <param name="dropout">In training each weight is 0 with this probability, and divided by 1 − dropout otherwise.</param>
    public static Tensor Attention(
        Tensor q, Tensor k, Tensor v, int heads = 1, Tensor? bias = null, bool causal = false, int window = 0, bool alibi = false,
            float softCap = 0f,
        float scale = 0f, float dropout = 0f) => throw NotExecuted.Error("Attention");

    /// <summary>
    /// The position of each row in its sequence, added as waves (Vaswani et al. 2017): y[t, 2i] = x[t, 2i] + sin(t·θ_i), y[t, 2i + 1] =
    /// x[t, 2i + 1] + cos(t·θ_i), θ_i = 10000^(−2i/width). [.., rows, width]; the shape stays.
    /// </summary>
    public static Tensor SinusoidalPositions(Tensor x) => throw NotExecuted.Error("SinusoidalPositions");

    /// <summary>
    /// Rotary positions (Su et al. 2021), for queries and keys: in row t the i-th pair of each head turns by the angle t·theta^(−2i/size).
    /// [.., rows, heads · size]; the shape stays.
    /// </summary>
    /// <param name="heads">Into how many heads a row divides; each has an even number of numbers.</param>
    /// <param name="theta">The base of the angles.</param>
    /// <param name="interleaved">A pair are neighbours; else the i-th number of a head's first half and that of its second (Llama,
    /// GPT-NeoX).</param>
    public static Tensor RotaryPositions(Tensor x, int heads = 1, float theta = 10000f, bool interleaved = false) =>
        throw NotExecuted.Error("RotaryPositions");
}
