using NetGen.Generator.Graph;
using NetGen.Generator.Operations.Dense;
using NetGen.Generator.Operations.Norms;
using NetGen.Generator.Operations.Reductions;
using NetGen.Generator.Operations.Shapes;
using NetGen.Generator.Operations.Views;

namespace NetGen.Generator.Operations.Loops;

/// <summary>
/// What is added to a graph while a cell is read: it knows which values depend on the cell's operands, and refuses, at the expression, what
/// a loop cannot hold.
/// </summary>
internal sealed class CellGuard
{
    private readonly HashSet<int> inside = [];

    public bool Contains(Value value) => inside.Contains(value.Id);

    public void Add(Value leaf) => inside.Add(leaf.Id);

    /// <summary>Is told of each new node before it is added.</summary>
    public void Check(GraphBuilder graph, Operation operation, TensorType type, IReadOnlyList<Value> inputs)
    {
        if (operation is IRandomNumbers)
            throw new LanguageException("NG0417", $"The cell of Scan cannot hold {operation.Title}: random numbers would be the same at all steps. Draw them of x before the Scan, or of its result.");
        if (!inputs.Any(i => inside.Contains(i.Id)))
            return;
        if (inputs.Any(i => i.Type.Rows.IsSteps))
        {
            throw new LanguageException("NG0414",
                $"The cell of Scan is of one step, and reads a tensor with a row for each step of '{inputs.First(i => i.Type.Rows.IsSteps).Type.Rows}'. Concat it to x before the Scan.");
        }
        if (!Holds(operation) || !type.Batched)
        {
            throw new LanguageException("NG0417",
                $"The cell of Scan cannot hold {operation.Title}: it is made of functions of single elements, products with weights, norms, softmax, sums over axes, slices and concatenations.");
        }
        var isProduct = operation is MatMul;
        for (var i = 0; i < inputs.Count; i++)
        {
            var isShared = !inside.Contains(inputs[i].Id) && !inputs[i].Type.Batched;
            if (isShared && operation is not Elementwise.Elementwise && !(isProduct && i == 1))
                throw new LanguageException("NG0417", $"The cell of Scan cannot hold {operation.Title} of a weight: it takes weights in products and in functions of single elements.");
            if (isProduct && i == 1 && !isShared)
                throw new LanguageException("NG0417", "The cell of Scan cannot hold a product with a matrix that it makes itself, or that is another for each sample: it takes products with weights.");
        }
        inside.Add(graph.Nodes.Count);
    }

    private static bool Holds(Operation operation) => operation switch
    {
        Reduce reduce => !reduce.OverBatch,
        Elementwise.Elementwise or MatMul or Concat.Concat or Reshape or View or PadAxis => true,
        BroadcastTo or Largest or Softmax.Softmax or Standardize => true,
        _ => false,
    };
}
