namespace NetGen.Runtime;

/// <summary>What training steps have made of a network: with the same inputs the next steps have the same bits wherever it goes on.</summary>
/// <remarks>What a network gives is no copy where that can be helped: it is to be written before the next step.</remarks>
/// <param name="Seed">The seed of everything random in training.</param>
/// <param name="Steps">The steps so far, which random numbers are made from.</param>
/// <param name="OptimizerSteps">The steps that have used the optimizer's state.</param>
/// <param name="Weights">All weights, gaps included.</param>
/// <param name="Slots">What the optimizer keeps per weight, one block after the other; none if it keeps nothing (yet).</param>
internal sealed record StepState(ulong Seed, long Steps, long OptimizerSteps, AlignedFloats Weights, AlignedFloats[] Slots);
