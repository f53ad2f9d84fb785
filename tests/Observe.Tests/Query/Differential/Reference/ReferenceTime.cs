using System.Globalization;

namespace Observe.Tests.Query.Differential.Reference;

/// <summary>A point in time.</summary>
/// <param name="Nanoseconds">Unix nanoseconds.</param>
internal readonly record struct ReferenceTime(long Nanoseconds)
{
    /// <summary>Reads a time with all its nine digits, as the test writes them.</summary>
    public static long Parse(string text)
    {
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        var seconds = DateTimeOffset.ParseExact(text[..dot], "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return (seconds.ToUnixTimeSeconds() * 1_000_000_000) + long.Parse(text.AsSpan(dot + 1, 9), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    public override string ToString()
    {
        (long seconds, long rest) = Math.DivRem(Nanoseconds, 1_000_000_000);
        return string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.FromUnixTimeSeconds(seconds):yyyy-MM-dd'T'HH:mm:ss}.{rest:000000000}Z");
    }
}
