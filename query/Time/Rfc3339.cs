using System.Globalization;

namespace Observe.Query.Time;

/// <summary>Writes times as RFC 3339 in UTC with all nine digits of a second.</summary>
public static class Rfc3339
{
    public static string Format(long unixNanoseconds)
    {
        (long seconds, long nanoseconds) = Math.DivRem(unixNanoseconds, 1_000_000_000);
        if (nanoseconds < 0)
        {
            seconds--;
            nanoseconds += 1_000_000_000;
        }

        string date = DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{date}.{nanoseconds:D9}Z");
    }
}
