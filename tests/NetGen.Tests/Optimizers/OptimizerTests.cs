using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests.Optimizers;

/// <summary>Each optimizer against PyTorch's algorithm, written out in double for one weight.</summary>
public class OptimizerTests
{
    private const int Steps = 12;

    public static TheoryData<Sgd> Sgds => new(
        new Sgd(0.1f),
        new Sgd(0.1f, weightDecay: 0.01f),
        new Sgd(0.1f, momentum: 0.9f),
        new Sgd(0.1f, momentum: 0.9f, nesterov: true, weightDecay: 0.02f),
        new Sgd(0.1f, momentum: 0.9f, dampening: 0.5f, weightDecay: 0.02f));

    [Theory]
    [MemberData(nameof(Sgds))]
    public void Sgd_is_PyTorchs(Sgd sgd)
    {
        double[] buffer = new double[Count];
        Compare(sgd, (i, t, w, g) =>
        {
            g += sgd.WeightDecay * w;
            if (sgd.Momentum != 0)
            {
                buffer[i] = t == 1 ? g : sgd.Momentum * buffer[i] + (1 - (double)sgd.Dampening) * g;
                g = sgd.Nesterov ? g + sgd.Momentum * buffer[i] : buffer[i];
            }

            return w - sgd.LearningRate * g;
        });
    }

    public static TheoryData<Adam> Adams => new(
        new Adam(),
        new Adam(0.05f),
        new Adam(0.05f, beta1: 0.8f, beta2: 0.95f, epsilon: 1e-3f, weightDecay: 0.1f),
        new Adam(0.05f, beta1: 0f, beta2: 0f));

    [Theory]
    [MemberData(nameof(Adams))]
    public void Adam_is_PyTorchs(Adam adam)
    {
        double[] m = new double[Count];
        double[] v = new double[Count];
        Compare(adam, (i, t, w, g) =>
        {
            g += adam.WeightDecay * w;
            return AdamStep(w, g, t, ref m[i], ref v[i], adam.LearningRate, adam.Beta1, adam.Beta2, adam.Epsilon);
        });
    }

    public static TheoryData<AdamW> AdamWs => new(
        new AdamW(),
        new AdamW(0.05f, weightDecay: 0.3f),
        new AdamW(0.05f, beta1: 0.8f, beta2: 0.95f, epsilon: 1e-3f, weightDecay: 0f));

    [Theory]
    [MemberData(nameof(AdamWs))]
    public void AdamW_is_PyTorchs(AdamW adam)
    {
        double[] m = new double[Count];
        double[] v = new double[Count];
        Compare(adam, (i, t, w, g) =>
        {
            w *= 1 - (double)adam.LearningRate * adam.WeightDecay;
            return AdamStep(w, g, t, ref m[i], ref v[i], adam.LearningRate, adam.Beta1, adam.Beta2, adam.Epsilon);
        });
    }

    public static TheoryData<RmsProp> RmsProps => new(
        new RmsProp(),
        new RmsProp(0.02f, alpha: 0.9f, epsilon: 1e-4f, momentum: 0.8f, weightDecay: 0.1f));

    [Theory]
    [MemberData(nameof(RmsProps))]
    public void RmsProp_is_PyTorchs(RmsProp rms)
    {
        double[] square = new double[Count];
        double[] buffer = new double[Count];
        Compare(rms, (i, t, w, g) =>
        {
            g += rms.WeightDecay * w;
            square[i] = rms.Alpha * square[i] + (1 - (double)rms.Alpha) * g * g;
            double average = Math.Sqrt(square[i]) + rms.Epsilon;
            if (rms.Momentum == 0)
                return w - rms.LearningRate * g / average;
            buffer[i] = rms.Momentum * buffer[i] + g / average;
            return w - rms.LearningRate * buffer[i];
        });
    }

    public static TheoryData<Adagrad> Adagrads => new(
        new Adagrad(),
        new Adagrad(0.1f, learningRateDecay: 0.1f, epsilon: 1e-3f, weightDecay: 0.1f));

    [Theory]
    [MemberData(nameof(Adagrads))]
    public void Adagrad_is_PyTorchs(Adagrad adagrad)
    {
        double[] sum = new double[Count];
        Compare(adagrad, (i, t, w, g) =>
        {
            g += adagrad.WeightDecay * w;
            sum[i] += g * g;
            double rate = adagrad.LearningRate / (1 + (t - 1) * (double)adagrad.LearningRateDecay);
            return w - rate * g / (Math.Sqrt(sum[i]) + adagrad.Epsilon);
        });
    }

