using System.Text;

namespace NetGen.Generator.Common;

/// <summary>C# identifiers made of the names in the user's model.</summary>
internal static class Names
{
    /// <summary>"features.0.weight" as "features_0_weight".</summary>
    public static string OfParameter(string name) => Identifier(name);

    /// <summary>The scope of a layer's backward pass: "features_0" gives "d_features_0".</summary>
    public static string OfGradient(string scope) => "d_" + scope;

    public static bool IsGradient(string scope) => scope.StartsWith("d_", StringComparison.Ordinal);

    /// <summary>A user's identifier as it must be written in C#: keywords take an @.</summary>
    public static string Escape(string name) =>
        Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetKeywordKind(name) == Microsoft.CodeAnalysis.CSharp.SyntaxKind.None ? name : "@" + name;

    public static string Identifier(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
            text.Append(char.IsLetterOrDigit(c) ? c : '_');
        if (text.Length == 0 || char.IsDigit(text[0]))
            text.Insert(0, '_');
        return text.ToString();
    }
}
