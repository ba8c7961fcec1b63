using System.Globalization;
using System.Text;

namespace NetGen.Text;

/// <summary>Where a generation ends.</summary>
/// <example>
/// <code>
/// var options = new GenerationOptions { MaximumTokens = 100, StopStrings = ["\n"] };
/// foreach (string text in session.GenerateText(tokenizer, "Once", sampler, options))
///     Console.Write(text);
/// </code>
/// </example>
public sealed record GenerationOptions
{
    /// <summary>The most tokens to generate.</summary>
    public int MaximumTokens { get; init; } = 256;

    /// <summary>Tokens that end it, and are not given.</summary>
    public IReadOnlyList<int> StopTokens { get; init; } = [];

    /// <summary>Texts that end it where text is generated, and are not given, in whatever tokens they come.</summary>
    public IReadOnlyList<string> StopStrings { get; init; } = [];

    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"MaximumTokens = {MaximumTokens}, StopTokens = {StopTokens}, StopStrings = {StopStrings}");
        return true;
    }
}
