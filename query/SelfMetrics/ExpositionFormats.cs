using Microsoft.Net.Http.Headers;

namespace Observe.Query.SelfMetrics;

/// <summary>Which text is answered, and how it is called.</summary>
internal static class ExpositionFormats
{
    public const string OpenMetricsType = "application/openmetrics-text";

    public static string ContentType(this ExpositionFormat format) => format == ExpositionFormat.OpenMetrics
        ? $"{OpenMetricsType}; version=1.0.0; charset=utf-8"
        : "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>OpenMetrics where it is asked for by name and no less than plain text.</summary>
    public static ExpositionFormat Choose(IList<MediaTypeHeaderValue> accept)
    {
        double openMetrics = Quality(OpenMetricsType);
        return openMetrics > 0 && openMetrics >= Quality("text/plain") ? ExpositionFormat.OpenMetrics : ExpositionFormat.Prometheus;

        double Quality(string type) => accept
            .Where(value => value.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase))
            .Select(value => value.Quality ?? 1)
            .DefaultIfEmpty(0)
            .Max();
    }
}
