using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>Classes that [Variants] makes: what is wrong is said at the attribute, or at the expression that a value does not fit, and what is right compiles.</summary>
public class VariantTests
{
    private static string Network(string attributes, string members = "private const int Width = 8, Depth = 1;", string layers = "Sequential(Dense(Width), Relu, Repeat(Depth, () => Sequential(Dense(3), Relu)), Dense(3))") =>
        $$"""
        [Network, {{attributes}}]
        public sealed partial class Net
        {
            {{members}}
            private readonly Layer layers = {{layers}};
            public Tensor Forward([Shape(4)] Tensor x) => layers(x);
            [Objective] public Tensor Loss(Tensor x, Labels label) => CrossEntropy(Forward(x), label);
        }
        """;

    [Theory]
    [InlineData("Variants(\"Wide\", 4, 8)", "\"Wide\"", "'Net' has no constant 'Wide'. It has 'Width', 'Depth'.")]
    [InlineData("Variants(nameof(layers), 4, 8)", "nameof(layers)", "'layers' is no constant of type int. It has 'Width', 'Depth'.")]
    [InlineData("Variants(\"\", 4, 8)", "\"\"", "'Net' has no constant ''. It has 'Width', 'Depth'.")]
    [InlineData("Variants(nameof(Width), 4, 8, 4)", "4", "4 is stated twice")]
    [InlineData("Variants(nameof(Width))", "Variants(nameof(Width))", "There is no value of 'Width'. State some: [Variants(nameof(Width), 64, 128, 256)].")]
    [InlineData("Variants(nameof(Width), 4), Variants(nameof(Width), 8)", "nameof(Width)", "The variants of 'Width' have been stated already.")]
    [InlineData("Variants(nameof(Width), 1, 2, 3, 4, 5, 6, 7, 8, 9), Variants(nameof(Depth), 1, 2, 3, 4, 5, 6, 7, 8)", "Variants(nameof(Depth), 1, 2, 3, 4, 5, 6, 7, 8)", "'Net' would have 72 variants")]
    public void What_is_wrong_is_said_at_the_attribute(string attributes, string place, string message)
    {
        var found = Assert.Single(Compiled.Diagnose(Network(attributes)));

        Assert.Equal(("NG0128", place), (found.Id, found.Text));
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("private const long Width = 8;", "Dense((int)Width)", "nameof(Width)", "'Width' is no constant of type int. Declare one: private const int Width = 64;")]
    [InlineData("private static readonly int Width = 8;", "Dense(Width)", "nameof(Width)", "'Width' is no constant of type int.")]
    [InlineData("private const int Width = 8;", "Dense(3)", "Variants(nameof(Width), 4, 16)", "'Width' changes nothing: 'Net' is the same network with each of these values.")]
    public void So_is_a_constant_that_cannot_vary(string members, string layers, string place, string message)
    {
        var found = Assert.Single(Compiled.Diagnose(Network("Variants(nameof(Width), 4, 16)", members, layers)));

        Assert.Equal(("NG0128", place), (found.Id, found.Text));
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Variants(\"Width\", 4)] public sealed class Net { private const int Width = 8; }", "'Net' is no network, so it has no variants. Mark it with [Network].")]
    [InlineData(
        "[Network, Variants(nameof(Width), 4)] public sealed class Net(int depth) { private const int Width = 8; private readonly Layer a = Dense(Width + depth); public Tensor Forward(Tensor x) => a(x); }",
        "'Net' has hyper-parameters, so it is a part of other networks and has no variants.")]
    public void So_is_a_class_that_has_none(string source, string message)
    {
        var found = Assert.Single(Compiled.Diagnose(source));

        Assert.Equal("NG0128", found.Id);
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
    }

