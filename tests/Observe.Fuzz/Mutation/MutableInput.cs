namespace Observe.Fuzz.Mutation;

/// <summary>The input that is being made: bytes that can be replaced by more or fewer, up to a limit, without allocating.</summary>
public sealed class MutableInput(int capacity)
{
    private readonly byte[] _bytes = new byte[capacity];
    private readonly byte[] _copy = new byte[capacity];

    public int Length { get; private set; }

    public int Free => _bytes.Length - Length;

    public Span<byte> Span => _bytes.AsSpan(0, Length);

    public void Set(ReadOnlySpan<byte> bytes)
    {
        Length = Math.Min(bytes.Length, _bytes.Length);
        bytes[..Length].CopyTo(_bytes);
    }

    /// <summary>A copy of some of the bytes, valid until the next call; it may be inserted elsewhere.</summary>
    public ReadOnlySpan<byte> Copy(int start, int count)
    {
        Span<byte> copy = _copy.AsSpan(0, count);
        _bytes.AsSpan(start, count).CopyTo(copy);
        return copy;
    }

    /// <summary>Replaces bytes by others, which must not be a part of this input.</summary>
    /// <returns>By how much the input grew, or 0 because there was no room and nothing was done.</returns>
    public int Replace(int start, int count, ReadOnlySpan<byte> bytes)
    {
        int growth = bytes.Length - count;
        if (growth > Free)
        {
            return 0;
        }

        int tail = start + count;
        _bytes.AsSpan(tail, Length - tail).CopyTo(_bytes.AsSpan(start + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(start));
        Length += growth;
        return growth;
    }

    /// <summary>Inserts bytes, which must not be a part of this input.</summary>
    public int Insert(int at, ReadOnlySpan<byte> bytes) => Replace(at, 0, bytes);

    public void Remove(int start, int count) => Replace(start, count, default);

    public void Truncate(int length) => Length = Math.Min(Length, length);
}
