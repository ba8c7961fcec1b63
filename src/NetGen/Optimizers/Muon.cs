using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using NetGen.Runtime;

namespace NetGen;

/// <summary>
/// Momentum whose directions are made orthogonal, for the weights of dense layers and convolutions (Jordan et al. 2024); all else goes by
/// Adam.
/// </summary>
/// <remarks>
/// m ← m + (1 − μ)(g − m), u = g + μ·(m − g) (Nesterov's, else m), as a matrix of outputs and everything else; O is u with all its singular
/// values near 1, by some iterations of Newton and Schulz of X = u / (‖u‖ + 1e-7): X ← 3.4445·X + (−4.775·A + 2.0315·A²)·X with A = X·Xᵀ; w
/// ← (1 − η·λ)·w − η·√max(1, outputs/others)·O. Numbers are those of the authors' <c>MuonWithAuxAdam</c> and of <c>torch.optim.Muon</c>,
/// whose learning rate and decay begin at 0.001 and 0.1 and which takes the matrices alone; here the iterations are in float. Embeddings,
/// bare parameters, biases and gains have AdamW's step with the numbers of <see cref="AdamLearningRate"/> on, and so have the fields that
/// <see cref="AdamFields"/> names: of a network's last layer the authors say so. Kept per weight: three floats.
/// </remarks>
/// <example><code>network.Fit(data, options, new Muon(0.02f) { AdamFields = ["head"] });</code></example>
public readonly record struct Muon : IOptimizer<Muon>
{
    // The gradient, and from the pass on the direction; the mean of the gradients, and that of their squares where the step is Adam's.
    private const int Direction = 0, First = 1, Second = 2;

    private readonly AdamRule rule;

    /// <summary>
    /// Learning rate 0.02, momentum 0.95 by Nesterov, no weight decay; Adam's learning rate 0.0003, β 0.9 and 0.95, ε 1e-10.
    /// </summary>
    public Muon()
        : this(0.02f)
    {
    }

    /// <summary>States the hyper-parameters; they are checked when a step uses them.</summary>
    /// <param name="learningRate">η, at least 0, of matrices.</param>
    /// <param name="momentum">μ in [0, 1).</param>
    /// <param name="nesterov">Whether the direction is a step ahead of the mean.</param>
    /// <param name="weightDecay">λ, at least 0, of all weights: apart from the gradient, by η·λ.</param>
    /// <param name="iterations">How often a direction is brought nearer to an orthogonal one, at least 1.</param>
    /// <param name="adamLearningRate">η of all that is no matrix, at least 0.</param>
    public Muon(
        float learningRate, float momentum = 0.95f, bool nesterov = true, float weightDecay = 0f, int iterations = 5, float adamLearningRate = 3e-4f)
    {
        LearningRate = learningRate;
        Momentum = momentum;
        Nesterov = nesterov;
        WeightDecay = weightDecay;
        Iterations = iterations;
        AdamLearningRate = adamLearningRate;
    }

    /// <summary>η of matrices.</summary>
    public float LearningRate { get; init; }

    /// <summary>μ.</summary>
    public float Momentum { get; init; }

    /// <summary>Whether the direction is a step ahead of the mean.</summary>
    public bool Nesterov { get; init; }

    /// <summary>λ.</summary>
    public float WeightDecay { get; init; }

    /// <summary>Of Newton and Schulz.</summary>
    public int Iterations { get; init; }

    /// <summary>η of all that is no matrix. A schedule changes it by the same factor as <see cref="LearningRate"/>.</summary>
    public float AdamLearningRate { get; init; }

    /// <summary>β₁ of Adam.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>β₂ of Adam.</summary>
    public float Beta2 { get; init; } = 0.95f;

    /// <summary>ε of Adam.</summary>
    public float Epsilon { get; init; } = 1e-10f;

    /// <summary>
    /// Whose weights go by Adam though they are matrices, by the field that holds them or the begin of their name: the last layer, and what
    /// reads the input where that is one-hot.
    /// </summary>
    public IReadOnlyList<string> AdamFields { get; init; } = [];

    /// <inheritdoc/>
    public static Muon Default => new();

    /// <inheritdoc/>
    public static int StateSlots => 1;

    /// <inheritdoc/>
    public Muon WithLearningRate(float learningRate) => this with
    {
        LearningRate = learningRate,
        AdamLearningRate = LearningRate > 0 ? AdamLearningRate * (learningRate / LearningRate) : AdamLearningRate,
    };

    /// <inheritdoc/>
    public void Validate()
    {
        AdamRule.Validate(LearningRate, Beta1, Beta2, Epsilon, WeightDecay, nameof(Muon));
        HyperParameter.NotNegative(AdamLearningRate, nameof(Muon), nameof(AdamLearningRate));
        HyperParameter.Decay(Momentum, nameof(Muon), nameof(Momentum));
        if (Iterations < 1)
            throw HyperParameter.Bad(Iterations, nameof(Muon), nameof(Iterations), "1 or more");
        ArgumentNullException.ThrowIfNull(AdamFields);
    }

    /// <inheritdoc/>
    public Muon Prepare(long step) => new(this, step);

    /// <summary>Stores the gradient; the weights change when all of a matrix are there.</summary>
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Update<V>(in Muon prepared, V weight, V gradient, ref V state0, ref V state1)
        where V : struct, IVector<V>
    {
        state0 = gradient;
        return weight;
    }

    static bool IOptimizer<Muon>.HasPass => true;

    static int IOptimizer<Muon>.PassSlots => 2;

    static void IOptimizer<Muon>.Bind(in Muon optimizer, PassBlocks blocks)
    {
        foreach (string field in optimizer.AdamFields)
            ParameterFields.Check(field, blocks.Layout, nameof(AdamFields));
        int floats = 0;
        foreach (int parameter in blocks.Trained)
        {
            if (optimizer.IsMatrix(blocks.Layout.Parameters[parameter]))
                floats = Math.Max(floats, OrthogonalDirection.Floats(blocks.Layout.Parameters[parameter]));
        }

        blocks.Reserve(floats);
    }

    static void IOptimizer<Muon>.Pass<V>(in Muon prepared, in WeightPass pass)
    {
        ref float weights = ref pass.Weights;
        ref float direction = ref pass.Slot(Direction);
        ref float first = ref pass.Slot(First);
        ref float second = ref pass.Slot(Second);
        for (int at = 0; pass.Next(ref at, out WeightChunk chunk);)
        {
            ref float gradient = ref Unsafe.Add(ref direction, chunk.Start);
            ref float mean = ref Unsafe.Add(ref first, chunk.Start);
            if (prepared.IsMatrix(pass.Parameter(chunk.Parameter)))
                pass.Sums[2 * chunk.Index] = Mean<V>(in prepared, ref gradient, ref mean, chunk.Length);
            else
                Adam<V>(in prepared, ref Unsafe.Add(ref weights, chunk.Start), ref gradient, ref mean, ref Unsafe.Add(ref second, chunk.Start), chunk.Length);
        }

        pass.Barrier();
        for (int i = 0; i < pass.Trained.Length; i++)
        {
            ParameterSpec parameter = pass.Parameter(pass.Trained[i]);
            if (pass.Has(pass.Trained[i]) && prepared.IsMatrix(parameter))
                OrthogonalDirection.Run<V>(in pass, ref Unsafe.Add(ref direction, parameter.Offset), parameter, pass.SumOf(pass.Trained[i]), prepared.Iterations);
        }

        for (int at = 0; pass.Next(ref at, out WeightChunk chunk);)
        {
            ParameterSpec parameter = pass.Parameter(chunk.Parameter);
            if (prepared.IsMatrix(parameter))
                Step<V>(in prepared, ref Unsafe.Add(ref weights, chunk.Start), ref Unsafe.Add(ref direction, chunk.Start), chunk.Length, Stretch(parameter));
        }
    }

    /// <summary>√max(1, outputs/others): matrices with more outputs than inputs change their results as much as others.</summary>
    private static float Stretch(ParameterSpec parameter)
    {
        int outputs = parameter.Shape[^1];
        return (float)Math.Sqrt(Math.Max(1d, outputs / ((double)parameter.Length / outputs)));
    }

    /// <summary>Weights of dense layers and convolutions: what the language calls so has a layout of its own in files.</summary>
    private bool IsMatrix(ParameterSpec parameter)
    {
        if (parameter.FileLayout is not (FileLayout.Linear or FileLayout.Convolution))
            return false;
        for (int i = 0; i < AdamFields.Count; i++)
        {
            if (ParameterFields.Has(parameter, AdamFields[i]))
                return false;
        }

        return true;
    }

    /// <summary>Moves the mean, puts the direction in the gradient's place, and returns Σ u².</summary>
    [MethodImpl(Jit.Kernel)]
    private static double Mean<V>(in Muon muon, ref float gradient, ref float mean, int length)
        where V : struct, IVector<V>
    {
        (V part, V ahead) = (V.Broadcast((float)(1d - muon.Momentum)), V.Broadcast(muon.Nesterov ? muon.Momentum : 1f));
        V floor = V.Broadcast(Underflow.Mean);
        V squares = V.Zero;
        for (int i = 0; i < length; i += V.Count)
        {
            int count = Math.Min(V.Count, length - i);
            V g = V.LoadPartial(ref Unsafe.Add(ref gradient, i), count);
            V m = V.LoadPartial(ref Unsafe.Add(ref mean, i), count);
            m = V.Fma(part, g - m, m + floor) - floor;
            m.StorePartial(ref Unsafe.Add(ref mean, i), count);
            V u = V.Fma(ahead, m - g, g);
            u.StorePartial(ref Unsafe.Add(ref gradient, i), count);
            squares = V.Fma(u, u, squares);
        }

        return V.Sum(squares);
    }

    [MethodImpl(Jit.Kernel)]
    private static void Adam<V>(in Muon muon, ref float weight, ref float gradient, ref float first, ref float second, int length)
        where V : struct, IVector<V>
    {
        AdamRule rule = muon.rule;
        V kept = V.Broadcast((float)(1d - (double)muon.AdamLearningRate * muon.WeightDecay));
        for (int i = 0; i < length; i += V.Count)
        {
            int count = Math.Min(V.Count, length - i);
            V m = V.LoadPartial(ref Unsafe.Add(ref first, i), count);
            V v = V.LoadPartial(ref Unsafe.Add(ref second, i), count);
            V w = AdamRule.Update(
                in rule, kept * V.LoadPartial(ref Unsafe.Add(ref weight, i), count), V.LoadPartial(ref Unsafe.Add(ref gradient, i), count), ref m, ref v);
            m.StorePartial(ref Unsafe.Add(ref first, i), count);
            v.StorePartial(ref Unsafe.Add(ref second, i), count);
            w.StorePartial(ref Unsafe.Add(ref weight, i), count);
        }
    }

    [MethodImpl(Jit.Kernel)]
    private static void Step<V>(in Muon muon, ref float weight, ref float direction, int length, float stretch)
        where V : struct, IVector<V>
    {
        V kept = V.Broadcast((float)(1d - (double)muon.LearningRate * muon.WeightDecay));
        V rate = V.Broadcast(-muon.LearningRate * stretch);
        for (int i = 0; i < length; i += V.Count)
        {
            int count = Math.Min(V.Count, length - i);
            V w = V.LoadPartial(ref Unsafe.Add(ref weight, i), count);
            V.Fma(rate, V.LoadPartial(ref Unsafe.Add(ref direction, i), count), kept * w).StorePartial(ref Unsafe.Add(ref weight, i), count);
        }
    }

    private Muon(in Muon from, long step)
    {
        this = from;
        rule = new AdamRule(AdamLearningRate, Beta1, Beta2, Epsilon, step);
    }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"LearningRate = {LearningRate}, Momentum = {Momentum}, Nesterov = {Nesterov}, WeightDecay = {WeightDecay}, Iterations = {Iterations}, "
            + $"AdamLearningRate = {AdamLearningRate}, Beta1 = {Beta1}, Beta2 = {Beta2}, Epsilon = {Epsilon}, AdamFields = [{string.Join(", ", AdamFields)}]");
        return true;
    }
}
