using System.Globalization;

namespace Observe.Ui.Time;

/// <summary>Times in the zone of the person who looks, which only the browser knows. One for each circuit.</summary>
public sealed class ViewerTime(TimeProvider clock)
{
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Takes the browser's zone.</summary>
    /// <param name="name">An IANA name.</param>
    /// <param name="offsetMinutes">The browser's present offset east of UTC, for a server without a time zone database.</param>
    public void SetZone(string? name, int offsetMinutes)
    {
        if (name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone))
        {
            Zone = zone;
            return;
        }

        string label = $"UTC{(offsetMinutes < 0 ? '-' : '+')}{TimeSpan.FromMinutes(Math.Abs(offsetMinutes)):hh\\:mm}";
        Zone = TimeZoneInfo.CreateCustomTimeZone(label, TimeSpan.FromMinutes(offsetMinutes), label, label);
    }

    /// <summary>Reads a time; one without an offset is in the viewer's zone.</summary>
    public bool TryParse(string text, out long nanoseconds) => TimeText.TryParse(text, clock, Zone, out nanoseconds);

    public DateTimeOffset Local(long nanoseconds) => TimeZoneInfo.ConvertTime(TimeText.ToTime(nanoseconds), Zone);

    /// <summary><c>14:03:22.123</c></summary>
    public string Clock(long nanoseconds) => Text(nanoseconds, "HH:mm:ss.fff");

    /// <summary><c>11-21 14:03:22.123</c>, for ranges over more than a day.</summary>
    public string DayAndClock(long nanoseconds) => Text(nanoseconds, "MM-dd HH:mm:ss.fff");

    /// <summary><c>Nov 21, 14:03</c></summary>
    public string Short(long nanoseconds) => Text(nanoseconds, "MMM d, HH:mm");

    /// <summary><c>2026-11-21 14:03:22</c>, for times that are whole seconds.</summary>
    public string Second(long nanoseconds) => Text(nanoseconds, "yyyy-MM-dd HH:mm:ss");

    /// <summary><c>2026-11-21 14:03:22.123456</c></summary>
    public string Full(long nanoseconds) => Text(nanoseconds, "yyyy-MM-dd HH:mm:ss.ffffff");

    /// <summary>Exact, in UTC, with all nine digits.</summary>
    public static string Exact(long nanoseconds)
    {
        string seconds = TimeText.ToTime(nanoseconds).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        long fraction = ((nanoseconds % 1_000_000_000) + 1_000_000_000) % 1_000_000_000;
        return string.Create(CultureInfo.InvariantCulture, $"{seconds}.{fraction:D9}Z");
    }

    private string Text(long nanoseconds, string format) => Local(nanoseconds).ToString(format, CultureInfo.InvariantCulture);
}
