namespace Observe.Ingest.Otlp.Json;

/// <summary>
/// The names of OTLP's enum members. OTLP/JSON writes numbers only; names are understood because proto3's own JSON writes them.
/// </summary>
internal static class OtlpJsonEnums
{
    public static readonly IReadOnlyDictionary<string, int> SeverityNumber = Severities();

    public static readonly IReadOnlyDictionary<string, int> SpanKind = Number(
        "SPAN_KIND_UNSPECIFIED", "SPAN_KIND_INTERNAL", "SPAN_KIND_SERVER", "SPAN_KIND_CLIENT", "SPAN_KIND_PRODUCER", "SPAN_KIND_CONSUMER");

    public static readonly IReadOnlyDictionary<string, int> StatusCode = Number("STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR");

    public static readonly IReadOnlyDictionary<string, int> AggregationTemporality = Number(
        "AGGREGATION_TEMPORALITY_UNSPECIFIED", "AGGREGATION_TEMPORALITY_DELTA", "AGGREGATION_TEMPORALITY_CUMULATIVE");

    private static Dictionary<string, int> Number(params ReadOnlySpan<string> names)
    {
        var members = new Dictionary<string, int>();
        foreach (string name in names)
        {
            members.Add(name, members.Count);
        }

        return members;
    }

    private static Dictionary<string, int> Severities()
    {
        var members = new Dictionary<string, int> { ["SEVERITY_NUMBER_UNSPECIFIED"] = 0 };
        foreach (string level in (string[])["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"])
        {
            for (int step = 1; step <= 4; step++)
            {
                members.Add($"SEVERITY_NUMBER_{level}{(step == 1 ? "" : step)}", members.Count);
            }
        }

        return members;
    }
}
