using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.CodeFixes;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Diagnostics;

/// <summary>The edits that an editor offers: what they make of the text, and that the diagnostic is gone afterwards.</summary>
public class CodeFixTests
{
    [Theory]
    [InlineData("NG0101", "public sealed class Net", "public sealed partial class Net", "Make the class partial")]
    [InlineData("NG0106", "[Shape(1)] Tensor y", "[Shape(1)] Tensor y", "Add [Shape(1)]", "[Shape(1)] Tensor y", "Tensor y")]
    [InlineData("NG0114", "public Net() { }", "public Net() : this(seed: 0) { }", "Call the generated constructor")]
    [InlineData("NG0114", "public Net(int n) : base() { }", "public Net(int n) : this(seed: 0) { }", "Call the generated constructor")]
    [InlineData("NG0209", "private static int width = 4; private readonly Layer wide = Dense(width);", "private static readonly int width = 4; private readonly Layer wide = Dense(width);", "Make 'width' readonly")]
    [InlineData("NG0402", "[Shape(1)] Tensor y", "[Shape(1)] Tensor y", "State [Shape(1)]", "[Shape(1)] Tensor y", "[Shape] Tensor y")]
    [InlineData("NG0410", "x = x * 0.5; return head(x);", "x = x * 0.5f; return head(x);", "Write 0.5f", "return head(x);")]
    [InlineData("NG0410", "x = x.Relu(); return head(x);", "x = Relu(x); return head(x);", "Write Relu(x)", "return head(x);")]
    [InlineData("NG0506", "return Sigmoid(head(x));", "return head(x);", "Remove Sigmoid: the loss applies its own", "return head(x);")]
    [InlineData("NG0506", "Sequential(Dense(4), Relu, Dense(1), Sigmoid)", "Sequential(Dense(4), Relu, Dense(1))", "Remove Sigmoid: the loss applies its own", "Dense(1)")]
    [InlineData("NG0506", "Sequential([Dense(1), Tanh, Dropout(0)])", "Sequential([Dense(1), Dropout(0)])", "Remove Tanh: the loss applies its own", "Dense(1)")]
    public Task One_edit_mends_a_network(string code, string wrong, string right, string title, string instead = "", string? written = null)
    {
        const string Program =
            """
            [Network]
            public sealed partial class Net
            {
                private readonly Layer head = Dense(1);
                public Tensor Forward([Shape(8)] Tensor x) { return head(x); }
                [Objective] public Tensor Loss(Tensor x, [Shape(1)] Tensor y) => BinaryCrossEntropy(Forward(x), y);
            """;
        // Either a part of the program is written wrongly, or a member is added.
        var isPart = instead.Length > 0 || wrong.StartsWith("public sealed", StringComparison.Ordinal);
        string With(string text) => isPart
            ? Program.Replace(instead.Length > 0 ? instead : "public sealed partial class Net", text, StringComparison.Ordinal) + "\n}\n"
            : Program + "\n    " + text + "\n}\n";
        return Mends(code, With(written ?? wrong), With(right), title);
    }

    [Fact]
    public Task One_edit_mends_an_image()
    {
        string With(string shape) => $"[Network] public partial class Net {{ private readonly Layer layer = Conv2D(4, 3); public Tensor Forward({shape} Tensor x) => layer(x); }}";
        return Mends("NG0303", With("[Shape(3, 32, 32)]"), With("[Shape(32, 32, 3)]"), "State Shape(32, 32, 3)");
    }

    [Theory]
    [InlineData("NG0402", "[Shape(8, 8)] Labels label", "[Shape] Labels label", "State [Shape]")]
    [InlineData("NG0506", "Softmax(layer(x))", "layer(x)", "Remove Softmax: the loss applies its own")]
    public Task One_edit_mends_a_classifier(string code, string wrong, string right, string title)
    {
        const string Program =
            "[Network] public partial class Net { private readonly Layer layer = Dense(4); public Tensor Forward([Shape(8)] Tensor x) => layer(x); [Objective] public Tensor Loss(Tensor x, Labels label) => CrossEntropy(layer(x), label); }";
        string With(string text) => text.Contains("label", StringComparison.Ordinal)
            ? Program.Replace("Labels label", text, StringComparison.Ordinal)
            : Program.Replace("CrossEntropy(layer(x)", $"CrossEntropy({text}", StringComparison.Ordinal);
        return Mends(code, With(wrong), With(right), title);
    }

    [Theory]
    [InlineData(
        "NG0506",
        "[Network, Input(8)] [Dense(4), Softmax] [Objective(Loss.CrossEntropy)] public partial class Net;",
        "[Network, Input(8)] [Dense(4)] [Objective(Loss.CrossEntropy)] public partial class Net;",
        "Remove Softmax: the loss applies its own")]
    [InlineData(
        "NG0506",
        "[Network, Input(8)] [Dense(4)] [Sigmoid] [Objective(Loss.BinaryCrossEntropy)] public partial class Net;",
        "[Network, Input(8)] [Dense(4)] [Objective(Loss.BinaryCrossEntropy)] public partial class Net;",
        "Remove Sigmoid: the loss applies its own")]
    [InlineData(
        "NG0303",
        "[Network, Input(3, 32, 32)] [Conv2D(4, 3)] public partial class Net;",
        "[Network, Input(32, 32, 3)] [Conv2D(4, 3)] public partial class Net;",
        "State Input(32, 32, 3)")]
    public Task One_edit_mends_a_stack_of_attributes(string code, string wrong, string right, string title) => Mends(code, wrong, right, title);

    [Fact]
    public Task One_edit_disposes_of_a_network()
    {
        string With(string declaration) =>
            "[Network] public partial class Net { private readonly Layer layer = Dense(4); public Tensor Forward([Shape(8)] Tensor x) => layer(x); } "
            + $"public static class Program {{ public static void Run() {{ {declaration} Console.WriteLine(net.ToString()); }} }}";
        return Mends("NG0814", With("var net = new Net();"), With("using var net = new Net();"), "Dispose of it with using");
    }

    [Fact]
    public void Every_fix_is_for_a_code_that_exists() =>
        Assert.All(new NetworkCodeFixProvider().FixableDiagnosticIds, code => Assert.Contains(code, Descriptors.All.Keys));

    private static async Task Mends(string code, string wrong, string right, string title)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var workspace = new AdhocWorkspace();
        var compilation = Compiled.Compilation();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Users", "Users", LanguageNames.CSharp,
            compilationOptions: compilation.Options, parseOptions: Compiled.ParseOptions, metadataReferences: compilation.References));
        project = project.AddDocument("Usings.cs", compilation.SyntaxTrees[0].ToString()).Project;
        var document = project.AddDocument("Net.cs", wrong);

        var analyzed = (await document.Project.GetCompilationAsync(cancellation))!.WithAnalyzers([new NetworkAnalyzer()], options: null);
        var found = Assert.Single(await analyzed.GetAnalyzerDiagnosticsAsync(cancellation), d => d.Id == code);
        var actions = new List<CodeAction>();
        var context = new CodeFixContext(document, found, (action, _) => actions.Add(action), cancellation);
        await new NetworkCodeFixProvider().RegisterCodeFixesAsync(context);
        var action = Assert.Single(actions, a => a.Title == title);

        var operation = Assert.Single((await action.GetOperationsAsync(cancellation)).OfType<ApplyChangesOperation>());
        var mended = (await operation.ChangedSolution.GetDocument(document.Id)!.GetTextAsync(cancellation)).ToString();
        Assert.Equal(right, mended);
        Assert.DoesNotContain(Compiled.Diagnose(mended), d => d.Id == code);
    }
}
