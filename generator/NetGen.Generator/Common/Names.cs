using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Common;

/// <summary>C# identifiers made of the names in the user's model.</summary>
internal static class Names
{
    /// <summary>A user's identifier as it must be written in C#: keywords take an @, also those that are some only in places.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>The same for the parts of a name with dots.</summary>
    public static string EscapeParts(string name) => string.Join(".", name.Split('.').Select(Escape));

    /// <summary>"features.0.weight" as "features_0_weight".</summary>
    public static string Identifier(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
            text.Append(char.IsLetterOrDigit(c) ? c : '_');
        if (text.Length == 0 || char.IsDigit(text[0]))
            text.Insert(0, '_');
        return text.ToString();
    }

    /// <summary>An operation's title as a part of names: "max_pool2d" of "MaxPool2D[2×2, stride 2×2]".</summary>
    public static string Words(string title)
    {
        var text = new StringBuilder();
        foreach (var c in title.TakeWhile(char.IsLetterOrDigit))
        {
            if (char.IsUpper(c) && text.Length > 0 && char.IsLower(text[text.Length - 1]))
                text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}