    /// <summary>The squiggle stands in the text that the user wrote, though another number of another length was read.</summary>
    [Theory]
    [InlineData("Variants(nameof(Width), 8, 1000000, 12)", "private const int Width = 8;")]
    [InlineData("Variants(nameof(Width), 8, 1000000, 12)", "private const int Zero = 0, Width = 4 + 4 + Zero;")]
    public void A_value_that_does_not_fit_is_an_error_at_the_expression(string attribute, string members)
    {
        var found = Assert.Single(Compiled.Diagnose(Network(attribute, members, "Sequential(Reshape(2, 2), SelfAttention(heads: (Width == 12 ? 3 : 2)), Flatten, Dense(Width % 999996))")));

        Assert.Equal("Width == 12 ? 3 : 2", found.Text);
        Assert.StartsWith("With Width = 12: ", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_said_of_the_network_is_not_said_again_of_its_variants() => Assert.Equal(
        ["NG0811"], Compiled.Diagnose(Network("Variants(nameof(Width), 4, 16)", layers: "Sequential(Dense(Width), Dense(3))")).Select(found => found.Id));

    [Theory]
    [InlineData("Variants(nameof(Width), 4, 16)", "new Net.Width4(seed: 1).Predict(new float[4]); Net.CreateVariant(16).Fit(data); Net.Width16 a = new(); a.Step<Adam>(new float[4], [1]); _ = Net.WidthVariants.Length;")]
    [InlineData("Variants(nameof(Width), 4, 16), Variants(nameof(Depth), 1, 2)", "new Net.Width4_Depth2().Fit(data); Net.CreateVariant(16, depth: 2, seed: 4).Fit(data); _ = Net.DepthVariants[0];")]
    [InlineData("Variants(\"Width\", values: new int[] { 4, 16 })", "new Net.Width4().Save(\"\");")]
    public void What_is_made_of_it_compiles(string attributes, string use) => Assert.DoesNotContain(
        Compiled.All(Network(attributes), $"static class Callers {{ static void Use(Dataset data) {{ {use} }} }}"), found => found.Id != "NG0814");

    [Theory]
    [InlineData("private const int V = 8, seed = 2;", "Dense(V + seed)", "Variants(nameof(V), 1, 128), Variants(nameof(seed), 3, 4)", "new Net.V1_Seed3(); Net.CreateVariant(v: 1, seed2: 3, seed: 5);")]
    [InlineData("private const int @class = 8;", "Dense(@class)", "Variants(nameof(@class), 4, 16)", "new Net.Class4(); Net.CreateVariant(@class: 4);")]
    [InlineData("private const int Shift = -2;", "Sequential(Dense(3), x => x + Shift)", "Variants(nameof(Shift), -1, 1)", "new Net.ShiftMinus1();")]
    [InlineData("private const int Width = 8; private const int Twice = 2 * Width;", "Sequential(Dense(Twice), Reshape(Width, 2), Flatten)", "Variants(nameof(Width), 4, 16)", "new Net.Width4();")]
    [InlineData("private const int Width = 8; public void Dispose() => DisposeNetwork(); private readonly int networkState = 3;", "Dense(Width)", "Variants(nameof(Width), 4, 16)", "new Net.Width4().Dispose();")]
    public void So_it_does_with_any_names(string members, string layers, string attributes, string use) =>
        Assert.DoesNotContain(
            Compiled.All(Network(attributes, members, layers), $"static class Callers {{ static void Use() {{ {use} }} }}"), found => found.Id is not ("NG0814" or "CS0414"));

    /// <summary>The attribute form, a constant in another file than the layers, several objectives, no objective, sessions, a network for CUDA too.</summary>
    [Theory]
    [InlineData(
        "[Network, Variants(nameof(Width), 4, 16), Input(8)] [Dense(Width), Relu, Dense(3)] [Objective(Loss.CrossEntropy)] public sealed partial class Net { private const int Width = 8; }",
        "Net.CreateVariant(4).Fit(data);")]
    [InlineData(
        "namespace Deep.Down { [Network, Variants(nameof(Width), 4, 16)] public sealed partial class Net { private readonly Layer a = Dense(Width); public Tensor Forward([Shape(8)] Tensor x) => a(x); } }",
        "IPredictor net = Deep.Down.Net.CreateVariant(4); new Deep.Down.Net.Width16().Predict(new float[8], new float[16]);",
        "namespace Deep.Down { partial class Net { private const int Width = 8; } }")]
    [InlineData(
        "[Network, Variants(nameof(Width), 4, 16)] public sealed partial class Net { private const int Width = 8; private readonly Layer a = Dense(Width), b = Dense(1); public Tensor Forward([Shape(8)] Tensor x) => b(a(x));"
        + " [Objective(Updates = [nameof(a)])] public Tensor ALoss(Tensor x) => Mean(Forward(x)); [Objective(Updates = [nameof(b)])] public Tensor BLoss(Tensor x) => Mean(Square(Forward(x))); }",
        "Net.CreateVariant(4).Fit(data); new Net.Width4().StepA<Adam>(new float[8]);")]
    [InlineData(
        "[Network, Variants(nameof(Longest), 4, 16)] public sealed partial class Net { private const int Longest = 8; private readonly Layer a = Sequential(Embedding(9, 4), CausalSelfAttention(heads: 2));"
        + " [Sessions] public Tensor Forward([Sequence(max: Longest)] Indices x) => a(x); }",
        "new Net.Longest4().Start().Append([1], new float[4]);")]
    public void So_it_does_for_networks_of_all_kinds(string network, string use, string other = "") => Assert.DoesNotContain(
        Compiled.All(network, other, $"static class Callers {{ static void Use(Dataset data) {{ {use} }} }}"), found => found.Id is not ("NG0814" or "NG0811"));

    [Fact]
    public void So_it_does_for_GPUs() => Assert.DoesNotContain(
        Compiled.AllWithCuda(Network("Variants(nameof(Width), 4, 16)"), "static class Callers { static void Use(Dataset data) { using var net = new Net.Width4(1, Device.Cuda()); net.Fit(data); } }"),
        found => found.Id != "NG0814");

    /// <summary>While the network, or one variant, has an error, nothing else has one.</summary>
    [Theory]
    [InlineData("Dense(Width - 8)", "'units' must be at least 1; it is 0.")]
    [InlineData("Dense(Width - 4)", "With Width = 4: 'units' must be at least 1; it is 0.")]
    public void An_error_is_the_only_one(string layers, string message)
    {
        var found = Assert.Single(Compiled.All(
            Network("Variants(nameof(Width), 4, 16)", layers: layers),
            "static class Callers { static void Use(Dataset data) { using var net = new Net.Width4(seed: 1); net.Fit(data); using var other = Net.CreateVariant(16); other.Fit(data); net.Loss(new float[4], [1]); } }"));

        Assert.Equal(("NG0301", message), (found.Id, found.Message));
    }

    /// <summary>What is typed half is an error of C#, and of nobody else.</summary>
    [Theory]
    [InlineData("private const int Width;")]
    [InlineData("private const int Width = ;")]
    [InlineData("private const int Width = Widht;")]
    [InlineData("private const int Width = 8 / 0;")]
    public void A_constant_without_a_value_is_an_error_of_C_alone(string members)
    {
        var found = Compiled.All(Network("Variants(nameof(Width), 4, 16)", members, "Dense(3)"));

        Assert.NotEmpty(found);
        Assert.All(found, error => Assert.StartsWith("CS", error.Id, StringComparison.Ordinal));
    }

    [Fact]
    public void A_member_in_the_way_is_said()
    {
        var found = Assert.Single(Compiled.All(Network("Variants(nameof(Width), 4, 16)", "private const int Width = 8; private static int Width16 => 3;", "Dense(Width)")));

        Assert.Equal("NG0109", found.Id);
        Assert.Contains("'Width16' is in the way of the member 'Width16' that NetGen generates: it is made for [Variants].", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variants_that_nobody_disposes_of_are_said() => Assert.Equal(
        ["NG0814"],
        Compiled.Diagnose(Network("Variants(nameof(Width), 4, 16)"), "static class Callers { static float[] Use() { var net = new Net.Width4(); return net.Predict(new float[4]); } }").Select(found => found.Id));
}
