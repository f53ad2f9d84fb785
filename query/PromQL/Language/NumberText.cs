using System.Globalization;

namespace Observe.Query.PromQL.Language;

/// <summary>How numbers are written.</summary>
internal static class NumberText
{
    /// <summary>
    /// Reads a number without a sign: <c>23</c>, <c>.5</c>, <c>3.4e-9</c>, <c>0x8f</c>, <c>1_000_000</c>, <c>Inf</c>, <c>NaN</c>. As in Go, digits
    /// after a leading 0 are octal where they can be: <c>017</c> is 15.
    /// </summary>
    /// <param name="text">The characters as written.</param>
    /// <param name="value">Infinite when it is larger than any number.</param>
    public static bool TryParse(string text, out double value)
    {
        switch (text.ToLowerInvariant())
        {
            case "inf":
                value = double.PositiveInfinity;
                return true;
            case "nan":
                value = double.NaN;
                return true;
        }

        value = 0;
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (!TryRemoveUnderscores(text, isHex, out string digits))
        {
            return false;
        }

        if (isHex)
        {
            return TryInteger(digits.AsSpan(2), 16, out value);
        }

        if (digits.Length > 1 && digits[0] == '0' && TryInteger(digits.AsSpan(1), 8, out value))
        {
            return true;
        }

        return digits.AsSpan().ContainsAnyInRange('0', '9')
            && double.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Without an exponent, with as many digits as it takes to read the same number back.</summary>
    public static string Print(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        }

        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        int mark = shortest.IndexOf('E', StringComparison.Ordinal);
        if (mark < 0)
        {
            return shortest;
        }

        string sign = shortest[0] == '-' ? "-" : "";
        string digits = shortest[sign.Length..mark].Replace(".", "", StringComparison.Ordinal);
        int exponent = int.Parse(shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return exponent < 0
            ? $"{sign}0.{new string('0', -exponent - 1)}{digits}"
            : sign + digits.PadRight(exponent + 1, '0');
    }

    /// <summary>An underscore stands between two digits, or between 0x and a digit.</summary>
    private static bool TryRemoveUnderscores(string text, bool isHex, out string digits)
    {
        digits = text.Replace("_", "", StringComparison.Ordinal);
        for (int i = text.IndexOf('_', StringComparison.Ordinal); i >= 0; i = text.IndexOf('_', i + 1))
        {
            bool follows = i > 0 && (IsDigit(text[i - 1], isHex) || (isHex && i == 2));
            if (!follows || i + 1 == text.Length || !IsDigit(text[i + 1], isHex))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsDigit(char c, bool isHex) => isHex ? char.IsAsciiHexDigit(c) : char.IsAsciiDigit(c);

    /// <summary>Up to 63 bits, as Go has it: a longer one with a leading 0 is read as a decimal number.</summary>
    private static bool TryInteger(ReadOnlySpan<char> digits, int radix, out double value)
    {
        value = 0;
        UInt128 integer = 0;
        foreach (char c in digits)
        {
            int digit = char.IsAsciiHexDigit(c) ? (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10) : radix;
            if (digit >= radix || (integer = (integer * (UInt128)radix) + (UInt128)digit) > long.MaxValue)
            {
                return false;
            }
        }

        value = (double)(long)integer;
        return digits.Length > 0;
    }
}
