namespace Observe.Query.SelfMetrics;

/// <summary>The two texts that Prometheus reads.</summary>
internal enum ExpositionFormat
{
    /// <summary><see href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus's own</see>, version 0.0.4.</summary>
    Prometheus,

    /// <summary><see href="https://prometheus.io/docs/specs/om/open_metrics_spec/">OpenMetrics</see>, version 1.0.</summary>
    OpenMetrics,
}
