using System.IO.Compression;
using Observe.Ingest.Memory;

namespace Observe.Ingest.Receivers;

/// <summary>
/// A gzip body, followed by one more gzip member that holds <see cref="EndMark"/>. <see cref="GZipStream"/> takes a body that is cut short
/// for a complete one at many places, and ignores what stands behind the last member; a protobuf message that is cut short can be well-formed.
/// The mark comes out at the end only when the body before it is complete: cut short, it swallows the mark's member as its own data, and
/// its checksum fails.
/// </summary>
internal sealed class GzipBody(PooledBuffer body) : Stream
{
    private static readonly byte[] MarkMember = Compress(EndMark);

    private int _position;

    /// <summary>What follows the content of a complete body.</summary>
    public static ReadOnlySpan<byte> EndMark => [0xE5];

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Fills the buffer as far as there is something, across the end of the body, so that the mark's header is never cut by it.</summary>
    public override int Read(Span<byte> buffer)
    {
        int ofBody = Math.Clamp(body.Length - _position, 0, buffer.Length);
        if (ofBody > 0)
        {
            body.Span.Slice(_position, ofBody).CopyTo(buffer);
        }

        int markAt = _position + ofBody - body.Length;
        int ofMark = Math.Clamp(MarkMember.Length - markAt, 0, buffer.Length - ofBody);
        if (markAt >= 0 && ofMark > 0)
        {
            MarkMember.AsSpan(markAt, ofMark).CopyTo(buffer[ofBody..]);
        }
        else
        {
            ofMark = 0;
        }

        _position += ofBody + ofMark;
        return ofBody + ofMark;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private static byte[] Compress(ReadOnlySpan<byte> content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return compressed.ToArray();
    }
}
