namespace NetGen;

/// <summary>
/// A function of one tensor, with weights of its own or without: what the factories of <see cref="Layers"/> make, what a method group
/// (<c>Relu</c>) or a lambda (<c>x => x + inner(x)</c>) converts to. Calling one layer twice shares its weights.
/// </summary>
public delegate Tensor Layer(Tensor x);
