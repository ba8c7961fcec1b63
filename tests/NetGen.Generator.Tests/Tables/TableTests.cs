using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Tests.Harness;
using NetGen.Testing;
using Xunit;

namespace NetGen.Generator.Tests.Tables;

/// <summary>Classes with [Table]: what is generated, where errors are, what runs again after an edit.</summary>
public sealed class TableTests
{
    private const string People =
        """
        age,work,hours-per-week,born,debt,income
        39,State-gov,40,1980-02-01,,<=50K
        50,?,13,1970-12-24,100.5,>50K
        38,"Private, small",40,1985-07-31,,<=50K
        """;

    private const string Table =
        """
        using NetGen.Data;

        namespace Users;

        [Table("people.csv", Label = "income", Positive = ">50K")]
        [Column("debt", ColumnUse.Log1p)]
        public sealed partial class People;

        """;

    private const string Network =
        """
        [Network]
        public sealed partial class Rich
        {
            private const int Half = People.FeatureCount / 2;
            private readonly Layer layers = Sequential(Dense(Half), Relu, Dense(1));

            public Tensor Forward([Shape(People.FeatureCount)] Tensor features) => layers(features);

            [Objective]
            public Tensor Loss(Tensor features, [Shape(1)] Tensor label) => BinaryCrossEntropy(Forward(features), label);
        }
        """;

    private static ProjectFile[] Files(string text = People, string path = "/project/data/people.csv") => [new(path, text)];

    [Fact]
    public void Text()
    {
        var tree = Assert.Single(Run(Table, Files()).GeneratedTrees);
        Snapshot.Verify(tree.ToString(), "cs");
    }

    [Fact]
    public void Text_of_classes() => Snapshot.Verify(
        Assert.Single(
            Run("""[NetGen.Data.Table("people.csv", Label = "work", OnUnknown = NetGen.Data.Unknown.Rare, Missing = ["none"])] partial class Works;""", Files()).GeneratedTrees).ToString(), "cs");

