namespace NetGen.Generator.Planning;

internal abstract record KernelBody;

internal sealed record LoweringContext;
