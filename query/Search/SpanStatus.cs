namespace Observe.Query.Search;

/// <summary>OTLP's Status.StatusCode, with its numbers.</summary>
public enum SpanStatus
{
    Unset = 0,
    Ok = 1,
    Error = 2,
}
