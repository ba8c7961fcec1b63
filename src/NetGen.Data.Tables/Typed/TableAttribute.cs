namespace NetGen.Data;

/// <summary>
/// Makes a class the table of a file that is read while the program is compiled: the compiler writes a type for its rows, the constants
/// that a network needs, the schema, and predictions for single rows. A column that is renamed in the file is an error where the program
/// uses it.
/// </summary>
/// <remarks>
/// <code>
/// [Table("people.csv", Label = "left")]                      // &lt;AdditionalFiles Include="people.csv" /&gt; in the project
/// public sealed partial class People;
///
/// [Network]
/// public sealed partial class Leaves
/// {
///     private readonly Layer layers = Sequential(Dense(16), Relu, Dense(2));
///
///     public Tensor Forward([Shape(People.FeatureCount)] Tensor features) => layers(features);
///
///     [Objective]
///     public Tensor Loss(Tensor features, Labels left) => CrossEntropy(Forward(features), left);
/// }
/// </code>
/// and where the program runs
/// <code>
/// var (train, test) = People.Read("people.csv").TrainTestSplit(0.2, seed: 1);
/// People people = People.Fit(train);                         // means and deviations of these rows
/// leaves.Fit(people.Encode(train));
/// ClassPrediction left = people.Predict(leaves, new People.Row { Age = 39, City = "Lyon" });
/// </code>
/// Of the file the compiler takes the names of the columns, what they hold, whether values are missing, and the categories; all that is
/// learned from numbers is learned by <c>Fit</c>, from the rows that it is given.
/// </remarks>
/// <param name="file">The file, one of the project's <c>AdditionalFiles</c>: its name, or the end of its path.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TableAttribute(string file) : Attribute
{
    /// <summary>The file.</summary>
    public string File => file;

    /// <summary>
    /// The column that is to be predicted. Texts are classes; numbers are a quantity, unless <see cref="Positive"/> or
    /// <see cref="ColumnUse.Category"/> says that they are classes.
    /// </summary>
    public string? Label { get; set; }

    /// <summary>
    /// The class of <see cref="Label"/> whose probability is asked: the label is then one number, 1 for this class, the target of a binary
    /// cross entropy.
    /// </summary>
    public string? Positive { get; set; }

    /// <summary>What is between two values.</summary>
    public char Separator { get; set; } = ',';

    /// <summary>Whether the first line has the names of the columns.</summary>
    public bool HasHeader { get; set; } = true;

    /// <summary>The names of the columns, in order; null: those of the header, without one <c>column0</c>, <c>column1</c>, …</summary>
    public string[]? Names { get; set; }

    /// <summary>Texts that stand for a missing value, beside the empty one; null: <see cref="CsvOptions.UsualMissing"/>.</summary>
    public string[]? Missing { get; set; }

    /// <summary>
    /// How many different texts, or whole numbers, a column of categories may have; more are an error, for they are rather keys or prose.
    /// </summary>
    public int MostCategories { get; set; } = 100;

    /// <summary>What becomes of categories that are not in the file while the program is compiled.</summary>
    public Unknown OnUnknown { get; set; }

    /// <summary>How many rows are looked at while the program is compiled.</summary>
    public int Rows { get; set; } = 100_000;
}
