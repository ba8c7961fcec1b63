using System.Globalization;
using System.Text;

namespace NetGen.Metrics;

/// <summary>How far predicted numbers are from the true ones. Of several numbers per sample each is the mean over these numbers.</summary>
/// <param name="MeanAbsoluteError">MAE: the mean of |p − y|.</param>
/// <param name="RootMeanSquaredError">RMSE: √ of the mean of (p − y)².</param>
/// <param name="MeanAbsolutePercentageError">MAPE: the mean of |p − y| / |y|, as a share (0.1 is 10 %); where y is 0 the quotient is by
/// 2⁻⁵².</param>
/// <param name="RSquared"> R²: 1 − Σ(p − y)² / Σ(y − ȳ)², the share of the variance that is explained; 0 is what the mean alone gives, and
/// below it is worse. Where all y are the same: 1 if all is right, else 0. NaN with one sample.
/// </param>
/// <param name="MaximumError">The greatest |p − y|.</param>
/// <example>
/// <code>
/// Regression errors = Regression.Of(predicted, actual);
/// Console.WriteLine($"R² {errors.RSquared:F3}, RMSE {errors.RootMeanSquaredError:F3}");
/// </code>
/// </example>
public readonly record struct Regression(
    double MeanAbsoluteError, double RootMeanSquaredError, double MeanAbsolutePercentageError, double RSquared, double MaximumError)
{
    /// <summary>Compares predictions with the truth.</summary>
    /// <param name="predicted">What was predicted.</param>
    /// <param name="actual">What is true.</param>
    /// <param name="outputs">How many numbers a sample has.</param>
    /// <exception cref="ArgumentException">
    /// There are none, not as many of one as of the other, or a number is not finite (the message names it).
    /// </exception>
    public static Regression Of(ReadOnlySpan<float> predicted, ReadOnlySpan<float> actual, int outputs = 1)
    {
        const double Least = 2.220446049250313e-16;
        OutOfRange.ThrowIfLess(outputs, 1);
        Check.SameRows(predicted.Length, actual.Length, nameof(predicted));
        Check.RowsOf(actual.Length, actual.Length / outputs, outputs, nameof(actual));
        Check.Finite(predicted, nameof(predicted));
        Check.Finite(actual, nameof(actual));
        int rows = actual.Length / outputs;
        (double mae, double rmse, double mape, double r2, double most) = (0, 0, 0, 0, 0);
        for (int o = 0; o < outputs; o++)
        {
            double mean = 0;
            for (int i = o; i < actual.Length; i += outputs)
                mean += actual[i];
            mean /= rows;
            (double absolute, double squares, double share, double spread) = (0, 0, 0, 0);
            for (int i = o; i < actual.Length; i += outputs)
            {
                double error = Math.Abs((double)predicted[i] - actual[i]);
                absolute += error;
                squares += error * error;
                share += error / Math.Max(Math.Abs((double)actual[i]), Least);
                spread += (actual[i] - mean) * (actual[i] - mean);
                most = Math.Max(most, error);
            }

            mae += absolute / rows;
            rmse += Math.Sqrt(squares / rows);
            mape += share / rows;
            r2 += rows < 2 ? double.NaN : spread > 0 ? 1 - squares / spread : squares == 0 ? 1 : 0;
        }

        return new(mae / outputs, rmse / outputs, mape / outputs, r2 / outputs, most);
    }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"MeanAbsoluteError = {MeanAbsoluteError:G6}, RootMeanSquaredError = {RootMeanSquaredError:G6}, "
            + $"MeanAbsolutePercentageError = {MeanAbsolutePercentageError:G6}, RSquared = {RSquared:F4}, MaximumError = {MaximumError:G6}");
        return true;
    }
}
