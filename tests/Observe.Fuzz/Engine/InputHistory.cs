namespace Observe.Fuzz.Engine;

/// <summary>Inputs in the order in which they were run, in one piece of memory.</summary>
internal sealed class InputHistory
{
    private readonly List<int> _ends = [];
    private byte[] _bytes = new byte[64 << 10];

    public int Count => _ends.Count;

    public int ByteCount => _ends.Count == 0 ? 0 : _ends[^1];

    public ReadOnlySpan<byte> this[int index] => _bytes.AsSpan((index == 0 ? 0 : _ends[index - 1]).._ends[index]);

    public void Add(ReadOnlySpan<byte> input)
    {
        int start = ByteCount;
        int end = start + input.Length;
        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(end, _bytes.Length * 2));
        }

        input.CopyTo(_bytes.AsSpan(start));
        _ends.Add(end);
    }

    public void Clear() => _ends.Clear();
}
