using Observe.Ingest.Journal.Files;

namespace Observe.Fuzz.Targets;

/// <summary>The content of a file in memory, which outlives those who open it, as on a disk.</summary>
internal sealed class MemoryFile
{
    private byte[] _bytes = new byte[256];
    private int _length;

    public IJournalFile Open() => new OpenFile(this);

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    public void Set(ReadOnlySpan<byte> content)
    {
        SetLength(content.Length);
        content.CopyTo(_bytes);
    }

    private void Write(IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset)
    {
        foreach (ReadOnlyMemory<byte> part in parts)
        {
            SetLength(Math.Max(_length, offset + part.Length));
            part.Span.CopyTo(_bytes.AsSpan((int)offset));
            offset += part.Length;
        }
    }

    private int Read(Span<byte> buffer, long offset)
    {
        int count = (int)Math.Clamp(_length - offset, 0, buffer.Length);
        if (count > 0)
        {
            _bytes.AsSpan((int)offset, count).CopyTo(buffer);
        }

        return count;
    }

    private void SetLength(long length)
    {
        if (length > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Max(length, _bytes.Length * 2L));
        }

        if (length > _length)
        {
            _bytes.AsSpan(_length, (int)length - _length).Clear();
        }

        _length = (int)length;
    }

    private sealed class OpenFile(MemoryFile file) : IJournalFile
    {
        public long Length => file._length;

        public void Write(IReadOnlyList<ReadOnlyMemory<byte>> parts, long offset) => file.Write(parts, offset);

        public int Read(Span<byte> buffer, long offset) => file.Read(buffer, offset);

        public void SetLength(long length) => file.SetLength(length);

        public void Sync()
        {
        }

        public void Dispose()
        {
        }
    }
}
