using NetGen.Generator.Graph;

namespace NetGen.Generator.Operations.Shapes;

/// <summary>Axes as users write them: counted over the dimensions of one sample, from the end when negative.</summary>
internal static class Axis
{
    public static int Resolve(int axis, TensorType type, string argument)
    {
        var resolved = axis < 0 ? axis + type.Rank : axis;
        return resolved >= 0 && resolved < type.Rank
            ? resolved
            : throw new LanguageException(
                "NG0404", $"Axis {axis} is outside the {type.Rank} dimensions of {type.Shape} (the batch is not counted).", argument);
    }
}
