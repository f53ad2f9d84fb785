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

    public KeyValueMessage(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes, Name);
        for (uint tag = reader.ReadTag(); tag != 0; tag = reader.ReadTag())
        {
            switch (tag)
            {
                case KeyTag:
                    Key = reader.ReadBytes();
                    break;
                case ValueTag:
                    ValueBytes = reader.ReadBytes();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }
    }

    public ReadOnlySpan<byte> Key { get; }

    /// <summary>An <see cref="AnyValueMessage"/>; a missing one is the same as an empty one.</summary>
    public ReadOnlySpan<byte> ValueBytes { get; }

    public AnyValueMessage Value => new(ValueBytes);
}
