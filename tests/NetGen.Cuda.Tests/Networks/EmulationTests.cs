using System.Diagnostics;
using NetGen.Cuda.Host;
using Xunit;

namespace NetGen.Cuda.Tests.Networks;

/// <summary>
/// Runs the explicit tests of this assembly that compute with kernels, each class in a process of its own with a limit of time: an exception in a kernel
/// ends the process that ILGPU emulates it in, and a wrong barrier never ends.
/// </summary>
public sealed class EmulationTests
{
    /// <summary>Some minutes are enough where nothing else computes.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Fact]
    public Task Kernels_agree_with_the_reference() => Run(nameof(EmulatedAgreement));

    [Fact]
    public Task Training_agrees_with_the_processor() => Run(nameof(EmulatedTraining));

    [Fact]
    public Task The_checks_that_are_made_on_a_GPU_hold() => Run(nameof(EmulatedChecks));

    [Fact]
    public Task Rounded_products_agree_with_the_processor() => Run(nameof(EmulatedPrecision));

    [Theory]
    [InlineData(nameof(EmulatedPrecision))]
    [InlineData(nameof(EmulatedAgreement))]
    [InlineData(nameof(EmulatedTraining))]
    public Task The_same_holds_on_a_GPU(string tests)
    {
        Assert.SkipUnless(DeviceList.Installed.Find(0, out var problem) is not null, problem);
        return Run(tests, onGpu: true);
    }

    private static async Task Run(string tests, bool onGpu = false)
    {
        // Compiled networks are kept beside the tests: once for this process and the other.
        _ = Operations.Get(Operations.Names[0]);
        _ = TiledNetworks.Get(TiledNetworks.Names.First());
        _ = PrecisionNetworks.Classifier;
        var assembly = typeof(EmulationTests).Assembly.Location;
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet",
            [assembly, "-explicit", "only", "-class", $"{typeof(EmulationTests).Namespace}.{tests}", "-noColor", "-noLogo", "-parallelMode", "none"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [Emulator.Variable] = onGpu ? "1" : "0" },
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{tests} did not end within {Limit}.\n{await output}");
        }
        var said = await output + await errors;
        Assert.True(process.ExitCode == 0, $"{tests} ended with {process.ExitCode}.\n{said}");
        // A filter that matches nothing would pass as well.
        Assert.Matches(@"Total: [1-9]\d*, Errors: 0, Failed: 0", said);
    }
}
