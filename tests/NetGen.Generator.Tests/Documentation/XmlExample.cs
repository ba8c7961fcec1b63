using System.Xml.Linq;

namespace NetGen.Generator.Tests.Documentation;

/// <summary>A code block in the XML documentation of a package.</summary>
/// <param name="Member">The member whose documentation it is in, as the compiler names it: "M:NetGen.SearchSpace.Choice(…)".</param>
/// <param name="Type">The type that it is of.</param>
/// <param name="Number">Which of the member's examples.</param>
/// <param name="Code">C#.</param>
internal sealed record XmlExample(string Member, string Type, int Number, string Code)
{
    private static readonly Lazy<XmlExample[]> Found = new(() => [.. ExampleTests.Packages.SelectMany(Of)]);

    public static IReadOnlyList<XmlExample> All => Found.Value;

    /// <summary>A type as it stands in the documentation: "NetGen.Session`1.Steps".</summary>
    public static string NameOf(Type type) => type.FullName!.Replace('+', '.');

    private static IEnumerable<XmlExample> Of(System.Reflection.Assembly package)
    {
        var file = Path.ChangeExtension(package.Location, ".xml");
        var types = package.GetExportedTypes().ToDictionary(NameOf);
        foreach (var member in XDocument.Load(file).Descendants("member"))
        {
            var name = member.Attribute("name")!.Value;
            // What a primary constructor says is what its type says.
            if (TypeOf(name, types) is not { } type || !IsPublic(name, type) || name.Contains(".#ctor", StringComparison.Ordinal))
                continue;
            foreach (var (number, code) in member.Descendants("code").Index())
                yield return new(name, NameOf(type), number, code.Value);
        }
    }

    /// <summary>The longest beginning of a member's name that is a public type's.</summary>
    private static Type? TypeOf(string member, Dictionary<string, Type> types)
    {
        var name = member[2..].Split('(')[0];
        while (true)
        {
            if (types.TryGetValue(name, out var type))
                return type;
            if (!name.Contains('.', StringComparison.Ordinal))
                return null;
            name = name[..name.LastIndexOf('.')];
        }
    }

    private static bool IsPublic(string member, Type type)
    {
        var name = member[2..].Split('(')[0];
        return name == NameOf(type) || type.GetMember(name[(name.LastIndexOf('.') + 1)..].Split('`')[0]).Length > 0;
    }
}
