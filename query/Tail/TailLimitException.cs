namespace Observe.Query.Tail;

/// <summary>There are as many viewers as there may be. The message says what to do.</summary>
public sealed class TailLimitException : Exception
{
    public TailLimitException()
    {
    }

    public TailLimitException(string message)
        : base(message)
    {
    }

    public TailLimitException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
