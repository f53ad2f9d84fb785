using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Observe.Query.Api.Declarations;
using Observe.Query.Health;

namespace Observe.Query.Api.Prometheus;

/// <summary>The routes by which clients learn what kind of Prometheus they speak to, and what it does besides answering queries.</summary>
internal static class PrometheusStatusEndpoints
{
    public static void MapPrometheusStatus(this IEndpointRouteBuilder routes)
    {
        routes.MapApi(PrometheusRoutes.BuildInfo, (HttpContext context) =>
            PrometheusHandler.RunAsync(context, (_, _) => Task.FromResult<IResult>(PrometheusAnswers.Of(WriteBuildInfo))));

        // It evaluates no rules and scrapes nobody, which a Prometheus that is not set up for either says like this.
        MapNone(routes, PrometheusRoutes.Rules, "groups");
        MapNone(routes, PrometheusRoutes.Alerts, "alerts");
        MapNone(routes, PrometheusRoutes.Alertmanagers, "activeAlertmanagers", "droppedAlertmanagers");
        MapNone(routes, PrometheusRoutes.Targets, "activeTargets", "droppedTargets");
        routes.MapApi(PrometheusRoutes.Healthy, () => Results.Text("Observe is healthy.\n"));
        routes.MapApi(PrometheusRoutes.Ready, async (Readiness readiness, HttpContext context) => await readiness.CheckAsync(context.RequestAborted) is { Count: > 0 } reasons
            ? Results.Text($"Observe is not ready: {string.Join(' ', reasons)}\n", statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("Observe is ready.\n"));
    }

    private static void MapNone(IEndpointRouteBuilder routes, ApiRoute route, params string[] lists) => routes.MapApi(route, (HttpContext context) =>
        PrometheusHandler.RunAsync(context, (_, _) => Task.FromResult<IResult>(PrometheusAnswers.Of(writer =>
        {
            writer.WriteStartObject();
            foreach (string list in lists)
            {
                writer.WriteStartArray(list);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }))));

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
