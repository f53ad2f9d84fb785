namespace Observe.Ingest.Otlp;

/// <summary>Why a record is stored with less than was sent. The names stand in the ledger, see <see cref="RecordRules.NameOf(TruncateReason)"/>.</summary>
internal enum TruncateReason
{
    AttributeCount,
    AttributeBytes,
    BodyBytes,
    Time,
}
