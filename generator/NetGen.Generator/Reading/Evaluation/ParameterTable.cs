using NetGen.Generator.Common;
using NetGen.Generator.Diagnostics;
using NetGen.Generator.Graph;
using NetGen.Generator.Operations;
using NetGen.Generator.Operations.Leaves;

namespace NetGen.Generator.Reading.Evaluation;

/// <summary>
/// The weights of the network. A layer's come into being when it is first called, because only then its input size is known; the second call,
/// from whichever method, gets the same ones.
/// </summary>
internal sealed class ParameterTable
{
    private readonly Dictionary<string, Entry> entries = [];
    private readonly Dictionary<object, List<ParameterModel>> ofOwners = [];

    public long Total { get; private set; }

    /// <summary>In the order of the fields, and of a layer's own weights: PyTorch's order.</summary>
    public EquatableArray<ParameterModel> Models =>
        entries.Values.OrderBy(e => e.Ordinal).ThenBy(e => e.Index).Select(e => e.Model).ToEquatableArray();

    /// <summary>The weights that layers or parameters made so far, by their owner.</summary>
    public IReadOnlyList<ParameterModel> Of(object owner) => ofOwners.TryGetValue(owner, out var models) ? models : [];

    public Value Get(
        GraphBuilder graph, object owner, int ordinal, string name, int[] dims, InitializerModel initializer, FileLayout layout, bool isState = false)
    {
        if (entries.TryGetValue(name, out var entry))
        {
            if (entry.Owner != owner)
            {
                throw new LanguageException(
                    Descriptors.LayerWithoutName.Id,
                    $"Two layers have the name '{name}'. Hold them in fields or variables of different names.");
            }
            if (!entry.Model.Dims.SequenceEqual(dims))
            {
                throw new LanguageException(
                    Descriptors.TwoInputSizes.Id,
                    $"This layer is called with two input sizes: '{name}' is {entry.Model.Dims} from an earlier call, and this call needs {new EquatableArray<int>(dims)}.");
            }
        }
        else
        {
            if (!MethodGraph.Fits(dims))
            {
                throw new LanguageException(
                    Descriptors.TooLarge.Id,
                    $"The weight '{name}' {new EquatableArray<int>(dims)} has more than {int.MaxValue} elements.");
            }
            Initializers.Check(initializer, dims);
            entry = new Entry(owner, ordinal, entries.Count, new ParameterModel(name, dims.ToEquatableArray(), initializer, layout) { IsState = isState });
            entries.Add(name, entry);
            if (!ofOwners.TryGetValue(owner, out var models))
                ofOwners.Add(owner, models = []);
            models.Add(entry.Model);
            Total += entry.Model.Count;
        }
        return Leaf(graph, entry.Model);
    }

    public static Value Leaf(GraphBuilder graph, ParameterModel model)
    {
        var type = TensorType.Shared([.. model.Dims]);
        return graph.Apply(model.IsState ? new State(model.Name, type) : new Weight(model.Name, type));
    }

    private sealed record Entry(object Owner, int Ordinal, int Index, ParameterModel Model);
}

/// <summary>The weights of one layer.</summary>
internal sealed class LayerScope(ParameterTable table, GraphBuilder graph, RegistryLayer layer) : IParameterScope
{
    public Value Parameter(string name, int[] dims, InitializerModel initializer, FileLayout layout) =>
        table.Get(graph, layer, layer.Ordinal, layer.Path + "." + name, dims, initializer, layout);

    public Value State(string name, int[] dims, InitializerModel initializer, FileLayout layout) =>
        table.Get(graph, layer, layer.Ordinal, layer.Path + "." + name, dims, initializer, layout, isState: true);
}
