namespace NetGen.Compiled.Tests.Oracles;

/// <summary>
/// ONNX's operators said in NetGen's. What is ONNX's layout and not meaning is done beside the network: channels first there, channels last
/// here; a batch among the dimensions there, of its own here.
/// </summary>
internal static class OnnxOperators
{
    private static readonly Dictionary<string, Func<OnnxCall, OnnxCounterpart>> Table = new[]
    {
        OnnxElementwise.Table, OnnxReductions.Table, OnnxShapes.Table, OnnxIndices.Table, OnnxProducts.Table, OnnxConvolutions.Table,
        OnnxImages.Table, OnnxNorms.Table, OnnxRecurrent.Table, OnnxLosses.Table, OnnxOptimizers.Table,
    }.SelectMany(table => table).ToDictionary();

    /// <exception cref="NotSupportedException">The operator is known, and not what it is asked for; the message says what is.</exception>
    public static OnnxCounterpart Of(OnnxCall call) => Table[call.Node.Operator](call);

    public static bool Knows(string op) => Table.ContainsKey(op);
}
