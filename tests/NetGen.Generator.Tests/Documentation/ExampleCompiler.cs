using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generator.Tests.Harness;

namespace NetGen.Generator.Tests.Documentation;

/// <summary>
/// Compiles the examples of XML documentation as they stand. They are statements, types, members of a network or an expression, and name things that they do not declare: the networks and
/// variables of <see cref="Around"/> and <see cref="Variables"/>.
/// </summary>
internal static partial class ExampleCompiler
{
    private const string Usings =
        """
        using Microsoft.AspNetCore.Builder;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Data.Analysis;
        using NetGen;
        using NetGen.AspNetCore;
        using NetGen.Data;
        using NetGen.Metrics;
        using NetGen.Reinforcement;
        using NetGen.Terminal;
        using NetGen.Text;
        using static NetGen.Layers;
        using static NetGen.Ops;
        using BertTokenizer = Microsoft.ML.Tokenizers.BertTokenizer;
        using Rune = System.Text.Rune;
        using TiktokenTokenizer = Microsoft.ML.Tokenizers.TiktokenTokenizer;

        """;

    /// <summary>Types that examples name.</summary>
    private const string Around =
        """
        [Network, Variants(nameof(Width), 8, 16)]
        public sealed partial class Net
        {
            private const int Width = 16;
            private readonly Layer layers = Sequential(Dense(Width), Relu, Dense(1));
            public Tensor Forward([Shape(12)] Tensor x) => layers(x);
            [Objective] public Tensor Loss(Tensor x, [Shape(1)] Tensor y) => MeanSquaredError(Forward(x), y);
        }
        [Network]
        public sealed partial class Churn
        {
            private readonly Layer layers = Sequential(Dense(16), Relu, Dense(1));
            public Tensor Forward([Shape(12)] Tensor customer) => layers(customer);
            [Objective] public Tensor Loss(Tensor customer, [Shape(1)] Tensor leaves) => BinaryCrossEntropy(Forward(customer), leaves);
        }
        [Network]
        public sealed partial class Digits
        {
            private readonly Layer layers = Sequential(Flatten, Dense(32), Relu, Dense(10));
            public Tensor Forward([Shape(28, 28, 1)] Tensor image) => layers(image);
            [Objective] public Tensor Loss(Tensor image, Labels label) => CrossEntropy(Forward(image), label);
        }
        [Network]
        public sealed partial class CharGpt
        {
            public const int Context = 16;
            private readonly Layer layers = Sequential(Embedding(64, 8), CausalSelfAttention(heads: 2), Dense(64));
            public Tensor Forward([Shape(Context)] Indices tokens) => layers(tokens);
            [Objective] public Tensor Loss(Indices tokens, [Shape(Context)] Labels next) => CrossEntropy(Forward(tokens), next);
        }
        [Network]
        public sealed partial class Reader
        {
            private readonly Layer layers = Sequential(Embedding(64, 8), CausalSelfAttention(heads: 2), Dense(64));
            [Sessions] public Tensor Forward([Sequence(max: 16)] Indices tokens) => layers(tokens);
        }
        [Network]
        public sealed partial class Gan
        {
            private readonly Layer generator = Dense(2), critic = Dense(1);
            public Tensor Forward([Shape(8)] Tensor noise) => generator(noise);
            [Objective(Updates = [nameof(generator)])] public Tensor GeneratorLoss(Tensor noise) => Mean(Softplus(-critic(Forward(noise))));
            [Objective(Updates = [nameof(critic)])] public Tensor CriticLoss(Tensor noise, [Shape(2)] Tensor real) => Mean(Softplus(critic(Forward(noise)))) + Mean(Softplus(-critic(real)));
        }
        [Network]
        public sealed class Encoder(int width)
        {
            private readonly Layer layer = Dense(width);
            public Tensor Forward(Tensor x) => layer(x);
        }
        [Table("people.csv", Label = "left")]
        public sealed partial class People;
        [Network]
        public sealed partial class Leaves
        {
            private readonly Layer layers = Dense(2);
            public Tensor Forward([Shape(People.FeatureCount)] Tensor features) => layers(features);
            [Objective] public Tensor Loss(Tensor features, Labels left) => CrossEntropy(Forward(features), left);
        }
        public abstract class Around
        {
            protected readonly Layer embedding = null!, head = null!, hidden = null!, output = null!, recurrent = null!;
            protected readonly Tensor mean = null!, logVariance = null!;
            protected Tensor Forward(Tensor x) => x;
        }
        public sealed record House(float[] Facts, float Price);
        public sealed record Person(int Age, string City);
        public sealed class CartPole : IEnvironment
        {
            public int ObservationLength => 4;
            public int ActionCount => 2;
            public void Reset(ulong seed, Span<float> observation) { }
            public (float Reward, EpisodeEnd End) Step(int action, Span<float> observation) => (1, EpisodeEnd.None);
        }
        """;

