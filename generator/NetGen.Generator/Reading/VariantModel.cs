using System.Globalization;
using NetGen.Generator.Common;

namespace NetGen.Generator;

/// <summary>A class that is made of a network by giving some of its constants other values.</summary>
internal sealed record VariantModel(EquatableArray<VariantSize> Sizes)
{
    /// <summary>"Width64", "Width64_Depth2".</summary>
    public string Name => string.Join("_", Sizes.Select(size => size.Name));

    /// <summary>"Width = 64, Depth = 2".</summary>
    public string Text => string.Join(", ", Sizes.Select(size => $"{size.Constant} = {size.Number}"));
}

/// <summary>What a constant is in a variant.</summary>
internal sealed record VariantSize(string Constant, int Value)
{
    public string Number => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The constant as a part of the names of members: "Width" of "width".</summary>
    public static string Pascal(string constant) => char.ToUpperInvariant(constant[0]) + constant.Substring(1);

    public string Name => Pascal(Constant) + Number.Replace("-", "Minus");
}
