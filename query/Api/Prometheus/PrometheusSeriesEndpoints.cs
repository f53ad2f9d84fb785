using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Observe.Query.Api.Declarations;
using Observe.Query.Compilation;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;
using Observe.Query.PromQL.Naming;
using Observe.Query.PromQL.Selection;

namespace Observe.Query.Api.Prometheus;

/// <summary>The routes that tell what there is to be asked for.</summary>
internal static class PrometheusSeriesEndpoints
{
    /// <summary>Series of an answer where no limit is given: 40 MB.</summary>
    private const int MaxSeries = 100_000;

    public static void MapPrometheusSeries(this IEndpointRouteBuilder routes)
    {
        routes.MapApi(PrometheusRoutes.Series, (HttpContext context, SeriesBrowser browser) =>
            PrometheusHandler.RunAsync(context, (request, token) => SeriesAsync(request, browser, token)));
        routes.MapApi(PrometheusRoutes.Labels, (HttpContext context, SeriesBrowser browser) =>
            PrometheusHandler.RunAsync(context, (request, token) => LabelsAsync(request, browser, token)));
        routes.MapApi(PrometheusRoutes.LabelValues, (string name, HttpContext context, SeriesBrowser browser) =>
            PrometheusHandler.RunAsync(context, (request, token) => LabelValuesAsync(name, request, browser, token)));
        routes.MapApi(PrometheusRoutes.Metadata, (HttpContext context, MetricCatalog catalog) =>
            PrometheusHandler.RunAsync(context, (request, token) => MetadataAsync(request, catalog, token)));
    }

    private static async Task<IResult> SeriesAsync(PrometheusRequest request, SeriesBrowser browser, CancellationToken cancellationToken)
    {
        IReadOnlyList<VectorSelector> selectors = Selectors(request);
        if (selectors.Count == 0)
        {
            throw new FormatException("The parameter match[] is missing: give one selector at least, such as match[]=up.");
        }

        int limit = Math.Min(request.Limit() ?? MaxSeries, MaxSeries);
        IReadOnlyCollection<Labels> series = await browser.SeriesAsync(selectors, Days(request), limit + 1, cancellationToken);
        return PrometheusAnswers.List(series.Take(limit), PrometheusWriter.WriteLabels, series.Count > limit ? [PrometheusAnswers.Truncated] : []);
    }

    private static async Task<IResult> LabelsAsync(PrometheusRequest request, SeriesBrowser browser, CancellationToken cancellationToken) =>
        PrometheusAnswers.Texts(await browser.LabelNamesAsync(Selectors(request), Days(request), cancellationToken), request.Limit());

    private static async Task<IResult> LabelValuesAsync(string name, PrometheusRequest request, SeriesBrowser browser, CancellationToken cancellationToken) =>
        PrometheusAnswers.Texts(await browser.LabelValuesAsync(LabelEscapes.Unescape(name), Selectors(request), Days(request), cancellationToken), request.Limit());

    private static async Task<IResult> MetadataAsync(PrometheusRequest request, MetricCatalog catalog, CancellationToken cancellationToken)
    {
        (int? limit, int? limitPerMetric, string? metric) = (request.Limit(), request.Limit("limit_per_metric"), request.Text("metric"));
        var found = new SortedDictionary<string, List<MetricDescription>>(StringComparer.Ordinal);
        foreach (MetricDescription description in await catalog.DescriptionsAsync(cancellationToken))
        {
            if (ExposedName.OfWhole(description.Metric).FirstOrDefault(name => metric is null || name.Name == metric) is { } exposed)
            {
                if (!found.TryGetValue(exposed.Name, out List<MetricDescription>? descriptions))
                {
                    found.Add(exposed.Name, descriptions = []);
                }

                descriptions.Add(description);
            }
        }

        return PrometheusAnswers.Of(writer =>
        {
            writer.WriteStartObject();
            foreach ((string name, List<MetricDescription> descriptions) in found.Take(limit ?? int.MaxValue))
            {
                writer.WriteStartArray(name);
                foreach ((string type, string help, string unit) in descriptions.Select(Metadata).Distinct().Order().Take(limitPerMetric ?? int.MaxValue))
                {
                    writer.WriteStartObject();
                    writer.WriteString("type", type);
                    writer.WriteString("help", help);
                    writer.WriteString("unit", unit);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        });
    }

    private static (string Type, string Help, string Unit) Metadata(MetricDescription description) =>
        (description.PrometheusType, description.Text, PrometheusNames.Unit(description.Metric.Unit));

    private static IReadOnlyList<VectorSelector> Selectors(PrometheusRequest request) => [.. request.All("match[]").Select(PromQLParser.ParseSelector)];

    private static DayRange Days(PrometheusRequest request)
    {
        (long? start, long? end) = request.Range();
        return DayRange.Of(start, end);
    }
}