    /// <summary>Variables that examples name, by their names; where one has another type in the examples of a type, by that type's name before it.</summary>
    private static readonly Dictionary<string, string> Variables = new()
    {
        ["network"] = "Churn",
        ["gan"] = "Gan",
        ["gpt"] = "CharGpt",
        ["train"] = "Dataset",
        ["test"] = "Dataset",
        ["validation"] = "Dataset",
        ["data"] = "Dataset",
        ["options"] = "FitOptions",
        ["labels"] = "int[]",
        ["scores"] = "float[]",
        ["logits"] = "float[]",
        ["probabilities"] = "float[]",
        ["predicted"] = "float[]",
        ["actual"] = "float[]",
        ["images"] = "float[]",
        ["pixels"] = "float[]",
        ["numbers"] = "float[]",
        ["results"] = "float[]",
        ["values"] = "float[]",
        ["ages"] = "float[]",
        ["agesNow"] = "float[]",
        ["rewards"] = "float[]",
        ["returns"] = "float[]",
        ["actions"] = "int[]",
        ["documents"] = "int[][]",
        ["prompt"] = "int[]",
        ["cities"] = "string[]",
        ["texts"] = "string[]",
        ["history"] = "History",
        ["matrix"] = "ConfusionMatrix",
        ["space"] = "SearchSpace",
        ["houses"] = "House[]",
        ["persons"] = "Person[]",
        ["schema"] = "Schema",
        ["fitted"] = "FittedSchema",
        ["table"] = "Table",
        ["input"] = "ImageInput",
        ["environment"] = "IVectorEnvironment",
        ["replay"] = "ReplayBuffer",
        ["step"] = "long",
        ["mask"] = "int",
        ["end"] = "int",
        ["count"] = "int",
        ["tokenizer"] = "ITokenizer",
        ["tokens"] = "ITokenSequence",
        ["session"] = "ITokenSession",
        ["sampler"] = "Sampler",
        ["token"] = "CancellationToken",
        ["files"] = "string[]",
        ["heldBack"] = "string[]",
        ["columns"] = "Dataset",
        ["BlocksOf"] = "Func<string, IEnumerable<Dataset>>",
        ["stream"] = "SampleStream",
        ["Auc"] = "Func<Dataset, double>",
        ["Try"] = "Func<Trial, double>",
        ["app"] = "WebApplication",
        ["builder"] = "WebApplicationBuilder",
        ["service"] = "NetworkService<Digits>",
        ["logger"] = "Microsoft.Extensions.Logging.ILogger",
        ["device"] = "NetGen.Cuda.CudaDevice",
        ["groups"] = "FeatureGroup[]",
        ["batches"] = "IEnumerable<(float[], float[])>",
        ["fit"] = "FitContext",
        ["random"] = "Random",
        ["mean"] = "Tensor",
        ["readings"] = "Tensor",
        ["rate"] = "Layer",
        ["logVariance"] = "Tensor",
        ["split"] = "TableSplit",
        ["net"] = "Churn",
        ["mails"] = "string[]",
        ["text"] = "string",
        ["some"] = "Table",
        ["advantages"] = "float[]",
        ["leaves"] = "Leaves",
        ["MaskedTokens.tokens"] = "int[]",
        ["TokenDecoder.tokens"] = "int[]",
        ["TokenFile.input"] = "int[]",
        ["TokenWindows.input"] = "int[]",
        ["TokenWindows.network"] = "CharGpt",
        ["Session`1.network"] = "Reader",
        ["NetworkSession.network"] = "Reader",
        ["once"] = "FitOptions",
        ["next"] = "int[]",
        ["Choose"] = "Func<float[], int>",
    };

    public static IEnumerable<string> Errors(IReadOnlyList<XmlExample> examples)
    {
        var users = examples.Where(example => !example.Type.StartsWith("NetGen.Runtime.", StringComparison.Ordinal)).ToArray();
        return ErrorsOf([.. users.Where(example => !IsOfCuda(example))], DocumentationTests.References).Concat(ErrorsOf([.. users.Where(IsOfCuda)],
        [
            .. DocumentationTests.References, MetadataReference.CreateFromFile(typeof(NetGen.Cuda.CudaDevice).Assembly.Location),
            MetadataReference.CreateFromFile(typeof(ILGPU.Context).Assembly.Location),
        ]));
    }

