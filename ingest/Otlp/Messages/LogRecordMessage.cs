using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp.Messages;

/// <summary>A log record or event.</summary>
/// <remarks><see href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/logs/v1/logs.proto"/>, <c>message LogRecord</c>.</remarks>
internal readonly ref struct LogRecordMessage
{
    private const string Name = "LogRecord";

    private const uint TimeUnixNanoTag = (1 << 3) | WireType.Fixed64;
    private const uint ObservedTimeUnixNanoTag = (11 << 3) | WireType.Fixed64;
    private const uint SeverityNumberTag = (2 << 3) | WireType.Varint;
    private const uint SeverityTextTag = (3 << 3) | WireType.LengthDelimited;
    private const uint BodyTag = (5 << 3) | WireType.LengthDelimited;
    private const uint AttributesTag = (6 << 3) | WireType.LengthDelimited;
    private const uint DroppedAttributesCountTag = (7 << 3) | WireType.Varint;
    private const uint FlagsTag = (8 << 3) | WireType.Fixed32;
    private const uint TraceIdTag = (9 << 3) | WireType.LengthDelimited;
    private const uint SpanIdTag = (10 << 3) | WireType.LengthDelimited;
    private const uint EventNameTag = (12 << 3) | WireType.LengthDelimited;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly FieldRun _attributes;

    public LogRecordMessage(ReadOnlySpan<byte> bytes)
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
                case ObservedTimeUnixNanoTag:
                    ObservedTimeUnixNano = reader.ReadFixed64();
                    break;
                case SeverityNumberTag:
                    SeverityNumber = (int)reader.ReadVarint();
                    break;
                case SeverityTextTag:
                    SeverityText = reader.ReadBytes();
                    break;
                case BodyTag:
                    Body = reader.ReadBytes();
                    break;
                case DroppedAttributesCountTag:
                    DroppedAttributesCount = (uint)reader.ReadVarint();
                    break;
                case FlagsTag:
                    Flags = reader.ReadFixed32();
                    break;
                case TraceIdTag:
                    TraceId = reader.ReadBytes();
                    break;
                case SpanIdTag:
                    SpanId = reader.ReadBytes();
                    break;
                case EventNameTag:
                    EventName = reader.ReadBytes();
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

    public ulong ObservedTimeUnixNano { get; }

    public int SeverityNumber { get; }

    public ReadOnlySpan<byte> SeverityText { get; }

    /// <summary>An <see cref="AnyValueMessage"/>; empty when there is none.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>Each a <see cref="KeyValueMessage"/>.</summary>
    public RepeatedField Attributes => new(_bytes, _attributes, AttributesTag, Name);

    public uint DroppedAttributesCount { get; }

    public uint Flags { get; }

    public ReadOnlySpan<byte> TraceId { get; }

    public ReadOnlySpan<byte> SpanId { get; }

    public ReadOnlySpan<byte> EventName { get; }
}
