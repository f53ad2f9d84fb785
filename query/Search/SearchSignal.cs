namespace Observe.Query.Search;

/// <summary>What a search looks through; its query begins with <c>logs</c>, <c>spans</c> or <c>metrics</c>, or with none of them and means logs.</summary>
public enum SearchSignal
{
    Logs,
    Spans,

    /// <summary>The series of metrics, not their points.</summary>
    Metrics,
}
