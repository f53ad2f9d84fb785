using System.IO.Compression;
using Observe.Ingest.Memory;
using Observe.Ingest.Otlp;
using Observe.Ingest.Otlp.Json;
using Observe.Ingest.Senders;

namespace Observe.Ingest.Receivers;

/// <summary>Makes a body what the pipeline takes, plain protobuf: decompresses it, and turns JSON into protobuf.</summary>
internal sealed class BodyTransformer(BodyReader bodies, TransformGate gate)
{
    /// <summary>
    /// Bytes from which on a request needs a place. Smaller ones take a few milliseconds and must not wait behind large ones; most
    /// exporters send less.
    /// </summary>
    private const int LargeBytes = 256 << 10;

    /// <param name="body">Is disposed, or becomes the result.</param>
    /// <param name="isJson">Protobuf otherwise.</param>
    /// <param name="cancellationToken">The sender is gone.</param>
    /// <exception cref="IngestException">It is not what it is said to be, its content is too large, or there is no memory for it now.</exception>
    public async ValueTask<PooledBuffer> TransformAsync(
        PooledBuffer body, Sender sender, OtlpSignal signal, bool isGzip, bool isJson, CancellationToken cancellationToken)
    {
        using var place = new Place(gate, sender, cancellationToken);
        if (isGzip)
        {
            body = await DecompressAsync(body, sender, place);
        }

        return isJson ? await TranscodeAsync(signal, body, sender, place) : body;
    }

    private async ValueTask<PooledBuffer> DecompressAsync(PooledBuffer compressed, Sender sender, Place place)
    {
        PooledBuffer content = bodies.CreateBuffer(sender, GzipBody.EndMark.Length);
        try
        {
            await FillAsync(content, compressed, place);
            return content;
        }
        catch (InvalidDataException)
        {
            content.Dispose();
            throw new IngestException(IngestError.Malformed, "The body is not valid gzip, ends too early, or has something behind its end.");
        }
        catch
        {
            content.Dispose();
            throw;
        }
        finally
        {
            // The compressed bytes are charged already.
            sender.Rate.Charge(Math.Max(0, content.Length - compressed.Length));
            compressed.Dispose();
        }
    }

    private static async ValueTask FillAsync(PooledBuffer content, PooledBuffer compressed, Place place)
    {
        using var gzip = new GZipStream(new GzipBody(compressed), CompressionMode.Decompress);
        for (int read = -1; read != 0;)
        {
            // How much comes out is known only by and by.
            await place.TakeIfLargeAsync(Math.Max(compressed.Length, content.Length));
            read = gzip.Read(content.GetSpan());
            content.Advance(read);
        }

        if (!content.Span.EndsWith(GzipBody.EndMark))
        {
            throw new InvalidDataException();
        }

        content.Truncate(GzipBody.EndMark.Length);
    }

    private async ValueTask<PooledBuffer> TranscodeAsync(OtlpSignal signal, PooledBuffer json, Sender sender, Place place)
    {
        PooledBuffer protobuf = bodies.CreateBuffer(sender);
        try
        {
            await place.TakeIfLargeAsync(json.Length);
            OtlpJsonTranscoder.Transcode(signal, json.Span, protobuf);
            return protobuf;
        }
        catch
        {
            protobuf.Dispose();
            throw;
        }
        finally
        {
            json.Dispose();
        }
    }

    /// <summary>A request's place in the gate, from when it turns out to be large until it is transformed.</summary>
    private sealed class Place(TransformGate gate, Sender sender, CancellationToken cancellationToken) : IDisposable
    {
        private bool _isHeld;

        public async ValueTask TakeIfLargeAsync(int length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (length >= LargeBytes && !_isHeld)
            {
                await gate.EnterAsync(sender, cancellationToken);
                _isHeld = true;
            }
        }

        public void Dispose()
        {
            if (_isHeld)
            {
                gate.Leave();
            }
        }
    }
}
