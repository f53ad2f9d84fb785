using System.Globalization;
using System.Text.Json;
using Observe.Tests.Hosting;

namespace Observe.Tests.RealClients;

/// <summary>Reads back the data points of a run with SQL.</summary>
internal static class StoredMetrics
{
    /// <summary>The series of a run with all that describes them. Numbers travel as text, so that no JSON reader rounds them.</summary>
    private const string Series =
        """
        (
          SELECT DISTINCT s.SeriesId AS SeriesId, s.MetricName AS name, s.Unit AS unit, s.Description AS description, toString(s.Type) AS type,
            toString(s.Temporality) AS temporality, s.IsMonotonic AS monotonic, s.ScopeName AS scope, c.Version AS version,
            s.Attributes AS attributes, r.Attributes AS resource
          FROM metric_series AS s
          JOIN resources AS r ON r.ResourceId = s.ResourceId
          JOIN scopes AS c ON c.ScopeId = s.ScopeId
          WHERE s.Attributes.test.run = 'RUN'
        ) AS series
        """;

    private const string Times =
        "toString(toUnixTimestamp64Milli(p.StartTimestamp)) AS start, toString(toUnixTimestamp64Milli(p.Timestamp)) AS timestamp";

    private const string Figures =
        "toString(p.Count) AS count, p.Sum AS sum, p.Min AS min, p.Max AS max";

    /// <summary>The map's value is that of the point's id, so bounds that were not stored, or under another id, are missing.</summary>
    private const string Bounds = "(SELECT CAST((groupArray(BoundsId), groupArray(Bounds)), 'Map(UInt64, Array(Float64))') FROM histogram_bounds)[p.BoundsId]";

    public static async Task<List<SentMetric>> PointsAsync(ObserveProcess observe, string run)
    {
        ILookup<string, (object, string, string)> exemplars = await ExemplarsAsync(observe, run);
        var points = new List<SentMetric>();
        foreach (Dictionary<string, JsonElement> row in await observe.SqlAsync(Select(
            run, "number_points", "toString(p.ValueType) AS kind, p.Value AS value, toString(toInt128(p.Value) + p.IntRemainder) AS whole")))
        {
            points.Add(Point(row, Number(row), [], exemplars));
        }

        foreach (Dictionary<string, JsonElement> row in await observe.SqlAsync(Select(
            run, "histogram_points", Figures + $", {Bounds} AS bounds, p.BucketCounts AS counts")))
        {
            Dictionary<string, object?> figures = Totals(row);
            figures.Add("bounds", row["bounds"].EnumerateArray().Select(bound => (object)bound.GetDouble()).ToArray());
            figures.Add("counts", Longs(row["counts"]));
            points.Add(Point(row, null, figures, exemplars));
        }

        foreach (Dictionary<string, JsonElement> row in await observe.SqlAsync(Select(
            run,
            "exponential_histogram_points",
            Figures + ", p.Scale AS scale, toString(p.ZeroCount) AS zeroCount, p.PositiveOffset AS positiveOffset, "
            + "p.PositiveBucketCounts AS positiveCounts, p.NegativeOffset AS negativeOffset, p.NegativeBucketCounts AS negativeCounts")))
        {
            Dictionary<string, object?> figures = Totals(row);
            string[] longs = ["scale", "zeroCount", "positiveOffset", "negativeOffset"];
            foreach (string name in longs)
            {
                figures.Add(name, Long(row[name]));
            }

            figures.Add("positiveCounts", Longs(row["positiveCounts"]));
            figures.Add("negativeCounts", Longs(row["negativeCounts"]));
            points.Add(Point(row, null, figures, exemplars));
        }

        return points;
    }

    private static async Task<ILookup<string, (object Value, string TraceId, string SpanId)>> ExemplarsAsync(ObserveProcess observe, string run)
    {
        string sql =
            "SELECT toString(series.SeriesId) AS id, toString(p.ValueType) AS kind, p.Value AS value, "
            + "toString(toInt128(p.Value) + p.IntRemainder) AS whole, lower(hex(p.TraceId)) AS trace, lower(hex(p.SpanId)) AS span "
            + $"FROM exemplars AS p JOIN {Of(run)} ON series.SeriesId = p.SeriesId ORDER BY p.Value, span";
        return (await observe.SqlAsync(sql)).ToLookup(
            row => Text(row, "id"), row => (Number(row), Text(row, "trace"), Text(row, "span")));
    }

    private static string Select(string run, string table, string columns) =>
        $"SELECT toString(series.SeriesId) AS id, series.* EXCEPT SeriesId, {Times}, {columns} "
        + $"FROM {table} AS p JOIN {Of(run)} ON series.SeriesId = p.SeriesId";

    private static string Of(string run) => Series.Replace("RUN", run, StringComparison.Ordinal);

    private static SentMetric Point(
        Dictionary<string, JsonElement> row,
        object? value,
        Dictionary<string, object?> histogram,
        ILookup<string, (object Value, string TraceId, string SpanId)> exemplars) => new(
        Text(row, "name"),
        Text(row, "unit"),
        Text(row, "description"),
        Text(row, "type"),
        Text(row, "temporality"),
        row["monotonic"].GetBoolean(),
        Long(row["start"]),
        Long(row["timestamp"]),
        value,
        histogram,
        [.. exemplars[Text(row, "id")]],
        FlatNames.Of(StoredValue.ReadMap(row["attributes"])),
        new SentOrigin(FlatNames.Of(StoredValue.ReadMap(row["resource"])), Text(row, "scope"), Text(row, "version")));

    private static object Number(Dictionary<string, JsonElement> row) =>
        Text(row, "kind") == "int" ? Long(row["whole"]) : (object)row["value"].GetDouble();

    private static Dictionary<string, object?> Totals(Dictionary<string, JsonElement> row)
    {
        var figures = new Dictionary<string, object?> { ["count"] = Long(row["count"]) };
        string[] doubles = ["sum", "min", "max"];
        foreach (string name in doubles.Where(name => row[name].ValueKind != JsonValueKind.Null))
        {
            figures.Add(name, row[name].GetDouble());
        }

        return figures;
    }

    private static object[] Longs(JsonElement list) => [.. list.EnumerateArray().Select(item => (object)Long(item))];

    private static long Long(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? long.Parse(value.GetString()!, CultureInfo.InvariantCulture)
        : value.GetInt64();

    private static string Text(Dictionary<string, JsonElement> row, string name) => row[name].GetString()!;
}
