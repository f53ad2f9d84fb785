using Observe.Fuzz.Engine;

namespace Observe.Fuzz.Mutation;

/// <summary>A random way into nested messages, to a field; remembers the lengths on the way so that they can be corrected.</summary>
internal sealed class FieldPath
{
    private const int MaxDepth = 160;

    private readonly FieldSpan[] _around = new FieldSpan[MaxDepth];
    private FieldList _spare = new();
    private int _depth;

    /// <summary>The fields of the message at which the way ends.</summary>
    public FieldList Level { get; private set; } = new();

    /// <summary>Walks down from the whole input.</summary>
    /// <returns>False when the input is no message.</returns>
    public bool Walk(ReadOnlySpan<byte> bytes, FuzzRandom random)
    {
        _depth = 0;
        if (!Level.TryRead(bytes, 0, bytes.Length))
        {
            return false;
        }

        // Most of what there is to break lies deep, so the way rather goes on than ends.
        while (_depth < MaxDepth && !random.OneIn(8))
        {
            FieldSpan field = Level[random.Below(Level.Count)];
            if (field.Type != FieldSpan.LengthDelimited || !_spare.TryRead(bytes, field.ContentStart, field.End))
            {
                break;
            }

            _around[_depth++] = field;
            (Level, _spare) = (_spare, Level);
        }

        return true;
    }

    /// <summary>Corrects the lengths around a change.</summary>
    /// <param name="input">The changed input.</param>
    /// <param name="growth">By how much the message at which the way ends grew.</param>
    /// <param name="padding">Whether lengths are written in more bytes than they need, which is allowed.</param>
    public void Repair(MutableInput input, int growth, bool padding)
    {
        Span<byte> length = stackalloc byte[10];
        for (int i = _depth - 1; i >= 0; i--)
        {
            FieldSpan message = _around[i];
            int written = Varint.Write(length, (ulong)(message.ContentLength + growth), padding ? 5 : 1);
            growth += input.Replace(message.ValueStart, message.ContentStart - message.ValueStart, length[..written]);
        }
    }
}
