using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Engine;

namespace Observe.Query.Compilation;

/// <summary>From a query's text to statements with bound parameters.</summary>
/// <remarks>
/// <code>
/// text ── QueryParser ──► tree ── FieldResolver, FilterCompiler ──► condition ── Records / Histogram ──► SqlStatement
///              1                            2                                          3
/// </code>
/// </remarks>
public sealed class SearchCompiler(TimeProvider time)
{
    /// <exception cref="QuerySyntaxException">The query is wrong.</exception>
    public CompiledSearch Compile(string query, TimeRange range)
    {
        ParsedQuery parsed = QueryParser.Parse(query);
        if (parsed.Stages.Count > 0)
        {
            throw new QuerySyntaxException(
                "Stages are not available in this version: only the filter before the first | is. Remove what follows it.", parsed.Stages[0].Span);
        }

        var parameters = new ParameterBag();
        string condition = TimeCondition(parameters, range);
        var compiler = new FilterCompiler(new FieldResolver(parsed.Signal, time), parameters);
        if (parsed.Filter is not null)
        {
            condition += $" AND {compiler.Compile(parsed.Filter)}";
        }

        return new CompiledSearch(parsed.Signal, condition, parameters, compiler.Fields, compiler.Regexes);
    }

    /// <summary>The latest records of a search.</summary>
    public static SqlStatement Records(CompiledSearch search, int limit)
    {
        // The order begins as the table's key does, so that the engine reads from the end and stops.
        string text = $"""
            SELECT {RecordColumns.Of(search.Signal)}
            FROM {Table(search.Signal)}
            WHERE {search.Condition}
            ORDER BY toStartOfFiveMinutes(Timestamp) DESC, Timestamp DESC
            LIMIT {search.Parameters.Add((ulong)limit)}
            """;
        return new SqlStatement(text, search.Parameters.Parameters, QueryLimits.Settings);
    }

    /// <summary>
    /// Counts by bin and class. The bin is a number counted from <paramref name="start"/>; the class is 0 for unset, then a severity's
    /// place in <see cref="Severity.Classes"/> from 1, or a status's number.
    /// </summary>
    public static SqlStatement Histogram(CompiledSearch search, long start, long binNs)
    {
        string text = $"""
            SELECT intDiv(toUnixTimestamp64Nano(Timestamp) - {search.Parameters.Add(start)}, {search.Parameters.Add(binNs)}) AS Bin,
              {(search.Signal == SearchSignal.Logs ? SeverityClass(search.Parameters) : "toUInt8(StatusCode)")} AS Class,
              count() AS Count
            FROM {Table(search.Signal)}
            WHERE {search.Condition}
            GROUP BY Bin, Class
            """;
        return new SqlStatement(text, search.Parameters.Parameters, QueryLimits.Settings);
    }

    /// <summary>The half-open range, on the column that partitions and orders the tables.</summary>
    public static string TimeCondition(ParameterBag parameters, TimeRange range) =>
        $"Timestamp >= {parameters.AddTime(range.From)} AND Timestamp < {parameters.AddTime(range.To)}";

    private static string Table(SearchSignal signal) => signal == SearchSignal.Logs ? "logs" : "spans";

    private static string SeverityClass(ParameterBag parameters)
    {
        string number = "toUInt8(least(intDiv(SeverityNumber + 3, 4), 6))";
        IEnumerable<string> texts = Enumerable.Range(0, Severity.Classes.Count)
            .Select(i => $"has({parameters.Add(Severity.NamesBetween((4 * i) + 1, (4 * i) + 4))}, lower(SeverityText)), toUInt8({i + 1})");
        return $"if(SeverityNumber != 0, {number}, multiIf({string.Join(", ", texts)}, toUInt8(0)))";
    }
}
