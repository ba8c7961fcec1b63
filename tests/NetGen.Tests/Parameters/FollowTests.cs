using Xunit;

namespace NetGen.Tests.Parameters;

public sealed class FollowTests
{
    private static NetworkParameters Parameters(params (string Name, int Length)[] parts)
    {
        ParameterSpec[] specs = [.. parts.Select((part, i) => new ParameterSpec(part.Name, [part.Length], 16 * i, Initializer.Zeros))];
        return new(new ParameterLayout(specs, 16 * specs.Length, "Net"), [.. Enumerable.Range(0, 16 * specs.Length).Select(i => (float)i)]);
    }

    [Fact]
    public void One_part_becomes_a_copy_of_another_and_no_other_changes()
    {
        NetworkParameters parameters = Parameters(
            ("online.0.weight", 2), ("online.0.bias", 1), ("target.0.weight", 2), ("target.0.bias", 1), ("targets.0.bias", 1));
        parameters.Follow("target", "online");
        Assert.Equal([0, 1, 16, 0, 1, 16, 64], parameters.SelectMany(parameter => parameter.Values.ToArray()));
    }

    [Fact]
    public void It_moves_by_the_share()
    {
        // Of any length: whole vectors, and what is left.
        foreach (int length in new[] { 1, 2, 15, 16 })
        {
            NetworkParameters parameters = Parameters(("a", length), ("b", length));
            parameters.Follow("b", "a", 0.25f);
            Assert.Equal(Enumerable.Range(0, length).Select(i => 16 + i - 4f), parameters["b"].Values.ToArray());
            Assert.Equal(Enumerable.Range(0, length).Select(i => (float)i), parameters["a"].Values.ToArray());
        }
    }

    [Fact]
    public void Parts_that_differ_are_refused_and_nothing_changes()
    {
        NetworkParameters parameters = Parameters(("a.x", 2), ("a.y", 2), ("b.x", 2), ("b.z", 2), ("c.x", 2), ("d.x", 2), ("d.y", 3));
        Assert.Contains("'b.z [2]' is not like 'a.y [2]'", Refused("b", "a"));
        Assert.Contains("'d.y [3]' is not like 'a.y [2]'", Refused("d", "a"));
        Assert.Contains("'c' has 1 parameters, and 'a' 2", Refused("c", "a"));
        Assert.Contains("Net has no parameter in 'e'; it has: a.x, a.y,", Refused("a", "e"));
        Assert.Throws<ArgumentOutOfRangeException>(() => parameters.Follow("a", "a", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => parameters.Follow("a", "a", float.NaN));
        Assert.Equal([32, 33], parameters["b.x"].Values.ToArray());

        string Refused(string to, string from) => Assert.Throws<ArgumentException>(() => parameters.Follow(to, from)).Message;
    }
}
