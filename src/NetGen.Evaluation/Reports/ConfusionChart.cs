using System.Globalization;

namespace NetGen.Metrics;

/// <summary>
/// A confusion matrix as a picture: a row for each class as it was, a column for each as it was taken; the stronger a cell's tint, the
/// greater its share of the row.
/// </summary>
internal sealed class ConfusionChart(ConfusionMatrix matrix, IReadOnlyList<string> names) : Drawing
{
    private const double Cell = 44, Top = 64, Bottom = 20, Letter = 7.2;

    internal override string Title => "Confusion";

    internal override double Width => Left + Cell * matrix.Classes + 70;

    internal override double Height => Top + Cell * matrix.Classes + Bottom;

    private double Left => 40 + Letter * names.Max(name => name.Length);

    internal override void Draw(ICanvas canvas)
    {
        canvas.Text(Left, 16, "Confusion", TextPlace.Start, isHead: true);
        canvas.Text(Left + Cell * matrix.Classes / 2, 34, "predicted", TextPlace.Middle);
        canvas.Text(13, Top + Cell * matrix.Classes / 2, "actual", TextPlace.Middle, isUpwards: true);
        canvas.Text(Left + Cell * matrix.Classes + 12, Top - 8, "recall", TextPlace.Start);
        for (int actual = 0; actual < matrix.Classes; actual++)
        {
            double y = Top + Cell * actual, middle = y + Cell / 2 + 4;
            canvas.Text(Left - 8, middle, names[actual], TextPlace.End);
            canvas.Text(Left + Cell * actual + Cell / 2, Top - 8, Fitting(names[actual]), TextPlace.Middle);
            for (int predicted = 0; predicted < matrix.Classes; predicted++)
            {
                double x = Left + Cell * predicted;
                long count = matrix[actual, predicted], all = matrix.There(actual);
                canvas.Tint(x, y, Cell, Cell, actual == predicted, all == 0 ? 0 : (double)count / all);
                canvas.Text(x + Cell / 2, middle, count.ToString(CultureInfo.InvariantCulture), TextPlace.Middle);
            }

            canvas.Text(Left + Cell * matrix.Classes + 12, middle, Charts.Number(matrix.Recall(actual)), TextPlace.Start);
        }

        for (int i = 0; i <= matrix.Classes; i++)
        {
            canvas.Grid(Left, Top + Cell * i, Left + Cell * matrix.Classes, Top + Cell * i);
            canvas.Grid(Left + Cell * i, Top, Left + Cell * i, Top + Cell * matrix.Classes);
        }
    }

    /// <summary>Above a column there is room for some letters; the row has the whole name.</summary>
    private static string Fitting(string name) => name.Length * Letter <= Cell ? name : name[..5] + "…";
}
