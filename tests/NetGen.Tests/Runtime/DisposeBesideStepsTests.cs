using NetGen.Runtime;
using Xunit;

namespace NetGen.Tests.Runtime;

/// <summary>A network that is disposed while another thread trains it, with one optimizer after the other.</summary>
[Collection(typeof(MeasuredAlone))]
public sealed class DisposeBesideStepsTests
{
    [Fact]
    public void AStepEndsWellOrSaysThatTheNetworkHasBeenDisposed()
    {
        for (var round = 0; round < 300; round++)
        {
            var network = new NetworkState(new ParameterLayout([new("w", [16], 0, Initializer.Zeros)], 16, "Net"), 0, Device.Cpu(1));
            var (steps, thrown) = (0, (Exception?)null);
            var stepping = new Thread(() =>
            {
                try
                {
                    while (true)
                    {
                        network.ExitStep(network.EnterStep(1, 16, new Sgd(0.1f)));
                        network.ExitStep(network.EnterStep(1, 16, new Adam(0.1f), objective: 1));
                        network.ExitStep(network.EnterStep(1, 16, new AdamW(0.1f), objective: 2));
                        Volatile.Write(ref steps, steps + 1);
                    }
                }
                catch (Exception e)
                {
                    thrown = e;
                }
            });
            stepping.Start();
            // Disposed at the first step, or after some.
            SpinWait.SpinUntil(() => Volatile.Read(ref steps) >= round % 3 || !stepping.IsAlive);
            network.Dispose();
            Assert.True(stepping.Join(TimeSpan.FromMinutes(1)));
            Assert.IsType<ObjectDisposedException>(thrown);
        }
    }
}
