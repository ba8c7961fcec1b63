using System.Globalization;

namespace NetGen;

/// <summary>
/// What is said when numbers broke: what is known of the cause, what usually helps, and what weights the network has now.
/// </summary>
internal static class TrainingAdvice
{
    private const string SlopeRemedy =
        "The slope of Sqrt at 0 is infinite, and of Log and of a quotient: Sqrt(x + 1e-6f) instead of Sqrt(x), Log(x + 1e-6f) instead of Log(x).";

    private const string SmallerSteps = "try a smaller learning rate, and inputs and targets scaled to about 1";

    /// <summary>No weight of a training that goes well is that large.</summary>
    private const float Grown = 1e5f;

    /// <summary>
    /// The loss of a step was not finite. The cause is looked for where it can be: in the samples of the step, which may hold NaN if that
    /// was allowed, and in what the objective gives for them with the restored weights, which are finite.
    /// </summary>
    /// <param name="network">The network, with the restored weights.</param>
    /// <param name="objective">The objective of the step.</param>
    /// <param name="data">The training data.</param>
    /// <param name="rows">The samples of the step.</param>
    /// <param name="place">Where a sample comes from; null: from a row of the data.</param>
    /// <param name="epoch">Its epoch.</param>
    /// <param name="step">Its number in the epoch.</param>
    /// <param name="restored">The epoch of the restored weights.</param>
    internal static string LossNotFinite(
        INetwork network, ObjectiveRun objective, Dataset data, ReadOnlySpan<int> rows, Func<int, string>? place, int epoch, int step, int restored)
    {
        objective.Batch.Fill(data, rows);
        string of = objective.Spec.Name.Length == 0 ? "" : $" on {objective.Spec.Name}";
        string cause = DataCheck.NotFinite(objective.Spec.Columns, data, rows, place) is { } cell
            ? $"{cell}. Mend the row or leave it out."
            : objective.Evaluate(objective.Batch, default).Loss is var loss && float.IsFinite(loss)
                ? $"The weights from before give a finite loss for these samples, so the steps since then broke it: {SmallerSteps}. {SlopeRemedy}"
                : Largest(network.Parameters) is > Grown and var largest
                    ? string.Create(CultureInfo.InvariantCulture, $"Weights had grown to {largest:G3} before it: {SmallerSteps}.")
                    : string.Create(CultureInfo.InvariantCulture, $"The objective is {loss} for these samples with the weights from before too")
                        + ", so the learning rate is not the cause: a division by 0, Log of 0, the root of a number below 0, computed targets of a cross entropy "
                        + "that are no probabilities, or numbers so large that they overflow. "
                        + "Guard it (Log(x + 1e-6f)), or scale the inputs.";
        return string.Create(CultureInfo.InvariantCulture, $"The loss of step {step}{of} of epoch {epoch} was not finite. {cause} {Weights(restored)}");
    }

    /// <summary>All losses of the epoch were finite, a weight after it was not.</summary>
    internal static string WeightsNotFinite(NotFiniteWeight broken, int epoch, int restored) =>
        string.Create(CultureInfo.InvariantCulture, $"{broken} after the steps of epoch {epoch}, though each loss was finite: a gradient was not. ")
        + $"{SlopeRemedy} If there is none of them, try a smaller learning rate. {Weights(restored)}";

    private static float Largest(NetworkParameters parameters)
    {
        float largest = 0;
        foreach (NetworkParameter parameter in parameters)
        {
            foreach (float value in parameter.Values)
                largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }

    private static string Weights(int restored) => restored == 0
        ? "The network has its weights from before the training again, and optimizers start anew."
        : string.Create(CultureInfo.InvariantCulture, $"The network has its weights from after epoch {restored} again, and optimizers start anew.");
}