    public static TheoryData<SgdW> SgdWs => new(
        new SgdW(0.1f),
        new SgdW(0.1f, momentum: 0.9f, weightDecay: 0.3f),
        new SgdW(0.1f, momentum: 0.9f, nesterov: true, weightDecay: 0.1f),
        new SgdW(0.1f, momentum: 0.9f, dampening: 0.5f, weightDecay: 0f));

    [Theory]
    [MemberData(nameof(SgdWs))]
    public void SgdW_decays_apart_from_the_momentum(SgdW sgd)
    {
        double[] buffer = new double[Count];
        Compare(sgd, (i, t, w, g) =>
        {
            w *= 1 - (double)sgd.LearningRate * sgd.WeightDecay;
            if (sgd.Momentum != 0)
            {
                buffer[i] = t == 1 ? g : sgd.Momentum * buffer[i] + (1 - (double)sgd.Dampening) * g;
                g = sgd.Nesterov ? g + sgd.Momentum * buffer[i] : buffer[i];
            }

            return w - sgd.LearningRate * g;
        });
    }

    public static TheoryData<Adamax> Adamaxes => new(
        new Adamax(),
        new Adamax(0.05f, beta1: 0.8f, beta2: 0.6f, epsilon: 1e-3f, weightDecay: 0.1f));

    [Theory]
    [MemberData(nameof(Adamaxes))]
    public void Adamax_is_PyTorchs(Adamax adamax)
    {
        double[] m = new double[Count];
        double[] largest = new double[Count];
        Compare(adamax, (i, t, w, g) =>
        {
            g += adamax.WeightDecay * w;
            m[i] += (1 - (double)adamax.Beta1) * (g - m[i]);
            largest[i] = Math.Max(largest[i] * adamax.Beta2, Math.Abs(g) + adamax.Epsilon);
            return w - adamax.LearningRate / (1 - Math.Pow(adamax.Beta1, t)) * m[i] / largest[i];
        });
    }

    public static TheoryData<Nadam> Nadams => new(
        new Nadam(),
        new Nadam(0.05f, momentumDecay: 0f),
        new Nadam(0.05f, beta1: 0.8f, beta2: 0.95f, epsilon: 1e-3f, weightDecay: 0.1f, momentumDecay: 0.5f));

    [Theory]
    [MemberData(nameof(Nadams))]
    public void Nadam_is_PyTorchs(Nadam nadam)
    {
        double[] m = new double[Count];
        double[] v = new double[Count];
        double[] product = [.. Enumerable.Repeat(1.0, Count)];
        Compare(nadam, (i, t, w, g) =>
        {
            g += nadam.WeightDecay * w;
            double mu = Momentum(t), next = Momentum(t + 1);
            product[i] *= mu;
            m[i] += (1 - (double)nadam.Beta1) * (g - m[i]);
            v[i] = nadam.Beta2 * v[i] + (1 - (double)nadam.Beta2) * g * g;
            double denominator = Math.Sqrt(v[i] / (1 - Math.Pow(nadam.Beta2, t))) + nadam.Epsilon;
            w -= nadam.LearningRate * (1 - mu) / (1 - product[i]) * g / denominator;
            return w - nadam.LearningRate * next / (1 - product[i] * next) * m[i] / denominator;
        });

        double Momentum(long t) => nadam.Beta1 * (1 - 0.5 * Math.Pow(0.96, t * (double)nadam.MomentumDecay));
    }

    [Fact]
    public void A_late_step_of_Nadam_is_Adam_with_its_momentum()
    {
        // All corrections are 1, however many steps there were.
        V1 first = V1.Broadcast(0.5f), second = V1.Broadcast(4f);
        float weight = Nadam.Update<V1>(new Nadam(0.1f).Prepare(1_000_000), V1.Zero, V1.Broadcast(1f), ref first, ref second).Value;
        Assert.Equal(-0.1 * (0.1 * 1 + 0.9 * (0.5 + 0.1 * 0.5)) / Math.Sqrt(4 * 0.999 + 0.001), weight, 1e-6);
    }

    public static TheoryData<Lion> Lions => new(new Lion(), new Lion(0.05f, beta1: 0.8f, beta2: 0.95f, weightDecay: 0.3f));

