using System.Globalization;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Results;
using Observe.Tests.Query.Cases;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Pipeline;

/// <summary>Queries with stages over the seeded records, and the whole answer of each.</summary>
public sealed class PipelineTests(QueryFixture fixture) : IClassFixture<QueryFixture>
{
    public static TheoryData<string, string> Tables => CaseFile.Read("tables.txt");

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Search_WithStages_AnswersTheTable(string query, string expected)
    {
        SearchResult result = await fixture.Get<ISearchService>().SearchAsync(
            new SearchRequest(query, new TimeRange(Seed.Base, Seed.Base + (10 * Seed.Second)), 100), TestContext.Current.CancellationToken);
        Assert.Equal(expected, Text(result));
    }

    private static string Text(SearchResult result)
    {
        if (result.Table is not { } table)
        {
            return "records " + string.Join(" ; ", result.Records.Select(record =>
                string.Join(' ', record.Computed.Select(pair => $"{pair.Key}={Value(pair.Value)}").Prepend(Number(record.Timestamp)))));
        }

        return string.Join(" ; ", table.Rows.Select(row => string.Join(' ', table.Columns.Select((column, i) => Cell(column, row.Block.Columns[i], row.Row))))
            .Prepend(string.Join(' ', table.Columns.Select(column => $"{column.Name}:{column.Type}"))));
    }

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
