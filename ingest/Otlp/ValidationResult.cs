namespace Observe.Ingest.Otlp;

/// <summary>What a well-formed request holds.</summary>
/// <param name="Accepted">Records (log records, spans, data points) that decoding will turn into rows.</param>
/// <param name="Rejected">Records that decoding will pass over.</param>
/// <param name="Reasons">Why they are rejected.</param>
internal readonly record struct ValidationResult(int Accepted, int Rejected, RejectReasons Reasons)
{
    public ValidationResult With(RejectReasons verdict) => verdict == RejectReasons.None
        ? this with { Accepted = Accepted + 1 }
        : this with { Rejected = Rejected + 1, Reasons = Reasons | verdict };
}
