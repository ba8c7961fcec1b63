using NetGen.Runtime;

namespace NetGen;

/// <summary>A rule that turns a gradient into new weights.</summary>
/// <remarks>
/// An optimizer is a small struct of hyper-parameters. Its <see cref="Update"/> is compiled into the kernel that makes the gradient:
/// the gradient of a weight lives in a register and is never stored. Hyper-parameters may change between steps; the state is kept
/// by the network as long as the type stays the same, and starts as zeros.
/// </remarks>
/// <typeparam name="TSelf">The optimizer itself.</typeparam>
public interface IOptimizer<TSelf>
    where TSelf : struct, IOptimizer<TSelf>
{
    /// <summary>The optimizer with its usual hyper-parameters.</summary>
    static abstract TSelf Default { get; }

    /// <summary>How many floats it keeps per weight: 0, 1 or 2. They are 0 before the first step.</summary>
    static abstract int StateSlots { get; }

    /// <summary>
    /// Whether these hyper-parameters need the state at all. Where they do not, it is neither allocated nor read nor written:
    /// <see cref="Update"/> gets zeros, and what it makes of them is dropped.
    /// </summary>
    /// <param name="optimizer">The hyper-parameters, prepared for a step or not.</param>
    static virtual bool KeepsState(in TSelf optimizer) => true;

    /// <summary>
    /// Whether, with these hyper-parameters, a gradient of 0 changes neither a weight nor what is kept of it. Then a step leaves rows of a
    /// table (<see cref="Layers.Embedding"/>) that no index of the batch names alone, and does not look at them. Where one would change
    /// them all the same, as with <see cref="Adam.Lazy"/>, leaving them is what the optimizer does.
    /// </summary>
    /// <param name="optimizer">The hyper-parameters, prepared for a step or not.</param>
    static virtual bool SkipsZeroGradients(in TSelf optimizer) => false;

    /// <summary>Checks the hyper-parameters.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A hyper-parameter is out of range; the message names it and its value.</exception>
    void Validate();

    /// <summary>η, which a <see cref="Schedule"/> changes; NaN where the optimizer has none.</summary>
    float LearningRate => float.NaN;

    /// <summary>The same with another η.</summary>
    /// <exception cref="NotSupportedException">The optimizer has none.</exception>
    TSelf WithLearningRate(float learningRate) => throw new NotSupportedException($"{typeof(TSelf).Name} has no learning rate that could change.");

    /// <summary>Computes what is the same for all weights in a step.</summary>
    /// <param name="step">The number of the step since the state was zeros: 1, 2, …</param>
    TSelf Prepare(long step);

    /// <summary>The new weights of one vector.</summary>
    /// <param name="prepared">The result of <see cref="Prepare"/> for this step.</param>
    /// <param name="weight">The weights before the step.</param>
    /// <param name="gradient">The gradient of the loss by the weights.</param>
    /// <param name="state0">The first float kept per weight, to be updated; unused below one slot.</param>
    /// <param name="state1">The second float kept per weight, to be updated; unused below two slots.</param>
    static abstract V Update<V>(in TSelf prepared, V weight, V gradient, ref V state0, ref V state1)
        where V : struct, IVector<V>;

    /// <summary>
    /// Whether <see cref="Update"/> is not all of a step: once the kernels have run, a second look at all weights ends it (<see
    /// cref="Pass"/>), which needs what no kernel has: a norm of all gradients, or of one weight's, or more of the state than kernels know.
    /// </summary>
    internal static virtual bool HasPass => false;

    /// <summary>Whether it keeps gradients for its pass.</summary>
    internal static virtual bool StoresGradients => false;

    /// <summary>The most floats that it keeps per weight for its pass, beside <see cref="StateSlots"/>.</summary>
    internal static virtual int PassSlots => 0;

    /// <summary>How many of them these hyper-parameters need: the first ones.</summary>
    internal static virtual int KeptPassSlots(in TSelf optimizer) => TSelf.PassSlots;

    /// <summary>Whether a float that it keeps for its pass begins as the weight, not as 0.</summary>
    internal static virtual bool BeginsAsWeight(int passSlot) => false;

    /// <summary>Learns the network's parameters, before a step.</summary>
    /// <exception cref="ArgumentException">It names one that the network has not.</exception>
    internal static virtual void Bind(in TSelf optimizer, PassBlocks blocks)
    {
    }

    /// <summary>Whether this step has a pass.</summary>
    internal static virtual bool NeedsPass(in TSelf prepared) => TSelf.HasPass;

    /// <summary>A worker's share of the pass.</summary>
    /// <param name="prepared">The result of <see cref="Prepare"/> for this step.</param>
    /// <param name="pass">The weights and what is kept of them: <see cref="StateSlots"/> and then <see cref="PassSlots"/>.</param>
    internal static virtual void Pass<V>(in TSelf prepared, in WeightPass pass)
        where V : struct, IVector<V>
    {
    }
}
