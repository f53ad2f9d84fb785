using System.Text;

namespace Observe.Bench.Sending;

/// <summary>Reads <c>partial_success</c> of an Export…ServiceResponse: <c>0A len (08 rejected, 12 len message)</c>.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/otlp/#partial-success</remarks>
internal static class PartialSuccess
{
    /// <exception cref="FormatException">The response is no valid protobuf message.</exception>
    public static (long Rejected, string Message) Read(ReadOnlySpan<byte> response)
    {
        long rejected = 0;
        string message = "";
        int position = 0;
        while (position < response.Length)
        {
            ulong tag = Varint(response, ref position);
            int length = Length(response, ref position);
            if (tag == 0x0A)
            {
                ReadOnlySpan<byte> partial = response.Slice(position, length);
                int inner = 0;
                while (inner < partial.Length)
                {
                    ulong field = Varint(partial, ref inner);
                    if (field == 0x08)
                    {
                        rejected = (long)Varint(partial, ref inner);
                        continue;
                    }

                    int textLength = Length(partial, ref inner);
                    message = field == 0x12 ? Encoding.UTF8.GetString(partial.Slice(inner, textLength)) : message;
                    inner += textLength;
                }
            }

            position += length;
        }

        return (rejected, message);
    }

    private static int Length(ReadOnlySpan<byte> bytes, ref int position)
    {
        ulong length = Varint(bytes, ref position);
        return length <= (ulong)(bytes.Length - position) ? (int)length : throw new FormatException("The response is cut short.");
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int position)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64 && position < bytes.Length; shift += 7)
        {
            byte next = bytes[position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new FormatException("The response is cut short.");
    }
}
