namespace NetGen.Generator.Graph;

/// <summary>
/// How a node is computed, before any backend is known: what an operation is lowered to. The kinds stand in the folder Lowering; further
/// ones come from passes that choose another algorithm.
/// </summary>
internal abstract record KernelBody;
