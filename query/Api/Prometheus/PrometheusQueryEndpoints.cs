using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Observe.Query.Api.Declarations;
using Observe.Query.PromQL;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;
using Observe.Query.PromQL.Selection.Exemplars;
using Observe.Query.Time;

namespace Observe.Query.Api.Prometheus;

/// <summary>The routes that take an expression.</summary>
internal static class PrometheusQueryEndpoints
{
    /// <summary>Times of a range: Prometheus's own limit. A screen has fewer columns.</summary>
    private const int MaxSteps = 11_000;

    public static void MapPrometheusQueries(this IEndpointRouteBuilder routes)
    {
        routes.MapApi(PrometheusRoutes.Query, (HttpContext context, IPromQLService promQL, TimeProvider time) =>
            PrometheusHandler.RunAsync(context, (request, token) => InstantAsync(request, promQL, time, token)));
        routes.MapApi(PrometheusRoutes.QueryRange, (HttpContext context, IPromQLService promQL) =>
            PrometheusHandler.RunAsync(context, (request, token) => RangeAsync(request, promQL, token)));
        routes.MapApi(PrometheusRoutes.QueryExemplars, (HttpContext context, ExemplarFinder finder) =>
            PrometheusHandler.RunAsync(context, (request, token) => ExemplarsAsync(request, finder, token)));
        routes.MapApi(PrometheusRoutes.FormatQuery, (HttpContext context) => PrometheusHandler.RunAsync(context, (request, _) => Task.FromResult<IResult>(Format(request))));
    }

    private static async Task<IResult> InstantAsync(PrometheusRequest request, IPromQLService promQL, TimeProvider time, CancellationToken cancellationToken)
    {
        long at = request.Time("time") ?? TimeExpression.Now(time);
        PromQLAnswer answer = await promQL.InstantAsync(request.Required("query"), at, request.Duration("lookback_delta"), cancellationToken);
        return PrometheusAnswers.Of(answer, isRange: false, request.Limit());
    }

    private static async Task<IResult> RangeAsync(PrometheusRequest request, IPromQLService promQL, CancellationToken cancellationToken)
    {
        string query = request.Required("query");
        (long start, long end) = (request.RequiredTime("start"), request.RequiredTime("end"));
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
        return PrometheusAnswers.Of(answer, isRange: true, request.Limit());
    }

    private static async Task<IResult> ExemplarsAsync(PrometheusRequest request, ExemplarFinder finder, CancellationToken cancellationToken)
    {
        (long? start, long? end) = request.Range();
        ExemplarAnswer answer = await finder.FindAsync(request.Required("query"), start ?? long.MinValue, end ?? long.MaxValue, cancellationToken);
        return PrometheusAnswers.List(
            answer.Series, WriteExemplars, answer.IsCut ? [$"there are more exemplars than {ExemplarFinder.MaxExemplars}, and these are the latest: take a shorter range, or select fewer series"] : []);
    }

    private static void WriteExemplars(Utf8JsonWriter writer, ExemplarSeries series)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("seriesLabels");
        PrometheusWriter.WriteLabels(writer, series.Labels);
        writer.WriteStartArray("exemplars");
        foreach (Exemplar exemplar in series.Exemplars)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("labels");
            PrometheusWriter.WriteLabels(writer, exemplar.Labels);
            writer.WriteString("value", NumberText.Print(exemplar.Value));
            writer.WritePropertyName("timestamp");
            PrometheusWriter.WriteTime(writer, exemplar.Time);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <remarks>Read before anything is written: an error of the query must find the answer not begun.</remarks>
    private static JsonAnswer Format(PrometheusRequest request)
    {
        string text = PromQLPrinter.Print(PromQLParser.Parse(request.Required("query")));
        return PrometheusAnswers.Of(writer => writer.WriteStringValue(text));
    }
}
