namespace Observe.Query.Search;

/// <summary>The signal that a search looks through; its query begins with <c>logs</c> or <c>spans</c>, or with neither and means logs.</summary>
public enum SearchSignal
{
    Logs,
    Spans,
}
