using System.Globalization;
using NetGen.Runtime;

namespace NetGen;

/// <summary>A weight that is NaN or infinite.</summary>
/// <param name="Parameter">The parameter that has it.</param>
/// <param name="Element">Its place among the parameter's values.</param>
/// <param name="Value">NaN or an infinity.</param>
internal sealed record NotFiniteWeight(ParameterSpec Parameter, int Element, float Value)
{
    /// <summary>The first of a network; null if all weights are finite.</summary>
    internal static NotFiniteWeight? In(ParameterLayout layout, ReadOnlySpan<float> weights)
    {
        foreach (ParameterSpec parameter in layout.Parameters)
        {
            ReadOnlySpan<float> values = weights.Slice(parameter.Offset, parameter.Length);
            if (ValueSearch.FirstNotFinite(values) is >= 0 and var element)
                return new(parameter, element, values[element]);
        }

        return null;
    }

    /// <summary>For example <c>classifier.1.weight[3, 0] is NaN</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Parameter.Name}{TensorShape.Element(Parameter.Shape, Element)} is {Value}");
}
