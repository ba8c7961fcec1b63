using NetGen.Generator.Common;
using NetGen.Generator.Planning;

namespace NetGen.Generator.Emission;

/// <summary>
/// The kernels of a network for one backend, each written once however many layers use it. A kernel has the name of its first user; a comment lists the others.
/// </summary>
/// <param name="names">Of the class that they are in.</param>
internal sealed class KernelLibrary(UniqueNames names)
{
    /// <summary>Stands for the kernel's name until it is known.</summary>
    private const string Placeholder = "KERNEL";

    /// <summary>So many other users are named in the comment.</summary>
    private const int MostNamed = 6;

    private readonly Dictionary<DetachedKernel, Entry> byKernel = [];
    private readonly Dictionary<string, Entry> byText = [];
    private readonly List<Entry> entries = [];

    private sealed record Entry(string Name, string Use, string[] Description, string Text)
    {
        public List<string> OtherUses { get; } = [];
    }

    /// <summary>The name of the kernel for this place of it; it is written unless it was before.</summary>
    /// <param name="program">Where it is used.</param>
    /// <param name="group">The place.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="write">The backend's text of a kernel of a name.</param>
    /// <param name="remarks">Further lines of the comment.</param>
    public string Add(FusedProgram program, KernelGroup group, DetachedKernel kernel, Func<string, string> write, params string[] remarks)
    {
        var use = KernelDescription.Name(program.Graph, group);
        var key = kernel.WithoutNames();
        if (!byKernel.TryGetValue(key, out var entry))
        {
            // Kernels that differ in what leaves no trace can still have one text.
            var text = write(Placeholder);
            if (!byText.TryGetValue(text, out entry))
            {
                entry = new Entry(KernelDescription.Name(program.Graph, group, names), use, [.. KernelDescription.Lines(program, group), .. remarks], text);
                byText.Add(text, entry);
                entries.Add(entry);
            }
            byKernel.Add(key, entry);
        }
        if (entry.Use != use && !entry.OtherUses.Contains(use))
            entry.OtherUses.Add(use);
        return entry.Name;
    }

    public void Write(CodeWriter writer)
    {
        foreach (var entry in entries)
        {
            writer.Line();
            foreach (var line in entry.Description)
                writer.Line("// " + line);
            if (entry.OtherUses.Count > 0)
            {
                var rest = entry.OtherUses.Count - MostNamed;
                writer.Line($"// Also {string.Join(", ", entry.OtherUses.Take(MostNamed))}{(rest > 0 ? $" and {rest} more" : "")}.");
            }
            writer.Lines(entry.Text.Replace(Placeholder, entry.Name));
        }
    }
}
