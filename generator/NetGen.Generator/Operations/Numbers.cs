using NetGen.Generator.Graph;

namespace NetGen.Generator.Operations;

/// <summary>The check that all functions need which do not take indices: their operands are numbers.</summary>
internal static class Numbers
{
    /// <summary>Throws NG0220 at the argument whose value is labels or indices.</summary>
    public static void Check(string function, string argument, TensorType type)
    {
        if (type.Element != ElementType.Float32)
            throw new LanguageException("NG0220", $"{function} works on numbers; these are labels or indices.", argument);
    }

    /// <summary>The argument's tensor, which is one of numbers.</summary>
    public static Value NumberTensor(this CallArguments arguments, string function, string argument)
    {
        var value = arguments.Tensor(argument);
        Check(function, argument, value.Type);
        return value;
    }
}
