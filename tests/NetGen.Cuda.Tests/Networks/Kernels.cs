using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using NetGen.Compiled.Tests.Harness;
using NetGen.Cuda.Compilation;
using NetGen.Cuda.Kernels;
using NetGen.Cuda.Tests.Host;
using NetGen.Cuda.Tests.Tiles;
using Xunit;

namespace NetGen.Cuda.Tests.Networks;

/// <summary>The kernels that a network launches, as PTX.</summary>
internal static partial class Kernels
{
    private static readonly ConcurrentDictionary<(MethodInfo Kernel, CudaWork Work), Lazy<string>> Known = [];

    /// <summary>Every kernel of every entry point; steps with each of these optimizers.</summary>
    public static IReadOnlyList<(MethodInfo Kernel, CudaWork Work)> Of(CompiledNetwork network, bool allOptimizers = false)
    {
        const int batch = 2;
        List<(MethodInfo Kernel, CudaWork Work)> notes = [];
        using var compiled = network.Create(1, Emulator.Noting(notes));
        foreach (var method in network.Model.Methods)
        {
            var inputs = network.Inputs(method.Name, batch, seed: 1);
            if (!method.IsObjective)
            {
                var types = method.Graph.Results.Select(result => method.Graph[result.Value].Type);
                compiled.Predict(method.Name, inputs, [.. types.Select(type => new float[type.Count * (type.Batched ? batch : 1)])]);
                continue;
            }
            compiled.Loss(method.Name, inputs);
            compiled.Step(method.Name, inputs, Adam.Default);
            if (allOptimizers)
            {
                compiled.Step(method.Name, inputs, AdamW.Default);
                compiled.Step(method.Name, inputs, new Sgd(0.1f, 0.9f, nesterov: true));
                compiled.Step(method.Name, inputs, RmsProp.Default);
                compiled.Step(method.Name, inputs, Adagrad.Default);
                compiled.Step(method.Name, inputs, Nadam.Default);
            }
        }
        return notes;
    }

    public static string Ptx(MethodInfo kernel, CudaWork work) => Known.GetOrAdd((kernel, work), k => new(() => KernelCompiler.Compile(k.Kernel, k.Work.Threads, k.Work.Resident))).Value;

    /// <summary>What must hold of every kernel of a network.</summary>
    public static void CheckText(CompiledNetwork network, bool allOptimizers = false)
    {
        var text = Generator.Compiler.Compile(network.Model).Cuda!.Text;
        foreach (var (kernel, work) in Of(network, allOptimizers))
        {
            CheckText(kernel, work, text);
        }
    }

    /// <summary>What must hold of a kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="work">What it is compiled for.</param>
    /// <param name="source">The file that the generator wrote.</param>
    private static void CheckText(MethodInfo kernel, CudaWork work, string source)
    {
        var text = Ptx(kernel, work);
        var name = kernel.Name;
        Assert.False(text.Contains(".extern", StringComparison.Ordinal), $"{name} calls what is not there.");
        Assert.False(text.Contains(".local", StringComparison.Ordinal), $"{name} has memory of its own for each thread: something is indexed that should be in registers.");
        Assert.False(text.Contains(".approx", StringComparison.Ordinal), $"{name} has approximate functions.");
        Assert.False(Call().IsMatch(text), $"{name} has calls that were not inlined.");
        Assert.False(Unrounded().IsMatch(text), $"{name} has arithmetic without a rounding: {Unrounded().Match(text).Value}.");
        Assert.False(DivergentAsUniform().IsMatch(text), $"{name} has a branch that is said to be uniform and is not.");
        Assert.False(Generic().IsMatch(text), $"{name} reaches memory without knowing which: {Generic().Match(text).Value}.");
        Assert.True(text.Contains("st.global", StringComparison.Ordinal), $"{name} stores nothing.");
        CheckParameters(kernel, text);
        var barriers = Barrier().Count(text);
        // The threads of a block go from step to step of a sequence together, or fold what they have.
        var isSequence = kernel.DeclaringType == typeof(RecurrenceKernels);
        Assert.Equal(work.Cooperation switch { CudaCooperation.Elements => 0, CudaCooperation.Tiles => 1, _ => isSequence ? 1 : 2 }, barriers);
        if (work.Cooperation == CudaCooperation.Blocks && !isSequence)
        {
            CheckFold(name, text);
        }
        if (work.Cooperation == CudaCooperation.Tiles)
        {
            var method = source[source.IndexOf($" void {name}", StringComparison.Ordinal)..];
            InstructionOrder.Check(method[..method.IndexOf("\n    }\n", StringComparison.Ordinal)], text);
        }
    }

    /// <summary>A launch copies parameters as they lie in memory here, one after the other; the kernel must read them from there.</summary>
    private static void CheckParameters(MethodInfo kernel, string text)
    {
        var read = PtxParameters.Bytes(text);
        // A view is a pointer and a length.
        var passed = kernel.GetParameters().Select(p => p.ParameterType)
            .Select(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ILGPU.ArrayView<>) ? 16 : Marshal.SizeOf(type));
        Assert.Equal(passed, read);
    }

    /// <summary>
    /// Who reads shared memory has waited since it was written: no basic block may read and then wait. (ILGPU's level O2 moves reads before the barrier.) Of a fold two
    /// parts are read and one is written, all wait.
    /// </summary>
    private static void CheckFold(string name, string text)
    {
        var blocks = BlockEnd().Split(text)
            .Select(block => string.Concat(SharedEvent().Matches(block).Select(m => m.Value switch { "st.shared" => 's', "ld.shared" => 'l', _ => '|' })))
            .Where(events => events.Length > 0).ToArray();
        Assert.True(blocks.All(b => FoldBlock().IsMatch(b)), $"{name} uses shared memory and barriers in the order {string.Join(", ", blocks)}.");
        Assert.Contains(blocks, b => b.EndsWith("s|", StringComparison.Ordinal) || b == "|");
        Assert.Contains(blocks, b => b.StartsWith('l'));
    }

    [GeneratedRegex(@"\bcall(\.uni)?\b")]
    private static partial Regex Call();

    /// <summary>Without a rounding the assembler may fuse a product with a sum.</summary>
    [GeneratedRegex(@"\b(add|sub|mul|mad|div|sqrt)\.f32\b")]
    private static partial Regex Unrounded();

    [GeneratedRegex(@"@!?%p\d+ bra\.uni")]
    private static partial Regex DivergentAsUniform();

    /// <summary>A load or store with no address space.</summary>
    [GeneratedRegex(@"\b(ld|st)\.(v\d\.)?[fubs]\d+\b")]
    private static partial Regex Generic();

    [GeneratedRegex(@"\bbar\.sync\b|\bbarrier\.sync\b")]
    private static partial Regex Barrier();

    [GeneratedRegex(@"st\.shared|ld\.shared|bar\.sync|barrier\.sync")]
    private static partial Regex SharedEvent();

    /// <summary>Labels and jumps.</summary>
    [GeneratedRegex(@"^\s*\w+:|^\s*(@!?%p\d+ )?bra\b.*$", RegexOptions.Multiline)]
    private static partial Regex BlockEnd();

    [GeneratedRegex(@"^(s\||lls|\||l)$")]
    private static partial Regex FoldBlock();
}
