namespace Observe.Ingest.Journal;

/// <summary>The journal cannot be opened, read or written. The message says what to do.</summary>
internal sealed class JournalException : Exception
{
    public JournalException(string message)
        : base(message)
    {
    }

    public JournalException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
