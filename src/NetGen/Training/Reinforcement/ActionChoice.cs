namespace NetGen.Reinforcement;

/// <summary>Chooses an action by what is seen, in each of B environments.</summary>
/// <param name="observations">[B, n].</param>
/// <param name="actions">Receives the actions: [B].</param>
public delegate void ActionChoice(ReadOnlySpan<float> observations, Span<int> actions);
