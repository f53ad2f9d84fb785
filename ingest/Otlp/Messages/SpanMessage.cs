using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp.Messages;

/// <summary>A span.</summary>
/// <remarks><see href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto"/>, <c>message Span</c>.</remarks>
internal readonly ref struct SpanMessage
{
    private const string Name = "Span";

    private const uint TraceIdTag = (1 << 3) | WireType.LengthDelimited;
    private const uint SpanIdTag = (2 << 3) | WireType.LengthDelimited;
    private const uint TraceStateTag = (3 << 3) | WireType.LengthDelimited;
    private const uint ParentSpanIdTag = (4 << 3) | WireType.LengthDelimited;
    private const uint SpanNameTag = (5 << 3) | WireType.LengthDelimited;
    private const uint KindTag = (6 << 3) | WireType.Varint;
    private const uint StartTimeUnixNanoTag = (7 << 3) | WireType.Fixed64;
    private const uint EndTimeUnixNanoTag = (8 << 3) | WireType.Fixed64;
    private const uint AttributesTag = (9 << 3) | WireType.LengthDelimited;
    private const uint DroppedAttributesCountTag = (10 << 3) | WireType.Varint;
    private const uint EventsTag = (11 << 3) | WireType.LengthDelimited;
    private const uint DroppedEventsCountTag = (12 << 3) | WireType.Varint;
    private const uint LinksTag = (13 << 3) | WireType.LengthDelimited;
    private const uint DroppedLinksCountTag = (14 << 3) | WireType.Varint;
    private const uint StatusTag = (15 << 3) | WireType.LengthDelimited;
    private const uint FlagsTag = (16 << 3) | WireType.Fixed32;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly FieldRun _links;
    private readonly FieldRun _events;
    private readonly FieldRun _attributes;

    public SpanMessage(ReadOnlySpan<byte> bytes)
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
                case ParentSpanIdTag:
                    ParentSpanId = reader.ReadBytes();
                    break;
                case SpanNameTag:
                    SpanName = reader.ReadBytes();
                    break;
                case KindTag:
                    Kind = (int)reader.ReadVarint();
                    break;
                case StartTimeUnixNanoTag:
                    StartTimeUnixNano = reader.ReadFixed64();
                    break;
                case EndTimeUnixNanoTag:
                    EndTimeUnixNano = reader.ReadFixed64();
                    break;
                case DroppedAttributesCountTag:
                    DroppedAttributesCount = (uint)reader.ReadVarint();
                    break;
                case DroppedEventsCountTag:
                    DroppedEventsCount = (uint)reader.ReadVarint();
                    break;
                case DroppedLinksCountTag:
                    DroppedLinksCount = (uint)reader.ReadVarint();
                    break;
                case StatusTag:
                    Status = reader.ReadBytes();
                    break;
                case FlagsTag:
                    Flags = reader.ReadFixed32();
                    break;
                case AttributesTag:
                    reader.ReadBytes();
                    _attributes.Add(reader);
                    break;
                case EventsTag:
                    reader.ReadBytes();
                    _events.Add(reader);
                    break;
                case LinksTag:
                    reader.ReadBytes();
                    _links.Add(reader);
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

    public ReadOnlySpan<byte> ParentSpanId { get; }

    /// <summary><c>name</c></summary>
    public ReadOnlySpan<byte> SpanName { get; }

    public int Kind { get; }

    public ulong StartTimeUnixNano { get; }

    public ulong EndTimeUnixNano { get; }

    /// <summary>Each a <see cref="KeyValueMessage"/>.</summary>
    public RepeatedField Attributes => new(_bytes, _attributes, AttributesTag, Name);

    public uint DroppedAttributesCount { get; }

    /// <summary>Each a <see cref="SpanEventMessage"/>.</summary>
    public RepeatedField Events => new(_bytes, _events, EventsTag, Name);

    public uint DroppedEventsCount { get; }

    /// <summary>Each a <see cref="SpanLinkMessage"/>.</summary>
    public RepeatedField Links => new(_bytes, _links, LinksTag, Name);

    public uint DroppedLinksCount { get; }

    /// <summary>A <see cref="SpanStatusMessage"/>; empty when there is none.</summary>
    public ReadOnlySpan<byte> Status { get; }

    public uint Flags { get; }
}
