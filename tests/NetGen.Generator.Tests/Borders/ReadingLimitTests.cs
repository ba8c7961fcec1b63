using NetGen.Generator.Reading;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Borders;

/// <summary>
/// Programs that would hold up, fill or end the process that reads them: each is an error at its expression, also on a thread with a small stack, and
/// costs little.
/// </summary>
// What others allocate at the same time would count.
[Collection(nameof(Pipeline.GrowthTests))]
public class ReadingLimitTests
{
    /// <summary>Stacks of threads have 1 MB on Windows, and Roslyn needs some of it.</summary>
    private const int SmallStack = 512 << 10, LargeStack = 64 << 20;

    /// <summary>What a program may allocate that uses up its budget; what it would otherwise is gigabytes.</summary>
    private const long Most = 600L << 20;

    private const string Doubled = "static Layer Make(Layer l) { for (var i = 0; i < 60; i++) l = Sequential(l, l); return l; }";

    [Theory]
    [InlineData("Make(Dense(4))", Doubled, "NG0205")]
    [InlineData("Make(Flatten)", Doubled, "NG0205")]
    [InlineData("Make(Reshape(4))", Doubled, "NG0205")]
    [InlineData("Make(Dropout(0))", Doubled, "NG0205")]
    [InlineData("Make(Sequential())", Doubled, "NG0205")]
    [InlineData("Make(x => x)", "static Layer Make(Layer l) { for (var i = 0; i < 60; i++) { var g = l; l = x => g(g(x)); } return l; }", "NG0205")]
    [InlineData("Make()(Relu)", "static Func<Layer, Layer> Make() { Func<Layer, Layer> f = l => l; for (var i = 0; i < 60; i++) { var g = f; f = l => g(g(l)); } return f; }", "NG0205")]
    [InlineData("Repeat(1000, () => Repeat(1000, () => Repeat(1000, () => Dense(4))))", "", "NG0205")]
    [InlineData("Repeat(1000000000, () => x => x)", "", "NG0205")]
    [InlineData("Dense(Make())", "static int Make() { int[] a = [1, 2, 3]; for (var i = 0; i < 60; i++) a = [.. a, .. a]; return a.Length; }", "NG0205")]
    [InlineData("Dense(Make())", "static int Make() { var a = new List<int>(); a.Add(1); for (var i = 0; i < 60; i++) a.AddRange(a); return a.Count; }", "NG0205")]
    [InlineData("Dense(Make())", "static int Make() { var a = new List<object>(); for (;;) a.Add(new List<object>(a)); }", "NG0205")]
    [InlineData("Dense(Make())", "static int Make() { var a = new List<int>(new int[100000]); for (;;) a.Reverse(); }", "NG0205")]
    [InlineData("Dense(Make())", "static int Make() { var a = new List<int>(new int[100000]); for (;;) a.Insert(0, 1); }", "NG0205")]
    [InlineData("Dense(Make())", "static int Make() { object a = 1; for (;;) a = new[] { a, a }; }", "NG0205")]
    [InlineData("Dense(new int[int.MaxValue].Length)", "", "NG0205")]
    [InlineData("Dense(new long[4000000000L].Length)", "", "NG0205")]
    [InlineData("Dense(Make().Length)", "static string Make() { var s = \"text\"; for (var i = 0; i < 40; i++) s = $\"{s}{s}\"; return s; }", "NG0604")]
    [InlineData("Dense(Make().Length)", "static string Make() { var s = \"text\"; for (var i = 0; i < 40; i++) s += s; return s; }", "NG0604")]
    public void Programs_that_grow_without_end_are_errors(string layer, string member, string id)
    {
        var bytes = GC.GetTotalAllocatedBytes();
        var found = Single(layer, member);

        Assert.Equal(id, found);
        Assert.True(GC.GetTotalAllocatedBytes() - bytes < Most);
    }

