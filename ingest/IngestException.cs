namespace Observe.Ingest;

/// <summary>Ends the handling of a request with the answer that its sender gets.</summary>
internal sealed class IngestException(IngestError error, string message) : Exception(message)
{
    public IngestFailure Failure { get; } = new(error, message);
}
