namespace NetGen;

/// <summary>Runs that do not know each other, several at once.</summary>
internal static class SideBySide
{
    /// <summary>A seed of each run (the multiplicative constant of Knuth's MMIX), 0 for the first.</summary>
    internal static ulong SeedOf(int number) => unchecked((ulong)number * 6364136223846793005UL);

    /// <param name="count">How many runs there are.</param>
    /// <param name="parallelism">How many run at once; 0: as many as there are cores.</param>
    /// <param name="cancellation">Begins no more of them.</param>
    /// <param name="run">Gets the number of the run, and its share of the cores.</param>
    /// <exception cref="OperationCanceledException">The token asked for it.</exception>
    internal static void Run(int count, int parallelism, CancellationToken cancellation, Action<int, Device> run)
    {
        int cores = NetGenOptions.Threads;
        int atOnce = Math.Min(count, parallelism == 0 ? cores : parallelism);
        if (count == 0)
            return;
        Device device = Device.Cpu(Math.Max(1, cores / atOnce));
        Exception?[] thrown = new Exception?[count];
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        int next = -1;
        Thread[] threads = new Thread[atOnce];
        for (int i = 0; i < threads.Length; i++)
        {
            threads[i] = new Thread(() =>
            {
                int number;
                while (!stop.IsCancellationRequested && (number = Interlocked.Increment(ref next)) < count)
                {
                    try
                    {
                        run(number, device);
                    }
                    catch (Exception exception)
                    {
                        thrown[number] = exception;
                        stop.Cancel();
                    }
                }
            })
            {
                IsBackground = true,
            };
            threads[i].Start();
        }

        foreach (Thread thread in threads)
            thread.Join();
        cancellation.ThrowIfCancellationRequested();
        if (Array.Find(thrown, exception => exception is not null) is { } first)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
    }
}
