namespace NetGen;

/// <summary>
/// The language is read by the generator, never run. Members that make no sense at run time throw this, and say why.
/// </summary>
internal static class NotExecuted
{
    public static InvalidOperationException Error(string member) => new(
        $"{member} was run. Methods over tensors are compiled by NetGen, not run: call the generated methods " +
        "over spans instead (Predict, Loss, Step of your network).");
}
