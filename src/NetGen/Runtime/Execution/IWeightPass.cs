namespace NetGen.Runtime;

/// <summary>What ends a step once its kernels have run.</summary>
internal interface IWeightPass
{
    /// <summary>The work; null: the kernels have done all.</summary>
    ParallelBody? Body { get; }
}
