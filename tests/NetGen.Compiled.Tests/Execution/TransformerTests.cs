using NetGen.Compiled.Tests.Harness;
using Xunit;

namespace NetGen.Compiled.Tests.Execution;

/// <summary>Layers of Transformers are what their documentation says: the same bits as the parts that it is written of there.</summary>
public sealed class TransformerTests
{
    private static readonly Lazy<CompiledNetworks> Compiled = new(() => CompiledNetworks.Compile(
    [
        Network("Last", "private readonly Layer layer = TransformerEncoderLayer(2, feedForward: 12, dropout: 0f);", "layer(x)"),
        Network(
            "LastByHand",
            """
            private readonly Layer attention = SelfAttention(2), norm1 = LayerNorm(), linear1 = Dense(12), linear2 = Dense(8), norm2 = LayerNorm();

            private Tensor Attended(Tensor x) => norm1(x + attention(x));
            """,
            "norm2(Attended(x) + linear2(Relu(linear1(Attended(x)))))"),
        Network("First", "private readonly Layer layer = TransformerEncoderLayer(4, 12, 0f, gelu: true, normFirst: true, causal: true);", "layer(x)"),
        Network(
            "FirstByHand",
            """
            private readonly Layer norm1 = LayerNorm(), attention = CausalSelfAttention(4), norm2 = LayerNorm(), linear1 = Dense(12), linear2 = Dense(8);

            private Tensor Attended(Tensor x) => x + attention(norm1(x));
            """,
            "Attended(x) + linear2(Gelu(linear1(norm2(Attended(x)))))"),
        Network("Packed", "private readonly Layer layer = SelfAttention(4, keyHeads: 2, rotary: true);", "layer(x)"),
        Network(
            "PackedByHand",
            """
            private readonly Layer project = Dense(16), output = Dense(8);

            private Tensor Attended(Tensor all) => Attention(
                RotaryPositions(all[.., ..8], heads: 4), RotaryPositions(all[.., 8..12], heads: 2), all[.., 12..], heads: 4);
            """,
            "output(Attended(project(x)))"),
        Network("Cross", "private readonly CrossLayer layer = CrossAttention(2);", "layer(x, Tanh(x[..4]))"),
        Network(
            "CrossByHand",
            """
            private readonly Parameter in_proj_weight = Parameter(8, 24), in_proj_bias = Parameter(24);
            private readonly Layer attention = Dense(8);

            private Tensor Part(Tensor rows, int place) =>
                MatMul(rows, in_proj_weight[.., (8 * place)..(8 * place + 8)]) + in_proj_bias[(8 * place)..(8 * place + 8)];

            private Tensor Attended(Tensor x, Tensor memory) => Attention(Part(x, 0), Part(memory, 1), Part(memory, 2), heads: 2);
            """,
            "attention(Attended(x, Tanh(x[..4])))"),
        Network("Decoder", "private readonly CrossLayer[] layer = [TransformerDecoderLayer(2, feedForward: 12, dropout: 0f)];", "layer[0](x, Tanh(x[..4, ..6]))"),
        Network(
            "DecoderByHand",
            """
            private readonly Layer self_attn = CausalSelfAttention(2), norm1 = LayerNorm(), norm2 = LayerNorm(), norm3 = LayerNorm(), linear1 = Dense(12), linear2 = Dense(8);
            private readonly CrossLayer multihead_attn = CrossAttention(2);

            private Tensor Own(Tensor x) => norm1(x + self_attn(x));

            private Tensor Read(Tensor x, Tensor memory) => norm2(x + multihead_attn(x, memory));

            private Tensor Written(Tensor x) => norm3(x + linear2(Relu(linear1(x))));
            """,
            "Written(Read(Own(x), Tanh(x[..4, ..6])))"),
        Network("Causal", "private readonly Layer layer = CausalSelfAttention(2, window: 3);", "layer(x)"),
    ]));

