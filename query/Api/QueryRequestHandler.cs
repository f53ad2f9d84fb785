using Microsoft.AspNetCore.Http;
using Observe.Query.Compilation;
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
        try
        {
            QueryParameters parameters = await QueryParameters.ReadAsync(context.Request, context.RequestAborted);
            query = parameters["q"] ?? "";
            return await handle(parameters, context.RequestAborted);
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
        catch (StorageException e)
        {
            return Problems.Storage(e, isUserSql);
        }
    }
}
