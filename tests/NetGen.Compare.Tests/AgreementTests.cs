using Xunit;

namespace Comparison;

public sealed class AgreementTests
{
    [Fact]
    public void The_difference_is_a_part_of_the_largest_number() => Assert.Equal(0.5 / 8, Agreement.Difference([1, -8, 2], [1, -8, 2.5f]));

    [Fact]
    public void Equal_zeros_do_not_differ() => Assert.Equal(0, Agreement.Difference([0, 0], [0, 0]));

    [Fact]
    public void Something_beside_zeros_does_not_hold() => Assert.False(new Agreement(Agreement.Difference([0, 0], [0, 1e-30f]), 0, 0).Holds);

    [Theory]
    [InlineData(float.NaN, 1f)]
    [InlineData(1f, float.NaN)]
    [InlineData(float.PositiveInfinity, 1f)]
    public void What_is_no_number_does_not_hold(float expected, float actual) =>
        Assert.False(new Agreement(0, Agreement.Difference([expected, 1], [actual, 1]), 0).Holds);

    [Fact]
    public void Other_lengths_are_an_error() => Assert.Throws<InvalidOperationException>(() => Agreement.Difference([1, 2], [1]));

    /// <summary>0.75 − 1e-9 is 0.75 in float: the gradient cannot be read off more exactly than that.</summary>
    [Fact]
    public void Rounding_of_the_weight_is_no_difference_of_the_gradient() => Assert.Equal(0, Agreement.GradientDifference([1e-9f], [0.75f], [0.75f]));

    [Fact]
    public void A_gradient_that_is_wrong_by_a_thousandth_does_not_hold()
    {
        float[] expected = [0.25f, -0.5f], before = [1f, 1f];
        var right = Agreement.GradientDifference(expected, before, [0.75f, 1.5f]);
        var wrong = Agreement.GradientDifference(expected, before, [0.75f, 1.5005f]);
        Assert.True(new Agreement(0, 0, right).Holds);
        Assert.False(new Agreement(0, 0, wrong).Holds);
    }

    /// <summary>What is added before a batch norm has no gradient: rounding of the size of the terms is all there is.</summary>
    [Fact]
    public void Sums_that_cancel_are_measured_by_their_terms()
    {
        Assert.Equal(1, Agreement.GradientDifference([1e-7f], [0.5f], [0.5f - 2e-7f]), 0.5);
        Assert.Equal(1e-6, Agreement.GradientDifference([1e-7f], [0.5f], [0.5f - 2e-7f], terms: 0.1), 1e-6);
    }

    [Fact]
    public void Gradients_may_be_as_rounded_as_the_peers_and_no_more()
    {
        Assert.True(new Agreement(0, 0, 3e-3, PeersGradients: 2e-3).Holds);
        Assert.False(new Agreement(0, 0, 9e-3, PeersGradients: 2e-3).Holds);
        Assert.False(new Agreement(0, 0, 3e-3).Holds);
    }
}
