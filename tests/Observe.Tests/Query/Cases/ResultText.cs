using System.Globalization;
using Observe.Query.Search;
using Observe.Storage.Results;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Cases;

/// <summary>Answers as files of cases have them: a table's columns and rows, or records by their times (series by their metrics) with what was computed of them.</summary>
internal static class ResultText
{
    public static string Of(SearchResult result)
    {
        if (result.Table is not { } table)
        {
            return string.Join(" ; ", result.Records.Select(record =>
                string.Join(' ', record.Computed.Select(pair => $"{pair.Key}={Value(pair.Value)}").Prepend(Name(record))))) is { Length: > 0 } records
                ? $"records {records}"
                : "records";
        }

        return string.Join(" ; ", table.Rows.Select(row => string.Join(' ', table.Columns.Select((column, i) => Cell(column, row.Block.Columns[i], row.Row))))
            .Prepend(string.Join(' ', table.Columns.Select(column => $"{column.Name}:{column.Type}"))));
    }

    private static string Name(SearchRecord record) => record is TimedRecord timed ? Number(timed.Timestamp) : ((SeriesRecord)record).Name;

    private static string Cell(ResultField field, ResultColumn column, int row) =>
        field.Type == "time" ? Number(column.GetInt64(row)) : Value(column.GetValue(row));

    /// <summary>A time as seconds after the first.</summary>
    private static string Number(long time) => $"@{((time - Seed.Base) / (double)Seed.Second).ToString(CultureInfo.InvariantCulture)}";

    private static string Value(object? value) => value switch
    {
        null => "-",
        bool flag => flag ? "true" : "false",
        string text => $"'{text}'",
        double number => number.ToString("0.0###", CultureInfo.InvariantCulture),
        object?[] list => $"[{string.Join(',', list.Select(Value))}]",
        IReadOnlyDictionary<string, object?> members => $"{{{string.Join(',', members.Select(member => $"{member.Key}:{Value(member.Value)}"))}}}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
