namespace Observe.Ingest.Otlp;

/// <summary>How signals are called.</summary>
internal static class OtlpSignals
{
    /// <summary>As the paths of OTLP/HTTP have it; figures, messages and the journal's directories use the same.</summary>
    public static string Name(this OtlpSignal signal) => signal switch
    {
        OtlpSignal.Logs => "logs",
        OtlpSignal.Metrics => "metrics",
        _ => "traces",
    };
}
