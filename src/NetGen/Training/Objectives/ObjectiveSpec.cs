using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>One of several objectives of a network.</summary>
/// <param name="Name">The name of its method.</param>
/// <param name="Columns">Its inputs in order.</param>
/// <param name="Accuracies">What it classifies, each thing by its name; nothing where it knows no right and wrong.</param>
/// <param name="SmallestBatch">The fewest samples that a step takes.</param>
public sealed record ObjectiveSpec(string Name, ColumnSpec[] Columns, string[] Accuracies, int SmallestBatch = 1)
{
    // The compiler's own would write numbers by the culture.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"Name = {Name}, Columns = ({string.Join("; ", (object[])Columns)}), Accuracies = [{string.Join(", ", Accuracies)}], SmallestBatch = {SmallestBatch}");
        return true;
    }
}
