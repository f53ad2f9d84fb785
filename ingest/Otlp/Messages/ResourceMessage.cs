using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp.Messages;

/// <summary>Who sent the records.</summary>
/// <remarks><see href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/resource/v1/resource.proto"/>, <c>message Resource</c>.
/// <c>entity_refs</c> (3) is in development and passed over.</remarks>
internal readonly ref struct ResourceMessage
{
    private const string Name = "Resource";

    private const uint AttributesTag = (1 << 3) | WireType.LengthDelimited;
    private const uint DroppedAttributesCountTag = (2 << 3) | WireType.Varint;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly FieldRun _attributes;

    public ResourceMessage(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        var reader = new WireReader(bytes, Name);
        for (uint tag = reader.ReadTag(); tag != 0; tag = reader.ReadTag())
        {
            switch (tag)
            {
                case DroppedAttributesCountTag:
                    DroppedAttributesCount = (uint)reader.ReadVarint();
                    break;
                case AttributesTag:
                    reader.ReadBytes();
                    _attributes.Add(reader);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }
    }

    /// <summary>Each a <see cref="KeyValueMessage"/>.</summary>
    public RepeatedField Attributes => new(_bytes, _attributes, AttributesTag, Name);

    public uint DroppedAttributesCount { get; }
}
