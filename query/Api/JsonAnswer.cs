using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Observe.Query.Api;

/// <summary>An answer that is written as JSON while it is made, so that a large one is never in memory as text.</summary>
internal sealed class JsonAnswer(Func<Utf8JsonWriter, CancellationToken, Task> write) : IResult
{
    /// <summary>Bytes after which what is written so far is sent.</summary>
    public const int FlushBytes = 64 * 1024;

    // The answer is application/json and never part of a page, so <, & and letters beyond ASCII stand as they are.
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public int Status { get; init; } = StatusCodes.Status200OK;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        await using var writer = new Utf8JsonWriter(httpContext.Response.Body, Options);
        await write(writer, httpContext.RequestAborted);
        await writer.FlushAsync(httpContext.RequestAborted);
    }

    public static async ValueTask FlushIfLargeAsync(Utf8JsonWriter writer, CancellationToken cancellationToken)
    {
        if (writer.BytesPending >= FlushBytes)
        {
            await writer.FlushAsync(cancellationToken);
        }
    }
}
