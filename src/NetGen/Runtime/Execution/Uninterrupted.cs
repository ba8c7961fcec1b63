namespace NetGen.Runtime;

/// <summary>
/// Waits of whoever gives something back, or whom other threads rely on: they are not given up by <see cref="Thread.Interrupt"/>. The interrupt is kept and
/// meets the thread at its next wait elsewhere.
/// </summary>
internal static class Uninterrupted
{
    /// <summary>Takes a lock.</summary>
    public static Lock.Scope EnterScope(Lock gate)
    {
        var interrupted = false;
        while (true)
        {
            try
            {
                var scope = gate.EnterScope();
                Restore(interrupted);
                return scope;
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        }
    }

    /// <summary>Gives the interrupt back that a wait has swallowed.</summary>
    public static void Restore(bool interrupted)
    {
        if (interrupted)
        {
            Thread.CurrentThread.Interrupt();
        }
    }
}
