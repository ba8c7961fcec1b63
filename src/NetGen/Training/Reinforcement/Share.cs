using static System.FormattableString;

namespace NetGen.Reinforcement;

/// <summary>Numbers from 0 to 1.</summary>
internal static class Share
{
    /// <exception cref="ArgumentOutOfRangeException">It is not from 0 to 1.</exception>
    internal static float Checked(float value, string name) => value is >= 0 and <= 1
        ? value
        : throw OutOfRange.Of(name, value, Invariant($"'{name}' is {value}; expected a number from 0 to 1."));
}
