using NetGen.Runtime;

namespace NetGen;

/// <summary>A safetensors file with all of a training: the weights by their names, and beside them what no network has a name for.</summary>
internal static class CheckpointFile
{
    /// <summary>No field of C# is called so.</summary>
    internal const string Prefix = "training:";

    /// <summary>How many blocks, each as large as the weights, there are beside these.</summary>
    internal const int MostBlocks = 3;

    internal const string State = "training";

    private const string Slot0 = Prefix + "slot0:", Slot1 = Prefix + "slot1:", Kept = Prefix + "kept:";

    internal static void Write(string path, NetworkParameters parameters, FitState state, StepState steps, AlignedFloats kept)
    {
        List<NamedBlock> blocks = [new("", steps.Weights)];
        if (steps.Slot0 is { } slot0)
            blocks.Add(new(Slot0, slot0));
        if (steps.Slot1 is { } slot1)
            blocks.Add(new(Slot1, slot1));
        blocks.Add(new(Kept, kept));
        SafeTensors.Save(path, parameters.Layout, [.. blocks], [new(State, FitStateText.Write(state, steps))]);
    }

    /// <exception cref="InvalidDataException">It is no checkpoint, damaged, or does not fit the network.</exception>
    internal static (FitState State, StepState Steps, AlignedFloats Kept) Read(string path, NetworkParameters parameters)
    {
        if (!SafeTensors.ReadMetadata(path).TryGetValue(State, out string? text))
            throw new InvalidDataException("it has weights, and nothing of a training.");
        (FitState state, FitStateText.StepNumbers numbers) = FitStateText.Read(text);
        string[] prefixes = ["", .. numbers.Slots > 0 ? [Slot0] : (string[])[], .. numbers.Slots > 1 ? [Slot1] : (string[])[], Kept];
        AlignedFloats[] blocks = SafeTensors.Load(path, parameters.Layout, prefixes);
        StepState steps = new(
            numbers.Seed, numbers.Steps, numbers.OptimizerSteps, blocks[0],
            numbers.Slots > 0 ? blocks[1] : null, numbers.Slots > 1 ? blocks[2] : null);
        return (state, steps, blocks[^1]);
    }
}
