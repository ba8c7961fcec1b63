using NetGen.Runtime;
using static System.FormattableString;

namespace NetGen;

/// <summary>A safetensors file with all of a training: the weights by their names, and beside them what no network has a name for.</summary>
internal static class CheckpointFile
{
    /// <summary>No field of C# is called so.</summary>
    internal const string Prefix = "training:";

    /// <summary>How many blocks, each as large as the weights, there are beside these.</summary>
    internal const int MostBlocks = 3 + MostSlots;

    internal const string State = "training";

    /// <summary>More than any optimizer keeps per weight.</summary>
    private const int MostSlots = 8;

    private const string Kept = Prefix + "kept:", Average = Prefix + "average:";

    internal static void Write(string path, NetworkParameters parameters, FitState state, StepState steps, AlignedFloats kept, AlignedFloats? average)
    {
        List<NamedBlock> blocks = [new("", steps.Weights)];
        for (int i = 0; i < steps.Slots.Length; i++)
            blocks.Add(new(Slot(i), steps.Slots[i]));
        blocks.Add(new(Kept, kept));
        if (average is not null)
            blocks.Add(new(Average, average));
        SafeTensors.Save(path, parameters.Layout, [.. blocks], [new(State, FitStateText.Write(state, steps))]);
    }

    /// <exception cref="InvalidDataException">It is no checkpoint, damaged, or does not fit the network.</exception>
    internal static (FitState State, StepState Steps, AlignedFloats Kept, AlignedFloats? Average) Read(string path, NetworkParameters parameters)
    {
        if (!SafeTensors.ReadMetadata(path).TryGetValue(State, out string? text))
            throw new InvalidDataException("it has weights, and nothing of a training.");
        (FitState state, FitStateText.StepNumbers numbers) = FitStateText.Read(text);
        if (numbers.Slots is < 0 or > MostSlots)
            throw new InvalidDataException(Invariant($"its state cannot be read: the optimizer keeps {numbers.Slots} floats per weight."));
        bool averages = state.Averaged is not null;
        string[] prefixes = ["", .. Enumerable.Range(0, numbers.Slots).Select(Slot), Kept, .. averages ? [Average] : (string[])[]];
        AlignedFloats[] blocks = SafeTensors.Load(path, parameters.Layout, prefixes);
        StepState steps = new(numbers.Seed, numbers.Steps, numbers.OptimizerSteps, blocks[0], blocks[1..(1 + numbers.Slots)]);
        return (state, steps, blocks[1 + numbers.Slots], averages ? blocks[^1] : null);
    }

    private static string Slot(int slot) => Invariant($"{Prefix}slot{slot}:");
}
