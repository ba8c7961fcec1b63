using Xunit;

namespace Comparison;

public sealed class CostTests
{
    /// <summary>Counted by hand as a chain of layers counts by itself.</summary>
    [Fact]
    public void A_chain_of_layers_costs_the_same()
    {
        var chain = Probe.Architecture;
        var cost = new Cost(sizeof(float) * 6 * 5 * 3, () => new Probe()).Convolution(4 * 3, 3, 4).Dense(2 * 1 * 4, 7).Dense(7, 2);
        Assert.Equal(chain.Flops(3, Pass.Forward), cost.Flops(3, Pass.Forward));
        Assert.Equal(chain.Flops(3, Pass.Step), cost.Flops(3, Pass.Step));
        Assert.Equal(chain.ParameterCount, cost.ParameterCount);
        Assert.Equal(chain.SampleBytes, cost.SampleBytes);
    }

    [Fact]
    public void Attention_is_two_products_and_what_reads_tables_has_gradients_of_all()
    {
        var cost = new Cost(4, () => new Probe(), tables: 10, readsNumbers: false).Times(2, c => c.Attention(steps: 5, width: 3));
        Assert.Equal(2 * 2 * (2 * 5 * 5 * 3), cost.Flops(1, Pass.Forward));
        Assert.Equal(3 * cost.Flops(1, Pass.Forward), cost.Flops(1, Pass.Step));
        Assert.Equal(cost.ParameterCount - 10, ((IWork)cost).ParametersRead);
    }

    [Fact]
    public void Sequences_have_all_lengths_from_the_shortest_to_the_longest()
    {
        var batch = new SampleBatch(new BatchShape(2, 1, Shortest: 3, Longest: 9), 7);
        Assert.Equal([3, 4, 5, 6, 7, 8, 9], batch.Lengths.Order());
        Assert.NotEqual(batch.Lengths.Order(), batch.Lengths);
        Assert.Equal(2 * batch.Lengths.Sum(), batch.Inputs.Length);
    }

    [Fact]
    public void Files_have_what_is_learned_in_the_peers_order_but_for_dense_layers_behind_Flatten()
    {
        using var network = new Probe(seed: 3);
        var (files, turned) = (PeerLayout.AsInFiles(network), PeerLayout.Parameters(Probe.Architecture, [.. network.Parameters.Select(p => p.Values.ToArray())]));
        Assert.Equal(5, files.Length);
        foreach (var i in new[] { 0, 1, 3, 4 })
            Assert.Equal(turned[i], files[i]);
    }
}
