using NetGen.Generator.Common;

namespace NetGen.Generator.Graph.Order;

/// <summary>A value, or an axis of a weight, whose order is looked for.</summary>
internal readonly record struct OrderSlot(int Index, EquatableArray<int> Dims)
{
    public int Count => Dims.Aggregate(1, (product, dim) => product * dim);
}

/// <summary>
/// What is known so far: nothing, an order, or that there is none (<see cref="FeatureOrder.Unknown"/>). It only grows in this direction, so
/// propagation ends.
/// </summary>
internal sealed class OrderTable
{
    private readonly List<FeatureOrder?> orders = [];
    private readonly List<bool> settled = [];
    private readonly Queue<int> changed = new();

    public FeatureOrder? this[OrderSlot slot] => orders[slot.Index];

    public OrderSlot Add(EquatableArray<int> dims)
    {
        orders.Add(null);
        settled.Add(false);
        return new OrderSlot(orders.Count - 1, dims);
    }

    /// <summary>Says an order of a slot; a second one that differs leaves none.</summary>
    public void Claim(OrderSlot slot, FeatureOrder order)
    {
        if (settled[slot.Index])
            return;
        var before = orders[slot.Index];
        var after = before is null ? order : before.Join(order);
        if (after == before)
            return;
        orders[slot.Index] = after;
        changed.Enqueue(slot.Index);
    }

    /// <summary>What is known now follows from how it is computed; what reads it cannot change it any more.</summary>
    public void Settle()
    {
        for (var i = 0; i < orders.Count; i++)
            settled[i] = orders[i] is not null;
        changed.Clear();
    }

    public bool TryNextChanged(out int index)
    {
        index = changed.Count > 0 ? changed.Dequeue() : -1;
        return index >= 0;
    }
}
