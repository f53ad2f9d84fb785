using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Observe.Ingest.Memory;
using Observe.Ingest.Senders;

namespace Observe.Ingest.Receivers;

/// <summary>Reads request bodies into one piece of pooled memory, within the limits.</summary>
internal sealed class BodyReader(IOptions<IngestOptions> options, TimeProvider time)
{
    /// <summary>Bytes for which memory is taken before they arrive, when they are announced: the batches of most exporters, in one step.</summary>
    private const int ReservedAtOnce = 64 << 10;

    /// <summary>
    /// Of what is announced beyond, memory is taken for so many times what has arrived: few steps for those who keep their word, and whoever
    /// does not must send what it wants to take from others.
    /// </summary>
    private const int ReservedPerReceived = 4;

    private readonly int _maxBytes = options.Value.MaxRequestBytes;
    private readonly ConnectionOptions _connections = options.Value.Connections;

    /// <summary>An empty buffer in the sender's share of memory.</summary>
    /// <param name="slack">Bytes beyond the limit of a request that are there for a while.</param>
    public PooledBuffer CreateBuffer(Sender sender, int slack = 0) => new(sender.Memory, _maxBytes, slack);

    /// <summary>The body as it was sent.</summary>
    /// <param name="slack">Bytes around the message, which do not count for its limit.</param>
    /// <exception cref="IngestException">It is too large or too slow, or there is no memory for it now.</exception>
    public async Task<PooledBuffer> ReadAsync(IFeatureCollection features, Sender sender, int slack, CancellationToken cancellationToken)
    {
        long announced = features.GetRequiredFeature<IHttpRequestFeature>().Headers.ContentLength ?? 0;
        PooledBuffer body = CreateBuffer(sender, slack);
        try
        {
            body.ThrowIfTooLarge(announced);
            await ReadAsync(features.GetRequiredFeature<IRequestBodyPipeFeature>().Reader, body, (int)announced, cancellationToken);
            sender.Rate.Charge(body.Length);
            return body;
        }
        catch
        {
            sender.Rate.Charge(body.Length);
            body.Dispose();
            throw;
        }
    }

    private async Task ReadAsync(PipeReader reader, PooledBuffer body, int announced, CancellationToken cancellationToken)
    {
        await using var clock = new SlowBodyClock(reader, _connections, time);
        body.Reserve(Math.Min(announced, ReservedAtOnce));
        while (true)
        {
            ReadResult result = await clock.ReadAsync(body.Length, cancellationToken);
            try
            {
                int ahead = (int)Math.Min(announced - (long)body.Length, (ReservedPerReceived - 1L) * body.Length);
                if (result.Buffer.Length > body.Free && ahead >= result.Buffer.Length)
                {
                    body.Reserve(ahead);
                }

                foreach (ReadOnlyMemory<byte> segment in result.Buffer)
                {
                    body.Append(segment.Span);
                }
            }
            finally
            {
                // Refused or not: the server reads what is left itself, so that a sender that is still sending gets its answer.
                reader.AdvanceTo(result.Buffer.End);
            }

            if (result.IsCompleted)
            {
                return;
            }
        }
    }
}
