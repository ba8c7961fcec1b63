using System.Diagnostics;
using NetGen.Generator.Tests.Harness;
using Xunit;

namespace NetGen.Generator.Tests.Networks;

/// <summary>Networks of the literature: as many weights as published, and compiled without a word while one types.</summary>
[Collection(nameof(Pipeline.GrowthTests))]
public sealed class ImageNetworkTests
{
    public static TheoryData<string, int, int> Networks => new()
    {
        // Weights, and the numbers of running statistics: mean and variance of each channel, and a counter for each layer.
        { ImageNetworks.ResNet18, 11_689_512, 9_600 + 20 },
        { ImageNetworks.ResNet20(projects: false), 269_722, 1_376 + 19 },
        { ImageNetworks.ResNet20(projects: true), 272_474, 1_568 + 21 },
        { ImageNetworks.MobileNetV2, 3_504_872, 34_112 + 52 },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Have_as_many_weights_as_published(string source, int weights, int state)
    {
        var parameters = Compiled.Model(source).Parameters;
        Assert.Equal(weights, parameters.Where(p => !p.IsState).Sum(p => p.Count));
        Assert.Equal(state, parameters.Where(p => p.IsState).Sum(p => p.Count));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Are_compiled_within_two_seconds(string source, int weights, int state)
    {
        Assert.True(weights > state);
        var least = TimeSpan.MaxValue;
        // A busy machine can make any one run slow; the first is the JIT's.
        for (var run = 0; run < 2 || (run < 6 && least > TimeSpan.FromSeconds(2)); run++)
        {
            var clock = Stopwatch.StartNew();
            Compiler.Compile(Compiled.Model(source));
            least = clock.Elapsed < least ? clock.Elapsed : least;
        }
        Assert.True(least <= TimeSpan.FromSeconds(2), $"{least.TotalSeconds:F1} s");
    }
}
