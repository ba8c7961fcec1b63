using System.Text.RegularExpressions;

namespace NetGen;

/// <summary>The kernels of a network's Plan as nodes of a graph.</summary>
internal static partial class PlanGraph
{
    /// <summary>A node.</summary>
    /// <param name="Name">Of which there is one.</param>
    /// <param name="Operation">What it does: Input, Weight, or the operations of a kernel.</param>
    /// <param name="Inputs">The names of the nodes that it reads.</param>
    /// <param name="Attributes">What else is known.</param>
    internal sealed record Node(string Name, string Operation, IReadOnlyList<string> Inputs, IReadOnlyList<(string Key, string Text)> Attributes);

    /// <exception cref="ArgumentException">It is no plan.</exception>
    internal static void Check(string plan)
    {
        if (!ProgramLine().IsMatch(plan))
            throw new ArgumentException("It is no plan of a network: give the Plan that the network's class has.", nameof(plan));
    }

    /// <summary>The nodes of the plan's first program, each behind those that it reads.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="weights">The names of the network's parameters.</param>
    internal static IReadOnlyList<Node> Of(string plan, IReadOnlyCollection<string> weights)
    {
        string[] lines = plan.Replace("\r", "", StringComparison.Ordinal).Split('\n');
        int start = Array.FindIndex(lines, line => ProgramLine().IsMatch(line));
        List<Node> nodes = [];
        // What has a name, by it: a kernel has several results.
        Dictionary<string, string> producers = new(StringComparer.Ordinal);
        for (int i = start + 1; i + 1 < lines.Length && lines[i].Length > 0; i++)
        {
            if (KernelLine().Match(lines[i]) is not { Success: true } kernel)
                continue;
            string name = kernel.Groups["name"].Value, chain = kernel.Groups["chain"].Value;
            string[] sides = lines[i + 1].Trim().Split(" → ", 2);
            string results = sides.Length == 2 ? sides[1].Split(';')[0] : "";
            List<string> inputs = [];
            foreach (Match operand in Operands().Matches(chain).SelectMany(list => OperandName().Matches(list.Groups["list"].Value)))
            {
                // Results of others are known by now; what is not is a weight or an input.
                if (!producers.TryGetValue(operand.Value, out string? producer))
                {
                    producer = producers[operand.Value] = Unique(operand.Value);
                    nodes.Add(new(producer, weights.Contains(operand.Value) ? "Weight" : "Input", [], []));
                }

                if (!inputs.Contains(producer))
                    inputs.Add(producer);
            }

            string node = Unique(name);
            producers[name] = node;
            foreach (Match result in ResultName().Matches(results))
                producers[result.Groups["name"].Value] = node;
            string operation = string.Join(" + ", Operands().Replace(chain, "").Split(" → "));
            nodes.Add(new(node, operation, inputs, [("computes", chain), ("shapes", $"{sides[0]} → {results}"), ("phase", kernel.Groups["phase"].Value)]));
        }

        return nodes;

        string Unique(string name)
        {
            string unique = name;
            for (int i = 2; nodes.Exists(node => node.Name == unique); i++)
                unique = FormattableString.Invariant($"{name}_{i}");
            return unique;
        }
    }

    [GeneratedRegex(@"^\w+: \d+ kernels in \d+ phases", RegexOptions.Multiline)]
    private static partial Regex ProgramLine();

    [GeneratedRegex(@"^ *(?<phase>\d+)  (?<name>[^ :]+): (?<chain>.+)$")]
    private static partial Regex KernelLine();

    /// <summary>What stands in the parentheses behind an operation.</summary>
    [GeneratedRegex(@"\((?<list>[^()]*)\)")]
    private static partial Regex Operands();

    /// <summary>Names, and no numbers.</summary>
    [GeneratedRegex(@"(?<![\w.%/])[A-Za-z_][\w.]*(?:%\d+)?|(?<![\w.])%\d+|(?<![\w.%-])\d+\.[A-Za-z_][\w.]*")]
    private static partial Regex OperandName();

    /// <summary>A name before a shape.</summary>
    [GeneratedRegex(@"(?<![\w%])(?<name>(?!(?:int|byte|bool) \[)(?:[A-Za-z_]\w*)?(?:%\d+)?) (?:\w+ )?\[")]
    private static partial Regex ResultName();
}
