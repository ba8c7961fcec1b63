using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NetGen.Runtime;

/// <summary>
/// Waits for other threads that are about to be ready: spins, then gives the core away in between, for there may be fewer free cores than workers, and after
/// some milliseconds sleeps. A yield gives the core only to threads that the scheduler prefers: under a real-time policy threads of lower priority never get it
/// (and .NET gives new threads another priority than the first one has). <see cref="End"/> must follow.
/// </summary>
/// <param name="crowded">There are more threads than cores: spinning only delays those that are waited for.</param>
internal struct Waiter(bool crowded)
{
    // 5 to 40 µs, as processors differ in how long a pause is. A yield with nobody to yield to costs half a microsecond.
    private const int Spins = 500;

    // A kernel's phases are shorter than this; a sleep takes a millisecond at least.
    private static readonly long Yielding = Stopwatch.Frequency / 200;
    private static readonly long CrowdedYielding = Stopwatch.Frequency / 1000;

    private readonly long yielding = crowded ? CrowdedYielding : Yielding;
    private int count = crowded ? Spins - 20 : 0;
    private long since;
    private bool interrupted;

    /// <summary>One short wait.</summary>
    public void Once()
    {
        if (count < Spins)
        {
            count++;
            Pause();
            return;
        }
        var now = Stopwatch.GetTimestamp();
        if (since == 0)
        {
            since = now;
        }
        if (now - since < yielding)
        {
            Thread.Yield();
            return;
        }
        try
        {
            Thread.Sleep(1);
        }
        catch (ThreadInterruptedException)
        {
            // The others rely on this worker: it stays until the end.
            interrupted = true;
        }
    }

    /// <summary>The wait is over: an interrupt that came meanwhile meets the thread at its next wait elsewhere.</summary>
    public readonly void End() => Uninterrupted.Restore(interrupted);

    /// <summary>Tells the core that this is a spin loop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pause()
    {
        if (X86Base.IsSupported)
        {
            X86Base.Pause();
        }
        else if (ArmBase.IsSupported)
        {
            ArmBase.Yield();
        }
        else
        {
            Thread.SpinWait(1);
        }
    }
}
