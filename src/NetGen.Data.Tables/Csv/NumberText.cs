using System.Globalization;

namespace NetGen.Data;

/// <summary>Reads numbers: to the nearest double, and never a text that only looks like one.</summary>
internal sealed class NumberText
{
    /// <summary>Whole numbers up to 2⁵³ and powers of ten up to 22 are doubles; a quotient of two doubles is rounded once (Clinger 1990).</summary>
    private const int ExactDigits = 15;

    private static readonly double[] Powers = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    private readonly NumberFormatInfo format;
    private readonly char decimalMark;
    private readonly bool isSimple;
    private readonly string group;
    private readonly bool allowThousands;

    internal NumberText(CsvOptions options)
    {
        format = options.Numbers;
        allowThousands = options.AllowThousands;
        group = format.NumberGroupSeparator;
        decimalMark = format.NumberDecimalSeparator is [char mark] ? mark : '\0';
        isSimple = decimalMark != '\0' && format.NegativeSign == "-";
        if (allowThousands && (group.Length != 1 || group[0] == decimalMark))
            throw new ArgumentException($"Thousands cannot be told from decimals: the marks are '{group}' and '{format.NumberDecimalSeparator}'.", nameof(options));
    }

    /// <summary>The number that a text is.</summary>
    /// <param name="text">The text, without blanks around it.</param>
    /// <param name="isPlain">Whether it is written as numbers are: not as <c>007</c>, which is rather a key.</param>
    /// <param name="number">The number.</param>
    /// <returns>Whether it is one, and finite.</returns>
    internal bool TryRead(ReadOnlySpan<char> text, out bool isPlain, out double number)
    {
        if (isSimple && TryReadShort(text, out isPlain, out number))
            return true;
        if (allowThousands && text.Contains(group[0]))
            text = WithoutGroups(text);
        isPlain = !HasLeadingZero(text);
        // .NET's parser reads over zero characters at the end.
        number = 0;
        return !text.Contains('\0') && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, format, out number) && double.IsFinite(number);
    }

    /// <summary>Digits with at most one decimal mark and a minus: nearly all numbers.</summary>
    private bool TryReadShort(ReadOnlySpan<char> text, out bool isPlain, out double number)
    {
        bool isNegative = text.Length > 0 && text[0] == '-';
        ReadOnlySpan<char> digits = isNegative ? text[1..] : text;
        long value = 0;
        int mark = -1;
        isPlain = false;
        number = 0;
        if (digits.Length is 0 or > ExactDigits + 1)
            return false;
        for (int i = 0; i < digits.Length; i++)
        {
            uint digit = (uint)(digits[i] - '0');
            if (digit <= 9)
                value = value * 10 + digit;
            else if (digits[i] == decimalMark && mark < 0)
                mark = i;
            else
                return false;
        }

        int decimals = mark < 0 ? 0 : digits.Length - 1 - mark;
        int count = digits.Length - (mark < 0 ? 0 : 1);
        if (count is 0 or > ExactDigits)
            return false;
        isPlain = !(digits.Length > 1 && digits[0] == '0' && mark != 1);
        number = decimals == 0 ? value : value / Powers[decimals];
        if (isNegative)
            number = -number;
        return true;
    }

    private static bool HasLeadingZero(ReadOnlySpan<char> text)
    {
        text = text.TrimStart("+-");
        return text.Length > 1 && text[0] == '0' && char.IsAsciiDigit(text[1]);
    }

    /// <summary>The digits without the marks between groups of three; one to three digits stand before the first. Empty where groups are others.</summary>
    private string WithoutGroups(ReadOnlySpan<char> text)
    {
        const int Group = 3;
        int start = text[0] is '-' or '+' ? 1 : 0;
        ReadOnlySpan<char> digits = text[start..];
        int end = digits.IndexOfAnyExcept($"0123456789{group}");
        ReadOnlySpan<char> whole = end < 0 ? digits : digits[..end], rest = end < 0 ? [] : digits[end..];
        int first = whole.IndexOf(group[0]);
        // A mark is due after the first group and each whole one behind it; where none is in the whole part it is in the rest.
        bool isWhole = first is >= 1 and <= Group && (whole.Length - first) % (Group + 1) == 0 && !rest.Contains(group[0]);
        for (int i = 0; i < whole.Length && isWhole; i++)
            isWhole = whole[i] == group[0] == (i >= first && (i - first) % (Group + 1) == 0);
        return isWhole ? string.Concat(text[..start], whole.ToString().Replace(group, "", StringComparison.Ordinal), rest) : "";
    }
}
