namespace NetGen.Generator.Graph.Order;

/// <summary>
/// What an operation's rule of order sees: the orders of its operands and of its result, as far as they are known, and what it may say of
/// them. A rule is a relation: it says what follows from whatever is known, in both directions, and is asked again when more is known.
/// </summary>
internal sealed class OrderContext(
    OrderTable table, IReadOnlyList<OrderSlot> operands, OrderSlot result, IReadOnlyList<WeightSlots?> weights, IReadOnlyList<bool> given)
{
    /// <summary>Whether the first operand is made of rows (<see cref="RowUse"/>).</summary>
    public bool OperandIsRows { get; init; }

    /// <summary>Whether all that reads the result takes it as rows, or it is made of rows.</summary>
    public bool ResultIsRows { get; init; }

    /// <summary>Whether only what follows for the result is asked for.</summary>
    public bool ForwardOnly { get; init; }

    public IReadOnlyList<OrderSlot> Operands => operands;

    public OrderSlot Operand => operands[0];

    public OrderSlot Result => result;

    /// <summary>The axes of a layer's weight among the operands.</summary>
    public WeightSlots? Weight(int operand) => weights[operand];

    /// <summary>Whether an operand is made of the caller's numbers alone, without weights or images.</summary>
    public bool IsGiven(int operand) => given[operand];

    public FeatureOrder? this[OrderSlot slot] => table[slot];

    public void Claim(OrderSlot slot, FeatureOrder order)
    {
        if (!ForwardOnly || slot == result)
            table.Claim(slot, order);
    }

    /// <summary>Two slots have one order.</summary>
    public void Same(OrderSlot left, OrderSlot right)
    {
        if (table[left] is { } known)
            Claim(right, known);
        if (table[right] is { } other)
            Claim(left, other);
    }

    /// <summary>Two slots have the same elements, with the same or other dimensions.</summary>
    public void Reshaped(OrderSlot left, OrderSlot right)
    {
        if (left.Dims == right.Dims)
        {
            Same(left, right);
            return;
        }
        if (table[left] is { } known)
            Claim(right, known.Reshape(right.Dims));
        if (table[right] is { } other)
            Claim(left, other.Reshape(left.Dims));
    }

    /// <summary>Element by element, where operands broadcast along dimensions that they lack or have with size 1.</summary>
    public void Elementwise()
    {
        if (operands.Any(o => table[o] is { IsKnown: false }))
            Claim(result, FeatureOrder.Unknown);
        var whole = operands.Where(o => o.Count > 1).ToArray();
        if (whole.All(o => o.Count == result.Count))
        {
            foreach (var operand in whole)
                Reshaped(operand, result);
        }
        else if (table[result] is { IsKnown: false })
        {
            foreach (var operand in whole)
                Claim(operand, FeatureOrder.Unknown);
        }
        else
        {
            Broadcast(whole);
        }
    }

    /// <summary>
    /// An operand that covers the result, or that has positions, says which dimensions of the result count positions; each operand has those
    /// of its own dimensions. One that only has channels (a bias) says nothing.
    /// </summary>
    private void Broadcast(OrderSlot[] whole)
    {
        int Shift(OrderSlot slot) => result.Dims.Count - slot.Dims.Count;
        var telling = whole.Append(result)
            .Where(s => table[s] is { IsKnown: true } order && (order.Axes > 0 || s.Count == result.Count)).ToArray();
        if (telling.Length == 0)
            return;
        var axes = telling.Max(s => table[s]!.Axes > 0 ? table[s]!.Axes + Shift(s) : 0);
        var fits = whole.All(o => table[o] is not { } order || order.Blocks == FeatureOrder.Split(o.Dims, axes - Shift(o)).Blocks);
        Claim(result, fits ? FeatureOrder.Split(result.Dims, axes) : FeatureOrder.Unknown);
        foreach (var operand in whole)
            Claim(operand, fits ? FeatureOrder.Split(operand.Dims, axes - Shift(operand)) : FeatureOrder.Unknown);
    }

    /// <summary>Images to an image of as many dimensions.</summary>
    public void Image()
    {
        Claim(Operand, FeatureOrder.Image(Operand.Dims));
        Claim(result, IsImage(Operand) ? FeatureOrder.Image(result.Dims) : FeatureOrder.Unknown);
    }

    /// <summary>False where it is known to be something else.</summary>
    public bool IsImage(OrderSlot slot) =>
        table[slot] is not { } order || (order.IsKnown && order.Blocks == FeatureOrder.Image(slot.Dims).Blocks);

    /// <summary>An operation without a rule: PyTorch has its elements in the order of memory if it has those of the operands so.</summary>
    public void Opaque()
    {
        if (operands.Any(o => table[o] is { IsKnown: false } || (result.Count > 1 && table[o] is { IsPlain: false })))
            Claim(result, FeatureOrder.Unknown);
        else if (result.Count == 1 || operands.All(o => table[o] is not null))
            Claim(result, FeatureOrder.Plain(result.Dims));
    }
}

/// <summary>The two axes of the weight of a layer.</summary>
internal sealed record WeightSlots(OrderSlot Inputs, OrderSlot Outputs);
