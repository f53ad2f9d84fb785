using System.Runtime.CompilerServices;
using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp.Messages;

/// <summary>An attribute, or an entry of a map.</summary>
/// <remarks>
/// <see href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/common/v1/common.proto"/>, <c>message KeyValue</c>.
/// <c>key_strindex</c> (3) belongs to profiles and is passed over.
/// </remarks>
internal readonly ref struct KeyValueMessage
{
    private const string Name = "KeyValue";

    private const uint KeyTag = (1 << 3) | WireType.LengthDelimited;
    private const uint ValueTag = (2 << 3) | WireType.LengthDelimited;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public KeyValueMessage(ReadOnlySpan<byte> bytes)
    {
        // As exporters write it: a key, then a value, with one byte for the first length, one or two for the second, and nothing else.
        if (bytes.Length >= 4 && bytes[0] == KeyTag && bytes[1] < 0x80)
        {
            int keyEnd = 2 + bytes[1];
            if (keyEnd + 2 <= bytes.Length && bytes[keyEnd] == ValueTag)
            {
                int start = keyEnd + 2;
                int length = bytes[keyEnd + 1];
                if (length >= 0x80 && start < bytes.Length && bytes[start] < 0x80)
                {
                    length = (length & 0x7F) | (bytes[start++] << 7);
                }
                else if (length >= 0x80)
                {
                    length = -1;
                }

                if (length == bytes.Length - start)
                {
                    Key = bytes[2..keyEnd];
                    ValueBytes = bytes[start..];
                    return;
                }
            }
        }

        Read(bytes, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value);
        Key = key;
        ValueBytes = value;
    }

    public ReadOnlySpan<byte> Key { get; }

    /// <summary>An <see cref="AnyValueMessage"/>; a missing one is the same as an empty one.</summary>
    public ReadOnlySpan<byte> ValueBytes { get; }

    public AnyValueMessage Value => new(ValueBytes);

    private static void Read(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        key = default;
        value = default;
        var reader = new WireReader(bytes, Name);
        for (uint tag = reader.ReadTag(); tag != 0; tag = reader.ReadTag())
        {
            switch (tag)
            {
                case KeyTag:
                    key = reader.ReadBytes();
                    break;
                case ValueTag:
                    value = reader.ReadBytes();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }
    }
}
