namespace Observe.Ingest;

/// <summary>Where OTLP is being received. Filled when the receivers have started; ports that were configured as 0 are the real ones.</summary>
public sealed class IngestEndpoints
{
    public string OtlpGrpc { get; internal set; } = "";

    public string OtlpHttp { get; internal set; } = "";
}
