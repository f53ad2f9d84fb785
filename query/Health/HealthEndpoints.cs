using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Observe.Query.Api;
using Observe.Query.Api.Declarations;

namespace Observe.Query.Health;

/// <summary><c>/health/live</c>, <c>/health/ready</c> and <c>/health/startup</c>.</summary>
internal static class HealthEndpoints
{
    private static readonly ApiRoute Live = Route("live", "Whether the process runs. Nothing else is asked.") with
    {
        Answers = [Text(StatusCodes.Status200OK, "live")],
    };

    private static readonly ApiRoute Ready = Route("ready", "Whether the process is of use: the engine answers and records are taken.");

    private static readonly ApiRoute Startup = Route("startup", "Whether the process has started: the engine answers.");

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        // A process whose engine fails is not helped by a restart that kills the rest of it, so liveness does not ask the engine.
        routes.MapApi(Live, () => Results.Text("live\n"));
        routes.MapApi(Ready, async (Readiness readiness, HttpContext context) => Answer(await readiness.CheckAsync(context.RequestAborted), readiness.Warnings));

        // Startup is over once the engine has answered; what comes later, such as a full journal, is readiness.
        routes.MapApi(Startup, async (EngineHealth engine, HttpContext context) =>
            Answer(await engine.CheckAsync(context.RequestAborted) is { } reason ? [reason] : [], []));
    }

    private static ApiRoute Route(string name, string summary) => new($"/health/{name}", $"health{char.ToUpperInvariant(name[0])}{name[1..]}", ApiTags.Operation, summary)
    {
        IsStrict = false,
        Answers =
        [
            Text(StatusCodes.Status200OK, "ready, and a line for each warning."),
            Text(StatusCodes.Status503ServiceUnavailable, "A line for each reason why not."),
        ],
    };

    private static ApiAnswer Text(int status, string description) => new(status, description, ("text/plain", Schema.Text));

    /// <summary>One line for each reason and each warning; a warning makes no process unready.</summary>
    private static IResult Answer(IReadOnlyList<string> reasons, IReadOnlyList<string> warnings)
    {
        IEnumerable<string> lines = reasons.Count == 0 ? ["ready"] : reasons.Select(reason => $"not ready: {reason}");
        return Results.Text(
            string.Concat(lines.Concat(warnings.Select(warning => $"warning: {warning}")).Select(line => line + "\n")),
            statusCode: reasons.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
