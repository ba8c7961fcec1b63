using Xunit;

namespace NetGen.Tests.Training;

/// <summary>Fit and Evaluate look at the data before they compute: a bad cell is named by its column and row.</summary>
public class DataCheckTests
{
    private static readonly ColumnSpec Id = new("id", ColumnType.Label, [], 1);

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void A_number_that_is_not_finite_is_named(float value, string text)
    {
        // 400 rows of two numbers; also in the last, where no whole vector is left.
        foreach ((int row, int element) in ((int, int)[])[(0, 1), (17, 0), (399, 1)])
        {
            Dataset data = With(LinearModel.Data(400), "x", row, element, value);
            string cell = $"'x' is {text} in row {row} at [{element}] (counted from 0); numbers must be finite.";
            Refused<ArgumentException>(cell, () => new LinearModel().Fit(data));
            Refused<ArgumentException>(cell, () => new LinearModel().Fit(data, new FitOptions { ValidationFraction = 0.25 }));
            Refused<ArgumentException>(
                $"'x' is {text} in row {row} of the validation data at [{element}]",
                () => new LinearModel().Fit(LinearModel.Data(5), new FitOptions { ValidationData = data }));
            Refused<ArgumentException>(cell, () => new ResidentNetwork(new LinearModel()).Fit(data));
        }

        Refused<ArgumentException>($"'y' is {text} in row 3 (counted from 0)", () => new LinearModel().Fit(With(LinearModel.Data(5), "y", 3, 0, value)));
    }

    [Fact]
    public void Columns_that_the_network_does_not_ask_for_may_hold_anything()
    {
        Dataset data = LinearModel.Data(5);
        LinearModel model = new();
        Assert.Equal(StopReason.Completed, model.Fit(new Dataset(data["x"], new DataColumn("note", [1, 2, float.NaN, 4, 5]), data["y"])).Stopped);
    }

    [Fact]
    public void Data_that_are_not_finite_can_be_allowed()
    {
        LinearModel model = new();
        Dataset data = With(LinearModel.Data(40), "x", 39, 0, float.NaN);
        History history = model.Fit(data, new FitOptions { AllowNotFiniteData = true, BatchSize = 8, Shuffle = false });
        Assert.Equal(StopReason.LossNotFinite, history.Stopped);
        Assert.Equal(0, model.Steps); // the optimizer starts anew
        Assert.Contains("'x' is NaN in row 39 at [0]", history.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("learning rate", history.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-1)]
    public void A_label_is_named_by_its_row_before_any_step(int label)
    {
        ScriptedNetwork network = new(Id with { Classes = 10 });
        int[] labels = new int[100];
        labels[73] = label;
        Dataset data = new(new DataColumn("id", labels));
        FitOptions[] some = [new(), new() { AllowNotFiniteData = true }, new() { ValidationFraction = 0.5 }, new() { EarlyStopping = new(1, Metric.Accuracy) }];
        foreach (FitOptions options in some)
            Refused<ArgumentOutOfRangeException>($"'id' is {label} in row 73 (counted from 0); labels are from 0 to 9.", () => network.Fit(data, options));
        Refused<ArgumentOutOfRangeException>(
            $"'id' is {label} in row 73 of the validation data", () => network.Fit(data.Take(9), new FitOptions { ValidationData = data }));
        Refused<ArgumentOutOfRangeException>(
            $"'id' is {label} in row 73 (counted from 0)", () => network.Evaluate(data, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Empty(network.Trained);
        Assert.Empty(network.Evaluated);
    }

    [Fact]
    public void Labels_without_classes_are_any_number_from_0_on()
    {
        ScriptedNetwork network = new();
        network.Fit(new Dataset(new DataColumn("id", [int.MaxValue - 1])));
        Assert.Single(network.Trained);
    }

    [Theory]
    [InlineData(255f, "255")]
    [InlineData(-1f, "-1")]
    [InlineData(1.0000001f, "1.0000001")]
    [InlineData(float.NaN, "NaN")]
    public void A_target_out_of_range_is_named(float target, string text)
    {
        ScriptedNetwork network = new(Id, new("target", ColumnType.Float, [2, 3], 6) { Minimum = 0, Maximum = 1 });
        float[] targets = new float[600];
        targets[6 * 42 + 5] = target;
        Dataset data = new(new DataColumn("id", new int[100]), new DataColumn("target", targets, 2, 3));
        string message = $"'target' is {text} in row 42 at [1, 2] (counted from 0); targets of a cross entropy are probabilities, from 0 to 1.";
        Refused<ArgumentOutOfRangeException>(message, () => network.Fit(data));
        Refused<ArgumentOutOfRangeException>(message, () => network.Fit(data, new FitOptions { AllowNotFiniteData = true }));
        Refused<ArgumentOutOfRangeException>(message, () => network.Evaluate(data, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Empty(network.Trained);
        Assert.Empty(network.Evaluated);
    }

    [Fact]
    public void Data_are_looked_at_whatever_their_length()
    {
        for (int length = 1; length < 70; length++)
        {
            Dataset data = new(new DataColumn("x", new float[2 * length], 2), new DataColumn("y", new float[length]));
            Assert.Equal(StopReason.Completed, new LinearModel().Fit(data).Stopped);
            for (int row = 0; row < length; row++)
                Refused<ArgumentException>($"'y' is NaN in row {row} ", () => new LinearModel().Fit(With(data, "y", row, 0, float.NaN)));
        }
    }

    private static Dataset With(Dataset data, string name, int row, int element, float value)
    {
        DataColumn[] columns = data.Columns.ToArray();
        int index = Array.FindIndex(columns, column => column.Name == name);
        float[] values = columns[index].Floats.ToArray();
        values[row * columns[index].Length + element] = value;
        columns[index] = new(name, values, columns[index].Shape);
        return new(columns);
    }

    private static void Refused<TException>(string message, Action action)
        where TException : Exception => Assert.StartsWith(message, Assert.Throws<TException>(action).Message, StringComparison.Ordinal);
}
