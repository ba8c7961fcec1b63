using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Reading;

/// <summary>What weights are called: as PyTorch would call those of the same modules.</summary>
public class NamingTests
{
    [Theory]
    [InlineData("readonly Layer layer = Dense(3);", "layer(x)", "layer.weight layer.bias")]
    [InlineData("readonly Layer layer = Dense(3, bias: false);", "layer(x)", "layer.weight")]
    [InlineData("readonly Layer a = Dense(3); readonly Layer b = Dense(3);", "a(b(x))", "a.weight a.bias b.weight b.bias")]
    [InlineData("readonly Layer a = Dense(3), b = Dense(3, false);", "b(a(x))", "a.weight a.bias b.weight")]
    [InlineData("readonly Layer s = Sequential(Relu, Sequential(Dense(3, false), Relu), Dense(3, false));", "s(x)", "s.1.0.weight s.2.weight")]
    [InlineData("readonly Layer s = Repeat(2, () => Dense(3, false));", "s(x)", "s.0.weight s.1.weight")]
    [InlineData("readonly Layer s = Repeat(2, i => Dense(3 - i, false));", "s(x)", "s.0.weight s.1.weight")]
    [InlineData("readonly Layer[] s = [Dense(3, false), Dense(3, false)];", "s[1](s[0](x))", "s.0.weight s.1.weight")]
    [InlineData("readonly Layer[] s = new Layer[] { Dense(3, false) };", "s[0](x)", "s.0.weight")]
    [InlineData("readonly List<Layer> s = [Dense(3, false)];", "s[0](x)", "s.0.weight")]
    [InlineData("readonly (Layer A, Layer B) s = (Dense(3, false), Dense(3, false));", "s.B(s.A(x))", "s.0.weight s.1.weight")]
    [InlineData("Layer Body { get; } = Dense(3, false);", "Body(x)", "Body.weight")]
    [InlineData("readonly Parameter p = Parameter(3);", "x * p", "p")]
    [InlineData("readonly Parameter[] p = [Parameter(3), Parameter()];", "x * p[0] + p[1]", "p.0 p.1")]
    [InlineData("readonly Layer s = Repeat(2, () => Residual(Sequential(Dense(3, false))));", "s(x)", "s.0.inner.0.weight s.1.inner.0.weight")]
    [InlineData("readonly Layer s = Residual(Residual(Dense(3, false)));", "s(x)", "s.inner.inner.weight")]
    [InlineData("readonly Layer s = Two();", "s(x)", "s.first.weight s.second.weight")]
    [InlineData("readonly Layer s = Deep();", "s(x)", "s.Inner.kept.weight")]
    [InlineData("readonly Inner inner = new(3);", "inner.Forward(x)", "inner.layer.weight inner.more.0.weight")]
    [InlineData("readonly Inner[] inners = [new(3), new Inner(3)];", "inners[1].Forward(inners[0].Forward(x))", "inners.0.layer.weight inners.0.more.0.weight inners.1.layer.weight inners.1.more.0.weight")]
    [InlineData("readonly Layer s = Sequential(new Inner(3).Forward, Relu);", "s(x)", "s.0.layer.weight s.0.more.0.weight")]
    [InlineData("readonly Holder h = new(Dense(3, false));", "h.Forward(x)", "h.kept.weight")]
    [InlineData("readonly Outer outer = new();", "outer.Forward(x)", "outer.inner.layer.weight outer.inner.more.0.weight")]
    [InlineData("readonly Layer s = Dense(3, false); readonly Layer t = Sequential(Relu, Dense(3, false));", "t(s(t(s(x))))", "s.weight t.1.weight")]
    public void Weights_are_named_after_where_they_are_held(string fields, string forward, string expected) =>
        Assert.Equal(expected, string.Join(" ", Model(fields, forward).Parameters.Select(p => p.Name)));

    [Fact]
    public void A_layer_called_twice_has_one_set_of_weights() => Assert.Equal(2, Model("readonly Layer layer = Dense(3);", "layer(layer(x))").Parameters.Count);

    [Fact]
    public void A_layer_held_twice_has_the_first_name() => Assert.Equal(
        ["s.0.weight"], Model("readonly Layer s = Shared();", "s(x)").Parameters.Select(p => p.Name));

    [Fact]
    public void Parameters_are_in_the_order_of_fields_whatever_the_order_of_calls() => Assert.Equal(
        ["a.weight", "b.weight"], Model("readonly Layer a = Dense(3, false), b = Dense(3, false);", "a(b(x))").Parameters.Select(p => p.Name));

