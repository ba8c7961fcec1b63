using System.Text;
using NetGen.Generator.Reading;
using NetGen.Generator.Tests.Documentation;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>
/// Names of PyTorch, TorchSharp and Keras: beside C#'s own error stands what is written here, or that it is not there yet.
/// </summary>
public class ForeignNameTests
{
    private const string Page = "docs/coming-from-keras-and-pytorch.md";

    private static readonly (string Title, IReadOnlyList<ForeignName> Names)[] Tables =
    [
        ("Layers", ForeignNames.Layers), ("Functions", ForeignNames.Functions), ("Members of a tensor", ForeignNames.Members), ("Losses", ForeignNames.Losses),
    ];

    [Theory]
    [InlineData("Linear(8)", "Linear", "Write Dense(units).")]
    [InlineData("Conv2d(8, 3)", "Conv2d", "Write Conv2D(filters, kernel).")]
    [InlineData("BatchNorm2d(8)", "BatchNorm2d", "Write BatchNorm().")]
    [InlineData("nn.BatchNorm2d(8)", "nn.BatchNorm2d", "Write BatchNorm().")]
    [InlineData("nn.LSTM(8, 8)", "nn.LSTM", "'LSTM' is a name of another library.")]
    [InlineData("torch.nn.ReLU()", "torch.nn.ReLU", "Write Relu.")]
    [InlineData("keras.layers.MaxPooling2D(2)", "keras.layers.MaxPooling2D", "Write MaxPool2D(pool).")]
    [InlineData("new Linear(8, 8)", "Linear", "Write Dense(units).")]
    [InlineData("dense(8)", "dense", "Write Dense.")]
    public void A_layer_says_what_to_write(string layer, string text, string message) => Is(Network(layer, "x"), text, message);

    [Theory]
    [InlineData("F.relu(x)", "F.relu", "Write Relu.")]
    [InlineData("torch.cat(x, x)", "torch.cat", "Write Concat(axis, tensors).")]
    [InlineData("x.view(4, 2)", "x.view", "Write Reshape(x, dims).")]
    [InlineData("x.detach()", "x.detach", "'detach' is a name of another library.")]
    [InlineData("layer(x).T", "layer(x).T", "Write Transpose(x).")]
    [InlineData("F.cross_entropy(x, x)", "F.cross_entropy", "Write CrossEntropy(logits, label).")]
    [InlineData("x.backward()", "x.backward", "an [Objective] is what steps minimize")]
    public void A_function_says_what_to_write(string expression, string text, string message) => Is(Network("Dense(8)", expression), text, message);

    [Theory]
    [InlineData("Lineal(8)", "x")]
    [InlineData("nn.Frobnicate(8)", "x")]
    [InlineData("Dense(8)", "x.frobnicate()")]
    public void Other_names_are_left_to_CSharp(string layer, string expression) =>
        Assert.All(Compiled.All(Network(layer, expression)), found => Assert.StartsWith("CS", found.Id, StringComparison.Ordinal));

    [Fact]
    public void What_is_to_be_written_is_there()
    {
        foreach (var name in Tables.SelectMany(table => table.Names).Where(name => name.IsThere))
            Assert.True(name.Write.Contains(name.Here, StringComparison.Ordinal) || name.Here is "Ops" or "Layer" or "Shape" or "Reshape", $"{name.Name}: {name.Write}");
        Assert.All(Tables, table => Assert.Equal(table.Names.Count, table.Names.Select(name => name.Name).Distinct().Count()));
    }

    [Fact]
    public void The_page_has_the_tables()
    {
        var path = Path.Combine(DocumentationTests.Repository, Page);
        var text = File.ReadAllText(path);
        var expected = new StringBuilder(text[..(text.IndexOf("-->", StringComparison.Ordinal) + 4)]);
        foreach (var (title, names) in Tables)
        {
            expected.Append($"\n## {title}\n\n| there | here |\n|---|---|\n");
            foreach (var name in names)
                expected.Append($"| `{name.Name}` | {(name.IsThere ? name.Write.Contains(' ', StringComparison.Ordinal) ? name.Write : $"`{name.Write}`" : "not there yet")} |\n");
        }
        if (Environment.GetEnvironmentVariable("NETGEN_ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllText(path, expected.ToString());
        else
            Assert.Equal(expected.ToString(), text);
    }

    private static void Is(string network, string text, string message)
    {
        var found = Compiled.All(network);
        var own = Assert.Single(found, f => f.Id.StartsWith("NG", StringComparison.Ordinal));
        Assert.Equal(("NG0127", text), (own.Id, own.Text));
        Assert.Contains(message, own.Message, StringComparison.Ordinal);
        Assert.Contains(found, f => f.Id.StartsWith("CS", StringComparison.Ordinal));
    }

    private static string Network(string layer, string expression) =>
        $$"""
        [Network]
        public sealed partial class Net
        {
            private readonly Layer layer = {{layer}};

            public Tensor Forward([Shape(8)] Tensor x) => layer({{expression}});
        }
        """;
}
