using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp.Messages;

/// <summary>Something that happened during a span.</summary>
/// <remarks><see href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto"/>, <c>message Span.Event</c>.</remarks>
internal readonly ref struct SpanEventMessage
{
    private const string Name = "Span.Event";

    private const uint TimeUnixNanoTag = (1 << 3) | WireType.Fixed64;
    private const uint EventNameTag = (2 << 3) | WireType.LengthDelimited;
    private const uint AttributesTag = (3 << 3) | WireType.LengthDelimited;
    private const uint DroppedAttributesCountTag = (4 << 3) | WireType.Varint;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly FieldRun _attributes;

    public SpanEventMessage(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        var reader = new WireReader(bytes, Name);
        for (uint tag = reader.ReadTag(); tag != 0; tag = reader.ReadTag())
        {
            switch (tag)
            {
                case TimeUnixNanoTag:
                    TimeUnixNano = reader.ReadFixed64();
                    break;
                case EventNameTag:
                    EventName = reader.ReadBytes();
                    break;
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

    public ulong TimeUnixNano { get; }

    /// <summary><c>name</c></summary>
    public ReadOnlySpan<byte> EventName { get; }

    /// <summary>Each a <see cref="KeyValueMessage"/>.</summary>
    public RepeatedField Attributes => new(_bytes, _attributes, AttributesTag, Name);

    public uint DroppedAttributesCount { get; }
}
