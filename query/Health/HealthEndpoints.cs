using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Observe.Query.Health;

/// <summary><c>/health/live</c>, <c>/health/ready</c> and <c>/health/startup</c>.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        // A process whose engine fails is not helped by a restart that kills the rest of it, so liveness does not ask the engine.
        routes.MapGet("/health/live", () => Results.Text("live\n"));
        routes.MapGet("/health/ready", async (Readiness readiness, HttpContext context) => Answer(await readiness.CheckAsync(context.RequestAborted), readiness.Warnings));

        // Startup is over once the engine has answered; what comes later, such as a full journal, is readiness.
        routes.MapGet("/health/startup", async (EngineHealth engine, HttpContext context) =>
            Answer(await engine.CheckAsync(context.RequestAborted) is { } reason ? [reason] : [], []));
    }

    /// <summary>One line for each reason and each warning; a warning makes no process unready.</summary>
    private static IResult Answer(IReadOnlyList<string> reasons, IReadOnlyList<string> warnings)
    {
        IEnumerable<string> lines = reasons.Count == 0 ? ["ready"] : reasons.Select(reason => $"not ready: {reason}");
        return Results.Text(
            string.Concat(lines.Concat(warnings.Select(warning => $"warning: {warning}")).Select(line => line + "\n")),
            statusCode: reasons.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
