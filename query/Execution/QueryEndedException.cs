namespace Observe.Query.Execution;

/// <summary>Somebody ended the question with <c>DELETE /api/v1/queries/{id}</c>.</summary>
public sealed class QueryEndedException : Exception
{
    public QueryEndedException()
        : this("The query was ended on request (DELETE /api/v1/queries/{id}).")
    {
    }

    public QueryEndedException(string message)
        : base(message)
    {
    }

    public QueryEndedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
