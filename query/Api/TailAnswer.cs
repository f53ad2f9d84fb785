using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Observe.Query.Tail;

namespace Observe.Query.Api;

/// <summary>Writes a subscription's batches for as long as somebody reads them.</summary>
/// <remarks>
/// <code>
/// : comment                     on beginning, and as a heartbeat
/// event: record                 data: {"signal":"logs", …}: as the rows of /query, by name
/// event: notice                 data: {"passedOver":12,"reason":"rate","detail":"…"}
/// event: error                  data: {"detail":"…"}: what arrived meanwhile comes later
/// id: 4711                      with the last event of a batch: where a reconnected viewer goes on
/// </code>
/// <see href="https://html.spec.whatwg.org/multipage/server-sent-events.html"/>
/// </remarks>
internal sealed class TailAnswer(TailSubscription subscription, TailOptions options, TimeProvider time) : IResult
{
    public const string MediaType = "text/event-stream";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using (subscription)
        {
            HttpResponse response = httpContext.Response;
            response.ContentType = MediaType + "; charset=utf-8";
            response.Headers.CacheControl = "no-cache, no-store";
            response.Headers["X-Accel-Buffering"] = "no"; // nginx would collect events before it passes them on
            httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            try
            {
                await RunAsync(httpContext);
            }
            catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
            {
                // The viewer went away, which is how a tail ends.
            }
        }
    }

    private async Task RunAsync(HttpContext context)
    {
        CancellationToken aborted = context.RequestAborted;
        var events = new TailEvents(subscription.Signal);
        events.Begin(subscription);
        await SendAsync(context, events);
        IAsyncEnumerator<TailBatch> batches = subscription.GetAsyncEnumerator(aborted);
        Task<bool> next = batches.MoveNextAsync().AsTask();
        try
        {
            while (await ArrivesAsync(next, aborted))
            {
                if (!next.IsCompleted)
                {
                    events.Heartbeat();
                }
                else if (await next)
                {
                    events.Add(batches.Current);
                    next = batches.MoveNextAsync().AsTask();
                }
                else
                {
                    return;
                }

                await SendAsync(context, events);
            }
        }
        finally
        {
            // The enumerator must have come to rest before it is disposed; the end of the subscription brings it there.
            await subscription.DisposeAsync();
            await next.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            await batches.DisposeAsync();
        }
    }

    /// <summary>Waits for the next batch, or for the time of a heartbeat; false when the viewer has gone.</summary>
    private async Task<bool> ArrivesAsync(Task<bool> next, CancellationToken aborted)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        await Task.WhenAny(next, Task.Delay(options.Heartbeat, time, waiting.Token));
        await waiting.CancelAsync();
        return !aborted.IsCancellationRequested;
    }

    /// <summary>A viewer that does not read holds nothing up but itself, and not for long.</summary>
    private async Task SendAsync(HttpContext context, TailEvents events)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        using ITimer timer = time.CreateTimer(static state => ((HttpContext)state!).Abort(), context, options.WriteTimeout, Timeout.InfiniteTimeSpan);
        await context.Response.Body.WriteAsync(events.Written, limited.Token);
        await context.Response.Body.FlushAsync(limited.Token);
        events.Clear();
    }
}
