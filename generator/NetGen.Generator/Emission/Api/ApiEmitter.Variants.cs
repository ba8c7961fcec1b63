using NetGen.Generator.Common;
using static NetGen.Generator.Emission.Api.ApiText;

namespace NetGen.Generator.Emission.Api;

/// <summary>What a network has for the classes that are made of it with other sizes.</summary>
internal sealed partial class ApiEmitter
{
    /// <summary>The declaration of a variant, of which there is no other half.</summary>
    private string VariantClass => $"public sealed partial class {Common.Names.Escape(model.Name)}";

    private void EmitVariants()
    {
        if (model.Variants.Count == 0)
            return;
        var sizes = model.Variants[0].Sizes;
        var values = sizes.Select(size => model.Variants.SelectMany(v => v.Sizes).Where(s => s.Constant == size.Constant).Select(s => s.Number).Distinct().ToArray()).ToArray();
        for (var i = 0; i < sizes.Count; i++)
        {
            var name = VariantSize.Pascal(sizes[i].Constant) + NetworkModel.ValuesOfVariants;
            if (!IsFree(name))
                continue;
            writer.Line();
            Summary($"The values of {sizes[i].Constant} for which there are variants.");
            writer.Line($"public static global::System.ReadOnlySpan<int> {name} => {Body($"new int[] {{ {string.Join(", ", values[i])} }}")};");
        }
        if (IsFree(NetworkModel.CreateVariant))
            EmitCreateVariant(sizes, values);
    }

    private void EmitCreateVariant(EquatableArray<VariantSize> sizes, string[][] values)
    {
        var names = new UniqueNames("seed", "device");
        string[] asked = [.. sizes.Select(size => names.Take(char.ToLowerInvariant(size.Constant[0]) + size.Constant.Substring(1)))];
        var type = Trainable(programs) is not null ? "ITrainable" : OfSeveral(programs).Length > 0 ? "IMultiObjective" : Predictor(programs) is not null ? "IPredictor" : "INetwork";
        var there = string.Join(" and ", sizes.Select((size, i) => $"{size.Constant} {string.Join(", ", values[i])}"));
        writer.Line();
        Summary($"A new {model.ShownName} of a size that is known at run time only: one of its variants.");
        for (var i = 0; i < asked.Length; i++)
            writer.Line($"/// <param name=\"{asked[i]}\">{sizes[i].Constant}: {string.Join(", ", values[i])}.</param>");
        writer.Line("/// <param name=\"seed\">Of the initial weights, and of dropout in training.</param>");
        writer.Line("/// <param name=\"device\">Where it computes; null: the CPU.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentOutOfRangeException\">There is no variant of that size.</exception>");
        var parameters = string.Join(", ", asked.Select(name => $"int {Common.Names.Escape(name)}"));
        writer.Line($"public static global::NetGen.{type} {NetworkModel.CreateVariant}({parameters}, ulong seed = 0, global::NetGen.Device{OrNull} device = null) =>");
        writer.Indent();
        if (model.IsUnread)
        {
            writer.Line($"{Body("")};");
            writer.Outdent();
            return;
        }
        writer.Line($"{Tuple(asked.Select(Common.Names.Escape))} switch");
        writer.Line("{");
        foreach (var variant in model.Variants)
            writer.Line($"    {Tuple(variant.Sizes.Select(size => size.Number))} => new {Self}.{Common.Names.Escape(variant.Name)}(seed, device),");
        var wrong = asked.Length == 1 ? $"\"{asked[0]}\", {Common.Names.Escape(asked[0])}" : $"\"{asked[0]}\"";
        writer.Line($"    _ => throw new global::System.ArgumentOutOfRangeException({wrong}, \"{model.ShownName} has variants of {there} only; others are stated in [Variants].\"),");
        writer.Line("};");
        writer.Outdent();
    }

    private static string Tuple(IEnumerable<string> parts) => parts.ToArray() is [var one] ? one : $"({string.Join(", ", parts)})";
}
