using Observe.Query.Compilation;
using Observe.Storage.Engine;

namespace Observe.Query.Cardinality;

/// <summary>Counts over <c>metric_series</c>, which has a row for each series and day.</summary>
/// <remarks>
/// Lists have the columns <c>Name</c>, those of <see cref="CountedDays.Uniq"/> and <c>RowCount</c>. What they read is what the days have: for all metrics 11 bytes a
/// series, for one metric its labels.
/// </remarks>
internal static class CardinalityStatements
{
    public static SqlStatement Series(CountedDays days, string? metric)
    {
        var parameters = new ParameterBag();
        return Statement(
            parameters,
            $"""
            SELECT {days.Uniq(parameters, "SeriesId", "Series")}
            FROM metric_series
            WHERE {days.Condition(parameters)}{OfMetric(parameters, metric)}
            """);
    }

    public static SqlStatement Metrics(CountedDays days, CardinalityRequest request)
    {
        var parameters = new ParameterBag();
        return Statement(
            parameters,
            $"""
            SELECT MetricName AS Name, {days.Uniq(parameters, "SeriesId", "Series")}, count() OVER () AS RowCount
            FROM metric_series
            WHERE {days.Condition(parameters)}
            GROUP BY MetricName
            {Order(parameters, request)}
            """);
    }

    /// <summary>The attributes of a metric: <c>Name</c>, <c>Series</c> that have it, and <c>RowCount</c>.</summary>
    public static SqlStatement Keys(CountedDays days, string metric, int limit)
    {
        var parameters = new ParameterBag();
        return Statement(
            parameters,
            $"""
            SELECT arrayJoin(JSONAllPaths(Attributes)) AS Name, uniqIf(SeriesId, {days.IsAsked(parameters)}) AS Series, count() OVER () AS RowCount
            FROM metric_series
            WHERE {days.Condition(parameters)}{OfMetric(parameters, metric)}
            GROUP BY Name
            ORDER BY Series DESC, Name
            LIMIT {parameters.Add((ulong)limit)}
            """);
    }

    /// <summary>The distinct values of attributes: columns with the prefixes <c>K0</c>, <c>K1</c>, ….</summary>
    public static SqlStatement Values(CountedDays days, string metric, IReadOnlyList<string> keys)
    {
        var parameters = new ParameterBag();
        return Statement(
            parameters,
            $"""
            SELECT {string.Join(",\n  ", keys.Select((key, i) => days.Uniq(parameters, ValueOf(key), $"K{i}")))}
            FROM metric_series
            WHERE {days.Condition(parameters)}{OfMetric(parameters, metric)}
            """);
    }

    public static SqlStatement Values(CountedDays days, CardinalityRequest request)
    {
        var parameters = new ParameterBag();
        return Statement(
            parameters,
            $"""
            SELECT {ValueOf(request.Key!)} AS Name, {days.Uniq(parameters, "SeriesId", "Series")}, count() OVER () AS RowCount
            FROM metric_series
            WHERE {days.Condition(parameters)}{OfMetric(parameters, request.Metric)} AND isNotNull(Name)
            GROUP BY Name
            {Order(parameters, request)}
            """);
    }

    private static string Order(ParameterBag parameters, CardinalityRequest request) => $"""
        ORDER BY {(request.IsByGrowth ? "toInt64(SeriesLast) - toInt64(SeriesBefore)" : "SeriesTotal")} DESC, SeriesTotal DESC, Name
        LIMIT {parameters.Add((ulong)request.Limit)}
        """;

    private static string OfMetric(ParameterBag parameters, string? metric) => metric is null ? "" : $" AND MetricName = {parameters.Add(metric)}";

    /// <summary>An attribute's value as text, so that 5 and "5" are one; null where there is none. The engine has no empty identifiers.</summary>
    private static string ValueOf(string key) => key.Length == 0
        ? "CAST(getSubcolumn(Attributes, ''), 'Nullable(String)')"
        : $"CAST(Attributes.{SqlText.QuoteIdentifier(key)}, 'Nullable(String)')";

    private static SqlStatement Statement(ParameterBag parameters, string sql) => new(sql, parameters.Parameters, QueryLimits.Settings);
}
