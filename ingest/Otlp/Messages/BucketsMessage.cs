using Observe.Ingest.Wire;

namespace Observe.Ingest.Otlp.Messages;

/// <summary>A run of exponential buckets.</summary>
/// <remarks><see href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/metrics/v1/metrics.proto"/>, <c>message ExponentialHistogramDataPoint.Buckets</c>.</remarks>
internal readonly ref struct BucketsMessage
{
    private const string Name = "ExponentialHistogramDataPoint.Buckets";

    private const uint OffsetTag = (1 << 3) | WireType.Varint;

    private readonly ReadOnlySpan<byte> _bytes;

    public BucketsMessage(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        var reader = new WireReader(bytes, Name);
        for (uint tag = reader.ReadTag(); tag != 0; tag = reader.ReadTag())
        {
            switch (tag)
            {
                case OffsetTag:
                    Offset = (int)reader.ReadZigZag();
                    break;
                default:
                    reader.Skip(tag);
                    break;
            }
        }
    }

    public int Offset { get; }

    public RepeatedNumber BucketCounts => new(_bytes, 2, WireType.Varint, Name);
}
