using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp.Messages;

/// <summary>How a span ended.</summary>
/// <remarks><see href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto"/>, <c>message Status</c>.</remarks>
internal readonly ref struct SpanStatusMessage
{
    private const string Name = "Status";

    private const uint MessageTag = (2 << 3) | WireType.LengthDelimited;
    private const uint CodeTag = (3 << 3) | WireType.Varint;

    public SpanStatusMessage(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes, Name);
        for (uint tag = reader.ReadTag(); tag != 0; tag = reader.ReadTag())
        {
            switch (tag)
            {
                case MessageTag:
                    Message = reader.ReadBytes();
                    break;
                case CodeTag:
                    Code = (int)reader.ReadVarint();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }
    }

    public ReadOnlySpan<byte> Message { get; }

    public int Code { get; }
}
