namespace Observe.Ingest.Otlp;

/// <summary>The three stable signals of OTLP.</summary>
internal enum OtlpSignal
{
    Logs,
    Metrics,
    Traces,
}
