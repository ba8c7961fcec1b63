namespace NetGen;

/// <summary>
/// What a convolution or pooling sees beyond the edges of an image: nothing (<see cref="Valid"/>, the default), as much as keeps the
/// size (<see cref="Same"/>), or a number of rows and columns on each side (<c>padding: 1</c>).
/// </summary>
/// <example>
/// <code>
/// private readonly Layer same = Conv2D(32, kernel: 3, padding: Padding.Same), two = Conv2D(32, kernel: 5, padding: 2);
/// </code>
/// </example>
public readonly struct Padding
{
    /// <summary>No padding: the output has ⌊(size − kernel) / stride⌋ + 1 rows and columns.</summary>
    public static Padding Valid => default;

    /// <summary>
    /// The output has ⌈size / stride⌉ rows and columns. An odd number of padding rows or columns puts the extra one at the bottom and
    /// right.
    /// </summary>
    public static Padding Same => default;

    /// <summary>
    /// In front of the steps of a sequence (<see cref="Layers.Conv1D"/> and the pools): a step sees itself and steps before it, and never
    /// later ones, so that <see cref="SessionsAttribute">sessions</see> can go on. Without a stride there are as many steps as before.
    /// </summary>
    public static Padding Causal => default;

    /// <summary>This many rows and columns on each side: the output has ⌊(size + 2·amount − kernel) / stride⌋ + 1.</summary>
    public static implicit operator Padding(int amount) => default;
}
