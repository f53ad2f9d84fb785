using Observe.Query.Compilation;
using Observe.Query.Correlation;
using Observe.Query.Execution;
using Observe.Query.Search;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Tail;

/// <summary>A part of a table as the engine lists it.</summary>
/// <param name="Name">Its name, which no other part ever has.</param>
/// <param name="LastBlock">The number of the last insert that it has rows of.</param>
/// <param name="Rows">How many it has.</param>
/// <param name="Bytes">What they take before they are compressed.</param>
internal readonly record struct Part(string Name, long LastBlock, long Rows, long Bytes)
{
    /// <summary>The parts with rows of inserts after <paramref name="block"/>, from the engine's list, which costs no reading.</summary>
    public static async Task<IReadOnlyList<Part>> AfterAsync(
        IQueryEngine engine, SearchSignal signal, long block, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string sql = $"""
            SELECT name AS Name, toInt64(max_block_number) AS LastBlock, toInt64(rows) AS Rows, toInt64(data_uncompressed_bytes) AS Bytes
            FROM system.parts
            WHERE database = currentDatabase() AND table = {parameters.Add(IdLocator.TableOf(signal))} AND active
              AND max_block_number > {parameters.Add(block)}
            """;
        IReadOnlyList<ResultBlock> blocks =
            await engine.QueryAllAsync(new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings), cancellationToken);
        return [.. blocks.SelectMany(result => Enumerable.Range(0, result.RowCount)
            .Select(row => new Part(
                result["Name"].GetString(row), result["LastBlock"].GetInt64(row), result["Rows"].GetInt64(row), result["Bytes"].GetInt64(row))))];
    }
}
