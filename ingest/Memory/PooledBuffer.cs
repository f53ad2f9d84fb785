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
    /// Larger pieces are no arrays (<see cref="NativeBlock"/>): the pool keeps what it was given, and a few requests of 50 MB would weigh on
    /// the process for ever. A power of two, so that the pool's arrays for smaller sizes do not exceed it.
    /// </summary>
    private const int LargestPooled = 1 << 20;

    private byte[] _array = [];
    private NativeBlock? _block;
    private int _reserved;
    private int _start;
    private int _end;

    public int Length => _end - _start;

    /// <summary>The content, until the buffer is changed or disposed.</summary>
    public ReadOnlyMemory<byte> Memory => All.Slice(_start, Length);

    /// <summary>Bytes that can be written without asking for more memory.</summary>
    public int Free => Capacity - _end;

    public ReadOnlySpan<byte> Span => AllBytes.Slice(_start, Length);

    private int Capacity => _reserved;

    private Memory<byte> All => _block is null ? _array.AsMemory(0, _reserved) : _block.Memory;

    private Span<byte> AllBytes => _block is null ? _array.AsSpan(0, _reserved) : _block.GetSpan();

    public void Append(ReadOnlySpan<byte> bytes)
    {
        ThrowIfTooLarge((long)Length + bytes.Length);
        Reserve(bytes.Length);
        bytes.CopyTo(AllBytes[_end..]);
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
        return AllBytes[_end..];
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return All[_end..];
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Free);
        _end += count;
        ThrowIfTooLarge(Length);
    }

    /// <summary>Overwrites bytes that are there already.</summary>
    public Span<byte> Written(int offset, int count) => AllBytes.Slice(_start + offset, count);

    /// <summary>Makes room for further bytes.</summary>
    /// <exception cref="IngestException">The request is too large, or there is no memory for it now.</exception>
    public void Reserve(int count)
    {
        long needed = (long)_end + count;
        if (needed <= Capacity)
        {
            return;
        }

        // Writers ask for somewhat more than they then use, so the limit itself is checked on what was written.
        ThrowIfTooLarge(Length);
        int size = checked((int)Math.Max(needed, Math.Min(Capacity * 2L, (long)maxBytes + slack)));
        Grow(Math.Max(size, FirstSize));
    }

    public void Dispose()
    {
        GiveBack(_array, _block, _reserved);
        _array = [];
        _block = null;
        _reserved = _start = _end = 0;
    }

    /// <summary>Asks first and takes then: what the budget refuses never exists.</summary>
    private void Grow(int size)
    {
        // The pool hands out powers of two.
        int reserved = size > LargestPooled ? size : (int)BitOperations.RoundUpToPowerOf2((uint)size);
        budget.Reserve(reserved);
        byte[] array = [];
        NativeBlock? block = null;
        try
        {
            if (reserved > LargestPooled)
            {
                block = new NativeBlock(reserved);
            }
            else
            {
                array = ArrayPool<byte>.Shared.Rent(reserved);
            }
        }
        catch (OutOfMemoryException)
        {
            budget.Release(reserved);
            throw;
        }

        AllBytes[.._end].CopyTo(block is null ? array : block.GetSpan());
        GiveBack(_array, _block, _reserved);
        _array = array;
        _block = block;
        _reserved = reserved;
    }

    private void GiveBack(byte[] array, NativeBlock? block, int reserved)
    {
        ((IDisposable?)block)?.Dispose();
        if (array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(array);
        }

        if (reserved > 0)
        {
            budget.Release(reserved);
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
