using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NetGen.Compiled.Tests.Harness;

/// <summary>What the JIT counts of a method before it decides whether to optimize it.</summary>
/// <param name="Name">Of the type and of the method.</param>
/// <param name="Bytes">Of IL.</param>
/// <param name="Instructions">Of IL.</param>
/// <param name="Blocks">Begin where a jump ends and after one.</param>
/// <param name="Locals">Without parameters.</param>
/// <param name="LocalReferences">Instructions that name a local or a parameter.</param>
internal sealed record MethodSize(string Name, int Bytes, int Instructions, int Blocks, int Locals, int LocalReferences)
{
    private static readonly Dictionary<int, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(code => code.Value & 0xFFFF);

    /// <summary>The methods of an assembly.</summary>
    public static IReadOnlyList<MethodSize> All(byte[] image)
    {
        using var pe = new PEReader(ImmutableArray.Create(image));
        var metadata = pe.GetMetadataReader();
        return [.. metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).Where(m => m.RelativeVirtualAddress != 0).Select(method => Of(
            metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name) + "." + metadata.GetString(method.Name),
            metadata,
            pe.GetMethodBody(method.RelativeVirtualAddress)))];
    }

    private static MethodSize Of(string name, MetadataReader metadata, MethodBodyBlock body)
    {
        var locals = 0;
        if (!body.LocalSignature.IsNil)
        {
            var signature = metadata.GetBlobReader(metadata.GetStandaloneSignature(body.LocalSignature).Signature);
            signature.ReadSignatureHeader();
            locals = signature.ReadCompressedInteger();
        }
        var (instructions, references) = (0, 0);
        HashSet<int> blocks = [0];
        var il = body.GetILReader();
        while (il.RemainingBytes > 0)
        {
            var first = il.ReadByte();
            var code = OpCodes[first == 0xFE ? 0xFE00 | il.ReadByte() : first];
            instructions++;
            // ldloc, ldloca, stloc, ldarg, ldarga, starg and their short forms.
            if (code.Name![2..].StartsWith("loc", StringComparison.Ordinal) || code.Name[2..].StartsWith("arg", StringComparison.Ordinal))
                references++;
            switch (code.OperandType)
            {
                case OperandType.ShortInlineBrTarget:
                    var near = il.ReadSByte();
                    blocks.UnionWith([il.Offset, il.Offset + near]);
                    break;
                case OperandType.InlineBrTarget:
                    var far = il.ReadInt32();
                    blocks.UnionWith([il.Offset, il.Offset + far]);
                    break;
                case OperandType.InlineSwitch:
                    var targets = new int[il.ReadInt32()];
                    for (var i = 0; i < targets.Length; i++)
                        targets[i] = il.ReadInt32();
                    blocks.UnionWith(targets.Select(t => il.Offset + t).Append(il.Offset));
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    il.ReadByte();
                    break;
                case OperandType.InlineVar:
                    il.ReadInt16();
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    il.ReadInt64();
                    break;
                default:
                    il.ReadInt32();
                    break;
            }
        }
        return new MethodSize(name, il.Length, instructions, blocks.Count, locals, references);
    }
}
