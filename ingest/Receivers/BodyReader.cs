using System.IO.Compression;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Observe.Ingest.Memory;

namespace Observe.Ingest.Receivers;

/// <summary>Reads request bodies into one piece of pooled memory, within the limits.</summary>
internal sealed class BodyReader(IngestBudget budget, IOptions<IngestOptions> options)
{
    /// <summary>
    /// The largest part of an announced length that is reserved before it arrives: one step for usual requests, while an announcement
    /// alone cannot take the memory from others.
    /// </summary>
    private const int MaxReservedAhead = 1 << 20;

    private readonly int _maxBytes = options.Value.MaxRequestBytes;

    public PooledBuffer CreateBuffer() => new(budget, _maxBytes);

    /// <summary>The body as it was sent.</summary>
    /// <exception cref="IngestException">It is too large, or there is no memory for it now.</exception>
    public async Task<PooledBuffer> ReadAsync(IFeatureCollection features, CancellationToken cancellationToken)
    {
        long announced = features.GetRequiredFeature<IHttpRequestFeature>().Headers.ContentLength ?? 0;
        PipeReader reader = features.GetRequiredFeature<IRequestBodyPipeFeature>().Reader;
        PooledBuffer body = CreateBuffer();
        try
        {
            body.ThrowIfTooLarge(announced);
            body.Reserve((int)Math.Min(announced, MaxReservedAhead));
            while (true)
            {
                ReadResult result = await reader.ReadAsync(cancellationToken);
                try
                {
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
                    return body;
                }
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <summary>The content of a gzip body, which is disposed.</summary>
    /// <exception cref="IngestException">It is no gzip, its content is too large, or there is no memory for it now.</exception>
    public PooledBuffer Decompress(PooledBuffer compressed)
    {
        PooledBuffer content = CreateBuffer();
        try
        {
            using (compressed)
            {
                using var gzip = new GZipStream(compressed.AsStream(), CompressionMode.Decompress);
                for (int read = -1; read != 0;)
                {
                    read = gzip.Read(content.GetSpan());
                    content.Advance(read);
                }
            }

            return content;
        }
        catch (InvalidDataException)
        {
            content.Dispose();
            throw new IngestException(IngestError.Malformed, "The body is not valid gzip, or ends too early.");
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }
}