    /// <summary>Networks see the constants of tables: in [Shape], in other constants, in layers.</summary>
    [Fact]
    public void Networks_use_constants_of_tables()
    {
        Assert.Empty(Compiled.All(Files(), Table + Network));
        // age, 3 kinds of work (one for missing ones), hours, 5 of the date, debt and whether it is missing.
        Assert.Contains("public const int FeatureCount = 12;", Run(Table, Files()).GeneratedTrees[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("[B, 12]",
            Run(Table + Network, Files()).GeneratedTrees.Single(tree => tree.FilePath.EndsWith("Rich.g.cs", StringComparison.Ordinal))
            .ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_is_renamed_in_the_file_is_an_error_where_it_is_used()
    {
        const string Use = "class Use { public object Row = new People.Row { Age = 1, Work = null, HoursPerWeek = 2, Born = default }; public string Name = People.Columns.HoursPerWeek; }";
        Assert.Empty(Compiled.All(Files(), Table + Use));
        var found = Compiled.All(Files(People.Replace("hours-per-week", "hours")), Table + Use);
        Assert.Equal(["HoursPerWeek", "HoursPerWeek"], found.Where(f => f.Id is "CS0117").Select(f => f.Text));
    }

    [Theory]
    [InlineData("[Table(\"persons.csv\", Label = \"income\")]", "NG0607", "\"persons.csv\"", "<AdditionalFiles Include=\"persons.csv\" />")]
    [InlineData("[Table(\"eople.csv\", Label = \"income\")]", "NG0607", "\"eople.csv\"", "No additional file")]
    [InlineData("[Table(\"people.csv\")]", "NG0609", "\"people.csv\"", "Label = \"income\"")]
    [InlineData("[Table(\"people.csv\", Label = \"salary\")]", "NG0609", "\"salary\"", "people.csv has no column 'salary'; it has 'age', 'work', 'hours-per-week', 'born', 'debt', 'income'.")]
    [InlineData("[Table(\"people.csv\", Label = \"income\", Positive = \"50K\")]", "NG0609", "\"50K\"", "'income' is never '50K' in people.csv; it is '<=50K', '>50K'.")]
    [InlineData("[Table(\"people.csv\", Label = \"income\"), Column(\"hours\", ColumnUse.Ignore)]", "NG0609", "\"hours\"", "no column 'hours'")]
    [InlineData("[Table(\"people.csv\", Label = \"income\"), Column(\"work\", ColumnUse.Standardize)]", "NG0609", "ColumnUse.Standardize", "'work' holds texts, and Standardize is for numbers.")]
    [InlineData("[Table(\"people.csv\", Label = \"income\"), Column(\"income\", ColumnUse.Ignore)]", "NG0609", "ColumnUse.Ignore", "cannot be ignored")]
    [InlineData("[Table(\"people.csv\", Label = \"income\"), Column(\"age\", (ColumnUse)9)]", "NG0609", "(ColumnUse)9", "no use 9")]
    [InlineData("[Table(\"people.csv\", Label = \"income\"), Column(\"age\", ColumnUse.AsIs), Column(\"age\", ColumnUse.AsIs)]", "NG0609", "\"age\"", "twice")]
    [InlineData("[Table(\"people.csv\", Label = \"income\"), Column(\"debt\", ColumnUse.Category)]", "NG0609", "ColumnUse.Category", "not whole")]
    [InlineData("[Table(\"people.csv\", Label = \"income\", MostCategories = 1)]", "NG0609", "\"people.csv\"", "[Column(\"work\", ColumnUse.Ignore)] leaves it out")]
    [InlineData("[Table(\"people.csv\", Label = \"age\", Rows = 0)]", "NG0609", "0", "Rows must be at least 1; it is 0.")]
    [InlineData("[Table(\"people.csv\", Label = \"age\", OnUnknown = (Unknown)3)]", "NG0609", "(Unknown)3", "There is no way 3")]
    [InlineData("[Table(\"people.csv\", Label = \"born\")]", "NG0609", "\"born\"", "neither classes nor a quantity")]
    [InlineData("[Table(\"people.csv\", Label = \"age\", Names = [\"age\"])]", "NG0609", "[\"age\"]", "There are 6 columns; 1 names are given.")]
    [InlineData("[Table(\"people.csv\", Label = \"age\", Separator = ';')]", "NG0608", "\"people.csv\"", "people.csv(1): there is one column, 'age,work,hours-per-week,born,debt,income'")]
    public void Wrong_attributes(string attributes, string id, string text, string message) =>
        AssertSaid(id, text, message, attributes + "\npublic sealed partial class People;", Files());

    [Theory]
    [InlineData("a,b\n1\n", "people.csv(2): the row has 1 values; there are 2 columns.")]
    [InlineData("a,b\n1,2\n\n\"x\ny\",2\n1,2,3\n", "people.csv(6): the row has 3 values; there are 2 columns.")]
    [InlineData("a,b\n1,2\n\"3,4\n", "people.csv(3): a quote is opened and never closed.")]
    [InlineData("a,b\n\"3\"x,4\n", "people.csv(2): behind the closing quote")]
    [InlineData("a,\n1,2\n", "people.csv(1): column 2 of 2 has no name")]
    [InlineData("a,a\n1,2\n", "people.csv(1): two columns are named 'a'")]
    [InlineData("a,b\n", "people.csv has no row below its header.")]
    [InlineData("", "people.csv is empty")]
    public void Wrong_files(string file, string message) =>
        AssertSaid("NG0608", "\"people.csv\"", message, "[Table(\"people.csv\", Label = \"b\")]\npublic sealed partial class People;",
            Files(file));

    [Theory]
    [InlineData("public sealed class People;", "is not partial")]
    [InlineData("public sealed partial class People<T>;", "is generic")]
    [InlineData("public static partial class People;", "is static")]
    [InlineData("public abstract partial class People;", "is abstract")]
    [InlineData("public partial record People;", "is a record")]
    [InlineData("file sealed partial class People;", "is local to its file")]
    [InlineData("public sealed partial class People : System.Exception;", "has the base class 'Exception'")]
    public void Wrong_classes(string type, string message) =>
        AssertSaid("NG0610", "People", message, "[Table(\"people.csv\", Label = \"income\")]\n" + type, Files());

    [Fact]
    public void A_table_inside_of_a_class() => AssertSaid(
        "NG0610", "People", "is nested in 'Outer'",
            "partial class Outer { [Table(\"people.csv\", Label = \"income\")] public sealed partial class People; }", Files());

    [Fact]
    public void A_file_name_that_several_files_have()
    {
        AssertSaid("NG0607", "\"people.csv\"", "Write more of the path", Table, [.. Files(), .. Files(path: "/project/old/people.csv")]);
        Assert.Empty(
            Compiled.Diagnose([.. Files(), .. Files(path: "/project/old/people.csv")], Table.Replace("people.csv", "old/people.csv")));
    }

    /// <summary>Column names that are no names in C#, or taken there.</summary>
    [Fact]
    public void Columns_of_any_name() => Assert.Empty(Compiled.All(
        Files("row,class,Class,2nd,%,a\"\"b,<x>,\"two\nlines\",to string,equals,géant,😀,y\n1,2,3,4,5,6,7,8,9,10,11,12,13\n".Replace("a\"\"b", "\"a\"\"b\"")),
        "[NetGen.Data.Table(\"people.csv\", Label = \"y\")] partial class @class; [Network] partial class Net { private readonly Layer layer = Dense(1); "
        + "public Tensor Forward([Shape(@class.FeatureCount)] Tensor x) => layer(x); }"));

    /// <summary>The network and the table in a project whose own names are in the way.</summary>
    [Fact]
    public void Names_of_the_project_are_not_in_the_way() => Assert.Empty(Compiled.All(
        Files(), Table.Replace("using NetGen.Data;", "").Replace("[Table", "[NetGen.Data.Table").Replace("[Column(", "[NetGen.Data.Column(")
            .Replace("ColumnUse", "NetGen.Data.ColumnUse")
        + "class Table; class Schema; class Feature; class FittedSchema; class Row; class FittedTable<T>;"));

    [Fact]
    public void Another_edit_reads_no_file_and_compiles_no_network()
    {
        var compilation = Compiled.Compilation(Table + Network, "class Other;");
        var driver = Driver(Files()).RunGenerators(compilation, TestContext.Current.CancellationToken);
        // Also where lines of the table move.
        compilation = compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[1], Compiled.Parse("\n" + Table + Network, 0))
            .ReplaceSyntaxTree(compilation.SyntaxTrees[2], Compiled.Parse("class Other { int x; }", 1));
        driver = driver.RunGenerators(compilation, TestContext.Current.CancellationToken);

        Assert.Empty(Ran(driver, NetGenGenerator.TableStep));
        Assert.Empty(Ran(driver, NetGenGenerator.CompileStep));
    }

    [Fact]
    public void Another_category_in_the_file_compiles_the_network_again()
    {
        var driver = Driver(Files()).RunGenerators(Compiled.Compilation(Table + Network), TestContext.Current.CancellationToken);
        driver = driver.ReplaceAdditionalTexts([.. Files(People + "\n38,Never,40,1985-07-31,,<=50K\n")])
            .RunGenerators(Compiled.Compilation(Table + Network), TestContext.Current.CancellationToken);

        Assert.Single(Ran(driver, NetGenGenerator.CompileStep));
        Assert.Contains(
            driver.GetRunResult().GeneratedTrees, tree => tree.ToString().Contains("FeatureCount = 13;", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_number_in_the_file_does_not()
    {
        var driver = Driver(Files()).RunGenerators(Compiled.Compilation(Table + Network), TestContext.Current.CancellationToken);
        driver = driver.ReplaceAdditionalTexts([.. Files(People.Replace("39,", "41,"))])
            .RunGenerators(Compiled.Compilation(Table + Network), TestContext.Current.CancellationToken);
        Assert.Empty(Ran(driver, NetGenGenerator.CompileStep));
    }

    private static IEnumerable<object> Ran(GeneratorDriver driver, string step) => driver.GetRunResult().Results.Single().TrackedSteps[step]
        .SelectMany(s => s.Outputs).Where(o => o.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified)
            .Select(o => o.Value);

    private static void AssertSaid(string id, string text, string message, string source, ProjectFile[] files)
    {
        var found = Assert.Single(Compiled.Diagnose(files, "using NetGen.Data;\n" + source));
        Assert.Equal((id, text), (found.Id, found.Text));
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
    }

    private static GeneratorDriverRunResult Run(string source, ProjectFile[] files) =>
        Driver(files).RunGenerators(Compiled.Compilation(source), TestContext.Current.CancellationToken).GetRunResult();

    private static GeneratorDriver Driver(ProjectFile[] files) => CSharpGeneratorDriver.Create(
        [new NetGenGenerator().AsSourceGenerator()], files, Compiled.ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}