    private static bool IsOfCuda(XmlExample example) => example.Type.StartsWith("NetGen.Cuda", StringComparison.Ordinal);

    private static IEnumerable<string> ErrorsOf(XmlExample[] examples, MetadataReference[] references)
    {
        if (examples.Length == 0)
            return [];
        // What an example does not declare, C# says itself.
        var unknown = Diagnose(examples, _ => [], references).Where(d => d.Id == "CS0103")
            .ToLookup(d => d.Location.SourceTree!.FilePath, d => d.Location.SourceTree!.GetText().ToString(d.Location.SourceSpan));
        return Diagnose(examples, example => [.. unknown[PathOf(example)].Distinct()], references)
            .Select(d => $"{d.Location.SourceTree?.FilePath}: {d.Id} {d.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}: {d.Location.SourceTree?.GetText().Lines[d.Location.GetLineSpan().StartLinePosition.Line]}");
    }

    private static Diagnostic[] Diagnose(XmlExample[] examples, Func<XmlExample, string[]> names, MetadataReference[] references)
    {
        var usings = Usings + (references.Length > DocumentationTests.References.Length ? "using NetGen.Cuda;\n" : "");
        var trees = examples.Select((example, i) => CSharpSyntaxTree.ParseText(usings + Wrapped(example, i, names(example)), Compiled.ParseOptions, PathOf(example)))
            .Prepend(CSharpSyntaxTree.ParseText(usings + Around, Compiled.ParseOptions, "Around.cs"))
            .Prepend(CSharpSyntaxTree.ParseText(DocumentationTests.Implicit, Compiled.ParseOptions, "Implicit.cs"));
        var users = CSharpCompilation.Create(
            "Examples", trees, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new NetGenGenerator().AsSourceGenerator()], [new ProjectFile("/project/people.csv", People)], Compiled.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(users, out var compilation, out var fromGenerator);
        return [.. fromGenerator.Concat(compilation.GetDiagnostics()).Where(d => d.Severity == DiagnosticSeverity.Error)];
    }

    private const string People = "age,city,left\n41,Lyon,no\n23,Bern,yes\n37,Lyon,no\n";

    private static string PathOf(XmlExample example) => example.Member + example.Number;

    /// <summary>The example where C# takes it: types in a namespace, statements in a method that is given the variables, members in a class.</summary>
    private static string Wrapped(XmlExample example, int number, string[] names)
    {
        var given = string.Join(", ", names.Where(name => TypeOf(example, name) is not null).Select(name => $"{TypeOf(example, name)} {name}"));
        var start = $"namespace Example{number}\n{{\n";
        if (Member().IsMatch(example.Code))
            return $"{start}public sealed class Network : Around {{\n{example.Code}\n}} }}";
        var unit = CSharpSyntaxTree.ParseText(example.Code, Compiled.ParseOptions).GetCompilationUnitRoot();
        var statements = string.Concat(unit.Members.OfType<GlobalStatementSyntax>().Select(statement => statement.ToFullString()));
        var types = string.Concat(unit.Members.OfType<BaseTypeDeclarationSyntax>().Select(type => type.ToFullString()));
        if (unit.ContainsDiagnostics)
        {
            var expression = SyntaxFactory.ParseExpression(example.Code.Trim(), options: Compiled.ParseOptions);
            statements = expression.ContainsDiagnostics ? example.Code : $"object? made = {example.Code.Trim()};";
        }
        var isAsync = statements.Contains("await ", StringComparison.Ordinal);
        return $"{start}{types}\npublic static class Code {{ public static {(isAsync ? "async Task" : "void")} Run({given}) {{\n{statements}\n}} }} }}";
    }

    /// <summary>A field or method of a network, with its attributes.</summary>
    [GeneratedRegex(@"^\s*(\[[^\]]*\]\s*)*(private|public) (?!sealed|static|abstract|partial|class|record)")]
    private static partial Regex Member();

    private static string? TypeOf(XmlExample example, string name) =>
        Variables.TryGetValue($"{example.Type.Split('.')[^1]}.{name}", out var own) ? own : Variables.TryGetValue(name, out var type) ? type : null;
}
