using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using NetGen.Generator.Emission.Cuda.Tiles;
using NetGen.Testing;
using Xunit;

namespace NetGen.Cuda.Tests.Networks;

/// <summary>What NVIDIA's assembler makes of every kernel of the sample networks, in every precision, stepped by Adam. No GPU is needed.</summary>
public sealed class ResourceTests
{
    /// <summary>What a GPU gives a block on demand.</summary>
    private const int MostSharedBytes = 96 * 1024;

    public static TheoryData<string> SampleNames => [.. Samples.Names];

    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<(MethodInfo Kernel, CudaWork Work, Assembler.Resources Resources, string Code)>>> Assembled = [];

    [Theory]
    [MemberData(nameof(SampleNames))]
    public void Kernels_keep_the_budget(string name)
    {
        var kernels = Assemble(name);
        Assert.NotEmpty(kernels);
        foreach (var (kernel, work, resources, code) in kernels)
        {
            Assert.True((resources.SpillBytes, resources.StackBytes, Count(code, "LDL") + Count(code, "STL")) == (0, 0, 0), $"{kernel.Name}: {resources}");
            // As many blocks as the program counts on fit on a multiprocessor.
            Assert.InRange(resources.Registers, 1, Math.Min(GpuModel.RegistersOfThread, GpuModel.Registers / (work.Threads * work.Resident)));
            Assert.InRange(resources.SharedBytes + work.SharedBytes, 0, MostSharedBytes);
            if (work.Cooperation != CudaCooperation.Tiles)
                continue;
            Assert.NotEqual(0, Count(code, "LDGSTS"));
            Assert.Equal(name.EndsWith("_Float32", StringComparison.Ordinal), Count(code, "HMMA") == 0);
            // Instructions of tensor cores come with no multiply-adds beside them, but for those of an optimizer behind them.
            Assert.True(Count(code, "HMMA") > 0 || Count(code, "FFMA") > 0, kernel.Name);
        }
    }

    /// <summary>What the assembler of the stated version says of each kernel, to be seen when it changes.</summary>
    [Fact]
    public void Resources()
    {
        if (!Assembler.IsOfVersion())
            Assert.Skip($"The numbers are those of ptxas {Assembler.Version}.");
        var table = new StringBuilder($"ptxas {Assembler.Version}, sm_90; resident: blocks on a multiprocessor that the registers are bounded for\n");
        foreach (var name in Samples.Names)
        {
            table.Append(CultureInfo.InvariantCulture, $"\n{name,-33} threads  resident  registers  shared  FFMA  HMMA  LDS.128  LDSM  LDGSTS  LDGSTS.128  LDG.128  STG.128  STG.64\n");
            foreach (var (kernel, work, resources, code) in Assemble(name))
            {
                table.Append(CultureInfo.InvariantCulture, $"{kernel.Name,-33} {work.Threads,7}  {work.Resident,8}  {resources.Registers,9}  {resources.SharedBytes + work.SharedBytes,6}");
                table.Append(CultureInfo.InvariantCulture, $"  {Count(code, "FFMA"),4}  {Count(code, "HMMA"),4}  {Regex.Count(code, @"\bLDS(\.U)?\.128"),7}  {Count(code, "LDSM"),4}  {Count(code, "LDGSTS"),6}");
                table.Append(CultureInfo.InvariantCulture, $"  {Regex.Count(code, @"LDGSTS\.E\.BYPASS\.128"),10}  {Regex.Count(code, @"LDG\.E\.128"),7}  {Regex.Count(code, @"STG\.E\.128"),7}  {Regex.Count(code, @"STG\.E\.64"),6}\n");
            }
        }
        Snapshot.Verify(table.ToString());
    }

    private static IReadOnlyList<(MethodInfo Kernel, CudaWork Work, Assembler.Resources Resources, string Code)> Assemble(string name) =>
        Assembled.GetOrAdd(name, sample => new(() =>
        {
            var kernels = Kernels.Of(Samples.Get(sample));
            var assembled = Assembler.Disassemble([.. kernels.Select(kernel => Kernels.Ptx(kernel.Kernel, kernel.Work))]);
            return [.. kernels.Zip(assembled, (kernel, found) => (kernel.Kernel, kernel.Work, found.Resources, found.Code))];
        })).Value;

    private static int Count(string code, string instruction) => Regex.Count(code, $@"\b{instruction}\b");
}
