using System.Globalization;
using System.Text;
using Observe.Query.Compilation;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Execution;

/// <summary>What the engine's parts tell of some data: as long as they tell the same, nothing was stored in it or removed.</summary>
/// <remarks>
/// Every insert makes a part with a higher block number, which a merge keeps; what is removed lowers the number of rows; a mutation
/// gives its parts a version above their own blocks. A merge of parts inside and outside the time may change the stamp though the data is the same, which costs one more reading. Takes about 2 ms.
/// </remarks>
internal static class DataStamp
{
    private const long SecondNs = 1_000_000_000;

    public static async Task<string> ReadAsync(IStorageEngine storage, DataScope reads, CancellationToken cancellationToken)
    {
        var parameters = new ParameterBag();
        string inRange = reads.Range is { } range
            ? $" AND toUnixTimestamp(max_time) >= {parameters.Add(range.From / SecondNs)} AND toUnixTimestamp(min_time) <= {parameters.Add(range.To / SecondNs)}"
            : "";
        string sql = $"""
            SELECT table, partition_id, max(max_block_number) AS Block, sum(rows) AS Rows, max(if(data_version > min_block_number, data_version, 0)) AS Mutation
            FROM system.parts
            WHERE active AND database = {parameters.Add(storage.Database)}
              AND (table IN ('resources', 'scopes') OR (has({parameters.Add(reads.Tables)}, table){inRange}))
            GROUP BY table, partition_id
            ORDER BY table, partition_id
            """;
        var stamp = new StringBuilder();
        foreach (ResultBlock block in await storage.QueryAllAsync(new SqlStatement(sql, parameters.Parameters), cancellationToken))
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                stamp.Append(
                    CultureInfo.InvariantCulture,
                    $"{block["table"].GetString(row)}/{block["partition_id"].GetString(row)}:{block["Block"].GetInt64(row)},{block["Rows"].GetUInt64(row)},{block["Mutation"].GetUInt64(row)};");
            }
        }

        return stamp.ToString();
    }

    /// <summary>Whether parts tell the times of such data: they are kept in 32 bits of seconds.</summary>
    public static bool Covers(DataScope reads) =>
        reads.Range is not { } range || (range.From >= 86_400 * SecondNs && range.To <= uint.MaxValue * SecondNs);
}
