using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Observe.Query.Api.Declarations;
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
        ApiRoute route = ApiRouteMapping.Of(context);
        string query = "";
        using RequestQuestion question = RequestQuestion.Begin(context, route);
        try
        {
            QueryParameters parameters = await QueryParameters.ReadAsync(context.Request, route, context.RequestAborted);
            query = parameters.Query;
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
        catch (Exception e) when (e is not OperationCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            context.RequestServices.GetRequiredService<AnswerFailures>().Unexpected(route.Path, query, e);
            return Problems.Unexpected();
        }
    }
}
