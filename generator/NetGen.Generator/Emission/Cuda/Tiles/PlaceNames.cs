using System.Globalization;

namespace NetGen.Generator.Emission.Cuda.Tiles;

/// <summary>Names for places in shared memory that differ by more than a constant; the constant goes into the instruction.</summary>
/// <param name="code">Where the names are declared.</param>
/// <param name="prefix">They are this and a number.</param>
internal sealed class PlaceNames(CodeWriter code, string prefix)
{
    private readonly Dictionary<string, string> names = [];

    public IEnumerable<string> All => names.Values;

    /// <summary>The name, which is declared where it is new, and how many chunks behind it the place lies.</summary>
    public (string Name, int Offset) Name(Formula place)
    {
        var (rest, offset) = place.Split();
        var text = rest.ToString();
        if (!names.TryGetValue(text, out var name))
        {
            name = prefix + names.Count.ToString(CultureInfo.InvariantCulture);
            code.Line($"var {name} = {text};");
            names.Add(text, name);
        }
        return (name, offset);
    }
}
