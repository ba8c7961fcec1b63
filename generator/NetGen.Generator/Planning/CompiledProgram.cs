namespace NetGen.Generator.Planning;

/// <summary>What a program of a network is for.</summary>
internal enum ProgramKind
{
    /// <summary>Computes a method's result.</summary>
    Predict,

    /// <summary>Computes an objective, without training.</summary>
    Evaluate,

    /// <summary>Computes an objective and changes the weights.</summary>
    Step,
}

/// <summary>One callable program: the kernels of a method, when they run, and where their values lie.</summary>
internal sealed record CompiledProgram(
    MethodModel Method, ProgramKind Kind, string Name, FusedProgram Program, Schedule Schedule, MemoryPlan Memory, DepthFirst? Blocks)
{
    /// <summary>Tells the programs of a network apart: names are made of the user's, and two can be alike.</summary>
    public (string Method, string Name) Key => (Method.Name, Name);

    /// <summary>The program for batches of less than <see cref="SmallestBatch"/> samples, which takes other algorithms; null where one serves all.</summary>
    public CompiledProgram? ForFewer { get; init; }

    /// <summary>The fewest samples that this program is for.</summary>
    public int SmallestBatch { get; init; } = 1;

    /// <summary>The kernels that have to do with weights only and run before all blocks of samples; none where there are no blocks.</summary>
    public IEnumerable<KernelGroup> Once => Program.Groups.Where(IsOnce);

    /// <summary>The kernels that every block of samples runs through, or all samples at once where there are no blocks.</summary>
    public IEnumerable<KernelGroup> OfSamples => Program.Groups.Where(group => !IsOnce(group));

    private bool IsOnce(KernelGroup group) => Blocks?.Once.Contains(group.Id) == true;

    /// <summary>The values that the program is for, in the order of the method's outputs; a view's memory is its root's.</summary>
    public IEnumerable<int> Outputs => Program.Graph.Outputs.Select(o => Program.Root(o.Value)).Distinct();
}

/// <summary>The weights' places in the network's one block of floats.</summary>
internal sealed class WeightLayout
{
    private readonly Dictionary<string, int> offsets = [];

    public WeightLayout(IEnumerable<ParameterModel> parameters)
    {
        long next = 0;
        foreach (var parameter in parameters)
        {
            offsets.Add(parameter.Name, checked((int)next));
            next += (parameter.Count + MemoryPlan.Alignment - 1) / MemoryPlan.Alignment * MemoryPlan.Alignment;
        }
        TotalFloats = checked((int)next);
    }

    public int TotalFloats { get; }

    public int this[string parameter] => offsets[parameter];
}
