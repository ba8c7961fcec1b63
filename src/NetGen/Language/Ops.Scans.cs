namespace NetGen;

// Cells of one's own over the steps of sequences.
public static partial class Ops
{
    /// <summary>
    /// A cell of one's own over the steps of sequences: state[t] = cell(state[t − 1], x[t]), and all states are the result
    /// (<c>jax.lax.scan</c>, Keras's <c>RNN(cell)</c>).
    /// <code>
    /// // An exponential mean with a learned rate for each number; the layers are fields.
    /// var mean = Scan((state, x) => state + Sigmoid(rate(x)) * (x - state), Zeros(8), readings);
    /// </code>
    /// The cell is compiled once, whatever the number of steps, and so is its gradient. It is made of functions of single elements, layers
    /// and products with weights,
    /// norms, softmax, sums over axes, slices and concatenations; what a sample has may be read at each of its steps as it is. Products of
    /// x alone are
    /// one product for all steps. On the processor only.
    /// </summary>
    /// <param name="cell">(state, x) to the next state, which has the size of the one before it.</param>
    /// <param name="initial">The state before the first step, [units]: one for all samples, or one for each.</param>
    /// <param name="x">The rows of a <see cref="SequenceAttribute"/>, or [steps, width].</param>
    /// <param name="reverse">From the last step to the first.</param>
    /// <returns>The state at each step: rows as those of x, or [steps, units]. <see cref="Last"/> is the final one.</returns>
    public static Tensor Scan(Func<Tensor, Tensor, Tensor> cell, Tensor initial, Tensor x, bool reverse = false) =>
        throw NotExecuted.Error("Scan");

    /// <summary>
    /// The same with two states, as an LSTM has: <c>var (h, c) = Scan((h, c, x) => …, (Zeros(64), Zeros(64)), x);</c>
    /// </summary>
    /// <param name="cell">(first, second, x) to the next states, which have the sizes of those before them.</param>
    /// <param name="initial">The states before the first step.</param>
    /// <param name="x">The rows of a <see cref="SequenceAttribute"/>, or [steps, width].</param>
    /// <param name="reverse">From the last step to the first.</param>
    /// <returns>The states at each step.</returns>
    public static (Tensor First, Tensor Second) Scan(
        Func<Tensor, Tensor, Tensor, (Tensor First, Tensor Second)> cell, (Tensor First, Tensor Second) initial, Tensor x,
        bool reverse = false) => throw NotExecuted.Error("Scan");

    /// <summary>The same with three states.</summary>
    /// <param name="cell">(first, second, third, x) to the next states, which have the sizes of those before them.</param>
    /// <param name="initial">The states before the first step.</param>
    /// <param name="x">The rows of a <see cref="SequenceAttribute"/>, or [steps, width].</param>
    /// <param name="reverse">From the last step to the first.</param>
    /// <returns>The states at each step.</returns>
    public static (Tensor First, Tensor Second, Tensor Third) Scan(
        Func<Tensor, Tensor, Tensor, Tensor, (Tensor First, Tensor Second, Tensor Third)> cell,
        (Tensor First, Tensor Second, Tensor Third) initial, Tensor x, bool reverse = false) => throw NotExecuted.Error("Scan");
}
