namespace Observe.Query.Compilation;

/// <summary>An answer would have more rows than one answer may have. The message says how to ask for fewer.</summary>
public sealed class ResultLimitException : Exception
{
    public ResultLimitException()
    {
    }

    public ResultLimitException(string message)
        : base(message)
    {
    }

    public ResultLimitException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
