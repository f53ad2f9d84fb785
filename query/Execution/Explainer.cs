using System.Text.Json;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Execution;

/// <summary>Asks the engine what a statement would read, without running it.</summary>
/// <remarks>The engine runs subqueries of <c>IN</c>, of which its indexes make use; so an explanation is limited as a question is.</remarks>
internal sealed class Explainer(IQueryEngine engine)
{
    public async Task<StatementPlan> ExplainAsync(SqlStatement statement, CancellationToken cancellationToken)
    {
        string json = "";
        foreach (ResultBlock block in await engine.QueryAllAsync(Explain("json = 1, indexes = 1", statement), cancellationToken))
        {
            json += string.Concat(Enumerable.Range(0, block.RowCount).Select(row => block.Columns[0].GetString(row)));
        }

        using JsonDocument plan = JsonDocument.Parse(json);
        var reads = new List<TableRead>();
        foreach (JsonElement part in plan.RootElement.EnumerateArray())
        {
            Collect(part.GetProperty("Plan"), reads);
        }

        ulong rows = 0;
        foreach (ResultBlock block in await engine.QueryAllAsync(Explain("ESTIMATE", statement), cancellationToken))
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                rows += block["rows"].GetUInt64(row);
            }
        }

        return new StatementPlan(statement, reads, rows);
    }

    private static SqlStatement Explain(string how, SqlStatement statement) =>
        statement with { Text = $"SELECT * FROM (EXPLAIN {how} {statement.Text})" };

    /// <summary>The readings of tables, wherever they stand in the tree.</summary>
    private static void Collect(JsonElement node, List<TableRead> reads)
    {
        if (Text(node, "Node Type") == "ReadFromMergeTree")
        {
            reads.Add(new TableRead(
                Text(node, "Description"),
                node.TryGetProperty("Indexes", out JsonElement indexes) ? [.. indexes.EnumerateArray().Select(Index)] : []));
        }

        if (node.TryGetProperty("Plans", out JsonElement children))
        {
            foreach (JsonElement child in children.EnumerateArray())
            {
                Collect(child, reads);
            }
        }
    }

    private static IndexUse Index(JsonElement index) => new(
        Text(index, "Type"),
        Text(index, "Name") is { Length: > 0 } name ? name : null,
        Text(index, "Condition"),
        Number(index, "Initial Parts"), Number(index, "Selected Parts"),
        Number(index, "Initial Granules"), Number(index, "Selected Granules"));

    private static string Text(JsonElement node, string name) => node.TryGetProperty(name, out JsonElement value) ? value.GetString() ?? "" : "";

    private static long Number(JsonElement node, string name) => node.TryGetProperty(name, out JsonElement value) ? value.GetInt64() : 0;
}
