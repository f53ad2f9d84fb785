namespace Observe.Fuzz.Mutation;

/// <summary>The fields of one message; groups and broken messages have none.</summary>
internal sealed class FieldList
{
    private readonly FieldSpan[] _fields = new FieldSpan[512];

    public int Count { get; private set; }

    public FieldSpan this[int index] => _fields[index];

    /// <summary>Lists the fields between two positions, the first 512.</summary>
    public bool TryRead(ReadOnlySpan<byte> bytes, int start, int end)
    {
        Count = 0;
        int position = start;
        while (position < end && Count < _fields.Length)
        {
            int fieldStart = position;
            if (!TryReadVarint(bytes, ref position, end, out ulong tag) || tag < 8)
            {
                return false;
            }

            int valueStart = position;
            int contentStart = position;
            int type = (int)(tag & 7);
            switch (type)
            {
                case FieldSpan.Varint when TryReadVarint(bytes, ref position, end, out _):
                    break;
                case FieldSpan.Fixed64:
                    position += 8;
                    break;
                case FieldSpan.Fixed32:
                    position += 4;
                    break;
                case FieldSpan.LengthDelimited when TryReadVarint(bytes, ref position, end, out ulong length) && length <= (ulong)(end - position):
                    contentStart = position;
                    position += (int)length;
                    break;
                default:
                    return false;
            }

            if (position > end)
            {
                return false;
            }

            _fields[Count++] = new FieldSpan(fieldStart, valueStart, contentStart, position, type);
        }

        return Count > 0;
    }

    private static bool TryReadVarint(ReadOnlySpan<byte> bytes, ref int position, int end, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64 && position < end; shift += 7)
        {
            byte part = bytes[position++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
