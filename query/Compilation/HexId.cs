using System.Diagnostics.CodeAnalysis;

namespace Observe.Query.Compilation;

/// <summary>Ids of traces and spans as people paste them: any case, with or without dashes.</summary>
public static class HexId
{
    public const int TraceIdBytes = 16;
    public const int SpanIdBytes = 8;

    /// <summary>Whether the digits are all zeros, which stand for no id.</summary>
    public static bool IsNone(string hex) => hex.All(digit => digit == '0');

    /// <summary>The digits in lower case without dashes, when there are exactly two for each byte.</summary>
    public static bool TryNormalize(string text, int bytes, [NotNullWhen(true)] out string? hex)
    {
        string digits = text.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        hex = digits.Length == bytes * 2 && digits.All(char.IsAsciiHexDigit) ? digits : null;
        return hex is not null;
    }
}
