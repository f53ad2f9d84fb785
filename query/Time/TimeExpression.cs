using System.Globalization;
using Observe.Query.Language;

namespace Observe.Query.Time;

/// <summary>Reads a point in time as the API and the language take it.</summary>
/// <remarks>
/// RFC 3339 with up to nine digits of a second (without a zone it is UTC; without a time it is midnight), Unix milliseconds, <c>now</c>, and
/// <c>now-15m</c> or <c>now+1h</c> with the units s, m, h, d, w. The years are 1970 to 2260.
/// </remarks>
public static class TimeExpression
{
    /// <summary>The times that are taken, for messages.</summary>
    public const string Years = "from 1970 to 2260";

    /// <summary>1970, where OTLP's times begin.</summary>
    public const long Earliest = 0;

    /// <summary>
    /// 2261-01-01T00:00:00Z. An Int64 of nanoseconds, and so DateTime64(9), holds 466 days more: what is computed from a time, such as the end of its bin
    /// (<see cref="Search.BinWidths.Widest"/>), fits too.
    /// </summary>
    public const long Latest = 9_183_110_400_000_000_000;

    private const long NanosecondsPerMillisecond = 1_000_000;

    /// <summary>Unix nanoseconds.</summary>
    /// <exception cref="FormatException">The text is none of these; the message says what is.</exception>
    public static long Parse(string text, TimeProvider time) =>
        TryParse(text, time, out long nanoseconds)
            ? nanoseconds
            : throw new FormatException(long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && IsOfSeconds(seconds)
                ? $"{seconds} has as many digits as Unix seconds, and as milliseconds it lies in the seventies: write milliseconds, {seconds}000."
                : $"\"{Excerpt.Of(text)}\" is not a time: write 2026-01-31T12:00:00Z, Unix milliseconds, now, or a time before now such as now-15m (s, m, h, d, w), {Years}.");

    public static bool TryParse(string text, TimeProvider time, out long nanoseconds)
    {
        text = text.Trim();
        if (text.StartsWith("now", StringComparison.OrdinalIgnoreCase))
        {
            return TryRelative(text.AsSpan(3), time, out nanoseconds);
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long milliseconds))
        {
            nanoseconds = 0;
            return !IsOfSeconds(milliseconds) && TryFit((Int128)milliseconds * NanosecondsPerMillisecond, out nanoseconds);
        }

        return TryAbsolute(text, out nanoseconds);
    }

    /// <summary>Whether a number is what <c>date +%s</c> prints, from 1973 on: as milliseconds it would silently ask for all that is stored.</summary>
    private static bool IsOfSeconds(long number) => number is >= 100_000_000 and < 100_000_000_000;

    /// <summary>Now, in Unix nanoseconds.</summary>
    public static long Now(TimeProvider time) => ToNanoseconds(time.GetUtcNow());

    private static bool TryRelative(ReadOnlySpan<char> offset, TimeProvider time, out long nanoseconds)
    {
        nanoseconds = Now(time);
        if (offset.IsEmpty)
        {
            return true;
        }

        long unit = offset[^1] switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            'w' => 604_800,
            _ => 0,
        };
        if (unit == 0 || offset[0] is not ('-' or '+') || offset.Length < 3
            || !long.TryParse(offset[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out long count))
        {
            return false;
        }

        return TryFit(nanoseconds + ((Int128)count * unit * 1_000_000_000 * (offset[0] == '-' ? -1 : 1)), out nanoseconds);
    }

    private static bool TryAbsolute(string text, out long nanoseconds)
    {
        nanoseconds = 0;

        // .NET reads seven digits of a second; the two behind them are read here.
        long rest = 0;
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0)
        {
            int end = dot + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            int digits = end - dot - 1;
            if (digits is 0 or > 9)
            {
                return false;
            }

            string fraction = text.Substring(dot + 1, digits).PadRight(9, '0');
            rest = long.Parse(fraction, NumberStyles.None, CultureInfo.InvariantCulture);
            text = text[..dot] + text[end..];
        }

        string[] formats = dot >= 0
            ? ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd' 'HH:mm:ssK"]
            : ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd' 'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd' 'HH:mmK", "yyyy-MM-dd"];
        if (!DateTimeOffset.TryParseExact(
            text.ToUpperInvariant(), formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset parsed))
        {
            return false;
        }

        return TryFit(((Int128)(parsed.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick) + rest, out nanoseconds);
    }

    private static bool TryFit(Int128 time, out long nanoseconds)
    {
        bool fits = time >= Earliest && time <= Latest;
        nanoseconds = fits ? (long)time : 0;
        return fits;
    }

    private static long ToNanoseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;
}
