using System.Net;
using System.Net.Http.Headers;

namespace Observe.Tests.Process;

/// <summary>
/// A sender as OTLP asks for: one request at a time, and the same bytes again, to whatever process is there by then, until they are
/// acknowledged.
/// </summary>
internal sealed class CountedConnection(string run, int number, CountedSignal signal, int seed, int days = 1)
{
    private const int MaxRecords = 30;

    /// <summary>How long a sender waits before it tries a process again that is not there.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Random _random = new(seed);
    private long _acknowledged;
    private long _broken;
    private long _refusals;
    private byte[] _last = [];

    public int Number => number;

    public CountedSignal Signal => signal;

    private string Path => signal switch
    {
        CountedSignal.Logs => "/v1/logs",
        CountedSignal.Spans => "/v1/traces",
        _ => "/v1/metrics",
    };

    /// <summary>The number of the last record that was sent; the first is 1.</summary>
    public long Records { get; private set; }

    /// <summary>Requests that were acknowledged.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Requests that were sent and never answered.</summary>
    public long Broken => Interlocked.Read(ref _broken);

    /// <summary>Requests that were refused for the moment.</summary>
    public long Refusals => Interlocked.Read(ref _refusals);

    /// <summary>Sends until it is told to end and the last request is acknowledged.</summary>
    public async Task RunAsync(Func<string?> address, CancellationToken ended, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        while (!ended.IsCancellationRequested)
        {
            byte[] request = Next();
            while (!await IsAcknowledgedAsync(client, address(), request, cancellationToken))
            {
            }

            _last = request;
            Interlocked.Increment(ref _acknowledged);
            await Task.Delay(_random.Next(10), cancellationToken);
        }
    }

    /// <summary>Sends the last request once more, as if its acknowledgement had been lost.</summary>
    public async Task RepeatLastAsync(string address, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        Assert.True(await IsAcknowledgedAsync(client, address, _last, cancellationToken), $"What was acknowledged is refused when it is sent again to {Path}.");
    }

    /// <summary>Sends one request, once, and waits as long as a refusal asks for.</summary>
    private async Task<bool> IsAcknowledgedAsync(HttpClient client, string? address, byte[] request, CancellationToken cancellationToken)
    {
        if (address is null)
        {
            await Task.Delay(Pause, cancellationToken);
            return false;
        }

        using var content = new ByteArrayContent(request) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-protobuf") } };
        try
        {
            using HttpResponseMessage response = await client.PostAsync(new Uri(new Uri(address), Path), content, cancellationToken);
            if (response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests)
            {
                TimeSpan? delay = response.Headers.RetryAfter?.Delta;
                Assert.True(delay is not null, $"{(int)response.StatusCode} without Retry-After: {await response.Content.ReadAsStringAsync(cancellationToken)}");
                Interlocked.Increment(ref _refusals);
                await Task.Delay(delay.Value, cancellationToken);
                return false;
            }

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return true;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            if (e is not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError })
            {
                Interlocked.Increment(ref _broken);
            }

            await Task.Delay(Pause, cancellationToken);
            return false;
        }
    }

    private byte[] Next()
    {
        long first = Records + 1;
        int count = _random.Next(1, MaxRecords + 1);
        Records += count;

        // Now and then a large one, so that a kill also meets one that is being written.
        int text = _random.Next(20) == 0 ? 10_000 : 50;
        return signal switch
        {
            CountedSignal.Logs => CountedRequests.Logs(run, number, first, count, text, days),
            CountedSignal.Spans => CountedRequests.Spans(run, number, first, count, text, days),
            _ => CountedRequests.Metrics(run, number, first, count, days),
        };
    }
}