    [Theory]
    [MemberData(nameof(Lions))]
    public void Lion_is_that_of_its_authors(Lion lion)
    {
        double[] m = new double[Count];
        Compare(lion, (i, t, w, g) =>
        {
            int sign = Math.Sign(lion.Beta1 * m[i] + (1 - (double)lion.Beta1) * g);
            m[i] = lion.Beta2 * m[i] + (1 - (double)lion.Beta2) * g;
            return w * (1 - (double)lion.LearningRate * lion.WeightDecay) - lion.LearningRate * sign;
        });
    }

    public static TheoryData<Adadelta> Adadeltas => new(
        new Adadelta(),
        new Adadelta(0.5f, rho: 0.7f, epsilon: 1e-3f, weightDecay: 0.1f));

    [Theory]
    [MemberData(nameof(Adadeltas))]
    public void Adadelta_is_PyTorchs(Adadelta adadelta)
    {
        double[] square = new double[Count];
        double[] moved = new double[Count];
        double rho = adadelta.Rho;
        Compare(adadelta, (i, t, w, g) =>
        {
            g += adadelta.WeightDecay * w;
            square[i] = rho * square[i] + (1 - rho) * g * g;
            double delta = Math.Sqrt(moved[i] + adadelta.Epsilon) / Math.Sqrt(square[i] + adadelta.Epsilon) * g;
            moved[i] = rho * moved[i] + (1 - rho) * delta * delta;
            return w - adadelta.LearningRate * delta;
        });
    }

    public static TheoryData<Rprop> Rprops => new(
        new Rprop(),
        new Rprop(0.1f, shrink: 0.3f, grow: 2f, smallestStep: 0.05f, largestStep: 0.3f));

    [Theory]
    [MemberData(nameof(Rprops))]
    public void Rprop_is_PyTorchs(Rprop rprop)
    {
        double[] before = new double[Count];
        double[] size = [.. Enumerable.Repeat((double)rprop.InitialStep, Count)];
        Compare(rprop, (i, t, w, g) =>
        {
            int agreement = Math.Sign(g * before[i]);
            double factor = agreement > 0 ? rprop.Grow : agreement < 0 ? rprop.Shrink : 1;
            size[i] = Math.Clamp(size[i] * factor, rprop.SmallestStep, rprop.LargestStep);
            before[i] = agreement < 0 ? 0 : g;
            return w - Math.Sign(before[i]) * size[i];
        });
    }

    [Fact]
    public void A_gradient_that_is_no_number_is_no_small_step()
    {
        IsNaN(new Lion());
        IsNaN(new Rprop());
        IsNaN(new Adamax());

        static void IsNaN<T>(T optimizer)
            where T : struct, IOptimizer<T>
        {
            V1 state0 = V1.Zero, state1 = V1.Zero;
            Assert.Equal(float.NaN, T.Update<V1>(optimizer.Prepare(1), V1.Broadcast(1f), V1.Broadcast(float.NaN), ref state0, ref state1).Value);
        }
    }

    [Fact]
    public void The_defaults_are_PyTorchs()
    {
        Assert.Equal(new SgdW(1e-3f, 0f, false, 1e-2f, 0f), SgdW.Default);
        Assert.Equal(new Adamax(2e-3f, 0.9f, 0.999f, 1e-8f, 0f), Adamax.Default);
        Assert.Equal(new Nadam(2e-3f, 0.9f, 0.999f, 1e-8f, 0f, 4e-3f), Nadam.Default);
        Assert.Equal(new Lion(1e-4f, 0.9f, 0.99f, 0f), Lion.Default);
        Assert.Equal(new Adadelta(1f, 0.9f, 1e-6f, 0f), Adadelta.Default);
        Assert.Equal(new Rprop(1e-2f, 0.5f, 1.2f, 1e-6f, 50f), Rprop.Default);
        SgdW.Default.Validate();
        Adamax.Default.Validate();
        Nadam.Default.Validate();
        Lion.Default.Validate();
        Adadelta.Default.Validate();
        Rprop.Default.Validate();
        Assert.Equal(new Sgd(1e-3f, 0f, false, 0f, 0f), Sgd.Default);
        Assert.Equal(new Adam(1e-3f, 0.9f, 0.999f, 1e-8f, 0f), Adam.Default);
        Assert.Equal(new AdamW(1e-3f, 0.9f, 0.999f, 1e-8f, 1e-2f), AdamW.Default);
        Assert.Equal(new RmsProp(1e-2f, 0.99f, 1e-8f, 0f, 0f), RmsProp.Default);
        Assert.Equal(new Adagrad(1e-2f, 0f, 1e-10f, 0f), Adagrad.Default);
        Assert.Equal(new Adam(0.5f), new Adam { LearningRate = 0.5f });
        Adam.Default.Validate();
        AdamW.Default.Validate();
        Sgd.Default.Validate();
        RmsProp.Default.Validate();
        Adagrad.Default.Validate();
    }

