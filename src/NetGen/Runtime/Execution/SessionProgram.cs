using System.ComponentModel;

namespace NetGen.Runtime;

/// <summary>Computes new steps of sessions.</summary>
/// <typeparam name="T">What a step is made of: indices, or numbers.</typeparam>
/// <param name="state">The network.</param>
/// <param name="values">The values of the new steps, one session after the other.</param>
/// <param name="spans">For each session where they begin, how many they are, and the position of the first.</param>
/// <param name="sessions">The address of each session's memory.</param>
/// <param name="result">Receives the result of each new step.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate void AppendSteps<T>(NetworkState state, ReadOnlySpan<T> values, ReadOnlySpan<int> spans, ReadOnlySpan<int> sessions, Span<float> result);

/// <summary>What generated code says of a network's sessions.</summary>
/// <typeparam name="T">What a step is made of.</typeparam>
/// <param name="Append">Computes new steps.</param>
/// <param name="Longest">The most steps of a session.</param>
/// <param name="Floats">Of a session's memory.</param>
/// <param name="PerStep">Values of a step.</param>
/// <param name="Width">Numbers of a step's result.</param>
/// <param name="Name">Of the input, for messages.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record SessionProgram<T>(AppendSteps<T> Append, int Longest, long Floats, int PerStep, int Width, string Name);
