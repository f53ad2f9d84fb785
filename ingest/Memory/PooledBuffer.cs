using System.Buffers;
using System.Numerics;

namespace Observe.Ingest.Memory;

/// <summary>A request's bytes in one piece of pooled memory, counted against the budget. Not thread-safe.</summary>
/// <param name="maxBytes">More is too large a request.</param>
/// <param name="slack">Bytes beyond it that are there for a while and belong to no request.</param>
internal sealed class PooledBuffer(IByteBudget budget, int maxBytes, int slack = 0) : IBufferWriter<byte>, IDisposable
{
    private const int FirstSize = 16 << 10;

    /// <summary>
    /// Larger arrays are the collector's: the pool keeps what it was given, and a few requests of 50 MB would weigh on the process for ever.
    /// A power of two, so that the pool's arrays for smaller sizes do not exceed it.
    /// </summary>
    private const int LargestPooled = 4 << 20;

    private byte[] _bytes = [];
    private int _reserved;
    private int _start;
    private int _end;

    public int Length => _end - _start;

    /// <summary>The content, until the buffer is changed or disposed.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(_start, Length);

    /// <summary>Bytes that can be written without asking for more memory.</summary>
    public int Free => _bytes.Length - _end;

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(_start, Length);

    /// <summary>The content as a stream, for the decompressor.</summary>
    public MemoryStream AsStream() => new(_bytes, _start, Length, writable: false);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        ThrowIfTooLarge((long)Length + bytes.Length);
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Forgets the first bytes, such as the frame around a gRPC message.</summary>
    public void Skip(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Length);
        _start += count;
    }

    /// <summary>Forgets the last bytes.</summary>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Length);
        _end -= count;
    }

    /// <summary>Memory at the end, at least <paramref name="sizeHint"/> bytes; what was written is told to <see cref="Advance"/>.</summary>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsSpan(_end);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(_end);
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _bytes.Length - _end);
        _end += count;
        ThrowIfTooLarge(Length);
    }

    /// <summary>Overwrites bytes that are there already.</summary>
    public Span<byte> Written(int offset, int count) => _bytes.AsSpan(_start + offset, count);

    /// <summary>Makes room for further bytes.</summary>
    /// <exception cref="IngestException">The request is too large, or there is no memory for it now.</exception>
    public void Reserve(int count)
    {
        long needed = (long)_end + count;
        if (needed <= _bytes.Length)
        {
            return;
        }

        // Writers ask for somewhat more than they then use, so the limit itself is checked on what was written.
        ThrowIfTooLarge(Length);
        int size = checked((int)Math.Max(needed, Math.Min(_bytes.Length * 2L, (long)maxBytes + slack)));
        Grow(Math.Max(size, FirstSize));
    }

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            budget.Release(_reserved);
            Return(_bytes);
            _bytes = [];
            _start = _end = 0;
        }
    }

    /// <summary>Asks first and takes then: what the budget refuses never exists.</summary>
    private void Grow(int size)
    {
        // The pool hands out powers of two.
        int reserved = size > LargestPooled ? size : (int)BitOperations.RoundUpToPowerOf2((uint)size);
        budget.Reserve(reserved);
        byte[] larger;
        try
        {
            larger = reserved > LargestPooled ? GC.AllocateUninitializedArray<byte>(reserved) : ArrayPool<byte>.Shared.Rent(reserved);
        }
        catch (OutOfMemoryException)
        {
            budget.Release(reserved);
            throw;
        }

        _bytes.AsSpan(0, _end).CopyTo(larger);
        if (_bytes.Length > 0)
        {
            budget.Release(_reserved);
            Return(_bytes);
        }

        _bytes = larger;
        _reserved = reserved;
    }

    private static void Return(byte[] bytes)
    {
        if (bytes.Length <= LargestPooled)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Checks a length against the limit of a request.</summary>
    public void ThrowIfTooLarge(long length)
    {
        if (length > (long)maxBytes + slack)
        {
            throw new IngestException(
                IngestError.TooLarge,
                $"The request is larger than {maxBytes} bytes, as sent or after decompression. Send smaller batches, or raise " +
                $"{IngestOptions.Section}:{nameof(IngestOptions.MaxRequestBytes)}.");
        }
    }
}
