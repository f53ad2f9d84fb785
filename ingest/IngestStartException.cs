namespace Observe.Ingest;

/// <summary>The receivers cannot start. The message is for whoever starts the program: which setting is wrong and what to do.</summary>
public sealed class IngestStartException : Exception
{
    public IngestStartException(string message)
        : base(message)
    {
    }

    public IngestStartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
