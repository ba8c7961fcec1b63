namespace NetGen.Generator.Operations.Windows;

/// <summary>A height and a width, as NetGen.Size2D.</summary>
internal readonly record struct Size(int Height, int Width)
{
    public override string ToString() => $"{Height}×{Width}";

    /// <summary>The argument's two numbers, both at least 1 or so many, or NG0301 at that argument.</summary>
    public static Size From(CallArguments arguments, string name, int least = 1)
    {
        var numbers = arguments.Ints(name);
        if (numbers.Count is not 2 || numbers.Any(n => n < least))
        {
            throw new LanguageException(
                "NG0301", $"'{name}' is a height and a width of at least {least}; it is {string.Join("×", numbers)}.", name);
        }
        return new Size(numbers[0], numbers[1]);
    }

    public static Size? FromOptional(CallArguments arguments, string name, int least = 1) =>
        arguments.Has(name) ? From(arguments, name, least) : null;
}
