using System.Globalization;
using static System.FormattableString;

namespace NetGen;

/// <summary>The checkpoints of a training: which is the last, and which are kept.</summary>
/// <param name="options">How many.</param>
/// <param name="watch">Which is better.</param>
internal sealed class CheckpointFolder(Checkpoints options, Watch watch)
{
    private const string Before = "checkpoint-", After = ".safetensors";

    /// <summary>Those written after an epoch, and what was watched in it.</summary>
    private readonly List<(long Step, double Value)> values = [];

    internal IReadOnlyList<(long Step, double Value)> Values => values;

    internal Checkpoints Options => options;

    /// <summary>The removal of older ones: the memory of large files takes the system some time, which no step has to wait for.</summary>
    private Task removal = Task.CompletedTask;

    /// <summary>What is watched is known of these.</summary>
    internal void Remember(IReadOnlyList<(long Step, double Value)> known)
    {
        values.Clear();
        values.AddRange(known);
    }

    /// <summary>The last checkpoint, if there is one to go on from.</summary>
    /// <exception cref="InvalidOperationException">There is one, and it shall not be gone on from.</exception>
    internal string? Last()
    {
        if (Steps() is not [.., var last])
            return null;
        return options.Resume
            ? PathOf(last)
            : throw new InvalidOperationException(
                $"{options.Folder} has checkpoints of another training, which the new ones would be mixed with. Delete them, take another folder, or set {nameof(Checkpoints.Resume)}.");
    }

    /// <summary>Waits until those that are not kept are removed.</summary>
    /// <exception cref="IOException">One could not be.</exception>
    /// <exception cref="UnauthorizedAccessException">The process has not the right any more.</exception>
    internal void Finish() => removal.GetAwaiter().GetResult();

    /// <summary>Writes one, and then begins to remove those that are not kept.</summary>
    /// <param name="step">The steps of the training so far.</param>
    /// <param name="ended">The epoch that has just ended; null inside of one.</param>
    /// <param name="write">Writes the file of a path.</param>
    internal void Write(long step, EpochResult? ended, Action<string> write)
    {
        Finish();
        Directory.CreateDirectory(options.Folder);
        if (ended is not null)
        {
            values.RemoveAll(known => known.Step == step);
            values.Add((step, watch.Value(ended)));
        }

        // What is in the file is what will be there after it: one that is removed too late is in no list, and removed next time.
        List<long> steps = Steps();
        if (!steps.Contains(step))
            steps.Add(step);
        HashSet<long> kept = [.. steps.Order().TakeLast(options.KeepLast), .. Best()];
        values.RemoveAll(known => !kept.Contains(known.Step));
        write(PathOf(step));
        string[] old = [.. steps.Where(other => !kept.Contains(other)).Select(PathOf)];
        if (old.Length > 0)
            removal = Task.Run(() => Array.ForEach(old, File.Delete));
    }

    private IEnumerable<long> Best() => values.Where(known => double.IsFinite(known.Value))
        .OrderBy(known => watch.HigherIsBetter == true ? -known.Value : known.Value).ThenBy(known => known.Step)
        .Take(options.KeepBest).Select(known => known.Step);

    private string PathOf(long step) => Path.Combine(options.Folder, Invariant($"{Before}{step:D12}{After}"));

    /// <summary>Of the checkpoints that are there, rising.</summary>
    private List<long> Steps()
    {
        List<long> steps = [];
        if (!Directory.Exists(options.Folder))
            return steps;
        foreach (string file in Directory.EnumerateFiles(options.Folder, $"{Before}*{After}"))
        {
            ReadOnlySpan<char> number = Path.GetFileName(file.AsSpan())[Before.Length..^After.Length];
            if (long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long step) && Path.GetFileName(PathOf(step)) == Path.GetFileName(file))
                steps.Add(step);
        }

        steps.Sort();
        return steps;
    }
}
