namespace Observe.Ingest;

/// <summary>Ends the handling of a request with the answer that its sender gets.</summary>
internal sealed class IngestException(IngestFailure failure) : Exception(failure.Message)
{
    public IngestException(IngestError error, string message)
        : this(new IngestFailure(error, message))
    {
    }

    public IngestFailure Failure { get; } = failure;
}
