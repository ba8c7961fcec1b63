using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.Runtime;
using static System.FormattableString;

namespace NetGen;

/// <summary>
/// A sequence that a network reads piece by piece (<see cref="SessionsAttribute"/>): what earlier steps left, keys, values and states, is
/// in the session's memory, and only new steps are
/// computed. The results have the same bits as those of the whole sequence at once.
/// </summary>
/// <remarks>
/// <code>
/// using var session = network.Start();
/// session.Append(prompt, logits);               // logits of the last token
/// while (session.Length &lt; session.MaximumLength)
///     session.Append([Choose(logits)], logits);
/// </code>
/// Many sessions may stand on one network, each for one thread at a time. Weights that change between two pieces do not change what
/// earlier steps have left. Nothing is allocated by <see
/// cref="Append(ReadOnlySpan{T}, Span{float})"/> for each step, but for pieces of several steps of which only the last result is asked
/// for, when they are longer than any before.
/// </remarks>
/// <typeparam name="T">What a step is made of: indices (<see cref="int"/>), or numbers (<see cref="float"/>).</typeparam>
public sealed class Session<T> : IDisposable
    where T : unmanaged
{
    private readonly NetworkState state;
    private readonly SessionProgram<T> program;
    private AlignedFloats? memory;
    private float[] results = [];

    /// <summary>What generated code calls.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Session(NetworkState state, SessionProgram<T> program)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(program);
        (this.state, this.program) = (state, program);
        memory = new AlignedFloats(program.Floats, cleared: true, $"A session of {state.Layout.NetworkName}");
    }

    /// <summary>How many steps it has read.</summary>
    public int Length { get; private set; }

    /// <summary>How many it can read in all: the max of the <see cref="SequenceAttribute"/>.</summary>
    public int MaximumLength => program.Longest;

    /// <summary>Numbers of a step's result.</summary>
    public int ResultWidth => program.Width;

    /// <summary>Reads steps behind those that it has.</summary>
    /// <param name="values">The values of one step or several.</param>
    /// <param name="results">Receives the results of all of them, or, where there is only room for one, that of the last.</param>
    /// <exception cref="ArgumentException">There is no step, they are more than the session can read, or the results have another length;
    /// nothing has changed.</exception>
    /// <exception cref="ObjectDisposedException">The session has been disposed.</exception>
    public void Append(ReadOnlySpan<T> values, Span<float> results)
    {
        var steps = values.Length / program.PerStep;
        Check(steps, values.Length, results.Length, 1);
        Span<int> span = [0, steps, Length], address = stackalloc int[2];
        Write(address);
        var all = results.Length == (long)steps * program.Width ? results : Buffer(steps);
        program.Append(state, values, span, address, all);
        GC.KeepAlive(memory);
        Length += steps;
        if (all.Length != results.Length)
            all[^program.Width..].CopyTo(results);
    }

    /// <summary>Reads steps of several sessions of one network, each behind those that it has, in one go.</summary>
    /// <param name="sessions">The sessions, each once.</param>
    /// <param name="values">The values of the steps of the first session, then of the next.</param>
    /// <param name="lengths">How many steps each session reads.</param>
    /// <param name="results">Receives the results of all steps, or, where there is room for no more, of the last step of each
    /// session.</param>
    /// <exception cref="ArgumentException">The sessions are none, of several networks, or one comes twice; or lengths do not fit; nothing
    /// has changed.</exception>
    /// <exception cref="ObjectDisposedException">A session has been disposed.</exception>
    public static void Append(ReadOnlySpan<Session<T>> sessions, ReadOnlySpan<T> values, ReadOnlySpan<int> lengths, Span<float> results)
    {
        if (sessions.IsEmpty || lengths.Length != sessions.Length)
            throw new ArgumentException(Invariant($"There are {sessions.Length} sessions and {lengths.Length} lengths; expected one for each."), nameof(lengths));
        foreach (var session in sessions)
            ArgumentNullException.ThrowIfNull(session, nameof(sessions));
        var first = sessions[0];
        var (program, total) = (first.program, 0);
        for (var i = 0; i < sessions.Length; i++)
        {
            if (sessions[i].state != first.state)
                throw new ArgumentException("The sessions are of several networks.", nameof(sessions));
            if (sessions[..i].Contains(sessions[i]))
                throw new ArgumentException(Invariant($"Session {i} comes twice."), nameof(sessions));
            sessions[i].CheckSteps(lengths[i]);
            total = checked(total + lengths[i]);
        }
        first.CheckLengths(total, values.Length, results.Length, sessions.Length);
        var (spans, addresses) = (new int[sessions.Length * StepKernels.Width], new int[sessions.Length * 2]);
        for (int i = 0, start = 0; i < sessions.Length; start += lengths[i++])
        {
            (spans[i * 3], spans[(i * 3) + 1], spans[(i * 3) + 2]) = (start, lengths[i], sessions[i].Length);
            sessions[i].Write(addresses.AsSpan(i * 2, 2));
        }
        var all = results.Length == (long)total * program.Width ? results : first.Buffer(total);
        program.Append(first.state, values, spans, addresses, all);
        for (int i = 0, end = 0; i < sessions.Length; i++)
        {
            end += lengths[i];
            sessions[i].Length += lengths[i];
            GC.KeepAlive(sessions[i].memory);
            if (all.Length != results.Length)
                all.Slice((end - 1) * program.Width, program.Width).CopyTo(results[(i * program.Width)..]);
        }
    }

    /// <summary>A second session that has read the same; each goes on by itself.</summary>
    /// <exception cref="ObjectDisposedException">The session has been disposed.</exception>
    public Session<T> Fork()
    {
        ObjectDisposedException.ThrowIf(memory is null, this);
        var other = new Session<T>(state, program) { Length = Length };
        memory.Span.CopyTo(other.memory!.Span);
        return other;
    }

    /// <summary>Forgets what it has read.</summary>
    /// <exception cref="ObjectDisposedException">The session has been disposed.</exception>
    public void Reset()
    {
        ObjectDisposedException.ThrowIf(memory is null, this);
        memory.Span.Clear();
        Length = 0;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => memory = null;

    private void Check(int steps, int values, int room, int sessions)
    {
        CheckSteps(steps);
        CheckLengths(steps, values, room, sessions);
    }

    private void CheckSteps(int steps)
    {
        ObjectDisposedException.ThrowIf(memory is null, this);
        if (steps < 1)
            throw new ArgumentException(Invariant($"A piece of {program.Name} has at least one step."), program.Name);
        if (steps > program.Longest - Length)
            throw new ArgumentException(Invariant($"The session has read {Length} steps of {program.Name} of at most {program.Longest}; {steps} more are too many."), program.Name);
    }

    private void CheckLengths(int steps, int values, int room, int sessions)
    {
        if (values != (long)steps * program.PerStep)
            throw new ArgumentException(Invariant($"{program.Name} has {values} values; expected {program.PerStep} for each of {steps} steps."), program.Name);
        if (room != (long)steps * program.Width && room != (long)sessions * program.Width)
        {
            throw new ArgumentException(
                Invariant($"The results have room for {room} numbers; expected {program.Width} for each of {steps} steps, or for the last step of each session."), "results");
        }
    }

    private unsafe void Write(Span<int> address) => MemoryMarshal.Write(MemoryMarshal.AsBytes(address),
        (long)(nint)Unsafe.AsPointer(ref memory!.Start));

    private Span<float> Buffer(int steps)
    {
        var floats = checked(steps * program.Width);
        if (results.Length < floats)
            results = new float[floats];
        return results.AsSpan(0, floats);
    }
}
