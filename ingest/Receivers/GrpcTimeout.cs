using System.Globalization;

namespace Observe.Ingest.Receivers;

/// <summary>The <c>grpc-timeout</c> header: at most eight digits and a unit.</summary>
/// <remarks><see href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests"/></remarks>
internal static class GrpcTimeout
{
    /// <summary>Longer than any sender waits, and short enough for a timer, which ends at 49 days: eight digits of hours are 11,000 years.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>The time a caller waits, a day at most; null when it did not say, or said something else than a timeout.</summary>
    public static TimeSpan? Parse(string header)
    {
        if (header.Length is < 2 or > 9
            || !long.TryParse(header.AsSpan(0, header.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out long amount))
        {
            return null;
        }

        TimeSpan? timeout = header[^1] switch
        {
            'H' => TimeSpan.FromHours(amount),
            'M' => TimeSpan.FromMinutes(amount),
            'S' => TimeSpan.FromSeconds(amount),
            'm' => TimeSpan.FromMilliseconds(amount),
            'u' => TimeSpan.FromMicroseconds(amount),
            'n' => TimeSpan.FromTicks(amount / TimeSpan.NanosecondsPerTick),
            _ => null,
        };
        return timeout > Longest ? Longest : timeout;
    }
}
