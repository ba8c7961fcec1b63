namespace NetGen.Generator.Reading.Evaluation;

/// <summary>The functions of Math, MathF and the number types themselves that hyper-parameters are computed with.</summary>
internal static class MathFunctions
{
    public static bool TryCall(string name, object?[] arguments, out object? result)
    {
        result = arguments switch
        {
            [int x] => Int(name, x),
            [float x] => Real(name, x) is { } y ? (float)y : null,
            [double x] => Real(name, x),
            [int x, int y] => Int(name, x, y),
            [long x, long y] => name switch { "Min" => Math.Min(x, y), "Max" => Math.Max(x, y), _ => null },
            [float x, float y] => Real(name, x, y) is { } z ? (float)z : null,
            [double x, double y] => Real(name, x, y),
            [int x, int low, int high] when name == "Clamp" && low <= high => Math.Min(Math.Max(x, low), high),
            [float x, float low, float high] when name == "Clamp" && low <= high => Math.Min(Math.Max(x, low), high),
            [double x, double low, double high] when name == "Clamp" && low <= high => Math.Min(Math.Max(x, low), high),
            _ => null,
        };
        return result is not null;
    }

    private static object? Int(string name, int x) => name switch
    {
        "Abs" => Math.Abs(x),
        "Sign" => Math.Sign(x),
        "Log2" when x > 0 => (int)Math.Floor(Math.Log(x, 2)),
        "IsPow2" => x > 0 && (x & (x - 1)) == 0,
        _ => null,
    };

    private static object? Int(string name, int x, int y) => name switch
    {
        "Min" => Math.Min(x, y),
        "Max" => Math.Max(x, y),
        _ => null,
    };

    private static double? Real(string name, double x) => name switch
    {
        "Abs" => Math.Abs(x),
        "Sqrt" => Math.Sqrt(x),
        "Cbrt" => x < 0 ? -Math.Pow(-x, 1.0 / 3) : Math.Pow(x, 1.0 / 3),
        "Exp" => Math.Exp(x),
        "Log" => Math.Log(x),
        "Log2" => Math.Log(x, 2),
        "Log10" => Math.Log10(x),
        "Floor" => Math.Floor(x),
        "Ceiling" => Math.Ceiling(x),
        "Round" => Math.Round(x),
        "Truncate" => Math.Truncate(x),
        "Sin" => Math.Sin(x),
        "Cos" => Math.Cos(x),
        "Tan" => Math.Tan(x),
        "Tanh" => Math.Tanh(x),
        _ => null,
    };

    private static double? Real(string name, double x, double y) => name switch
    {
        "Min" => Math.Min(x, y),
        "Max" => Math.Max(x, y),
        "Pow" => Math.Pow(x, y),
        "Log" => Math.Log(x, y),
        "Atan2" => Math.Atan2(x, y),
        _ => null,
    };
}
