using System.Globalization;
using Observe.Query.Compilation;
using Observe.Query.Compilation.Targets;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Engine;

namespace Observe.Query.Fields;

/// <summary>Selects records to count their fields: the attributes whole, of the columns a hash of the value.</summary>
internal static class SampleStatement
{
    /// <summary>The columns that are selected: all but those that stand in another table.</summary>
    public static IReadOnlyList<BuiltInField> Columns(FieldResolver resolver) => [.. resolver.BuiltIn.Where(field => field.Target is not ReferencedTarget)];

    /// <summary>The result's column with the hash of the i-th column's value; 0 where it has none.</summary>
    public static string HashColumn(int i) => string.Create(CultureInfo.InvariantCulture, $"Hash{i}");

    /// <summary>The latest records of a search; of series, which have no times, some that chance has chosen.</summary>
    public static SqlStatement Compile(CompiledSearch search, IReadOnlyList<BuiltInField> columns, int limit)
    {
        IEnumerable<string> hashes = columns.Select((field, i) =>
        {
            string value = field.Target.AsValue(search.Parameters);
            return $"if(isNull({value}), 0, cityHash64({value})) AS {HashColumn(i)}";
        });
        string body = search.Signal == SearchSignal.Logs ? ", BodyFields" : "";
        (string time, string order) = search.Signal == SearchSignal.Metrics
            ? ($"toInt64(toUInt16(Day)) * {UnixDay.Nanoseconds}", "SeriesId")
            : ("toUnixTimestamp64Nano(Timestamp)", "toStartOfFiveMinutes(Timestamp) DESC, Timestamp DESC");
        string text = $"""
            SELECT {time} AS TimestampNs, ResourceId, ScopeId, Attributes{body},
              {string.Join(",\n  ", hashes)}
            FROM (
              SELECT *
              FROM {SignalRows.From(search.Signal)}
              WHERE {search.Condition}
              ORDER BY {order}
              LIMIT {search.Parameters.Add((ulong)limit)})
            """;
        return new SqlStatement(text, search.Parameters.Parameters, QueryLimits.Settings);
    }
}
