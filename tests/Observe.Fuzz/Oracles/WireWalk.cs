namespace Observe.Fuzz.Oracles;

/// <summary>
/// Protobuf read slowly and plainly from <see href="https://protobuf.dev/programming-guides/encoding/"/>, independently of the program's own reader.
/// </summary>
/// <remarks>It shares the program's two limits that the format does not have: groups 32 deep, and tags of 32 bits.</remarks>
internal ref struct WireWalk(ReadOnlySpan<byte> message)
{
    private const int MaxGroupDepth = 32;

    private readonly ReadOnlySpan<byte> _message = message;
    private int _position;

    public uint Field { get; private set; }

    public int Type { get; private set; }

    /// <summary>The content of a length-delimited field, or the eight or four bytes of a fixed number.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>A varint's value.</summary>
    public ulong Number { get; private set; }

    /// <summary>Whether the walk ended because the rest is not protobuf.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether a group was seen; proto3 has none.</summary>
    public bool HasGroup { get; private set; }

    public readonly bool Is(uint field, int type) => Field == field && Type == type;

    /// <summary>Goes to the next field.</summary>
    public bool Next() => _position < _message.Length && ReadField(0, out bool ended) && !(ended && Break());

    private bool ReadField(int depth, out bool endsGroup)
    {
        endsGroup = false;
        if (!ReadVarint(out ulong tag) || tag >> 32 != 0 || tag >> 3 == 0)
        {
            return Break();
        }

        (uint field, int type) = ((uint)tag >> 3, (int)(tag & 7));
        Content = default;
        ulong number = 0;
        bool isRead = type switch
        {
            0 => ReadVarint(out number),
            1 => Skip(8),
            2 => ReadVarint(out ulong length) && length <= (ulong)(_message.Length - _position) && Skip((int)length),
            3 => ReadGroup(field, depth + 1),
            4 => true,
            5 => Skip(4),
            _ => false,
        };
        if (!isRead)
        {
            return Break();
        }

        endsGroup = type == 4;
        Field = field;
        Type = type;
        Number = number;
        return true;
    }

    private bool ReadGroup(uint field, int depth)
    {
        HasGroup = true;
        if (depth > MaxGroupDepth)
        {
            return false;
        }

        while (_position < _message.Length && ReadField(depth, out bool ends))
        {
            if (ends)
            {
                return Field == field;
            }
        }

        return false;
    }

    private bool ReadVarint(out ulong value)
    {
        value = 0;
        for (int i = 0; i < 10; i++)
        {
            if (_position == _message.Length)
            {
                return false;
            }

            byte part = _message[_position++];
            value |= (ulong)(part & 0x7F) << (7 * i);
            if (part < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private bool Skip(int count)
    {
        if (count > _message.Length - _position)
        {
            return false;
        }

        Content = _message.Slice(_position, count);
        _position += count;
        return true;
    }

    private bool Break()
    {
        IsBroken = true;
        return false;
    }
}
