using System.Globalization;

namespace Observe.Ui.Time;

/// <summary>An instant as the address bar writes it: <c>now</c>, <c>now-15m</c>, RFC 3339, or Unix milliseconds.</summary>
public static class TimeText
{
    private static readonly long UnixEpochTicks = DateTime.UnixEpoch.Ticks;

    /// <summary>The instant in Unix nanoseconds.</summary>
    /// <param name="text">What stands in the address or what a user typed.</param>
    /// <param name="now">What <c>now</c> means.</param>
    /// <param name="zone">The zone of a date and time without an offset, as a user types it.</param>
    public static bool TryParse(string? text, DateTimeOffset now, TimeZoneInfo zone, out long nanoseconds)
    {
        nanoseconds = 0;
        text = text?.Trim();
        if (string.IsNullOrEmpty(text))
            return false;

        if (IsRelative(text))
        {
            if (!TryParseOffset(text.AsSpan(3), out TimeSpan offset) || offset > now - DateTimeOffset.UnixEpoch)
                return false;

            nanoseconds = ToNanoseconds(now - offset);
            return true;
        }

        if (text.Length >= 11 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds))
        {
            nanoseconds = milliseconds <= long.MaxValue / 1_000_000 ? milliseconds * 1_000_000 : 0;
            return nanoseconds > 0;
        }

        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime time) || time.Year is < 1971 or > 2261)
            return false;

        DateTime utc = time.Kind switch
        {
            DateTimeKind.Unspecified => zone.IsInvalidTime(time) ? time - zone.BaseUtcOffset : TimeZoneInfo.ConvertTimeToUtc(time, zone),
            _ => time.ToUniversalTime(),
        };
        nanoseconds = (utc.Ticks - UnixEpochTicks) * TimeSpan.NanosecondsPerTick;
        return true;
    }

    public static bool IsRelative(string text) => text.StartsWith("now", StringComparison.Ordinal);

    /// <summary>An instant as RFC 3339 in UTC with milliseconds, for the address bar.</summary>
    public static string Format(long nanoseconds) =>
        ToTime(nanoseconds).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    public static long ToNanoseconds(DateTimeOffset time) => (time.UtcTicks - UnixEpochTicks) * TimeSpan.NanosecondsPerTick;

    /// <summary>UTC, to 100 ns, which is what .NET can hold.</summary>
    public static DateTimeOffset ToTime(long nanoseconds) =>
        new(UnixEpochTicks + (nanoseconds / TimeSpan.NanosecondsPerTick), TimeSpan.Zero);

    // "" is zero; "-15m" and "-1h30m" go back.
    private static bool TryParseOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (text.IsEmpty)
            return true;
        if (text[0] != '-' || text.Length < 3)
            return false;

        text = text[1..];
        while (!text.IsEmpty)
        {
            int digits = text.IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 6 || !int.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out int count))
                return false;

            TimeSpan? unit = text[digits] switch
            {
                's' => TimeSpan.FromSeconds(count),
                'm' => TimeSpan.FromMinutes(count),
                'h' => TimeSpan.FromHours(count),
                'd' => TimeSpan.FromDays(count),
                'w' => TimeSpan.FromDays(7L * count),
                _ => null,
            };
            if (unit is null)
                return false;

            offset += unit.Value;
            text = text[(digits + 1)..];
        }

        return true;
    }
}
