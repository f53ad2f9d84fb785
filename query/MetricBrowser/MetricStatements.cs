using Observe.Query.Compilation;
using Observe.Query.Time;
using Observe.Storage.Engine;

namespace Observe.Query.MetricBrowser;

/// <summary>The statements of the metric browser, over the series that a range's days have, each once.</summary>
internal static class MetricStatements
{
    /// <summary>What tells metrics apart, in the order in which they are listed.</summary>
    private const string Identity = "MetricName, Unit, TypeNumber, IsMonotonic";

    private const string Columns = "MetricName, Unit, toInt8(Type) AS TypeNumber, IsMonotonic";

    /// <summary>The metrics of a request, and in <c>Total</c> how many there are besides.</summary>
    public static SqlStatement List(MetricsRequest request)
    {
        var parameters = new ParameterBag();
        List<string> where = [SeriesRows.InRange(parameters, request.Range)];
        if (request.NamePart.Length > 0)
        {
            where.Add($"MetricName ILIKE {parameters.Add($"%{Pattern(request.NamePart)}%")}");
        }

        if (request.Service is { } service)
        {
            where.Add($"ServiceName = {parameters.Add(service)}");
        }

        if (request.Type is { } type)
        {
            where.Add($"toInt8(Type) = {parameters.Add((long)type)}");
        }

        return Entries(parameters, where, request.Limit, request.Offset);
    }

    /// <summary>The metrics of a name.</summary>
    public static SqlStatement Of(string name, TimeRange range)
    {
        var parameters = new ParameterBag();
        return Entries(parameters, [SeriesRows.InRange(parameters, range), $"MetricName = {parameters.Add(name)}"], EngineMetricBrowser.MaxMetrics, 0);
    }

    /// <summary>For each metric of a name its labels, with how many series and values each has.</summary>
    public static SqlStatement Labels(string name, TimeRange range)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            SELECT {Identity}, Label.1 AS LabelName, count() AS SeriesCount, uniqExact(Label.2) AS ValueCount
            FROM (
              SELECT {Columns}, arrayJoin(arrayZip(JSONAllPaths(Attributes), JSONAllValues(Attributes))) AS Label
              FROM {SeriesRows.From}
              WHERE {SeriesRows.InRange(parameters, range)} AND MetricName = {parameters.Add(name)})
            GROUP BY {Identity}, LabelName
            ORDER BY {Identity}, LabelName
            LIMIT {EngineMetricBrowser.MaxLabels} BY {Identity}
            """;
        return new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings);
    }

    /// <summary>What tells all metrics of a range apart.</summary>
    public static SqlStatement Identities(TimeRange range)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            SELECT DISTINCT {Columns}
            FROM {SeriesRows.Table}
            WHERE {SeriesRows.InRange(parameters, range)}
            LIMIT {EngineMetricBrowser.MaxMetrics}
            """;
        return new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings);
    }

    /// <summary>The time of the latest point by the name of its metric.</summary>
    public static SqlStatement LastPointsByName(string table, IEnumerable<string> names, TimeRange range)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            SELECT MetricName, {LatestNs("max(Timestamp)")}
            FROM {table}
            WHERE {PointsOf(parameters, names, range)}
            GROUP BY MetricName
            """;
        return new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings);
    }

    /// <summary>The time of the latest point by what tells metrics apart.</summary>
    /// <param name="service">Whose points count; null for all.</param>
    public static SqlStatement LastPointsByMetric(string table, IEnumerable<string> names, string? service, TimeRange range)
    {
        var parameters = new ParameterBag();
        string series = $"{SeriesRows.InRange(parameters, range)} AND {Named(parameters, names)}{(service is null ? "" : $" AND ServiceName = {parameters.Add(service)}")}";
        string sql = $"""
            SELECT {Identity}, {LatestNs("max(Latest)")}
            FROM (
              SELECT SeriesId, max(Timestamp) AS Latest
              FROM {table}
              WHERE {PointsOf(parameters, names, range)} AND SeriesId IN (SELECT SeriesId FROM {SeriesRows.From} WHERE {series})
              GROUP BY SeriesId) AS Points
            INNER JOIN (SELECT SeriesId, {Columns} FROM {SeriesRows.From} WHERE {series}) AS Series USING (SeriesId)
            GROUP BY {Identity}
            """;
        return new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings);
    }

    private static string LatestNs(string latest) => $"toUnixTimestamp64Nano(toDateTime64({latest}, 9, 'UTC')) AS LatestNs";

    private static string Named(ParameterBag parameters, IEnumerable<string> names) => $"MetricName IN (SELECT arrayJoin({parameters.Add(names)}))";

    private static string PointsOf(ParameterBag parameters, IEnumerable<string> names, TimeRange range)
    {
        string from = parameters.AddTime(range.From), to = parameters.AddTime(PointTimes.Stored(range.To - 1));
        return $"""
            {Named(parameters, names)} AND Timestamp >= {from} AND Timestamp <= {to}
              AND {PointTimes.InQuarters(from, to)}
            """;
    }

    private static SqlStatement Entries(ParameterBag parameters, IReadOnlyList<string> where, int limit, int offset)
    {
        string sql = $"""
            SELECT {Columns}, argMax(Description, (Description != '', Day, Description)) AS LastDescription,
              arraySort(groupUniqArray(toString(Temporality))) AS Temporalities,
              arraySort(groupUniqArrayArray({EngineMetricBrowser.MaxLabels})(JSONAllPaths(Attributes))) AS LabelNames,
              uniq(ServiceName) AS ServiceCount, arraySort(groupUniqArray({EngineMetricBrowser.MaxServices})(toString(ServiceName))) AS ServiceNames,
              count() AS SeriesCount, toUInt16(max(Day)) AS LastDay, count() OVER () AS Total
            FROM {SeriesRows.From}
            WHERE {string.Join(" AND ", where)}
            GROUP BY {Identity}
            ORDER BY {Identity}
            LIMIT {parameters.Add((ulong)limit)} OFFSET {parameters.Add((ulong)offset)}
            """;
        return new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings);
    }

    /// <summary>A text for LIKE; an underscore stays what LIKE takes for any character.</summary>
    private static string Pattern(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal);
}
