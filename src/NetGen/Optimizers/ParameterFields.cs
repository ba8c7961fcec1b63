namespace NetGen;

/// <summary>Parameters by the fields of a network that hold them.</summary>
internal static class ParameterFields
{
    /// <summary>Whether a parameter's name is the field's, or one of what the field holds.</summary>
    internal static bool Has(ParameterSpec parameter, string field) =>
        parameter.Name.StartsWith(field, StringComparison.Ordinal) && (parameter.Name.Length == field.Length || parameter.Name[field.Length] == '.');

    /// <summary>Checks that there is such a field.</summary>
    /// <exception cref="ArgumentException">No parameter is of it; the message has those that there are.</exception>
    internal static void Check(string field, ParameterLayout layout, string argument)
    {
        foreach (ParameterSpec parameter in layout.Parameters)
        {
            if (Has(parameter, field))
                return;
        }

        throw new ArgumentException(
            $"'{argument}' has the field '{field}', and {layout.NetworkName} has no parameter of it; it has: {string.Join(", ", layout.Parameters.ToArray().Select(parameter => parameter.Name))}.",
            argument);
    }
}
