using System.Globalization;
using System.Text;
using static System.FormattableString;

namespace NetGen;

/// <summary>
/// Writes all that a training is made of to files, and goes on from the last one: the network gets the same bits as without the
/// interruption. A file has the weights, the optimizer's state, the random streams, the order of the samples and the place in it, what
/// schedules, plateaus and early stopping know, the weights of the best epoch, and the history. It is a safetensors file that <c>Load</c>
/// reads as well.
/// </summary>
/// <example>
/// <code>
/// var checkpoints = new Checkpoints("run") { EverySteps = 1000, KeepBest = 1 };
/// network.Fit(train, new FitOptions { Epochs = 100, Checkpoints = checkpoints }, new Adam(1e-3f));
/// </code>
/// </example>
public sealed record Checkpoints
{
    /// <summary>Keeps checkpoints in a folder.</summary>
    /// <param name="folder">The folder, of one training alone; it is made if it is not there.</param>
    public Checkpoints(string folder) => Folder = folder;

    /// <summary>Where the files are: <c>checkpoint-000000001875.safetensors</c> by the number of the step.</summary>
    public string Folder { get; init; }

    /// <summary>
    /// After how many epochs one is written; 1 by default, 0: none. One more is written when the training ends, or is canceled.
    /// </summary>
    public int EveryEpochs { get; init; } = 1;

    /// <summary>After how many steps one is written, inside of epochs too; 0 by default: none.</summary>
    public long EverySteps { get; init; }

    /// <summary>How many of the last are kept; 2 by default, at least 1.</summary>
    public int KeepLast { get; init; } = 2;

    /// <summary>
    /// How many of the best are kept beside them, among those written after an epoch; 0 by default. Which is better, early stopping's
    /// metric says; without it, the validation loss, and without validation the loss.
    /// </summary>
    public int KeepBest { get; init; }

    /// <summary>
    /// Whether to go on from the last checkpoint in the folder, if there is one. True by default; false refuses a folder that has some. The
    /// network, the data and the options must be those of the interrupted training; more epochs may be asked for.
    /// </summary>
    public bool Resume { get; init; } = true;

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Folder);
        if (EveryEpochs < 0)
            throw OutOfRange.Of(nameof(EveryEpochs), EveryEpochs, Invariant($"{nameof(EveryEpochs)} is {EveryEpochs}; expected at least 0."));
        if (EverySteps < 0)
            throw OutOfRange.Of(nameof(EverySteps), EverySteps, Invariant($"{nameof(EverySteps)} is {EverySteps}; expected at least 0."));
        if (KeepLast < 1)
            throw OutOfRange.Of(nameof(KeepLast), KeepLast, Invariant($"{nameof(KeepLast)} is {KeepLast}; expected at least 1."));
        if (KeepBest < 0)
            throw OutOfRange.Of(nameof(KeepBest), KeepBest, Invariant($"{nameof(KeepBest)} is {KeepBest}; expected at least 0."));
    }

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"Folder = {Folder}, EveryEpochs = {EveryEpochs}, EverySteps = {EverySteps}, KeepLast = {KeepLast}, KeepBest = {KeepBest}, Resume = {Resume}");
        return true;
    }
}
