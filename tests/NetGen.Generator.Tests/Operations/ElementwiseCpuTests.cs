using System.Reflection;
using System.Text;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator.Operations.Elementwise;
using NetGen.Generator.Tests.Harness;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Generator.Tests.Operations;

/// <summary>The C# of every row of the elementwise table, compiled and run at every width, against the row's meaning in double.</summary>
public sealed class ElementwiseCpuTests
{
    private const float Alpha = 0.3f, Beta = 0.7f;

    private static readonly float[] Values =
    [
        .. Enumerable.Range(-400, 801).Select(i => i / 32f), 0f, -0f, 1e-3f, -1e-3f, 1e-20f, -1e-20f, 1e-40f, 60f, -60f, 88f, -88f, 1e4f, -1e4f, 1e18f,
        -1e18f, float.NaN, float.PositiveInfinity, float.NegativeInfinity,
    ];

    private static readonly Lazy<Type> Rows = new(Compile);

    public static IEnumerable<object[]> Names => ElementwiseTable.Functions.Keys.Select(name => new object[] { name });

    [Theory]
    [MemberData(nameof(Names))]
    public void AgreesWithItsMeaning(string name)
    {
        var row = ElementwiseTable.Functions[name];
        // Every value, beside every 25th.
        var left = row.Arity == 1 ? Values : Values.SelectMany(v => Values.Where((_, i) => i % 25 == 0 || i > 800).Select(_ => v)).ToArray();
        var right = row.Arity == 1 ? Values : Values.SelectMany(_ => Values.Where((_, i) => i % 25 == 0 || i > 800)).ToArray();
        var first = Run<V512>(name, left, right);
        for (var i = 0; i < left.Length; i++)
        {
            var expected = (float)row.Meaning([left[i], right[i], Third(i)], Alpha, Beta);
            // Some products of infinity and 0 come earlier in float than in double: at huge operands only finite meanings count.
            if (Math.Abs(left[i]) > 1e5 && (!float.IsFinite(expected) || !float.IsFinite(first[i])))
                continue;
            var close = float.IsFinite(expected)
                ? Math.Abs(expected - first[i]) <= 1e-6 + (2e-6 * Math.Abs(expected)) + (row.Name is "Gelu" or "GeluDerivative" or "Tanhshrink" ? 1e-7 * Math.Abs(left[i]) : 0)
                : expected.Equals(first[i]);
            Assert.True(close, $"{name}({left[i]:R}, {right[i]:R}): expected {expected:R}, got {first[i]:R}");
        }
        // The same bits at every width.
        Assert.Equal(Bits(first), Bits(Run<V256>(name, left, right)));
        Assert.Equal(Bits(first), Bits(Run<V128>(name, left, right)));
        Assert.Equal(Bits(first), Bits(Run<V1>(name, left, right)));
    }

    /// <summary>The third operand, of functions that have one, beside the i-th of the others.</summary>
    private static float Third(int i) => Values[i % Values.Length];

    private static IEnumerable<int> Bits(float[] values) =>
        values.Select(v => float.IsNaN(v) ? int.MaxValue : BitConverter.SingleToInt32Bits(v));

    private static float[] Run<V>(string name, float[] left, float[] right)
        where V : struct, IVector<V>
    {
        var result = new float[left.Length];
        Rows.Value.GetMethod(name)!.MakeGenericMethod(typeof(V)).CreateDelegate<Action<float[], float[], float[], float[]>>()(
            left, right, [.. left.Select((_, i) => Third(i))], result);
        return result;
    }

    private static Type Compile()
    {
        var text = new StringBuilder("using NetGen.Runtime;\npublic static class Rows\n{\n");
        foreach (var row in ElementwiseTable.Functions.Values)
        {
            var expression = row.WithBeta(Beta).Cpu.Replace("{0}", "a").Replace("{1}", "b").Replace("{2}", "c").Replace("{a}", "0.3f");
            text.Append(
                $$"""
                    public static void {{row.Name}}<V>(float[] left, float[] right, float[] third, float[] result) where V : struct, IVector<V>
                    {
                        for (var i = 0; i < left.Length; i += V.Count)
                        {
                            var count = System.Math.Min(V.Count, left.Length - i);
                            var a = V.LoadPartial(in left[i], count);
                            var b = V.LoadPartial(in right[i], count);
                            var c = V.LoadPartial(in third[i], count);
                            ({{expression}}).StorePartial(ref result[i], count);
                        }
                    }

                """);
        }
        text.Append('}');
        var compilation = CSharpCompilation.Create(
            "ElementwiseRows",
            [CSharpSyntaxTree.ParseText(text.ToString(), Compiled.ParseOptions)],
            [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(V512).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return Assembly.Load(stream.ToArray()).GetType("Rows")!;
    }
}