    [Fact]
    public void Nodes_are_named_after_layers_inputs_and_methods()
    {
        var graph = Model("readonly Layer s = Sequential(Dense(3, false), Residual(Relu));", "s(x) * 2").Methods[0].Graph;

        Assert.Equal(["x", "s_0", "s_0", "s_1_inner", "s_1", "forward", "forward"], graph.Nodes.Select(n => n.Name));
    }

    [Theory]
    [InlineData("Dense(5, init: Init.PyTorch)", "PyTorch")]
    [InlineData("Dense(5, init: Init.PyTorch, biasInit: Init.Ones)", "Constant")]
    [InlineData("Dense(5, init: Init.HeNormal)", "Constant")]
    [InlineData("Sequential(Reshape(1, 1, 3), Conv2D(5, 1, init: Init.PyTorch))", "PyTorch")]
    public void PyTorchs_word_is_for_the_bias_as_well(string layer, string bias)
    {
        var initializer = Model($"readonly Layer layer = {layer};", "layer(x)").Parameters[1].Initializer;

        Assert.Equal((bias, 3, 5), (initializer.Kind, initializer.FanIn, initializer.FanOut));
    }

    [Theory]
    [InlineData("Init.HeNormal", "HeNormal", 3, 5)]
    [InlineData("Init.Normal(0.02f)", "Normal 0.02 0", 3, 5)]
    [InlineData("Init.Normal(mean: 1, std: 2)", "Normal 2 1", 3, 5)]
    [InlineData("Init.Uniform(-1, 1)", "Uniform -1 1", 3, 5)]
    [InlineData("Init.PyTorch", "PyTorch", 3, 5)]
    [InlineData("Init.Orthogonal(0.5f)", "Orthogonal 0.5", 3, 5)]
    [InlineData("Init.TruncatedNormal(mean: 1, std: 2)", "TruncatedNormal 2 1", 3, 5)]
    [InlineData("Init.Zeros", "Constant 0", 3, 5)]
    [InlineData("Init.Ones", "Constant 1", 3, 5)]
    [InlineData("null", "GlorotUniform", 3, 5)]
    public void Initializers(string init, string expected, int fanIn, int fanOut)
    {
        var initializer = Model($"readonly Layer layer = Dense(5, init: {init});", "layer(x)").Parameters[0].Initializer;

        Assert.Equal((expected, fanIn, fanOut), (string.Join(" ", initializer.Arguments.Select(a => a.ToString(System.Globalization.CultureInfo.InvariantCulture)).Prepend(initializer.Kind)), initializer.FanIn, initializer.FanOut));
    }

    [Theory]
    [InlineData("Parameter(2, 3, 4, 5)", "[2, 3, 4, 5]", "GlorotUniform", 24, 30)]
    [InlineData("Parameter(7, 9, Init.Normal(0.02f))", "[7, 9]", "Normal", 7, 9)]
    [InlineData("Parameter([4], Init.Ones)", "[4]", "Constant", 4, 4)]
    [InlineData("Parameter()", "[]", "GlorotUniform", 1, 1)]
    public void Bare_parameters(string parameter, string dims, string kind, int fanIn, int fanOut)
    {
        var model = Model($"readonly Parameter p = {parameter};", "x + Sum(p)").Parameters[0];

        Assert.Equal((dims, kind, fanIn, fanOut), (model.Dims.ToString(), model.Initializer.Kind, model.Initializer.FanIn, model.Initializer.FanOut));
    }

    private static NetworkModel Model(string fields, string forward) => Compiled.Model(
        $$"""
        [Network]
        public partial class Inner(int width)
        {
            private readonly Layer layer = Dense(width, bias: false);
            private readonly Layer more = Sequential(Dense(width, bias: false));
            public Tensor Forward(Tensor x) => more(layer(x));
        }

        [Network]
        public partial class Holder(Layer kept)
        {
            public Tensor Forward(Tensor x) => kept(x);
        }

        [Network]
        public partial class Outer
        {
            private readonly Inner inner = new(3);
            public Tensor Forward([Shape(3)] Tensor x) => inner.Forward(x);
        }

        [Network]
        public partial class Net
        {
            private {{fields}}
            public Tensor Forward([Shape(3)] Tensor x) => {{forward}};

            private static Layer Residual(Layer inner) => x => x + inner(x);

            private static Layer Two()
            {
                var (first, second) = (Dense(3, false), Dense(3, false));
                return x => second(first(x));
            }

            private static Layer Deep()
            {
                var kept = Dense(3, false);
                return Apply;

                Tensor Apply(Tensor x) => Inner(x);
                Tensor Inner(Tensor x) => kept(x);
            }

            private static Layer Shared()
            {
                var one = Dense(3, false);
                return Sequential(one, Relu, one);
            }
        }
        """, "Net");
}