    [Theory]
    [InlineData("Make()", "static Layer Make() { Layer l = Dense(4); for (var i = 0; i < 30000; i++) l = Sequential(l); return l; }", "NG0606")]
    [InlineData("Make()", "static Layer Make() { Layer l = x => x; for (var i = 0; i < 20000; i++) { var g = l; l = x => g(x); } return l; }", "NG0606")]
    [InlineData("Make()", "static Layer Make() { Func<Layer> l = () => Relu; for (var i = 0; i < 20000; i++) { var g = l; l = () => g(); } return l(); }", "NG0204,NG0603")]
    [InlineData("Dense(One{0:+1})", "", "NG0603")]
    [InlineData("Dense({0:(}One{0:)})", "", null)]
    [InlineData("{0:Sequential(}Dense(4){0:)}", "", "NG0603")]
    [InlineData("Repeat(1, () => {0:Sequential(}Relu{0:)})", "", "NG0603")]
    public void Programs_that_nest_without_end_are_errors(string layer, string member, string? ids)
    {
        // {0:text} is the text 700 times: as deep as the parser lets pass.
        static string Expand(string text) => System.Text.RegularExpressions.Regex.Replace(
            text, @"\{0:(.+?)\}", m => string.Concat(Enumerable.Repeat(m.Groups[1].Value, 700)));

        var found = Single(Expand(layer), Expand(member));

        if (ids is null)
            Assert.True(found is "" or "NG0603", found);
        else
            Assert.Contains(found, ids.Split(','));
    }

    [Fact]
    public void Functions_inside_each_other_end_no_process()
    {
        var lambdas = string.Concat(Enumerable.Range(0, 200).Select(i => $"(Func<int, object>)(x{i} => "));

        Assert.Equal("NG0603", Single($"Make({lambdas}1{new string(')', 200)})", "static Layer Make(object f) => Relu;"));
    }

    [Fact]
    public void Reading_ends_when_it_is_cancelled()
    {
        var compilation = Compiled.Compilation(Program("Make(Dense(4))", Doubled));
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => NetworkReader.Read(compilation.GetTypeByMetadataName("Net")!, compilation, source.Token));
    }

    [Fact]
    public void Compiling_ends_when_it_is_cancelled() => Assert.Throws<OperationCanceledException>(
        () => Compiler.Build(Compiled.Model(Program("Dense(4)", "")), new CancellationToken(canceled: true)));

    /// <summary>What the documentation says of the budget.</summary>
    [Fact]
    public void As_many_operations_as_the_page_promises_fit()
    {
        var few = Single("Dense(4)", "", "for (var i = 0; i < 4000; i++) x = Tanh(x) * 0.5f;");
        var many = Single("Dense(4)", "", "for (var i = 0; i < 6000; i++) x = Tanh(x) * 0.5f;");

        Assert.Equal(("", "NG0205"), (few, many));
    }

    /// <summary>The ids of what reading finds. Parsing is Roslyn's and needs a large stack for what it lets pass.</summary>
    private static string Single(string layer, string member, string statements = "")
    {
        var compilation = On(LargeStack, () => Compiled.Compilation(Program(layer, member, statements)));
        return On(SmallStack, () => string.Join(
            ",", NetworkReader.Read(compilation.GetTypeByMetadataName("Net")!, compilation, CancellationToken.None).Diagnostics.Select(d => d.Id)));
    }

    private static T On<T>(int stack, Func<T> function)
    {
        T? result = default;
        Exception? thrown = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = function();
                }
                catch (Exception e)
                {
                    thrown = e;
                }
            },
            stack);
        thread.Start();
        thread.Join();
        Assert.Null(thrown);
        return result!;
    }

    private static string Program(string layer, string member, string statements = "") =>
        $$"""
        [Network]
        public partial class Net
        {
            private static readonly int One = 1;
            private readonly Layer layer = {{layer}};
            {{member}}
            public Tensor Forward([Shape(4)] Tensor x) { {{statements}} return layer(x); }
        }
        """;
}
