using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>Indices and labels where numbers belong, numbers where indices belong, and weights that a layer has not.</summary>
public class IndexTests
{
    [Theory]
    [InlineData("Dense(4)", "layer(words)", "NG0220", "Dense(4)", "Dense works on numbers; these are labels or indices.")]
    [InlineData("Embedding(5, 4)", "layer(words) + Relu(words)", "NG0220", "words", "Relu works on numbers; these are labels or indices.")]
    [InlineData("Embedding(5, 4)", "layer(words) + Mean(kind)", "NG0220", "kind", "Mean works on numbers; these are labels or indices.")]
    [InlineData("Embedding(5, 4)", "Pick(layer(words), kind)", "NG0402", "kind", "Pick: the rows of [3, 4] need indices [3], or several for each row in a dimension behind these; got [].")]
    [InlineData("Embedding(5, 4)", "Gather(layer(words), kind, 2)", "NG0404", "2", "Axis 2 is outside the 2 dimensions of [3, 4]")]
    [InlineData("Embedding(5, 4)", "OneHot(kind, 0) + Mean(layer(words))", "NG0301", "0", "'count' must be at least 1; it is 0.")]
    [InlineData("Embedding(5, 4)", "Gradient(layer(words), words)", "NG0220", "words", "Gradient works on numbers; these are labels or indices.")]
    [InlineData("Embedding(5, 4)", "Ctc(layer(words), kind)", "NG0402", "kind", "Ctc: a target is labels in their order, [Shape(count)] or one at each step of a [Sequence] of their own; 'target' is [].")]
    [InlineData("Embedding(5, 4)", "Ctc(layer(words)[0], words)", "NG0401", "layer(words)[0]", "Ctc expects logits [steps, classes], or [classes] at each step of a [Sequence]; got [4].")]
    [InlineData("Embedding(5, 4)", "Ctc(layer(words), words, blank: 4)", "NG0301", "4", "'blank' must be one of the 4 classes, beside another; it is 4.")]
    [InlineData("Embedding(5, 4)", "Ctc(layer(words)[..2], words)", "NG0402", "words", "Ctc: 2 steps cannot say 3 labels: there is at most one a step, and one less for each that repeats the one before.")]
    [InlineData("Embedding(5, 4)", "Ctc(layer(words)[..2], words, ignoreIndex: -1) + Ctc(words, words)", "NG0220", "words", "Ctc works on numbers; these are labels or indices.")]
    [InlineData("Sequential(Embedding(5, 4), Dense(3), Dense(2))", "layer(words) * Sum(layer.Weight)", "NG0818", "layer", "'layer' has 3 tensors called 'weight'.")]
    [InlineData("Sequential(Embedding(5, 4), Dense(3), Dense(2))", "layer.Weight + Mean(layer(words))", "NG0818", "layer", "is not known here, because no tensor has gone through it yet")]
    [InlineData("Embedding(5, 4)", "layer(words) * Sum(layer.Bias)", "NG0818", "layer", "'layer' has no bias.")]
    public void Is_an_error_at_the_argument(string layer, string result, string id, string text, string message)
    {
        var found = Assert.Single(Compiled.Diagnose(
            $$"""
            [Network]
            public sealed partial class Net
            {
                private readonly Layer layer = {{layer}};
                public Tensor Forward([Shape(3)] Indices words, Labels kind) => {{result}};
            }
            """));
        Assert.Equal((id, text), (found.Id, found.Text));
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_all_forms_compile() => Assert.Empty(Compiled.All(
        """
        [Network, Input(8)]
        [Embedding(100, 4, PaddingIndex = 0), Flatten, Dense(3)]
        [Objective(Loss.CrossEntropy)]
        public sealed partial class Stack;

        [Network]
        public sealed partial class Decoder
        {
            private readonly Layer words = Embedding(50, 8, paddingIndex: 1, init: Init.Normal(0.02f));
            private readonly Layer blocks = Repeat(2, () => Sequential(Dense(8), Tanh));
            public Tensor Forward([Shape(6)] Indices tokens) => MatMul(blocks(words(tokens)), Transpose(words.Weight));
            [Objective] public Tensor Loss(Indices tokens, [Shape(6)] Labels next) => CrossEntropy(Forward(tokens), next);
        }

        [Network]
        public sealed partial class Classes
        {
            private readonly Layer kinds = Embedding(10, 4);
            private readonly Layer q = Sequential(Dense(16), Tanh, Dense(3));
            public Tensor Forward([Shape(4)] Tensor x, Labels kind) => q(x + kinds(kind));
            [Objective] public Tensor Loss(Tensor x, Labels kind, Indices action, [Shape] Tensor target) => Huber(Pick(Forward(x, kind), action), target);
        }

        public static class Caller
        {
            public static void Run(int[] tokens, float[] x, int[] kinds)
            {
                using var stack = new Stack(seed: 1);
                stack.Step(tokens, kinds, new Sgd(0.1f));
                using var decoder = new Decoder(seed: 1);
                float[] scores = decoder.Predict(tokens);
                decoder.Step(tokens, tokens, new Adam());
                using var classes = new Classes(seed: 1);
                classes.Predict(x, kinds);
                classes.Step(x, kinds, kinds, x, new Adam());
            }
        }
        """));
}
