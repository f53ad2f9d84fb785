using Observe.Query.Compilation;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Search;

/// <summary>From result blocks with <see cref="RecordColumns"/> to records, with their resources and scopes.</summary>
internal sealed class RecordReader(IStorageEngine engine)
{
    private readonly ReferenceCache _resources = new(engine, "resources", "ResourceId", "''");
    private readonly ReferenceCache _scopes = new(engine, "scopes", "ScopeId", "toString(Version)");

    public async Task<(IReadOnlyList<SearchRecord> Records, QueryStatistics Statistics)> ReadAsync(
        SearchSignal signal, SqlStatement statement, CancellationToken cancellationToken)
    {
        var blocks = new List<ResultBlock>();
        QueryStatistics statistics;
        await using (QueryResult result = await engine.QueryAsync(statement, cancellationToken))
        {
            while (await result.ReadBlockAsync(cancellationToken) is { } block)
            {
                blocks.Add(block);
            }

            statistics = result.Statistics;
        }

        IReadOnlyDictionary<ulong, ReferencedAttributes> resources = await _resources.GetAsync(Ids(blocks, "ResourceId"), cancellationToken);
        IReadOnlyDictionary<ulong, ReferencedAttributes> scopes = await _scopes.GetAsync(Ids(blocks, "ScopeId"), cancellationToken);
        var records = new List<SearchRecord>();
        foreach (ResultBlock block in blocks)
        {
            BlockRecords reader = new(block, resources, scopes);
            for (int row = 0; row < block.RowCount; row++)
            {
                records.Add(signal == SearchSignal.Logs ? reader.Log(row) : reader.Span(row));
            }
        }

        return (records, statistics);
    }

    private static IEnumerable<ulong> Ids(List<ResultBlock> blocks, string column) =>
        blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => block[column].GetUInt64(row)));
}
