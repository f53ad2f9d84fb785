using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Observe.Query.Api.Declarations;
using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;
using Observe.Storage.Engine;

namespace Observe.Query.Api.Prometheus;

/// <summary>Runs a route of Prometheus's interface and turns what can go wrong in it into errors of that interface.</summary>
internal static class PrometheusHandler
{
    public static async Task<IResult> RunAsync(HttpContext context, Func<PrometheusRequest, CancellationToken, Task<IResult>> handle)
    {
        ApiRoute route = ApiRouteMapping.Of(context);
        string query = "";
        using RequestQuestion question = RequestQuestion.Begin(context, route);
        try
        {
            PrometheusRequest request = await PrometheusRequest.ReadAsync(context.Request, context.RequestAborted);
            query = request.Text("query") ?? "";
            return new QuestionAnswer(Question.Current!, await handle(request, context.RequestAborted));
        }
        catch (PromQLException e)
        {
            return PrometheusError.BadData(string.Create(CultureInfo.InvariantCulture, $"{e.Line}:{e.Column}: {e.Message}"));
        }
        catch (Exception e) when (e is FormatException or BadHttpRequestException or InvalidDataException)
        {
            return PrometheusError.BadData(e.Message);
        }
        catch (Exception e) when (e is PromQLEvaluationException or ResultLimitException)
        {
            return PrometheusError.Execution(e.Message);
        }
        catch (QueryRefusedException e)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(e.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return PrometheusError.Unavailable(e.Message);
        }
        catch (QueryEndedException e)
        {
            return PrometheusError.Canceled(e.Message);
        }
        catch (StorageException e)
        {
            return e.Error switch
            {
                StorageError.TimeLimit => PrometheusError.Timeout(e.Message),
                StorageError.Unavailable => PrometheusError.Unavailable(e.Message),
                StorageError.MemoryLimit or StorageError.RowLimit => PrometheusError.Execution(e.Message),
                _ => PrometheusError.Internal(e.Message),
            };
        }
        catch (Exception e) when (e is not OperationCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            context.RequestServices.GetRequiredService<AnswerFailures>().Unexpected(route.Path, query, e);
            return PrometheusError.Internal($"This is a defect of Observe. Its log tells the error and the route (event {AnswerFailures.UnexpectedEvent}); please report it.");
        }
    }
}
