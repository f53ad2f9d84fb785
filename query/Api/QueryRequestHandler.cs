using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.Language;
using Observe.Storage.Engine;

namespace Observe.Query.Api;

/// <summary>Runs a route and turns what can go wrong in it into a problem document: the one place where errors meet HTTP.</summary>
internal static class QueryRequestHandler
{
    public static async Task<IResult> RunAsync(
        HttpContext context, Func<QueryParameters, CancellationToken, Task<IResult>> handle, bool isUserSql = false)
    {
        string query = "";
        using IDisposable? asker = QueryCaller.Current.Length == 0 ? QueryCaller.Use($"address {context.Connection.RemoteIpAddress}") : null;
        using IDisposable question = Question.Begin(
            Kind(context), context.RequestServices.GetRequiredService<TimeProvider>(),
            passesCacheBy: context.Request.GetTypedHeaders().CacheControl is { NoCache: true } or { NoStore: true });
        try
        {
            QueryParameters parameters = await QueryParameters.ReadAsync(context.Request, context.RequestAborted);
            query = parameters["q"] ?? "";
            return new QuestionAnswer(Question.Current!, await handle(parameters, context.RequestAborted));
        }
        catch (QuerySyntaxException e)
        {
            return Problems.Syntax(e, query);
        }
        catch (FormatException e)
        {
            return Problems.Parameter(e.Message);
        }
        catch (ResultLimitException e)
        {
            return Problems.RowLimit(e.Message);
        }
        catch (QueryRefusedException e)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(e.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Problems.Refused(e);
        }
        catch (QueryEndedException e)
        {
            return Problems.Ended(e.Message);
        }
        catch (StorageException e)
        {
            return Problems.Storage(e, isUserSql);
        }
    }

    /// <summary>The route without what all have in common, such as <c>fields/{name}/values</c>.</summary>
    private static string Kind(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.Replace("/api/v1/", "", StringComparison.Ordinal) ?? "request";
}
