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
        routes.MapGet("/health/ready", AnswerAsync);

        // Startup is over once the engine has answered; what comes later is readiness.
        routes.MapGet("/health/startup", AnswerAsync);
    }

    private static async Task<IResult> AnswerAsync(EngineHealth engine, HttpContext context)
    {
        string? reason = await engine.CheckAsync(context.RequestAborted);
        return reason is null
            ? Results.Text("ready\n")
            : Results.Text($"not ready: {reason}\n", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
