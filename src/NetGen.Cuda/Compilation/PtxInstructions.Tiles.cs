using ILGPU.Backends.PTX;
using ILGPU.IR;
using ILGPU.IR.Types;
using ILGPU.IR.Values;
using static System.FormattableString;

namespace NetGen.Cuda.Compilation;

/// <content>
/// The instructions behind <see cref="Kernels.PtxMemory"/> and <see cref="Kernels.PtxMatrix"/>. Shared addresses may be the 64 bits that ILGPU computes with; the
/// assembler drops the upper half.
/// </content>
internal static partial class PtxInstructions
{
    private const int Float4Bytes = 16;

    public static void CopyAsync16(PTXBackend backend, PTXCodeGenerator code, Value call) =>
        EmitInSpaces(code, call, Invariant($"cp.async.cg.shared.global [$s0+{Constant(call, 1) * Float4Bytes}], [$s2], 16, $s3;"), (0, MemoryAddressSpace.Shared), (2, MemoryAddressSpace.Global));

    public static void CopyAsync8(PTXBackend backend, PTXCodeGenerator code, Value call) =>
        EmitInSpaces(
            code, call, Invariant($"cp.async.ca.shared.global [$s0+{(Constant(call, 1) * Float4Bytes) + (8 * Constant(call, 2))}], [$s3], 8, $s4;"),
            (0, MemoryAddressSpace.Shared), (3, MemoryAddressSpace.Global));

    public static void CopyAsync4(PTXBackend backend, PTXCodeGenerator code, Value call) =>
        EmitInSpaces(
            code, call, Invariant($"cp.async.ca.shared.global [$s0+{(Constant(call, 1) * Float4Bytes) + (4 * Constant(call, 2))}], [$s3], 4, $s4;"),
            (0, MemoryAddressSpace.Shared), (3, MemoryAddressSpace.Global));

    public static void CommitCopies(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "cp.async.commit_group;");

    public static void WaitCopies(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, Invariant($"cp.async.wait_group {Constant(call, 0)};"));

    public static void LoadShared(PTXBackend backend, PTXCodeGenerator code, Value call) =>
        EmitInSpaces(code, call, Invariant($"ld.shared.v4.f32 {{$d0, $d1, $d2, $d3}}, [$s0+{Constant(call, 1) * Float4Bytes}];"), (0, MemoryAddressSpace.Shared));

    public static void LoadSharedWord(PTXBackend backend, PTXCodeGenerator code, Value call) =>
        EmitInSpaces(code, call, Invariant($"ld.shared.b32 $d0, [$s0+{Constant(call, 1) * Float4Bytes}];"), (0, MemoryAddressSpace.Shared));

    public static void LoadReadOnly4(PTXBackend backend, PTXCodeGenerator code, Value call) =>
        EmitInSpaces(code, call, "ld.global.nc.v4.f32 {$d0, $d1, $d2, $d3}, [$s0];", (0, MemoryAddressSpace.Global));

    public static void Load4(PTXBackend backend, PTXCodeGenerator code, Value call) =>
        EmitInSpaces(code, call, "ld.global.v4.f32 {$d0, $d1, $d2, $d3}, [$s0];", (0, MemoryAddressSpace.Global));

    public static void LoadReadOnly(PTXBackend backend, PTXCodeGenerator code, Value call) =>
        EmitInSpaces(code, call, "ld.global.nc.f32 $d0, [$s0];", (0, MemoryAddressSpace.Global));

    public static void Store4(PTXBackend backend, PTXCodeGenerator code, Value call) =>
        EmitInSpaces(code, call, "st.global.v4.f32 [$s0], {$s1, $s2, $s3, $s4};", (0, MemoryAddressSpace.Global));

    public static void Store2(PTXBackend backend, PTXCodeGenerator code, Value call) =>
        EmitInSpaces(code, call, "st.global.v2.f32 [$s0], {$s1, $s2};", (0, MemoryAddressSpace.Global));

    public static void StoreWord(PTXBackend backend, PTXCodeGenerator code, Value call) =>
        EmitInSpaces(code, call, "st.global.b32 [$s0], $s1;", (0, MemoryAddressSpace.Global));

    public static void LoadMatrices(PTXBackend backend, PTXCodeGenerator code, Value call) =>
        EmitInSpaces(code, call, Invariant($"ldmatrix.sync.aligned.m8n8.x4.shared.b16 {{$d0, $d1, $d2, $d3}}, [$s0+{Constant(call, 1) * Float4Bytes}];"), (0, MemoryAddressSpace.Shared));

    public static void LoadMatricesTransposed(PTXBackend backend, PTXCodeGenerator code, Value call) =>
        EmitInSpaces(code, call, Invariant($"ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {{$d0, $d1, $d2, $d3}}, [$s0+{Constant(call, 1) * Float4Bytes}];"), (0, MemoryAddressSpace.Shared));

    public static void MultiplyAddTensorFloat32(PTXBackend backend, PTXCodeGenerator code, Value call) =>
        Emit(code, call, "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {$d0, $d1, $d2, $d3}, {$s4, $s5, $s6, $s7}, {$s8, $s9}, {$s0, $s1, $s2, $s3};");

    public static void MultiplyAddBFloat16(PTXBackend backend, PTXCodeGenerator code, Value call) =>
        Emit(code, call, "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {$d0, $d1, $d2, $d3}, {$s4, $s5, $s6, $s7}, {$s8, $s9}, {$s0, $s1, $s2, $s3};");

    public static void RoundToTensorFloat32(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "cvt.rna.tf32.f32 $d0, $s0;");

    public static void PackBFloat16(PTXBackend backend, PTXCodeGenerator code, Value call) => Emit(code, call, "cvt.rn.bf16x2.f32 $d0, $s1, $s0;");

    /// <summary>A line whose operands are addresses in the stated memories. One of which ILGPU knows less is an error: the instruction would read elsewhere.</summary>
    private static void EmitInSpaces(PTXCodeGenerator code, Value call, string text, params ReadOnlySpan<(int Operand, MemoryAddressSpace Space)> addresses)
    {
        foreach (var (operand, space) in addresses)
        {
            if (call[operand].Type is not AddressSpaceType type || type.AddressSpace != space)
            {
                throw new NotSupportedException(Invariant($"'{text}' needs an address in {space.ToString().ToLowerInvariant()} memory as operand {operand}, and has {call[operand].Type}."));
            }
        }
        Emit(code, call, text);
    }

    private static int Constant(Value call, int operand) => call[operand].Resolve() is PrimitiveValue number
        ? number.Int32Value
        : throw new NotSupportedException(Invariant($"Operand {operand} must be a constant."));
}
