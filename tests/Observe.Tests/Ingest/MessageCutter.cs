namespace Observe.Tests.Ingest;

/// <summary>Cuts each nested message of a request at each byte, with all lengths around it corrected.</summary>
internal static class MessageCutter
{
    public static IEnumerable<byte[]> CutEveryNestedMessage(byte[] message)
    {
        foreach ((int start, int contentStart, int end) in LengthDelimitedFields(message))
        {
            byte[] content = message[contentStart..end];
            IEnumerable<byte[]> cuts = Enumerable.Range(0, content.Length).Select(length => content[..length]);
            foreach (byte[] variant in cuts.Concat(CutEveryNestedMessage(content)))
            {
                yield return ProtoWriter.Message(w => w
                    .Append(message[..start]).Raw((ulong)variant.Length).Append(variant).Append(message[end..]));
            }
        }
    }

    /// <summary>The fields of a message; nothing where the bytes are text and not a message.</summary>
    private static List<(int LengthAt, int ContentStart, int End)> LengthDelimitedFields(byte[] message)
    {
        var fields = new List<(int, int, int)>();
        int position = 0;
        while (position < message.Length)
        {
            if (!TryReadVarint(message, ref position, out ulong tag))
            {
                return [];
            }

            int lengthAt = position;
            switch (tag & 7)
            {
                case 0 when TryReadVarint(message, ref position, out _):
                    break;
                case 1:
                    position += 8;
                    break;
                case 5:
                    position += 4;
                    break;
                case 2 when TryReadVarint(message, ref position, out ulong length) && length <= (ulong)(message.Length - position):
                    fields.Add((lengthAt, position, position + (int)length));
                    position += (int)length;
                    break;
                default:
                    return [];
            }
        }

        return position == message.Length ? fields : [];
    }

    private static bool TryReadVarint(byte[] message, ref int position, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64 && position < message.Length; shift += 7)
        {
            byte part = message[position++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