    [Fact]
    public void Bad_hyper_parameters_are_named()
    {
        Refused(new Sgd(-1f), "Sgd.LearningRate is -1;");
        Refused(new Sgd(float.NaN), "Sgd.LearningRate is NaN;");
        Refused(new Sgd(1f, momentum: float.PositiveInfinity), "Sgd.Momentum is");
        Refused(new Sgd(1f, weightDecay: -0.5f), "Sgd.WeightDecay is -0.5;");
        Refused(new Sgd(1f, dampening: float.NaN), "Sgd.Dampening");
        Refused(new Sgd(1f, nesterov: true), "Sgd.Nesterov");
        Refused(new Sgd(1f, 0.9f, nesterov: true, dampening: 0.1f), "Sgd.Nesterov");
        Refused(new Adam(beta1: 1f, learningRate: 1f), "Adam.Beta1 is 1; expected a number in [0, 1).");
        Refused(new Adam { Beta2 = -0.1f }, "Adam.Beta2");
        Refused(new Adam { WeightDecay = -1f }, "Adam.WeightDecay");
        Refused(default(Adam), "Adam.Epsilon is 0;");
        Refused(default(AdamW), "new AdamW()");
        Refused(default(RmsProp), "RmsProp.Epsilon");
        Refused(default(Adagrad), "Adagrad.Epsilon");
        Refused(default(Adamax), "Adamax.Epsilon");
        Refused(default(Nadam), "Nadam.Epsilon");
        Refused(default(Adadelta), "Adadelta.Epsilon");
        Refused(default(Rprop), "Rprop.InitialStep");
        Refused(new Nadam { MomentumDecay = -1f }, "Nadam.MomentumDecay");
        Refused(new Lion { Beta2 = 1f }, "Lion.Beta2");
        Refused(new Adadelta { Rho = -0.1f }, "Adadelta.Rho");
        Refused(new Rprop { Shrink = 1f }, "Rprop.Shrink");
        Refused(new Rprop { Grow = 1f }, "Rprop.Grow");
        Refused(new Rprop { LargestStep = 1e-7f }, "Rprop.LargestStep");
        Refused(new SgdW { WeightDecay = -1f }, "SgdW.WeightDecay");
        Refused(new SgdW(1f, nesterov: true), "SgdW.Nesterov");
        Refused(new RmsProp { Alpha = 1f }, "RmsProp.Alpha");
        Refused(new Adagrad { LearningRateDecay = -1f }, "Adagrad.LearningRateDecay");

        static void Refused<T>(T optimizer, string message)
            where T : struct, IOptimizer<T>
        {
            ArgumentOutOfRangeException e = Assert.Throws<ArgumentOutOfRangeException>(optimizer.Validate);
            Assert.Contains(message, e.Message, StringComparison.Ordinal);
            Assert.Contains(e.ParamName!, message + e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void State_that_fades_is_never_denormal()
    {
        Fades(new Sgd(0.1f, momentum: 0.9f));
        Fades(new Sgd(0.1f, momentum: 0.9f, dampening: 0.9f, nesterov: false));
        Fades(new Adam());
        Fades(new AdamW());
        Fades(new RmsProp(momentum: 0.8f, learningRate: 0.01f));
        Fades(new Adagrad());
        Fades(new SgdW(0.1f, momentum: 0.9f));
        Fades(new Adamax());
        Fades(new Nadam());
        Fades(new Lion());
        Fades(new Adadelta());
        Fades(new Rprop());

        // A gradient, large, small or too small for its square, and then none for as long as it takes to fade.
        static void Fades<T>(T optimizer)
            where T : struct, IOptimizer<T>
        {
            float[] gradients = new float[V512.Count];
            for (int i = 0; i < gradients.Length; i++)
                gradients[i] = (i % 2 == 0 ? 1 : -1) * MathF.Pow(10, 3 - 3 * i);
            float[] lanes = new float[V512.Count];
            V512 weight = V512.Broadcast(0.5f);
            V512 state0 = V512.Zero;
            V512 state1 = V512.Zero;
            for (int t = 1; t <= 150_000; t++)
            {
                V512 gradient = t == 1 ? V512.Load(in gradients[0]) : V512.Zero;
                T prepared = optimizer.Prepare(t);
                weight = T.Update(in prepared, weight, gradient, ref state0, ref state1);
                // Every step while the mean fades, later some.
                if (t < 3000 || t % 97 == 0)
                {
                    Normal(state0, t);
                    Normal(state1, t);
                }
            }

            void Normal(V512 state, int step)
            {
                state.Store(ref lanes[0]);
                foreach (float value in lanes)
                    Assert.False(float.IsSubnormal(value), $"{optimizer}: {value:R} after {step} steps");
            }
        }
    }

    [Fact]
    public void Hyper_parameters_may_change_between_steps()
    {
        // PyTorch reads the learning rate anew in every step, and the buffer stays.
        float w = 1f;
        V1 state0 = V1.Zero;
        V1 state1 = V1.Zero;
        double expected = 1, buffer = 0;
        for (int t = 1; t <= 5; t++)
        {
            float rate = 0.1f / t;
            w = Sgd.Update<V1>(new Sgd(rate, 0.9f).Prepare(t), V1.Broadcast(w), V1.Broadcast(0.3f), ref state0, ref state1).Value;
            buffer = 0.9f * buffer + 0.3f;
            expected -= rate * buffer;
        }

        Assert.Equal(expected, w, 1e-6);
    }

    private const int Count = 16;

    private static double AdamStep(double w, double g, long t, ref double m, ref double v, double rate, double beta1, double beta2, double epsilon)
    {
        m = beta1 * m + (1 - beta1) * g;
        v = beta2 * v + (1 - beta2) * g * g;
        double correction1 = 1 - Math.Pow(beta1, t);
        double correction2 = 1 - Math.Pow(beta2, t);
        return w - rate / correction1 * m / (Math.Sqrt(v) / Math.Sqrt(correction2) + epsilon);
    }

    private delegate double Reference(int index, long step, double weight, double gradient);

    private static void Compare<T>(T optimizer, Reference reference)
        where T : struct, IOptimizer<T>
    {
        double[] expected = new double[Count];
        float[][] gradients = new float[Steps][];
        Random random = new(7);
        for (int i = 0; i < Count; i++)
            expected[i] = (float)(random.NextDouble() * 4 - 2);
        float[] start = Array.ConvertAll(expected, value => (float)value);
        for (int t = 0; t < Steps; t++)
        {
            // From tiny to large; the last weight never has a gradient.
            gradients[t] = new float[Count];
            for (int i = 0; i < Count - 1; i++)
                gradients[t][i] = (float)((random.NextDouble() - 0.4) * Math.Pow(10, i % 5 - 3));
        }

        for (int t = 0; t < Steps; t++)
        {
            for (int i = 0; i < Count; i++)
                expected[i] = reference(i, t + 1, expected[i], gradients[t][i]);
        }

        float[] scalar = Run<T, V1>(optimizer, start, gradients);
        Assert.Equal(scalar, Run<T, V128>(optimizer, start, gradients));
        Assert.Equal(scalar, Run<T, V256>(optimizer, start, gradients));
        Assert.Equal(scalar, Run<T, V512>(optimizer, start, gradients));
        for (int i = 0; i < Count; i++)
            Assert.Equal(expected[i], scalar[i], 4e-6 * (1 + Math.Abs(expected[i])));
    }

    private static float[] Run<T, V>(T optimizer, float[] start, float[][] gradients)
        where T : struct, IOptimizer<T>
        where V : struct, IVector<V>
    {
        float[] weights = [.. start];
        float[] state0 = new float[weights.Length];
        float[] state1 = new float[weights.Length];
        for (int t = 0; t < gradients.Length; t++)
        {
            T prepared = optimizer.Prepare(t + 1);
            for (int i = 0; i < weights.Length; i += V.Count)
            {
                V s0 = V.Load(ref state0[i]);
                V s1 = V.Load(ref state1[i]);
                T.Update(in prepared, V.Load(ref weights[i]), V.Load(ref gradients[t][i]), ref s0, ref s1).Store(ref weights[i]);
                s0.Store(ref state0[i]);
                s1.Store(ref state1[i]);
            }
        }

        // What StateSlots does not ask for is never written.
        if (T.StateSlots < 2)
            Assert.All(state1, value => Assert.Equal(0f, value));
        if (T.StateSlots < 1)
            Assert.All(state0, value => Assert.Equal(0f, value));
        return weights;
    }
}
