using NetGen.Runtime;
using static System.FormattableString;

namespace NetGen;

/// <summary>
/// A safetensors file with all of a training: the weights by their names, and beside them what no network has a name for.
/// </summary>
internal static class CheckpointFile
{
    /// <summary>No field of C# is called so.</summary>
    internal const string Prefix = "training:";

    /// <summary>How many blocks, each as large as the weights, there are beside these.</summary>
    internal const int MostBlocks = 3 + MostSlots * MostObjectives;

    internal const string State = "training";

    /// <summary>More than any optimizer keeps per weight.</summary>
    private const int MostSlots = 8;

    /// <summary>More than a network that anybody has seen.</summary>
    private const int MostObjectives = 100;

    private const string Kept = Prefix + "kept:", Average = Prefix + "average:";

    internal static void Write(string path, NetworkParameters parameters, FitState state, StepState[] steps, AlignedFloats kept, AlignedFloats? average)
    {
        List<NamedBlock> blocks = [new("", steps[0].Weights)];
        foreach ((ObjectiveState objective, StepState made) in state.Objectives.Zip(steps))
        {
            for (int i = 0; i < made.Slots.Length; i++)
                blocks.Add(new(Slot(objective.Name, i), made.Slots[i]));
        }

        blocks.Add(new(Kept, kept));
        if (average is not null)
            blocks.Add(new(Average, average));
        SafeTensors.Save(path, parameters.Layout, [.. blocks], [new(State, FitStateText.Write(state, steps))]);
    }

    /// <exception cref="InvalidDataException">It is no checkpoint, damaged, or does not fit the network.</exception>
    internal static (FitState State, StepState[] Steps, AlignedFloats Kept, AlignedFloats? Average) Read(string path, NetworkParameters parameters)
    {
        if (!SafeTensors.ReadMetadata(path).TryGetValue(State, out string? text))
            throw new InvalidDataException("it has weights, and nothing of a training.");
        (FitState state, FitStateText.StepNumbers numbers) = FitStateText.Read(text);
        if (numbers.Objectives.Length is 0 or > MostObjectives)
            throw new InvalidDataException(Invariant($"its state cannot be read: it has {numbers.Objectives.Length} objectives."));
        if (numbers.Objectives.FirstOrDefault(objective => objective.Slots is < 0 or > MostSlots) is { Slots: not 0 } broken)
            throw new InvalidDataException(Invariant($"its state cannot be read: the optimizer keeps {broken.Slots} floats per weight."));
        bool averages = state.Averaged is not null;
        string[] slots = [.. state.Objectives.Zip(numbers.Objectives).SelectMany(pair => Enumerable.Range(0, pair.Second.Slots).Select(slot => Slot(pair.First.Name, slot)))];
        string[] prefixes = ["", .. slots, Kept, .. averages ? [Average] : (string[])[]];
        AlignedFloats[] blocks = SafeTensors.Load(path, parameters.Layout, prefixes);
        int at = 1;
        StepState[] steps = Array.ConvertAll(
            numbers.Objectives, objective => new StepState(numbers.Seed, numbers.Steps, objective.OptimizerSteps, blocks[0], blocks[at..(at += objective.Slots)]));
        return (state, steps, blocks[at], averages ? blocks[^1] : null);
    }

    /// <summary>What the names of what an optimizer keeps begin with; the only objective has no name in it.</summary>
    private static string Slot(string objective, int slot) => Invariant($"{Prefix}{objective}{(objective.Length == 0 ? "" : ":")}slot{slot}:");
}
