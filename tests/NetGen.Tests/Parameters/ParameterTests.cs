using Xunit;

namespace NetGen.Tests.Parameters;

public class ParameterTests
{
    [Fact]
    public void Parameters_are_found_by_position_and_by_name()
    {
        float[] weights = new float[48];
        NetworkParameters parameters = new(Layout(), weights);

        Assert.Equal(2, parameters.Count);
        Assert.Equal(9, parameters.TotalLength);
        Assert.Equal("fc.bias", parameters[1].Name);
        Assert.Equal([2, 3], parameters["fc.weight"].Shape.ToArray());
        Assert.Equal(["fc.weight", "fc.bias"], parameters.Select(parameter => parameter.Name));
        Assert.True(parameters.TryGet("fc.bias", out NetworkParameter? bias));
        Assert.Equal("fc.bias [3]", bias.ToString());
        Assert.False(parameters.TryGet("fc", out _));

        bias.Values.Fill(5f);
        Assert.Equal(5f, weights[18]);
        Assert.Equal(0f, weights[19]);

        Assert.Throws<ArgumentOutOfRangeException>(() => parameters[2]);
        KeyNotFoundException e = Assert.Throws<KeyNotFoundException>(() => parameters["fc.wieght"]);
        Assert.Equal("Net has no parameter 'fc.wieght'; it has: fc.weight, fc.bias.", e.Message);
    }

    [Fact]
    public void Weights_must_have_the_length_of_the_layout() =>
        Assert.Contains("has 3 floats", Assert.Throws<ArgumentException>(() => new NetworkParameters(Layout(), new float[3])).Message, StringComparison.Ordinal);

    [Fact]
    public void Layouts_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Spec("a", [2], 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => Spec("a", [2], -16));
        Assert.Throws<ArgumentOutOfRangeException>(() => Spec("a", [-2], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Spec("a", [1 << 16, 1 << 16], 0));
        Assert.Throws<ArgumentException>(() => Spec("", [2], 0));
        Assert.Throws<ArgumentException>(() => Spec("a", [2], 0, FileLayout.Linear));
        Assert.Throws<ArgumentException>(() => Spec("a", [2, 2], 0, FileLayout.Convolution));

        Assert.Contains("two parameters named 'a'", Throws(Spec("a", [2], 0), Spec("a", [2], 16)), StringComparison.Ordinal);
        Assert.Contains("'b' starts at 16, inside 'a', which ends at 17", Throws(Spec("b", [2], 16), Spec("a", [17], 0)), StringComparison.Ordinal);
        Assert.Contains("'a' ends at 33, past the 32 floats of Net", Throws(Spec("a", [17], 16)), StringComparison.Ordinal);

        static string Throws(params ParameterSpec[] specs) =>
            Assert.Throws<ArgumentException>(() => new ParameterLayout(specs, 32, "Net")).Message;
    }

    [Fact]
    public void Shapes_are_not_shared_with_the_caller()
    {
        int[] shape = [2, 3];
        ParameterSpec spec = Spec("a", shape, 0);
        shape[0] = 7;
        Assert.Equal([2, 3], spec.Shape.ToArray());
    }

    [Fact]
    public void A_scalar_has_one_value_and_an_empty_dimension_none()
    {
        Assert.Equal(1, Spec("scale", [], 0).Length);
        Assert.Equal(0, Spec("none", [0, 1 << 30, 1 << 30], 0).Length);
    }

    private static ParameterLayout Layout() => new([Spec("fc.weight", [2, 3], 0, FileLayout.Linear), Spec("fc.bias", [3], 16)], 48, "Net");

    private static ParameterSpec Spec(string name, int[] shape, int offset, FileLayout layout = FileLayout.AsIs) =>
        new(name, shape, offset, Initializer.Zeros, layout);
}
