namespace Observe.Bench.Sending;

/// <summary>The signals of OTLP that the generator makes.</summary>
internal enum ExportSignal
{
    Logs,
    Spans,
    Metrics,
}
