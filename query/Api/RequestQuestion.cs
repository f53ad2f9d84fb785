using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Observe.Query.Api.Declarations;
using Observe.Query.Execution;

namespace Observe.Query.Api;

/// <summary>A request as a question: who asks it, of which kind it is, and whether an answer that is kept will do.</summary>
internal sealed class RequestQuestion : IDisposable
{
    private readonly IDisposable? _asker;
    private readonly IDisposable _question;

    private RequestQuestion(IDisposable? asker, IDisposable question) => (_asker, _question) = (asker, question);

    /// <summary>Begins it. To be disposed when everything was asked; the rest of its answer is a <see cref="QuestionAnswer"/>.</summary>
    public static RequestQuestion Begin(HttpContext context, ApiRoute route) => new(
        QueryCaller.Current.Length == 0 ? QueryCaller.Use($"address {context.Connection.RemoteIpAddress}") : null,
        Question.Begin(
            route.ShortPath, context.RequestServices.GetRequiredService<TimeProvider>(),
            passesCacheBy: context.Request.GetTypedHeaders().CacheControl is { NoCache: true } or { NoStore: true }));

    public void Dispose()
    {
        _question.Dispose();
        _asker?.Dispose();
    }
}
