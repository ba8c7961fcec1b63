using System.Globalization;
using Xunit;

namespace NetGen.Tests.Parameters;

public class InitializerTests
{
    private const int Many = 40_000;

    [Fact]
    public void Values_depend_on_seed_and_parameter_only()
    {
        float[] first = Draw(Initializer.Normal(1f), seed: 1, parameter: 0);
        Assert.Equal(first, Draw(Initializer.Normal(1f), seed: 1, parameter: 0));
        Assert.NotEqual(first, Draw(Initializer.Normal(1f), seed: 2, parameter: 0));
        Assert.NotEqual(first, Draw(Initializer.Normal(1f), seed: 1, parameter: 1));

        float[] part = new float[100];
        Initializer.Normal(1f).Fill(part, 1, 0);
        Assert.Equal(first[..100], part);
    }

    [Fact]
    public void Uniform_fills_its_interval()
    {
        float[] values = Draw(Initializer.Uniform(-2f, 6f));
        Assert.InRange(values.Min(), -2f, -1.99f);
        Assert.InRange(values.Max(), 5.99f, 6f);
        CheckMoments(values, mean: 2, deviation: 8 / Math.Sqrt(12));
    }

    [Fact]
    public void Distributions_have_their_moments()
    {
        CheckMoments(Draw(Initializer.Normal(0.5f, mean: 3f)), 3, 0.5);
        CheckMoments(Draw(Initializer.GlorotUniform(300, 500)), 0, Math.Sqrt(2.0 / 800));
        CheckMoments(Draw(Initializer.GlorotNormal(300, 500)), 0, Math.Sqrt(2.0 / 800));
        CheckMoments(Draw(Initializer.HeUniform(200)), 0, 0.1);
        CheckMoments(Draw(Initializer.HeNormal(200)), 0, 0.1);
        CheckMoments(Draw(Initializer.LeCunUniform(100)), 0, 0.1);
        CheckMoments(Draw(Initializer.LeCunNormal(100)), 0, 0.1);
        CheckMoments(Draw(Initializer.PyTorch(300)), 0, 1 / Math.Sqrt(900));
        Assert.All(Draw(Initializer.PyTorch(100)), value => Assert.InRange(value, -0.1f, 0.1f));
        // The variance of a standard normal cut at ±2 is 1 − 4·φ(2) / (2·Φ(2) − 1).
        float[] truncated = Draw(Initializer.TruncatedNormal(0.5f, mean: 3f));
        CheckMoments(truncated, 3, 0.5 * Math.Sqrt(1 - 4 * 0.05399096651 / 0.95449973610));
        Assert.All(truncated, value => Assert.InRange(value, 2f, 4f));
        Assert.InRange(truncated.Max(), 3.99f, 4f);
        Assert.All(Draw(Initializer.Constant(-3f)), value => Assert.Equal(-3f, value));
        Assert.All(Draw(Initializer.Ones), value => Assert.Equal(1f, value));
        Assert.All(Draw(default), value => Assert.Equal(0f, value));
    }

    [Theory]
    [InlineData(40, 40)]
    [InlineData(65, 7)]
    [InlineData(7, 65)]
    [InlineData(1, 5)]
    public void Orthogonal_rows_or_columns_are(int rows, int columns)
    {
        float[] values = new float[rows * columns];
        Initializer.Orthogonal(rows, columns, gain: 2f).Fill(values, 5, 1);
        int count = Math.Min(rows, columns);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                double dot = 0;
                for (int k = 0; k < Math.Max(rows, columns); k++)
                    dot += rows > columns ? values[k * columns + i] * (double)values[k * columns + j] : values[i * columns + k] * (double)values[j * columns + k];
                Assert.Equal(i == j ? 4 : 0, dot, 1e-5);
            }
        }

        float[] other = new float[rows * columns];
        Initializer.Orthogonal(rows, columns, gain: 2f).Fill(other, 6, 1);
        Assert.NotEqual(values, other);
    }

    [Fact]
    public void Identity_gives_what_it_gets()
    {
        float[] values = new float[6];
        Initializer.Identity(2, 3, gain: 0.5f).Fill(values, 1, 1);
        Assert.Equal([0.5f, 0, 0, 0, 0.5f, 0], values);
        // The middle of a kernel of 3 × 3 between two channels.
        float[] kernel = new float[9 * 4];
        Initializer.Identity(2, 2).Fill(kernel, 1, 1);
        Assert.Equal([1f, 0, 0, 1], kernel[16..20]);
        Assert.Equal(2f, kernel.Sum());
    }

    [Fact]
    public void A_layout_initializes_all_its_parameters_and_clears_the_gaps()
    {
        ParameterLayout layout = new(
            [new("a", [5], 0, Initializer.Normal(1f)), new("b", [5], 16, Initializer.Normal(1f)), new("c", [2], 32, Initializer.Ones)], 48, "Net");
        float[] weights = new float[48];
        weights.AsSpan().Fill(float.NaN);
        layout.Initialize(weights, 9);

        float[] b = new float[5];
        Initializer.Normal(1f).Fill(b, 9, 1);
        Assert.Equal(b, weights[16..21]);
        Assert.NotEqual(weights[..5], weights[16..21]);
        Assert.Equal([1f, 1f], weights[32..34]);
        Assert.All([.. weights[5..16], .. weights[21..32], .. weights[34..]], value => Assert.Equal(0f, value));
        Assert.Throws<ArgumentException>(() => layout.Initialize(new float[47], 9));
    }

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.Constant(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.Normal(-1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.Normal(float.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.Uniform(1f, 0f));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.Uniform(-float.MaxValue, float.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.HeNormal(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.GlorotUniform(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.Ones.Fill(new float[1], 0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.TruncatedNormal(-1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.Orthogonal(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.Identity(1, 1, float.NaN));
        Initializer.GlorotUniform(int.MaxValue, int.MaxValue);
    }

    [Fact]
    public void Text_is_invariant()
    {
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        Assert.Equal("Uniform(-0.5, 0.5)", Initializer.Uniform(-0.5f, 0.5f).ToString());
        Assert.Equal("Normal(0.25, mean: 0)", Initializer.Normal(0.25f).ToString());
        Assert.Equal("TruncatedNormal(0.25, mean: 0)", Initializer.TruncatedNormal(0.25f).ToString());
        Assert.Equal("Orthogonal(2, 3, gain: 0.5)", Initializer.Orthogonal(2, 3, 0.5f).ToString());
        Assert.Equal("Constant(0)", default(Initializer).ToString());
    }

    private static float[] Draw(Initializer initializer, ulong seed = 42, int parameter = 3)
    {
        float[] values = new float[Many];
        initializer.Fill(values, seed, parameter);
        return values;
    }

    private static void CheckMoments(float[] values, double mean, double deviation)
    {
        double actualMean = values.Average(value => (double)value);
        double variance = values.Average(value => (value - actualMean) * (value - actualMean));
        Assert.Equal(mean, actualMean, 5 * deviation / Math.Sqrt(values.Length));
        Assert.Equal(deviation, Math.Sqrt(variance), 0.02 * deviation);
    }
}
