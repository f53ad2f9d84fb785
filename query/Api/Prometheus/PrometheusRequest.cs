using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;

namespace Observe.Query.Api.Prometheus;

/// <summary>The parameters of a request, from its address and, for POST, its form.</summary>
internal sealed class PrometheusRequest
{
    private const long MaxTicks = (long.MaxValue / TimeSpan.NanosecondsPerTick) - TimeSpan.TicksPerDay;

    private readonly Dictionary<string, StringValues> _values;

    private PrometheusRequest(Dictionary<string, StringValues> values) => _values = values;

    public static async Task<PrometheusRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var values = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        if (request.HasFormContentType)
        {
            foreach ((string name, StringValues value) in await request.ReadFormAsync(cancellationToken))
            {
                values[name] = value;
            }
        }

        return new PrometheusRequest(values);
    }

    /// <summary>A parameter's text; null where it is missing or empty.</summary>
    public string? Text(string name) => _values.TryGetValue(name, out StringValues value) && value.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>All values of a parameter that may be given several times.</summary>
    public IReadOnlyList<string> All(string name) => _values.TryGetValue(name, out StringValues values) ? [.. values.OfType<string>().Where(value => value.Length > 0)] : [];

    /// <exception cref="FormatException">It is missing.</exception>
    public string Required(string name) => Text(name) ?? throw new FormatException($"The parameter {name} is missing.");

    /// <summary>A point in time, in nanoseconds since 1970; null where it is missing. One that they cannot count to, such as the end of the year 9999, is the last that they can.</summary>
    /// <exception cref="FormatException">It is neither RFC 3339 nor seconds since 1970.</exception>
    public long? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        // Up to the year 2200 a double holds milliseconds, which is as exact as PromQL is.
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && Math.Abs(seconds) < long.MaxValue / 1e9)
        {
            return (long)Math.Round(seconds * 1000) * PromQLTime.Millisecond;
        }

        return double.IsFinite(seconds) && seconds != 0 ? throw new FormatException($"{name} is too far from 1970: write seconds since 1970, such as 1767323040.5, not milliseconds or less.")
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? Math.Clamp((time - DateTimeOffset.UnixEpoch).Ticks, -MaxTicks, MaxTicks) * TimeSpan.NanosecondsPerTick
            : throw new FormatException($"{name} is no time: write seconds since 1970, such as 1767323040.5, or 2026-01-02T03:04:00Z.");
    }

    /// <exception cref="FormatException">It is missing, or no time.</exception>
    public long RequiredTime(string name) => Time(name) ?? throw new FormatException($"The parameter {name} is missing.");

    /// <summary>The times <c>start</c> and <c>end</c>, in nanoseconds since 1970; each null where it is missing, for no beginning or no end.</summary>
    /// <exception cref="FormatException">One is no time, or the end is before the start.</exception>
    public (long? Start, long? End) Range()
    {
        (long? start, long? end) = (Time("start"), Time("end"));
        return end < start ? throw new FormatException("end is before start.") : (start, end);
    }

    /// <summary>A length of time, in nanoseconds, more than 0; null where it is missing.</summary>
    /// <exception cref="FormatException">It is neither a duration nor a number of seconds.</exception>
    public long? Duration(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        bool isRead = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) || DurationText.TryParse(text, out seconds);
        return isRead && seconds > 0 && seconds < long.MaxValue / 1e9
            ? Math.Max(PromQLTime.Millisecond, (long)Math.Round(seconds * 1000) * PromQLTime.Millisecond)
            : throw new FormatException($"{name} is no length of time above 0: write seconds, such as 15, or 1m30s.");
    }

    /// <summary>How many there may be; null for as many as there are.</summary>
    /// <exception cref="FormatException">It is no number.</exception>
    public int? Limit(string name = "limit") =>
        Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) ? limit == 0 ? null : limit
        : throw new FormatException($"{name} is a number of results, or 0 for all of them; not \"{Observe.Query.Language.Excerpt.Of(text)}\".");
}
