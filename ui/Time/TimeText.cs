using System.Globalization;

using Observe.Query.Time;

namespace Observe.Ui.Time;

/// <summary>Instants as the address bar and the time picker write them.</summary>
/// <remarks>
/// What <see cref="TimeExpression"/> reads, with one difference: a date and time without an offset is in the zone of the person who types it.
/// </remarks>
public static class TimeText
{
    private static readonly string[] LocalFormats =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
    ];

    /// <summary>The instant in Unix nanoseconds.</summary>
    /// <param name="clock">Says what <c>now</c> means.</param>
    /// <param name="zone">The zone of a date and time without an offset.</param>
    public static bool TryParse(string text, TimeProvider clock, TimeZoneInfo zone, out long nanoseconds)
    {
        if (!DateTime.TryParseExact(text.Trim(), LocalFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
            return TimeExpression.TryParse(text, clock, out nanoseconds);

        // At either end of what .NET can hold the zone's offset leads beyond it; both are far outside of what is taken.
        nanoseconds = 0;
        if (local.Year is < 1900 or > 3000)
            return false;

        // An hour that a change to summer time leaves out is read as if the clock had not been changed yet.
        TimeSpan offset = zone.IsInvalidTime(local) ? zone.BaseUtcOffset : zone.GetUtcOffset(local);
        return TimeExpression.TryParse(new DateTimeOffset(local, offset).ToString("O", CultureInfo.InvariantCulture), clock, out nanoseconds);
    }

    public static bool IsRelative(string text) => text.StartsWith("now", StringComparison.OrdinalIgnoreCase);

    /// <summary>An instant as RFC 3339 in UTC with milliseconds, for the address bar.</summary>
    public static string Format(long nanoseconds) =>
        ToTime(nanoseconds).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    public static long ToNanoseconds(DateTimeOffset time) => (time.UtcTicks - DateTime.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick;

    /// <summary>UTC, to 100 ns, which is what .NET can hold.</summary>
    public static DateTimeOffset ToTime(long nanoseconds) =>
        new(DateTime.UnixEpoch.Ticks + (nanoseconds / TimeSpan.NanosecondsPerTick), TimeSpan.Zero);
}
