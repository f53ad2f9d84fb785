using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Observe.Query.Api.Declarations;
using Observe.Query.PromQL;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;
using Observe.Query.PromQL.Naming;
using Observe.Query.PromQL.Selection;
using Observe.Query.Time;

namespace Observe.Query.Api.Prometheus;

/// <summary>Prometheus's interface, so that Grafana and other clients take this program for a Prometheus.</summary>
/// <remarks>https://prometheus.io/docs/prometheus/latest/querying/api/</remarks>
internal static class PrometheusEndpoints
{
    /// <summary>Times of a range: Prometheus's own limit. A screen has fewer columns.</summary>
    private const int MaxSteps = 11_000;

    public static void MapPrometheus(this IEndpointRouteBuilder routes)
    {
        routes.MapApi(PrometheusRoutes.Query, (HttpContext context, IPromQLService promQL, TimeProvider time) =>
            PrometheusHandler.RunAsync(context, (request, token) => InstantAsync(request, promQL, time, token)));
        routes.MapApi(PrometheusRoutes.QueryRange, (HttpContext context, IPromQLService promQL) =>
            PrometheusHandler.RunAsync(context, (request, token) => RangeAsync(request, promQL, token)));
        routes.MapApi(PrometheusRoutes.Series, (HttpContext context, SeriesBrowser browser) =>
            PrometheusHandler.RunAsync(context, (request, token) => SeriesAsync(request, browser, token)));
        routes.MapApi(PrometheusRoutes.Labels, (HttpContext context, SeriesBrowser browser) =>
            PrometheusHandler.RunAsync(context, (request, token) => LabelsAsync(request, browser, token)));
        routes.MapApi(PrometheusRoutes.LabelValues, (string name, HttpContext context, SeriesBrowser browser) =>
            PrometheusHandler.RunAsync(context, (request, token) => LabelValuesAsync(name, request, browser, token)));
        routes.MapApi(PrometheusRoutes.FormatQuery, (HttpContext context) => PrometheusHandler.RunAsync(context, (request, _) => Task.FromResult<IResult>(Format(request))));
        routes.MapApi(PrometheusRoutes.BuildInfo, (HttpContext context) => PrometheusHandler.RunAsync(context, (_, _) => Task.FromResult<IResult>(Answer(WriteBuildInfo))));
    }

    private static async Task<IResult> InstantAsync(PrometheusRequest request, IPromQLService promQL, TimeProvider time, CancellationToken cancellationToken)
    {
        long at = request.Time("time") ?? TimeExpression.Now(time);
        PromQLAnswer answer = await promQL.InstantAsync(request.Required("query"), at, request.Duration("lookback_delta"), cancellationToken);
        return Answer(answer, isRange: false, request.Limit());
    }

    private static async Task<IResult> RangeAsync(PrometheusRequest request, IPromQLService promQL, CancellationToken cancellationToken)
    {
        string query = request.Required("query");
        (long start, long end) = (RequiredTime(request, "start"), RequiredTime(request, "end"));
        long step = request.Duration("step") ?? throw new FormatException("The parameter step is missing.");
        if (end < start)
        {
            throw new FormatException("end is before start.");
        }

        if ((end - start) / step >= MaxSteps)
        {
            throw new FormatException($"There are more than {MaxSteps} steps from start to end: make step longer.");
        }

        PromQLAnswer answer = await promQL.RangeAsync(query, Grid.Of(start, end, step), request.Duration("lookback_delta"), cancellationToken);
        return Answer(answer, isRange: true, request.Limit());
    }

    private static async Task<IResult> SeriesAsync(PrometheusRequest request, SeriesBrowser browser, CancellationToken cancellationToken)
    {
        IReadOnlyList<VectorSelector> selectors = Selectors(request);
        if (selectors.Count == 0)
        {
            throw new FormatException("The parameter match[] is missing: give one selector at least, such as match[]=up.");
        }

        IEnumerable<Labels> series = Limited(await browser.SeriesAsync(selectors, cancellationToken), request);
        return Answer(writer =>
        {
            writer.WriteStartArray();
            foreach (Labels labels in series)
            {
                PrometheusWriter.WriteLabels(writer, labels);
            }

            writer.WriteEndArray();
        });
    }

    private static async Task<IResult> LabelsAsync(PrometheusRequest request, SeriesBrowser browser, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<Labels> series = await browser.SeriesAsync(Selectors(request), cancellationToken);
        return Texts(Limited(series.SelectMany(labels => labels.Select(label => label.Key)).Distinct().Order(StringComparer.Ordinal), request));
    }

    private static async Task<IResult> LabelValuesAsync(string name, PrometheusRequest request, SeriesBrowser browser, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<Labels> series = await browser.SeriesAsync(Selectors(request), cancellationToken);
        string label = LabelEscapes.Unescape(name);
        string translated = PrometheusNames.Label(label);
        return Texts(Limited(series.Select(labels => LabelMatchers.Value(labels, label, translated)).Where(value => value.Length > 0).Distinct().Order(StringComparer.Ordinal), request));
    }

    /// <remarks>Read before anything is written: an error of the query must find the answer not begun.</remarks>
    private static JsonAnswer Format(PrometheusRequest request)
    {
        string text = PromQLPrinter.Print(PromQLParser.Parse(request.Required("query")));
        return Answer(writer => writer.WriteStringValue(text));
    }

    private static IReadOnlyList<VectorSelector> Selectors(PrometheusRequest request) => [.. request.All("match[]").Select(text =>
        PromQLParser.Parse(text) as VectorSelector ?? throw new FormatException($"match[] is a selector, such as up{{job=\"a\"}}; not {Observe.Query.Language.Excerpt.Of(text)}."))];

    private static IEnumerable<T> Limited<T>(IEnumerable<T> items, PrometheusRequest request) => items.Take(request.Limit() ?? int.MaxValue);

    private static long RequiredTime(PrometheusRequest request, string name) => request.Time(name) ?? throw new FormatException($"The parameter {name} is missing.");

    private static JsonAnswer Answer(PromQLAnswer answer, bool isRange, int? limit) => new((writer, token) => PrometheusWriter.WriteAsync(
        writer, () => PrometheusWriter.WriteResultAsync(writer, answer, isRange, limit, token), answer.Annotations.Warnings, answer.Annotations.Infos));

    private static JsonAnswer Texts(IEnumerable<string> texts) => Answer(writer =>
    {
        writer.WriteStartArray();
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    });

    private static JsonAnswer Answer(Action<Utf8JsonWriter> writeData) => new((writer, _) => PrometheusWriter.WriteAsync(
        writer,
        () =>
        {
            writeData(writer);
            return Task.CompletedTask;
        },
        [], []));

    /// <summary>Clients choose what they offer by the version of Prometheus; this is the one whose language is spoken.</summary>
    private static void WriteBuildInfo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("version", "3.5.0");
        writer.WriteString("application", "Observe");
        foreach (string name in new[] { "revision", "branch", "buildUser", "buildDate", "goVersion" })
        {
            writer.WriteString(name, "");
        }

        writer.WriteEndObject();
    }
}
