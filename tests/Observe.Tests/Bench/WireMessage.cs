namespace Observe.Tests.Bench;

/// <summary>A protobuf message taken apart field by field, slowly and without knowing what it means.</summary>
internal sealed class WireMessage
{
    private readonly List<(int Field, ulong Number, byte[] Bytes)> _fields = [];

    public WireMessage(ReadOnlySpan<byte> message)
    {
        int position = 0;
        while (position < message.Length)
        {
            ulong tag = Varint(message, ref position);
            (ulong number, byte[] bytes) = (0, Array.Empty<byte>());
            switch (tag & 7)
            {
                case 0:
                    number = Varint(message, ref position);
                    break;
                case 1:
                    number = BitConverter.ToUInt64(message.Slice(position, 8));
                    position += 8;
                    break;
                case 5:
                    number = BitConverter.ToUInt32(message.Slice(position, 4));
                    position += 4;
                    break;
                case 2:
                    int length = (int)Varint(message, ref position);
                    bytes = message.Slice(position, length).ToArray();
                    position += length;
                    break;
                default:
                    throw new FormatException($"Wire type {tag & 7} is not used by OTLP.");
            }

            _fields.Add(((int)(tag >> 3), number, bytes));
        }
    }

    public IEnumerable<WireMessage> Messages(int field) => _fields.Where(f => f.Field == field).Select(f => new WireMessage(f.Bytes));

    /// <summary>The messages at the end of a path of fields, such as 1, 2, 2 for the log records of a request.</summary>
    public IEnumerable<WireMessage> Messages(int field, params int[] path) =>
        path.Length == 0 ? Messages(field) : Messages(field).SelectMany(message => message.Messages(path[0], path[1..]));

    public ulong Number(int field) => _fields.Where(f => f.Field == field).Select(f => f.Number).SingleOrDefault();

    public string Hex(int field) => Convert.ToHexString(_fields.Where(f => f.Field == field).Select(f => f.Bytes).SingleOrDefault() ?? []);

    public string Text(int field) => System.Text.Encoding.UTF8.GetString(_fields.Single(f => f.Field == field).Bytes);

    /// <summary>A packed field of fixed 64-bit numbers.</summary>
    public ulong[] Packed(int field) =>
        [.. _fields.Single(f => f.Field == field).Bytes.Chunk(8).Select(chunk => BitConverter.ToUInt64(chunk))];

    /// <summary>The names of KeyValues in a field.</summary>
    public string[] Keys(int field) => [.. Messages(field).Select(pair => pair.Text(1))];

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int position)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
