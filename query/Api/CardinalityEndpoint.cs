using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Observe.Query.Api.Declarations;
using Observe.Query.Api.Schemas;
using Observe.Query.Cardinality;

namespace Observe.Query.Api;

/// <summary><c>/api/v1/metrics/cardinality</c>: which metrics have many series, and what grows.</summary>
internal static class CardinalityEndpoint
{
    private static readonly Parameter<string?> Metric =
        ParameterKinds.Text("metric", "The attributes of this metric, by their distinct values; without it, all metrics by their series.", "http.server.request.duration");

    private static readonly Parameter<string?> Key = ParameterKinds.Text("key", "The values of this attribute of the metric, by their series; only with metric.", "http.route");

    private static readonly Parameter<bool> Sort =
        ParameterKinds.Choice("sort", "What comes first: what there is most of in the range (count), or what the last day has more than the day before (growth). Otherwise count.", false,
            ("count", false), ("growth", true));

    private static readonly Parameter<int> Limit = ParameterKinds.Count("limit", "Rows at most.", 20, 1_000);

    private static readonly ApiRoute Route = new("/api/v1/metrics/cardinality", "cardinality", ApiTags.Metrics, "How many series metrics have, and what grows.")
    {
        Parameters = [CommonParameters.From, CommonParameters.To, Metric, Key, Sort, Limit],
        Answers = [ApiAnswer.Of(CardinalitySchemas.Cardinality, "Counts of the UTC days that the range touches, whole.")],
        Problems = ProblemKind.OfQuestions,
    };

    public static void MapCardinality(this IEndpointRouteBuilder routes) =>
        routes.MapApi(Route, (HttpContext context, ICardinalityService cardinality, TimeProvider time) =>
            QueryRequestHandler.RunAsync(context, async (parameters, cancellationToken) =>
            {
                string? metric = NullIfEmpty(parameters.Get(Metric));
                string? key = NullIfEmpty(parameters.Get(Key));
                var request = new CardinalityRequest(parameters.Range(time), metric, metric is null ? null : key, parameters.Get(Sort), parameters.Get(Limit));
                CardinalityAnswer answer = await cardinality.GetAsync(request, cancellationToken);
                if (key is not null && metric is null)
                {
                    answer = answer with { Notices = [.. answer.Notices, "key was not looked at: it needs metric, which names the metric whose attribute it is."] };
                }

                return new JsonAnswer((writer, token) => WriteAsync(writer, request, answer, token));
            }));

    private static async Task WriteAsync(Utf8JsonWriter writer, CardinalityRequest request, CardinalityAnswer answer, CancellationToken cancellationToken)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("days");
        writer.WriteString("from", answer.FirstDay.ToString("O"));
        writer.WriteString("to", answer.LastDay.ToString("O"));
        writer.WriteEndObject();
        writer.WriteStartObject("limits");
        WriteNumber(writer, "seriesPerMetric", answer.Limits?.SeriesPerMetric);
        WriteNumber(writer, "valuesPerKey", answer.Limits?.ValuesPerKey);
        writer.WriteEndObject();
        Write(writer, "series", answer.Series);
        writer.WriteNumber("refusedPoints", answer.RefusedPoints);
        writer.WriteNumber("count", answer.RowCount);
        (string list, string name, string count) = request switch
        {
            { Metric: null } => ("metrics", "metric", "series"),
            { Key: null } => ("keys", "key", "values"),
            _ => ("values", "value", "series"),
        };
        writer.WriteStartArray(list);
        foreach (CardinalityRow row in answer.Rows)
        {
            writer.WriteStartObject();
            writer.WriteString(name, row.Name);
            Write(writer, count, row.Count);
            if (row.Series is { } series)
            {
                writer.WriteNumber("series", series);
            }

            if (request.Key is null)
            {
                WriteNumber(writer, "share", row.Share is { } share ? Math.Round(share, 6) : null);
                writer.WriteNumber("refusedPoints", row.RefusedPoints);
            }

            writer.WriteEndObject();
            await JsonAnswer.FlushIfLargeAsync(writer, cancellationToken);
        }

        writer.WriteEndArray();
        AnswerParts.WriteNotices(writer, answer.Notices);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, Growth growth)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("total", growth.Total);
        writer.WriteNumber("lastDay", growth.LastDay);
        writer.WriteNumber("dayBefore", growth.DayBefore);
        writer.WriteNumber("change", growth.Change);
        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, double? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
