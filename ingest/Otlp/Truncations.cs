namespace Observe.Ingest.Otlp;

/// <summary>All reasons for which one record is truncated: a bit for each <see cref="TruncateReason"/>.</summary>
[Flags]
internal enum Truncations
{
    None = 0,
    AttributeCount = 1 << TruncateReason.AttributeCount,
    AttributeBytes = 1 << TruncateReason.AttributeBytes,
    BodyBytes = 1 << TruncateReason.BodyBytes,
    Time = 1 << TruncateReason.Time,
}
