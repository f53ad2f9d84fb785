namespace Observe.Tests.Process;

/// <summary>What a connection sends.</summary>
internal enum CountedSignal
{
    Logs,
    Spans,
    Metrics,
}
