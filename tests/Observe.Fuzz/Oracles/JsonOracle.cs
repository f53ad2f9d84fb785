using System.Text.Json;
using Observe.Ingest.Otlp;

namespace Observe.Fuzz.Oracles;

/// <summary>Counts the records of an OTLP/JSON request that was accepted, in a document object model.</summary>
internal sealed class JsonOracle(OtlpSignal signal)
{
    private static readonly string[][] Metrics = [["gauge"], ["sum"], ["histogram"], ["exponentialHistogram", "exponential_histogram"], ["summary"]];

    private static readonly string[] Points = ["dataPoints", "data_points"];

    private readonly string[][] _path = signal switch
    {
        OtlpSignal.Logs => [["resourceLogs", "resource_logs"], ["scopeLogs", "scope_logs"], ["logRecords", "log_records"]],
        OtlpSignal.Traces => [["resourceSpans", "resource_spans"], ["scopeSpans", "scope_spans"], ["spans"]],
        _ => [["resourceMetrics", "resource_metrics"], ["scopeMetrics", "scope_metrics"], ["metrics"]],
    };

    /// <summary>Reads a request.</summary>
    /// <returns>Whether it is JSON.</returns>
    public static bool TryParse(ReadOnlyMemory<byte> json, out JsonDocument? document)
    {
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1024 });
            return true;
        }
        catch (JsonException)
        {
            document = null;
            return false;
        }
    }

    /// <summary>How many records it has, accepted and rejected together.</summary>
    public int Count(JsonElement request) => Count(request, 0);

    private int Count(JsonElement element, int level)
    {
        if (level == _path.Length)
        {
            return signal == OtlpSignal.Metrics ? CountPoints(element) : 1;
        }

        int count = 0;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (Has(_path[level], property) && property.Value.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement inner in property.Value.EnumerateArray())
                {
                    count += Count(inner, level + 1);
                }
            }
        }

        return count;
    }

    /// <summary>A metric's data is a oneof: what comes last counts.</summary>
    private static int CountPoints(JsonElement metric)
    {
        int count = 0;
        foreach (JsonProperty property in metric.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Object && Array.Exists(Metrics, names => Has(names, property)))
            {
                count = property.Value.EnumerateObject()
                    .Where(static data => Has(Points, data) && data.Value.ValueKind == JsonValueKind.Array)
                    .Sum(static data => data.Value.GetArrayLength());
            }
        }

        return count;
    }

    private static bool Has(string[] names, JsonProperty property) => Array.Exists(names, property.NameEquals);
}
