using System.Globalization;
using System.Text;

namespace NetGen.Compiled.Tests.Oracles;

/// <summary>docs/conformance.md: what passed, what failed, and what is out of scope and why, by name.</summary>
internal static class ConformanceReport
{
    public static string Write(IReadOnlyList<OnnxRun> runs)
    {
        var failed = runs.Where(run => run.Failure is not null).ToArray();
        var outOfScope = runs.Where(run => run.OutOfScope is not null && run.Failure is null).ToArray();
        var passed = runs.Except(failed).Except(outOfScope).ToArray();
        var page = new StringBuilder();
        Line(page, $"""
            # Conformance

            <!-- Written by tests/conformance.sh. -->

            ONNX publishes its operators with [vectors](https://github.com/onnx/onnx/tree/main/onnx/backend/test/data): a model of an operator, its
            inputs, and the numbers that it gives, by NumPy (`node`) or PyTorch (`pytorch-*`). For each vector whose operator NetGen has, a network is written in C#, read, and

            - the meaning of its graph in double is the vector's numbers, within what they were rounded to;
            - its compiled code is that meaning within what rounding explains, with registers of 512, 256 and 128 bits and without vectors; and it is
              the vector's numbers as ONNX's own runner compares them (10⁻³ of each).

            Vectors of 64-bit floats are computed in 32 bits. Rules of optimizers are run as they are in the library, at every width. Places, as those
            of a largest element, are numbers where they leave a network.

            | suite | vectors | passed | failed | out of scope |
            |---|--:|--:|--:|--:|
            """);
        foreach (var suite in runs.GroupBy(run => run.Vector.Suite))
            Row($"`{suite.Key}`", suite.ToHashSet());
        Row("all", runs.ToHashSet());
        if (failed.Length > 0)
        {
            Line(page, "\n## Failed\n");
            foreach (var run in failed)
                Line(page, $"- {Name(run)}: {run.Failure!.Split('\n')[0]}");
        }
        Line(page, "\n## Passed\n\nBy operator, with what the network of its first vector says.");
        foreach (var group in passed.GroupBy(run => run.Operators).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var text = group.First().Text is { Length: < 160 } said ? $": `{said}`" : "";
            Line(page, $"\n**{group.Key}**{text}\n");
            Names(page, group);
        }
        Line(page, "\n## Out of scope\n\nOperators that NetGen does not have:\n");
        var reasons = outOfScope.GroupBy(run => run.OutOfScope!).OrderBy(group => group.Key, StringComparer.OrdinalIgnoreCase)
            .ToLookup(group => group.Key.StartsWith(OnnxRun.NoCounterpart, StringComparison.Ordinal));
        foreach (var group in reasons[true])
            Line(page, $"- {group.Key[OnnxRun.NoCounterpart.Length..]}: {string.Join(" ", group.Select(Name))}");
        Line(page, "\nOperators that it has, by what is not asked of them, or by what they are asked for:");
        foreach (var group in reasons[false])
        {
            Line(page, $"\n**{char.ToUpperInvariant(group.Key[0])}{group.Key[1..]}**\n");
            Names(page, group);
        }
        return page.ToString();

        void Row(string name, HashSet<OnnxRun> of) =>
            Line(page, $"| {name} | {of.Count} | {passed.Count(of.Contains)} | {failed.Count(of.Contains)} | {outOfScope.Count(of.Contains)} |");
    }

    private static string Name(OnnxRun run) => (run.Vector.Suite == "node" ? "" : run.Vector.Suite + "/") + run.Vector.Name;

    private static void Names(StringBuilder page, IEnumerable<OnnxRun> runs)
    {
        var width = 0;
        foreach (var name in runs.Select(Name))
        {
            if (width > 0 && width + name.Length > 140)
            {
                page.Append('\n');
                width = 0;
            }
            page.Append(CultureInfo.InvariantCulture, $"{(width == 0 ? "" : " ")}{name}");
            width += name.Length + 1;
        }
        page.Append('\n');
    }

    private static void Line(StringBuilder page, string text) => page.Append(text.ReplaceLineEndings("\n")).Append('\n');
}
