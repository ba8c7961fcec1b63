using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace NetGen.Generator.Benchmarks;

/// <summary>How much code a network becomes.</summary>
internal static class CodeSize
{
    /// <summary>A Markdown table with a row for each network.</summary>
    public static string Table()
    {
        var table = new StringBuilder()
            .Append("| network | characters | lines | kernels | bytes of IL | of the largest method |\n")
            .Append("|---|---|---|---|---|---|\n");
        foreach (var network in Network.All)
        {
            var texts = Users.Generated(network.Source);
            var methods = Methods(Users.Emit(Users.Project([.. texts.Prepend(network.Source).Select((text, i) => Users.Parse(text, $"File{i}.cs"))])));
            table.Append(
                $"| {network} | {texts.Sum(t => t.Length):N0} | {texts.Sum(t => t.Count(c => c == '\n')):N0} | {texts.Sum(Kernels):N0} "
                + $"| {methods.Sum():N0} | {methods.Max():N0} |\n");
        }
        return table.ToString();
    }

    /// <summary>A kernel takes its part of the work of all workers; its tiles do not know of them.</summary>
    private static int Kernels(string text) => text.Split("int batch, int worker, int workers)\n").Length - 1;

    private static int[] Methods(byte[] assembly)
    {
        using var file = new PEReader(new MemoryStream(assembly));
        var metadata = file.GetMetadataReader();
        return
        [
            .. metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).Where(m => m.RelativeVirtualAddress != 0)
                .Select(m => file.GetMethodBody(m.RelativeVirtualAddress).GetILReader().Length),
        ];
    }
}
