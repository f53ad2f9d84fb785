using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp.Messages;

/// <summary>The value at one quantile of a summary.</summary>
/// <remarks><see href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/metrics/v1/metrics.proto"/>, <c>message SummaryDataPoint.ValueAtQuantile</c>.</remarks>
internal readonly ref struct QuantileMessage
{
    private const string Name = "SummaryDataPoint.ValueAtQuantile";

    private const uint QuantileTag = (1 << 3) | WireType.Fixed64;
    private const uint ValueTag = (2 << 3) | WireType.Fixed64;

    public QuantileMessage(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes, Name);
        for (uint tag = reader.ReadTag(); tag != 0; tag = reader.ReadTag())
        {
            switch (tag)
            {
                case QuantileTag:
                    Quantile = reader.ReadDouble();
                    break;
                case ValueTag:
                    Value = reader.ReadDouble();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }
    }

    public double Quantile { get; }

    public double Value { get; }
}
