using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp.Messages;

/// <summary>A pointer from a span to another one.</summary>
/// <remarks><see href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto"/>, <c>message Span.Link</c>.</remarks>
internal readonly ref struct SpanLinkMessage
{
    private const string Name = "Span.Link";

    private const uint TraceIdTag = (1 << 3) | WireType.LengthDelimited;
    private const uint SpanIdTag = (2 << 3) | WireType.LengthDelimited;
    private const uint TraceStateTag = (3 << 3) | WireType.LengthDelimited;
    private const uint AttributesTag = (4 << 3) | WireType.LengthDelimited;
    private const uint DroppedAttributesCountTag = (5 << 3) | WireType.Varint;
    private const uint FlagsTag = (6 << 3) | WireType.Fixed32;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly FieldRun _attributes;

    public SpanLinkMessage(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        var reader = new WireReader(bytes, Name);
        for (uint tag = reader.ReadTag(); tag != 0; tag = reader.ReadTag())
        {
            switch (tag)
            {
                case TraceIdTag:
                    TraceId = reader.ReadBytes();
                    break;
                case SpanIdTag:
                    SpanId = reader.ReadBytes();
                    break;
                case TraceStateTag:
                    TraceState = reader.ReadBytes();
                    break;
                case DroppedAttributesCountTag:
                    DroppedAttributesCount = (uint)reader.ReadVarint();
                    break;
                case FlagsTag:
                    Flags = reader.ReadFixed32();
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

    public ReadOnlySpan<byte> TraceId { get; }

    public ReadOnlySpan<byte> SpanId { get; }

    public ReadOnlySpan<byte> TraceState { get; }

    /// <summary>Each a <see cref="KeyValueMessage"/>.</summary>
    public RepeatedField Attributes => new(_bytes, _attributes, AttributesTag, Name);

    public uint DroppedAttributesCount { get; }

    public uint Flags { get; }
}
