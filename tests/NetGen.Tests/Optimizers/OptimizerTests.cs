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

    [Fact]
    public void The_defaults_are_PyTorchs()
    {
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