    [Theory]
    [InlineData("Last")]
    [InlineData("First")]
    [InlineData("Packed")]
    [InlineData("Cross")]
    [InlineData("Decoder")]
    public void A_layer_is_its_parts(string name)
    {
        var (whole, parts) = (Compiled.Value[name], Compiled.Value[name + "ByHand"]);
        using var network = whole.Create(threads: 2);
        using var byHand = parts.Create();
        TestData.FillWeights(network.Network, 3);
        // In the order in which they are used.
        var (from, to) = (network.Network.Parameters.ToArray(), byHand.Network.Parameters.ToArray());
        Assert.Equal(from.Select(p => p.Length).Order(), to.Select(p => p.Length).Order());
        foreach (var parameter in from)
        {
            var suffix = parameter.Name[(name == "Decoder" ? "layer.0." : "layer.").Length..];
            var target = name switch
            {
                "Packed" => suffix.Replace("in_proj_", "project.", StringComparison.Ordinal).Replace("out_proj", "output", StringComparison.Ordinal),
                "Cross" => suffix.Replace("out_proj", "attention", StringComparison.Ordinal),
                "Decoder" => suffix,
                _ => suffix.Replace("self_attn", "attention", StringComparison.Ordinal),
            };
            parameter.Values.CopyTo(to.Single(p => p.Name == target).Values);
        }
        var inputs = whole.Inputs("Forward", 3, 5);
        Assert.Equal(Predict(network, inputs, 3), Predict(byHand, inputs, 3));
    }

    /// <summary>Those of torch.nn.TransformerDecoderLayer, and of torch.nn.MultiheadAttention with kdim and vdim.</summary>
    [Fact]
    public void A_decoder_s_weights_have_PyTorch_s_names()
    {
        using var network = Compiled.Value["Decoder"].Create();
        Assert.Equal(
        [
            "linear1.bias", "linear1.weight", "linear2.bias", "linear2.weight", "multihead_attn.in_proj_bias", "multihead_attn.k_proj_weight",
            "multihead_attn.out_proj.bias", "multihead_attn.out_proj.weight", "multihead_attn.q_proj_weight", "multihead_attn.v_proj_weight", "norm1.bias", "norm1.weight",
            "norm2.bias", "norm2.weight", "norm3.bias", "norm3.weight", "self_attn.in_proj_bias", "self_attn.in_proj_weight", "self_attn.out_proj.bias", "self_attn.out_proj.weight",
        ],
        network.Network.Parameters.Select(p => p.Name["layer.0.".Length..]).Order(StringComparer.Ordinal));
    }

    /// <summary>Also with what no number can be added to: later rows are not read at all.</summary>
    [Fact]
    public void Later_rows_change_nothing()
    {
        using var network = Compiled.Value["Causal"].Create();
        TestData.FillWeights(network.Network, 3);
        var inputs = Compiled.Value["Causal"].Inputs("Forward", 1, 5);
        var before = Predict(network, inputs, 1);
        var x = (float[])inputs[0];
        Array.Fill(x, 100f, 4 * 8, x.Length - (4 * 8));
        var after = Predict(network, inputs, 1);
        Assert.Equal(before[..32], after[..32]);
        Assert.NotEqual(before[32..], after[32..]);
        // Nor are rows that the window has left behind.
        Array.Fill(x, -3f, 0, 8);
        Assert.Equal(after[(3 * 8)..], Predict(network, inputs, 1)[(3 * 8)..]);
    }

    private static float[] Predict(ICompiledNetwork network, Array[] inputs, int batch)
    {
        var result = new float[batch * 6 * 8];
        network.Predict("Forward", inputs, result);
        return result;
    }

    private static NetworkSource Network(string name, string fields, string result) => new(name,
        $$"""
        [Network]
        public sealed partial class Net
        {
            {{fields}}

            public Tensor Forward([Shape(6, 8)] Tensor x) => {{result}};
        }
        """);
}
