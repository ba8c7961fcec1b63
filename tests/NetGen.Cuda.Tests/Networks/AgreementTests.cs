using NetGen.Compiled.Tests.Harness;
using NetGen.Compiled.Tests.Operations;
using Xunit;

namespace NetGen.Cuda.Tests.Networks;

public sealed class AgreementTests
{
    [Fact(Explicit = true)]
    public void All()
    {
        var filter = Environment.GetEnvironmentVariable("ONLY");
        var failures = 0;
        foreach (var name in OperationNetworks.Names.Select(n => (string)n[0]).Where(n => filter is null || n.Contains(filter)))
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            try
            {
                Agreement.Check(OperationNetworks.Get(name), [3], Emulator.Device());
            }
            catch (Exception e)
            {
                failures++;
                Console.WriteLine($"FAIL {name}: {e.Message[..Math.Min(400, e.Message.Length)]} {(e is Xunit.Sdk.XunitException ? "" : e.StackTrace?[..Math.Min(600, e.StackTrace.Length)])}");
            }
            Console.WriteLine($"{name} {clock.Elapsed.TotalSeconds:0.00}");
            Console.Out.Flush();
        }
        Assert.Equal(0, failures);
    }
}
