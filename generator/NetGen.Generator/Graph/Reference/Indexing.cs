namespace NetGen.Generator.Graph.Reference;

/// <summary>Index arithmetic of dense row-major tensors, for reference loops.</summary>
internal static class Indexing
{
    /// <summary>The element of an operand of type <paramref name="operand"/> that element <paramref name="index"/> of the result reads.</summary>
    public static int BroadcastIndex(int index, TensorType result, TensorType operand)
    {
        int offset = 0, stride = 1;
        for (var i = 1; i <= result.Rank; i++)
        {
            var dim = result.Dims[result.Rank - i];
            var position = index % dim;
            index /= dim;
            if (i > operand.Rank)
                continue;
            var own = operand.Dims[operand.Rank - i];
            offset += (own == 1 ? 0 : position) * stride;
            stride *= own;
        }
        return operand.Batched ? offset + (index * stride) : offset;
    }
}
