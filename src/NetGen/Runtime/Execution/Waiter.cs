using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NetGen.Runtime;

/// <summary>
/// Waits for other threads that are about to be ready: spins, then gives the core away in between, for there may be
/// fewer free cores than workers. It never sleeps: a kernel's phases are shorter than a time slice.
/// </summary>
/// <param name="crowded">There are more threads than cores: spinning only delays those that are waited for.</param>
internal struct Waiter(bool crowded)
{
    // 5 to 40 µs, as processors differ in how long a pause is. A yield with nobody to yield to costs half a microsecond.
    private const int Spins = 500;

    private int count = crowded ? Spins - 20 : 0;

    /// <summary>One short wait.</summary>
    public void Once()
    {
        if (count < Spins)
        {
            count++;
            Pause();
        }
        else
        {
            Thread.Yield();
        }
    }

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
