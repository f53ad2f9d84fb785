using Observe.Ingest.Journal;
using Observe.Ingest.Journal.Files;

namespace Observe.Tests.Ingest.Journal;

public sealed class SegmentReaderTests
{
    /// <summary>A sender chooses its bytes, and a disk may damage the header in front of them.</summary>
    [Fact]
    public void Read_DamageFullOfMagicNumbers_IsReadAboutOnce()
    {
        var bytes = new byte[4 << 20];
        for (int i = 0; i < bytes.Length; i += FrameHeader.Magic.Length)
        {
            FrameHeader.Magic.CopyTo(bytes.AsSpan(i));
        }

        using var file = new CountedFile(bytes);
        var reader = new SegmentReader(file, position: 0, seed: 1);

        SegmentItem item = Assert.NotNull(reader.Read(SegmentHeader.Length, bytes.Length, needsBody: true));

        Assert.Equal((SegmentHeader.Length, bytes.Length, false), (item.Position, item.End, item.IsWhole));
        Assert.InRange(file.BytesRead, 1, 2 * bytes.Length);
    }

    private sealed class CountedFile(byte[] bytes) : IJournalFile
    {
        public long BytesRead { get; private set; }

        public long Length => bytes.Length;

        public int Read(Span<byte> buffer, long offset)
        {
            int count = (int)Math.Min(buffer.Length, bytes.Length - offset);
            bytes.AsSpan((int)offset, count).CopyTo(buffer);
            BytesRead += count;
            return count;
        }

        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset) => throw new NotSupportedException();

        public void SetLength(long length) => throw new NotSupportedException();

        public void Sync() => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
