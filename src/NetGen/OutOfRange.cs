using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// Exceptions about arguments out of range, whose texts are the same everywhere: .NET would add the value, and the checks of
/// <see cref="ArgumentOutOfRangeException"/> would say it, in the culture of the thread.
/// </summary>
internal static class OutOfRange
{
    /// <param name="name">Of the argument.</param>
    /// <param name="value">What it is: <see cref="ArgumentOutOfRangeException.ActualValue"/> is its text.</param>
    /// <param name="message">What is wrong with it.</param>
    internal static ArgumentOutOfRangeException Of<T>(string name, T value, string message) =>
        new(name, value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : value, message);

    /// <summary>At least so much.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less, or NaN.</exception>
    internal static void ThrowIfLess<T>(T value, T least, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : INumber<T>
    {
        if (!(value >= least))
            throw Of(name, value, string.Create(CultureInfo.InvariantCulture, $"'{name}' is {value}; expected at least {least}."));
    }
}
