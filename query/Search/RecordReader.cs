using Observe.Query.Compilation;
using Observe.Query.Compilation.Pipeline;
using Observe.Query.Execution;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Search;

/// <summary>From result blocks with <see cref="RecordColumns"/> to records, with their resources and scopes.</summary>
internal sealed class RecordReader(IQueryEngine engine, References references)
{
    public Task<(IReadOnlyList<SearchRecord> Records, QueryStatistics Statistics)> ReadAsync(
        SearchSignal signal, SqlStatement statement, CancellationToken cancellationToken) => ReadAsync(signal, statement, [], cancellationToken);

    /// <param name="computed">Columns beside those of the record.</param>
    public async Task<(IReadOnlyList<SearchRecord> Records, QueryStatistics Statistics)> ReadAsync(
        SearchSignal signal, SqlStatement statement, IReadOnlyList<CompiledColumn> computed, CancellationToken cancellationToken)
    {
        IReadOnlyList<ResultBlock> blocks;
        QueryStatistics statistics;
        await using (QueryResult result = await engine.QueryAsync(statement, cancellationToken))
        {
            blocks = await result.ReadAllAsync(cancellationToken);
            statistics = result.Statistics;
        }

        return (await RecordsAsync(signal, blocks, computed, cancellationToken), statistics);
    }

    /// <param name="blocks">Results of statements with the record's columns.</param>
    /// <inheritdoc cref="ReadAsync(SearchSignal, SqlStatement, IReadOnlyList{CompiledColumn}, CancellationToken)" path="/param"/>
    public async Task<IReadOnlyList<SearchRecord>> RecordsAsync(
        SearchSignal signal, IReadOnlyList<ResultBlock> blocks, IReadOnlyList<CompiledColumn> computed, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<ulong, ReferencedAttributes> resources = await references.Resources.GetAsync(Ids(blocks, "ResourceId"), cancellationToken);
        IReadOnlyDictionary<ulong, ReferencedAttributes> scopes = await references.Scopes.GetAsync(Ids(blocks, "ScopeId"), cancellationToken);
        var records = new List<SearchRecord>();
        foreach (ResultBlock block in blocks)
        {
            BlockRecords reader = new(block, resources, scopes);
            for (int row = 0; row < block.RowCount; row++)
            {
                SearchRecord record = signal switch
                {
                    SearchSignal.Logs => reader.Log(row),
                    SearchSignal.Spans => reader.Span(row),
                    _ => reader.Series(row),
                };
                records.Add(computed.Count == 0 ? record : record with { Computed = Values(computed, block, row) });
            }
        }

        return records;
    }

    private static Dictionary<string, object?> Values(IReadOnlyList<CompiledColumn> columns, ResultBlock block, int row) =>
        columns.ToDictionary(column => column.Name, column => Value(column.Kind, block[column.Alias].GetValue(row)), StringComparer.Ordinal);

    private static object? Value(ValueKind kind, object? value) => kind == ValueKind.Json && value is string json ? JsonText.Parse(json) : value;

    private static IEnumerable<ulong> Ids(IReadOnlyList<ResultBlock> blocks, string column) =>
        blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => block[column].GetUInt64(row)));
}
