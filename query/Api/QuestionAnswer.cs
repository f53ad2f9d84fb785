using Microsoft.AspNetCore.Http;
using Observe.Query.Execution;

namespace Observe.Query.Api;

/// <summary>An answer that may ask more while it is sent: what it asks belongs to its question, which has a place, and does not stand in line for another.</summary>
internal sealed class QuestionAnswer(Question question, IResult answer) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using IDisposable resumed = question.Resume();
        await answer.ExecuteAsync(httpContext);
    }
}
