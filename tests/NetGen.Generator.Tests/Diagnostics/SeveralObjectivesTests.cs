using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>Fit and Evaluate of a network without an objective, and of one with several: the error says what this network has instead.</summary>
public class SeveralObjectivesTests
{
    private const string Network =
        """
        [Network]
        public sealed partial class Gan
        {
            private readonly Layer generator = Dense(2), critic = Dense(1);
            public Tensor Forward([Shape(8)] Tensor noise) => generator(noise);
            [Objective(Updates = [nameof(generator)])] public Tensor GeneratorLoss(Tensor noise) => Mean(Softplus(-critic(Forward(noise))));
            [Objective(Updates = [nameof(critic)])] public Tensor Loss(Tensor noise, [Shape(2)] Tensor real) => Mean(Softplus(critic(Forward(noise)))) + Mean(Softplus(-critic(real)));
        }
        [Network]
        public sealed partial class Plain
        {
            private readonly Layer layer = Dense(2);
            public Tensor Forward([Shape(8)] Tensor x) => layer(x);
        }
        """;

    [Theory]
    [InlineData(
        "static object Use(Gan gan, Dataset data) => gan.Fit(data, null, static step => new Adam(1e-3f));", "Fit",
        "'Gan' has 2 objectives", "new ObjectiveSteps<Adam>(nameof(Gan.GeneratorLoss), step => …), new ObjectiveSteps<Adam>(nameof(Gan.Loss), step => …)).")]
    [InlineData("static object Use(Plain plain, Dataset data) => plain.Fit(data);", "Fit", "'Plain' has no [Objective]")]
    [InlineData("static object Use(Plain plain, Dataset data) => plain.Fit<Adam>(data, new FitOptions());", "Fit<Adam>", "'Plain' has no [Objective]")]
    [InlineData("static object Use(Plain plain, Dataset data) => Training.Fit(plain, data, null, new Adam(1e-3f));", "Fit", "'Plain' has no [Objective]")]
    [InlineData("static Func<Dataset, FitOptions, History> Use(Plain plain) => plain.Fit;", "Fit", "'Plain' has no [Objective]")]
    [InlineData("static object Use(INetwork network, Dataset data) => network.Evaluate(data);", "Evaluate", "Take an ITrainable, or an IMultiObjective")]
    public void Is_one_error(string use, string place, params string[] messages)
    {
        var found = Assert.Single(Compiled.All(Network, $"static class Callers {{ {use} }}"));

        Assert.Equal(("NG0508", place), (found.Id, found.Text));
        Assert.All(messages, message => Assert.Contains(message, found.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("static object Use(Gan gan, Dataset data) => gan.Fit(data);")]
    [InlineData("static object Use(Gan gan, Dataset data) => gan.Fit<Sgd>(data, new FitOptions());")]
    [InlineData("static object Use(Gan gan, Dataset data) => Training.Fit(gan, data, null, new Adam(1e-3f));")]
    [InlineData("static object Use(Gan gan, Dataset data) => gan.Fit(data, null, new ObjectiveSteps<Adam>(nameof(Gan.Loss), new Adam(1e-3f)), new ObjectiveSteps<Sgd>(\"GeneratorLoss\", step => new Sgd(1f / step)));")]
    [InlineData("static Func<Dataset, FitOptions, History> Use(Gan gan) => gan.Fit;")]
    [InlineData("static object Use(Gan gan, Dataset data) => gan.Evaluate(data);")]
    [InlineData("static object Use(IMultiObjective network, Dataset data) => network.Evaluate(data);")]
    public void Several_objectives_are_trained_too(string use) => Assert.Empty(Compiled.All(Network, $"static class Callers {{ {use} }}"));

    [Fact]
    public void An_extension_of_the_users_own_comes_first() => Assert.Empty(Compiled.All(
        Network, "static class Callers { public static int Fit(this Gan gan, Dataset data) => 1; static int Use(Gan gan, Dataset data) => gan.Fit(data); }"));
}
