using System.Globalization;
using Xunit;

namespace NetGen.Tests.Training;

/// <summary>What a search for a learning rate makes of losses.</summary>
public sealed class RateTestTests
{
    /// <summary>A fall whose middle is at 1e-3, and a rise behind 0.1.</summary>
    [Fact]
    public void The_steepest_place_is_that_of_the_fall()
    {
        RateTest test = new();
        int ended = 0;
        while (ended++ < 200)
        {
            double exponent = -6 + ended / 20.0;
            if (test.Add(Math.Pow(10, exponent), 2 - 1.8 / (1 + Math.Exp(-6 * (exponent + 3))) + Math.Exp(8 * (exponent + 0.5))))
                break;
        }

        // The mean of losses is some steps late.
        Assert.InRange(Math.Log10(Assert.NotNull(test.Steepest)), -3.05, -2.4);
        Assert.InRange(Math.Log10(test.AtLeast), -2, -0.5);
        // Four times the least one, and not before.
        Assert.InRange(ended, 100, 130);
        Assert.True(test.Points[^1].Smoothed > RateTest.Diverged * test.Points.Min(point => point.Smoothed));
        Assert.All(test.Points.SkipLast(1).Select((point, i) => (point, i)), at =>
            Assert.True(at.point.Smoothed <= RateTest.Diverged * test.Points.Take(at.i + 1).Min(point => point.Smoothed)));
    }

    [Fact]
    public void The_first_losses_are_a_mean_without_the_zero_before_them()
    {
        RateTest test = new();
        test.Add(1, 3);
        test.Add(2, 3);
        Assert.Equal([3, 3], test.Points.Select(point => Math.Round(point.Smoothed, 12)));
        Assert.Null(test.Steepest);
        Assert.Equal("no step was made", new RateTest().ToString());
        Assert.True(double.IsNaN(new RateTest().AtLeast));
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        Assert.Equal("2 rates from 1 to 2; the loss never falls", test.ToString());
        Assert.Equal("RatePoint { Rate = 1, Loss = 3, Smoothed = 3 }", (test.Points[0] with { Smoothed = 3 }).ToString());
    }

    [Fact]
    public void A_network_that_cannot_be_given_back_is_refused() => Assert.Contains(
        "written by hand",
            Assert.Throws<NotSupportedException>(
                () => new LinearModel()
                .FindLearningRate(LinearModel.Data(20), Adam.Default, cancellationToken: TestContext.Current.CancellationToken))
                .Message,
            StringComparison.Ordinal);
}
