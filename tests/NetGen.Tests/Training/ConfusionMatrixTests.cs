using System.Globalization;
using Xunit;

namespace NetGen.Tests.Training;

public class ConfusionMatrixTests
{
    [Fact]
    public void Shares_are_those_of_the_definitions()
    {
        ConfusionMatrix matrix = Example();
        Assert.Equal(10, matrix.Count);
        Assert.Equal(3, matrix.Classes);
        Assert.Equal(2, matrix[0, 1]);
        Assert.Equal(0.7, matrix.Accuracy, 12);
        Assert.Equal(4.0 / 5, matrix.Precision(0), 12);
        Assert.Equal(4.0 / 6, matrix.Recall(0), 12);
        Assert.Equal(8.0 / 11, matrix.F1(0), 12);
        Assert.Equal(3.0 / 5, matrix.Precision(1), 12);
        Assert.Equal(3.0 / 4, matrix.Recall(1), 12);
        Assert.True(double.IsNaN(matrix.Precision(2)));
        Assert.True(double.IsNaN(matrix.Recall(2)));
        Assert.True(double.IsNaN(matrix.F1(2)));
        Assert.True(double.IsNaN(new ConfusionMatrix(2).Accuracy));
    }

    [Fact]
    public void The_highest_score_is_the_answer()
    {
        ConfusionMatrix matrix = new(3);
        matrix.Add([2, 0], [0.1f, 0.2f, 0.7f, 0.4f, 0.4f, 0.2f]);
        Assert.Equal(1, matrix[2, 2]);
        Assert.Equal(1, matrix[0, 0]);
    }

    [Fact]
    public void Scores_with_NaN_are_no_answer_and_wrong()
    {
        ConfusionMatrix matrix = new(2);
        matrix.Add([0, 0, 1, 0], [float.NaN, float.NaN, 1f, 0f, 0f, float.NaN, 0f, 1f]);
        Assert.Equal((4, 1, 1), (matrix.Count, matrix.Unanswered(0), matrix.Unanswered(1)));
        Assert.Equal(0.25, matrix.Accuracy, 12);
        Assert.Equal(1.0 / 3, matrix.Recall(0), 12);
        Assert.Equal(1.0, matrix.Precision(0), 12);
        Assert.Equal(2.0 / 4, matrix.F1(0), 12);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Unanswered(2));
        Assert.Equal(
            """
            actual          0       1  none  recall
            0               1       1     1  0.3333
            1               0       0     1  0.0000
            precision  1.0000  0.0000        0.2500

            """,
            matrix.ToString());
    }

    [Fact]
    public void Its_table_is_the_same_in_every_culture()
    {
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
        Assert.Equal(
            """
            actual        cat     dog  fish  recall
            cat             4       2     0  0.6667
            dog             1       3     0  0.7500
            fish            0       0     0       -
            precision  0.8000  0.6000     -  0.7000

            """,
            Example().ToString());
    }

    [Fact]
    public void Arguments_are_checked()
    {
        ConfusionMatrix matrix = new(2);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[0, 2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Precision(2));
        Assert.Throws<ArgumentException>(() => matrix.Add([0, 1], [1f, 2f, 3f]));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add([0, 2], [1f, 2f, 3f, 4f]));
        Assert.Equal(0, matrix.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix(0));
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix());
    }

    private static ConfusionMatrix Example()
    {
        ConfusionMatrix matrix = new("cat", "dog", "fish");
        int[][] counts = [[4, 2, 0], [1, 3, 0], [0, 0, 0]];
        for (int actual = 0; actual < 3; actual++)
        {
            for (int predicted = 0; predicted < 3; predicted++)
            {
                for (int n = 0; n < counts[actual][predicted]; n++)
                    matrix.Add(actual, predicted);
            }
        }

        return matrix;
    }
}
