using NetGen.Generator.Common;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Leaves;

namespace NetGen.Generator.Emission;

/// <summary>Locals for everything that the kernels of a program read and write: the caller's tensors, the weights, the values in the workspace.</summary>
internal static class ValueNames
{
    /// <param name="used">Those that get a name, in this order.</param>
    /// <param name="taken">Names that mean something else where the locals are.</param>
    /// <param name="ending">No name ends so.</param>
    /// <returns>C# of the names by value.</returns>
    public static Dictionary<int, string> Of(IEnumerable<Node> used, IEnumerable<string> taken, string? ending = null)
    {
        var names = new Dictionary<int, string>();
        var unique = new UniqueNames(taken);
        var first = new Dictionary<string, string>();
        foreach (var node in used)
        {
            var name = node.Operation switch
            {
                Input input => input.Parameter,
                Weight weight => Names.Identifier(weight.Parameter),
                _ => Names.Identifier(node.Name),
            };
            if (ending is not null && name.EndsWith(ending, StringComparison.Ordinal))
                name += "_";
            // Of the values that one layer makes the first has its name, and the others say what they are; parts of one sum are counted.
            var words = Names.Words(node.Operation.Title);
            if (!unique.TryTake(name))
            {
                var tells = node.Operation is not Leaf && !(first.TryGetValue(name, out var words0) && words0 == words);
                name = tells ? unique.Take($"{name}_{words}", "_") : unique.Take(name, "_");
            }
            else
            {
                first.Add(name, words);
            }
            names.Add(node.Id, Names.Escape(name));
        }
        return names;
    }
}
