using System.Reflection;
using System.Reflection.Emit;
using NetGen.Generator.Graph;
using NetGen.Generator.Lowering;
using NetGen.Runtime;
using Xunit;

namespace NetGen.Generator.Tests.Operations;

/// <summary>
/// A kernel found by what a <see cref="RuntimeCallBody"/> says, called as generated code calls it. The buffers are unaligned and have walls of
/// NaN: what reads past an operand poisons the result, what writes past it is seen.
/// </summary>
internal sealed class RuntimeKernel
{
    private const int Wall = 67;
    private readonly Action<Array[], int, int, int> call;
    private readonly ElementType[] elements;

    private RuntimeKernel(Action<Array[], int, int, int> call, ElementType[] elements) => (this.call, this.elements) = (call, elements);

    public static RuntimeKernel Find<V>(RuntimeCallBody body, IEnumerable<TensorType> operands, params TensorType[] results)
        where V : struct, IVector<V>
    {
        var elements = operands.Concat(results).Select(t => t.Element).ToArray();
        var parts = body.Function.Split('.');
        var type = typeof(CopyKernels).Assembly.GetType("NetGen.Runtime." + parts[0], throwOnError: true)!;
        var shape = body.Struct is null ? null : type.Assembly.GetType("NetGen.Runtime." + body.Struct, throwOnError: true);
        var wanted = elements.Select(e => e switch
        {
            ElementType.Float32 => typeof(float).MakeByRefType(),
            ElementType.Int32 => typeof(int).MakeByRefType(),
            _ => typeof(byte).MakeByRefType(),
        }).Concat(body.TakesKey ? [typeof(PhiloxKey)] : [])
            .Concat(shape is null ? Enumerable.Repeat(typeof(int), body.Constants.Count) : [shape])
            .Concat(Enumerable.Repeat(typeof(int), 3)).ToArray();
        var method = Assert.Single(
            type.GetMethods(BindingFlags.Public | BindingFlags.Static),
            m => m.Name == parts[1] && m.GetParameters().Select(p => p.ParameterType).SequenceEqual(wanted));

        var caller = new DynamicMethod("Call", null, [typeof(Array[]), typeof(int), typeof(int), typeof(int)], typeof(RuntimeKernel).Module);
        var il = caller.GetILGenerator();
        for (var i = 0; i < elements.Length; i++)
        {
            var element = wanted[i].GetElementType()!;
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldelem_Ref);
            il.Emit(OpCodes.Castclass, element.MakeArrayType());
            il.Emit(OpCodes.Ldc_I4, Wall);
            il.Emit(OpCodes.Ldelema, element);
        }
        if (body.TakesKey)
        {
            // That of TestGraph's environment.
            il.Emit(OpCodes.Ldc_I8, 7L);
            il.Emit(OpCodes.Ldc_I8, 3L);
            il.Emit(OpCodes.Ldc_I4, (int)(body.Stream ?? 0));
            il.Emit(OpCodes.Call, typeof(Philox).GetMethod(nameof(Philox.Key))!);
        }
        var constructor = shape?.GetConstructors().Single();
        foreach (var constant in constructor is null ? body.Constants : Arguments(constructor, body))
            il.Emit(OpCodes.Ldc_I4, constant);
        if (constructor is not null)
            il.Emit(OpCodes.Newobj, constructor);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Call, method.MakeGenericMethod(typeof(V)));
        il.Emit(OpCodes.Ret);
        return new RuntimeKernel(caller.CreateDelegate<Action<Array[], int, int, int>>(), elements);
    }

    private static IEnumerable<int> Arguments(ConstructorInfo constructor, RuntimeCallBody body) => constructor.GetParameters()
        .Select(p => body.Names.ToList().IndexOf(p.Name!) is var named and >= 0 ? body.Constants[named] : (int)p.DefaultValue!);

    /// <summary>The result of all workers, one after the other.</summary>
    public double[] Run(double[][] operands, int resultLength, int batch, int workers) => Run(operands, [resultLength], batch, workers)[0];

    /// <param name="inPlace">A result that takes the place of an operand.</param>
    public double[][] Run(double[][] operands, int[] resultLengths, int batch, int workers, InPlacePair? inPlace = null)
    {
        var buffers = elements.Select((e, i) => i < operands.Length ? Walled(e, operands[i]) : Unwritten(e, resultLengths[i - operands.Length])).ToArray();
        if (inPlace is not null)
            buffers[operands.Length + inPlace.Result] = buffers[inPlace.Operand];
        for (var worker = 0; worker < workers; worker++)
            call(buffers, batch, worker, workers);
        return resultLengths.Select((length, i) => Unwall(elements[operands.Length + i], buffers[operands.Length + i], length)).ToArray();
    }

    private static Array Unwritten(ElementType element, int length) => Walled(element, Enumerable.Repeat(double.NaN, length).ToArray());

    private static Array Walled(ElementType element, double[] values)
    {
        var wall = Enumerable.Repeat(double.NaN, Wall);
        var all = wall.Concat(values).Concat(wall);
        return element switch
        {
            ElementType.Float32 => all.Select(v => (float)v).ToArray(),
            ElementType.Int32 => all.Select(v => double.IsNaN(v) ? int.MinValue : (int)v).ToArray(),
            _ => all.Select(v => double.IsNaN(v) ? (byte)251 : (byte)v).ToArray(),
        };
    }

    private static double[] Unwall(ElementType element, Array buffer, int length)
    {
        var all = element switch
        {
            ElementType.Float32 => ((float[])buffer).Select(v => (double)v).ToArray(),
            ElementType.Int32 => ((int[])buffer).Select(v => v == int.MinValue ? double.NaN : v).ToArray(),
            _ => ((byte[])buffer).Select(v => v == 251 ? double.NaN : v).ToArray(),
        };
        Assert.All(all.Take(Wall).Concat(all.Skip(Wall + length)), v => Assert.True(double.IsNaN(v), "A kernel wrote outside of its result."));
        var values = all.Skip(Wall).Take(length).ToArray();
        Assert.All(values, v => Assert.False(double.IsNaN(v), "A kernel left a result unwritten."));
        return values;
    }
}
