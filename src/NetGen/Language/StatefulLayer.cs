namespace NetGen;

/// <summary>
/// A recurrent layer whose state a call may give, and which gives its state behind the last step: <see cref="Layers.GruWithState"/>, <see
/// cref="Layers.RnnWithState"/>. What an
/// encoder has read goes to a decoder so:
/// <code>
/// private readonly StatefulLayer encoder = GruWithState(64), decoder = GruWithState(64);
///
/// public Tensor Forward([Sequence(max: 20), Shape(8)] Tensor text, [Sequence(max: 20), Shape(8)] Tensor written)
/// {
///     var (_, read) = encoder(text);
///     var (steps, _) = decoder(written, read);
///     return steps;
/// }
/// </code>
/// As with <see cref="Layer"/>, calling one twice shares its weights.
/// </summary>
/// <param name="x">Steps: the rows of a <see cref="SequenceAttribute"/>, or [steps, width].</param>
/// <param name="initial">The state before the first step, one for all samples or one for each: [units], or [layers · directions, units];
/// null: zeros.</param>
/// <returns>The state of the last layer at each step, and that behind the last step of each layer and direction, in the form of <paramref
/// name="initial"/>.</returns>
public delegate (Tensor Steps, Tensor State) StatefulLayer(Tensor x, Tensor? initial = null);

/// <summary>
/// The same of an LSTM (<see cref="Layers.LstmWithState"/>), whose state is the hidden one, which is its result, and that of its cells:
/// PyTorch's <c>output, (h_n, c_n)</c>,
/// Keras's <c>return_state</c> and <c>initial_state</c>.
/// </summary>
/// <param name="x">Steps: the rows of a <see cref="SequenceAttribute"/>, or [steps, width].</param>
/// <param name="initial">The state before the first step, one for all samples or one for each: each [units], or [layers · directions,
/// units]; null: zeros.</param>
/// <returns>The hidden state of the last layer at each step, and both behind the last step of each layer and direction, in the form of
/// <paramref name="initial"/>.</returns>
public delegate (Tensor Steps, (Tensor Hidden, Tensor Cell) State) StatefulLstm(Tensor x, (Tensor Hidden, Tensor Cell)? initial = null);
