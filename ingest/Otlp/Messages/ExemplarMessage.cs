using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp.Messages;

/// <summary>A measurement with the trace in which it was taken.</summary>
/// <remarks><see href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/metrics/v1/metrics.proto"/>, <c>message Exemplar</c>.</remarks>
internal readonly ref struct ExemplarMessage
{
    private const string Name = "Exemplar";

    private const uint FilteredAttributesTag = (7 << 3) | WireType.LengthDelimited;
    private const uint TimeUnixNanoTag = (2 << 3) | WireType.Fixed64;
    private const uint AsDoubleTag = (3 << 3) | WireType.Fixed64;
    private const uint AsIntTag = (6 << 3) | WireType.Fixed64;
    private const uint SpanIdTag = (4 << 3) | WireType.LengthDelimited;
    private const uint TraceIdTag = (5 << 3) | WireType.LengthDelimited;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly FieldRun _filteredAttributes;

    public ExemplarMessage(ReadOnlySpan<byte> bytes)
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
                case AsDoubleTag:
                    Value = NumberValue.OfDouble(reader.ReadDouble());
                    break;
                case AsIntTag:
                    Value = NumberValue.OfInt((long)reader.ReadFixed64());
                    break;
                case SpanIdTag:
                    SpanId = reader.ReadBytes();
                    break;
                case TraceIdTag:
                    TraceId = reader.ReadBytes();
                    break;
                case FilteredAttributesTag:
                    reader.ReadBytes();
                    _filteredAttributes.Add(reader);
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }
    }

    /// <summary>Each a <see cref="KeyValueMessage"/>.</summary>
    public RepeatedField FilteredAttributes => new(_bytes, _filteredAttributes, FilteredAttributesTag, Name);

    public ulong TimeUnixNano { get; }

    public NumberValue Value { get; }

    public ReadOnlySpan<byte> SpanId { get; }

    public ReadOnlySpan<byte> TraceId { get; }
}
