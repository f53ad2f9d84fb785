using System.Globalization;

namespace Observe.Storage.Results;

/// <summary>How a date or time counts, and how it reads as RFC 3339 text.</summary>
/// <param name="NanosecondsPerTick">Nanoseconds in one step of the stored number.</param>
/// <param name="Digits">Fractional digits of a second.</param>
internal readonly record struct TimeUnit(long NanosecondsPerTick, int Digits = 0)
{
    public const long Second = 1_000_000_000;
    public const long Day = 86_400 * Second;

    /// <summary>The unit of <c>DateTime64(precision)</c>.</summary>
    public static TimeUnit OfPrecision(string precision)
    {
        int digits = int.Parse(precision, CultureInfo.InvariantCulture);
        long nanoseconds = Second;
        for (int i = 0; i < digits; i++)
        {
            nanoseconds /= 10;
        }

        return new(nanoseconds, digits);
    }

    public string Format(long ticks)
    {
        if (NanosecondsPerTick == Day)
        {
            return DateTime.UnixEpoch.AddDays(ticks).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        (long seconds, long fraction) = Math.DivRem(ticks, Second / NanosecondsPerTick);
        if (fraction < 0)
        {
            seconds--;
            fraction += Second / NanosecondsPerTick;
        }

        string whole = DateTime.UnixEpoch.AddSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        return Digits == 0 ? whole + "Z" : $"{whole}.{fraction.ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0')}Z";
    }
}
