namespace Comparison;

/// <summary>The networks that are no chain of layers.</summary>
internal static class Twins
{
    /// <summary>All of them, in the order of the report.</summary>
    public static IReadOnlyList<TwinModel> All { get; } =
    [
        ResidualTwin.Model, MobileTwin.Model, UNetTwin.Model, NcfTwin.Model, RaggedTwin.Lstm, RaggedTwin.Gru, GptTwin.Small, GptTwin.Large,
        TokenTwin.Small, TokenTwin.Large, BertTwin.Model, ResNet18Twin.Model, RowsTwin.LayerNorm, RowsTwin.Softmax,
    ];
}
