namespace Observe.Query.Execution;

/// <summary>A question was not run because too many others are. The message says what to do.</summary>
public sealed class QueryRefusedException : Exception
{
    public QueryRefusedException(RefusalReason reason, TimeSpan retryAfter, string message)
        : base(message)
    {
        Reason = reason;
        RetryAfter = retryAfter;
    }

    public RefusalReason Reason { get; }

    /// <summary>When there is likely to be a place.</summary>
    public TimeSpan RetryAfter { get; }
}
