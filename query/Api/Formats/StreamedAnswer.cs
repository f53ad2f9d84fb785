using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Observe.Query.Api.Formats;

/// <summary>An answer that is sent while the engine makes it.</summary>
/// <remarks>
/// The first bytes are waited for before anything is sent, so that what is wrong from the start is a problem document. What goes wrong later
/// breaks the connection off: a client must not take what it has for the whole.
/// </remarks>
/// <param name="format">For the content type.</param>
/// <param name="chunks">The bytes; each is valid until the next is asked for.</param>
internal sealed class StreamedAnswer(AnswerFormat format, IAsyncEnumerator<ReadOnlyMemory<byte>> chunks) : IResult
{
    private bool _hasFirst;

    /// <summary>Waits for the first bytes.</summary>
    public static async Task<StreamedAnswer> StartAsync(AnswerFormat format, IAsyncEnumerable<ReadOnlyMemory<byte>> chunks, CancellationToken cancellationToken)
    {
        var answer = new StreamedAnswer(format, chunks.GetAsyncEnumerator(cancellationToken));
        try
        {
            answer._hasFirst = await answer.Chunks.MoveNextAsync();
            return answer;
        }
        catch
        {
            await answer.Chunks.DisposeAsync();
            throw;
        }
    }

    private IAsyncEnumerator<ReadOnlyMemory<byte>> Chunks => chunks;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = format.ContentType();
        await using (chunks)
        {
            long bytes = 0;
            try
            {
                for (bool has = _hasFirst; has; has = await chunks.MoveNextAsync())
                {
                    await httpContext.Response.Body.WriteAsync(chunks.Current, httpContext.RequestAborted);
                    bytes += chunks.Current.Length;
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                httpContext.Abort();
                httpContext.RequestServices.GetRequiredService<AnswerFailures>().BrokenOff(e, bytes);
            }
        }
    }
}
