using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using ILGPU;
using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using NetGen.Cuda.Kernels;
using static System.FormattableString;
using Registers = ILGPU.Backends.RegisterAllocator<ILGPU.Backends.PTX.PTXRegisterKind>;

namespace NetGen.Cuda.Compilation;

/// <summary>
/// The instructions behind <see cref="PtxArithmetic"/>, <see cref="PtxMemory"/> and <see cref="PtxMatrix"/>: a method here writes the PTX for a call of the method of the same name there. Operands stay in registers.
/// </summary>
internal static partial class PtxInstructions
{
    /// <summary>Tells ILGPU of all of them.</summary>
    public static void Register(Context.Builder builder)
    {
        var manager = builder.GetIntrinsicManager();
        Type[] types = [typeof(PtxArithmetic), typeof(PtxMemory), typeof(PtxMatrix)];
        foreach (var meaning in types.SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)))
        {
            var text = typeof(PtxInstructions).GetMethod(meaning.Name, BindingFlags.Public | BindingFlags.Static)
                ?? throw new NotSupportedException($"{meaning.Name} has no PTX.");
            manager.RegisterMethod(meaning, new PTXIntrinsic(text, IntrinsicImplementationMode.GenerateCode));
        }
    }

    public static void Add(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "add.rn.f32 $d0, $s0, $s1;");

    public static void Subtract(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "sub.rn.f32 $d0, $s0, $s1;");

    public static void Multiply(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "mul.rn.f32 $d0, $s0, $s1;");

    public static void Divide(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "div.rn.f32 $d0, $s0, $s1;");

    public static void MultiplyAdd(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "fma.rn.f32 $d0, $s0, $s1, $s2;");

    public static void MultiplyAdd4(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(
        code, call, string.Join("\n\t", Enumerable.Range(0, 4).Select(i => Invariant($"fma.rn.f32 $d{i}, $s0, $s{1 + i}, $s{5 + i};"))));

    public static void MultiplyAdd16(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(
        code, call, string.Join("\n\t", from k in Enumerable.Range(0, 4) from i in Enumerable.Range(0, 4) select Invariant($"fma.rn.f32 $d{i}, $s{k}, $s{4 + (4 * k) + i}, {(k == 0 ? "$s" : "$d")}{(k == 0 ? 20 : 0) + i};")));

    public static void SquareRoot(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "sqrt.rn.f32 $d0, $s0;");

    public static void Minimum(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "min.NaN.f32 $d0, $s0, $s1;");

    public static void Maximum(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "max.NaN.f32 $d0, $s0, $s1;");

    public static void Floor(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "cvt.rmi.f32.f32 $d0, $s0;");

    public static void Round(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "cvt.rni.f32.f32 $d0, $s0;");

    /// <summary>
    /// Lines of PTX, with the registers of the operands for $s0, $s1, … and of the result for $d0, …; structures are their fields in order. The result has registers of its
    /// own, so a line may read operands after another has written.
    /// </summary>
    private static void Emit(PTXCodeGenerator code, Value call, string text)
    {
        List<Registers.PrimitiveRegister> sources = [], targets = [];
        foreach (var operand in call.Nodes)
        {
            Flatten(code.Load(operand), sources);
        }
        if (!call.Type.IsVoidType)
        {
            Flatten(code.Allocate(call), targets);
            if (targets.Intersect(sources).Any())
            {
                throw new NotSupportedException($"'{text}' has a result in a register of its operands.");
            }
        }
        code.Builder.Append('\t').AppendLine(Operand().Replace(text, match =>
        {
            var registers = match.Groups[1].Value == "s" ? sources : targets;
            var register = code.EnsureHardwareRegister(registers[int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)]);
            return "%" + PTXRegisterAllocator.GetStringRepresentation(register);
        }));
    }

    private static void Flatten(Registers.Register register, List<Registers.PrimitiveRegister> into)
    {
        if (register is Registers.CompoundRegister compound)
        {
            foreach (var child in compound.Children)
            {
                Flatten(child, into);
            }
        }
        else
        {
            into.Add((Registers.PrimitiveRegister)register);
        }
    }

    [GeneratedRegex(@"\$([sd])(\d+)")]
    private static partial Regex Operand();
}
