using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Observe.Query.Api.Declarations;
using Observe.Query.Api.Schemas;
using Observe.Query.MetricBrowser;
using Observe.Query.PromQL.Naming;
using Observe.Query.PromQL.Selection;
using Observe.Query.Time;

namespace Observe.Query.Api;

/// <summary><c>/api/v1/metrics</c> and <c>/api/v1/metrics/labels</c>: which metrics there are.</summary>
internal static class MetricsEndpoints
{
    private const int DefaultMetrics = 1_000;

    private const int MaxOffset = 1_000_000;

    private static readonly Parameter<string?> NamePart = ParameterKinds.Text(
        "q", "A part of the name, in any case; an underscore stands for any character, so that http_server finds http.server.duration.", "http.server", defaultValue: "");

    private static readonly Parameter<string?> Service = ParameterKinds.Text("service", "Metrics of this service only, with the figures of its series.", "checkout");

    private static readonly Parameter<MetricType?> Type = ParameterKinds.Choice<MetricType?>(
        "type", "Metrics of this type only.", null, [.. MetricTypes.Stored.Select(type => (MetricSchemas.Word(type), (MetricType?)type))]);

    private static readonly Parameter<int> Limit = ParameterKinds.Count("limit", "Metrics at most, in the order of their names.", DefaultMetrics, EngineMetricBrowser.MaxMetrics);

    private static readonly Parameter<int?> Offset = ParameterKinds.OptionalCount("offset", "Passes over so many metrics: where the answer before ended.", MaxOffset);

    private static readonly Parameter<string?> Name = ParameterKinds.RequiredText("name", "The metric's name, as it was sent.", "http.server.request.duration");

    private static readonly ApiRoute ListRoute = new("/api/v1/metrics", "listMetrics", ApiTags.Metrics, "Which metrics there are, with type, unit, labels, services and number of series.")
    {
        Parameters = [NamePart, Service, Type, CommonParameters.From, CommonParameters.To, Limit, Offset],
        Answers = [ApiAnswer.Of(MetricSchemas.List, "Metrics by name; a name that is sent with several units or types has an entry for each.")],
        Problems = ProblemKind.OfQuestions,
    };

    private static readonly ApiRoute LabelsRoute = new("/api/v1/metrics/labels", "metricLabels", ApiTags.Metrics, "The labels of a metric, and how many values each has.")
    {
        Parameters = [Name, CommonParameters.From, CommonParameters.To],
        Answers = [ApiAnswer.Of(MetricSchemas.Details, "The metrics of this name, one for each unit and type.")],
        Problems = [ProblemKind.NotFound, .. ProblemKind.OfQuestions],
    };

    public static void MapMetricBrowser(this IEndpointRouteBuilder routes)
    {
        routes.MapApi(ListRoute, (HttpContext context, IMetricBrowser browser, TimeProvider time) =>
            QueryRequestHandler.RunAsync(context, async (parameters, cancellationToken) =>
            {
                var request = new MetricsRequest(
                    parameters.Range(time), parameters.Get(Limit), parameters.Get(Offset) ?? 0, parameters.Get(NamePart) ?? "",
                    parameters.Get(Service) is { Length: > 0 } service ? service : null, parameters.Get(Type));
                MetricList list = await browser.ListAsync(request, cancellationToken);
                return new JsonAnswer((writer, token) => WriteAsync(writer, list, token));
            }));

        routes.MapApi(LabelsRoute, (HttpContext context, IMetricBrowser browser, TimeProvider time) =>
            QueryRequestHandler.RunAsync(context, async (parameters, cancellationToken) =>
            {
                string name = parameters.Get(Name) is { Length: > 0 } asked ? asked
                    : throw new FormatException("name is the name of a metric, as GET /api/v1/metrics lists it.");
                try
                {
                    MetricDetails details = await browser.DetailsAsync(name, parameters.Range(time), cancellationToken);
                    return new JsonAnswer((writer, token) => WriteAsync(writer, details, token));
                }
                catch (UnknownMetricException e)
                {
                    return Problems.NotFound(e.Message);
                }
            }));
    }

    private static async Task WriteAsync(Utf8JsonWriter writer, MetricList list, CancellationToken cancellationToken)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("metrics");
        foreach (MetricEntry metric in list.Metrics)
        {
            writer.WriteStartObject();
            WriteMetric(writer, metric);
            WriteTexts(writer, "labels", metric.Labels);
            writer.WriteEndObject();
            await JsonAnswer.FlushIfLargeAsync(writer, cancellationToken);
        }

        writer.WriteEndArray();
        writer.WriteNumber("total", list.Total);
        AnswerParts.WriteNotices(writer, list.Notices);
        writer.WriteEndObject();
    }

    private static async Task WriteAsync(Utf8JsonWriter writer, MetricDetails details, CancellationToken cancellationToken)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("metrics");
        foreach ((MetricEntry metric, IReadOnlyList<LabelUsage> labels) in details.Metrics)
        {
            writer.WriteStartObject();
            WriteMetric(writer, metric);
            writer.WriteStartArray("labels");
            foreach (LabelUsage label in labels)
            {
                writer.WriteStartObject();
                writer.WriteString("name", label.Name);
                writer.WriteString("prometheusName", PrometheusNames.Label(label.Name));
                writer.WriteNumber("series", label.Series);
                writer.WriteNumber("values", label.Values);
                writer.WriteEndObject();
                await JsonAnswer.FlushIfLargeAsync(writer, cancellationToken);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        AnswerParts.WriteNotices(writer, details.Notices);
        writer.WriteEndObject();
    }

    private static void WriteMetric(Utf8JsonWriter writer, MetricEntry entry)
    {
        writer.WriteString("name", entry.Metric.Name);
        writer.WriteString("type", MetricSchemas.Word(entry.Metric.Type));
        writer.WriteString("unit", entry.Metric.Unit);
        writer.WriteString("description", entry.Description);
        WriteTexts(writer, "temporalities", entry.Temporalities);
        writer.WriteBoolean("monotonic", entry.Metric.IsMonotonic);
        WriteTexts(writer, "prometheusNames", entry.PrometheusNames);
        WriteTexts(writer, "services", entry.Services);
        writer.WriteNumber("serviceCount", entry.ServiceCount);
        writer.WriteNumber("seriesCount", entry.SeriesCount);
        writer.WriteString("lastDay", RecordFields.Day(entry.LastDay));
        if (entry.LastSeen is { } seen)
        {
            writer.WriteString("lastSeen", Rfc3339.Format(seen));
        }
        else
        {
            writer.WriteNull("lastSeen");
        }
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
