using System.Runtime.ExceptionServices;

namespace NetGen.Generator.Reading;

/// <summary>
/// Runs what recurses over the user's program on a stack of known size. Those of the threads that compilers run on differ from host to host (1 MB and
/// less), and Roslyn, asked for the meaning of nested lambdas, does not look at how much is left: the process would end.
/// </summary>
internal static class OwnStack
{
    private const int Bytes = 16 << 20;

    public static T Run<T>(Func<T> function)
    {
        var result = default(T);
        ExceptionDispatchInfo? thrown = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = function();
                }
                catch (Exception e)
                {
                    thrown = ExceptionDispatchInfo.Capture(e);
                }
            },
            Bytes)
        { IsBackground = true };
        thread.Start();
        thread.Join();
        thrown?.Throw();
        return result!;
    }
}
