using System.Text.RegularExpressions;
using Observe.Query.Compilation;
using Observe.Query.Compilation.Pipeline;
using Observe.Query.Execution;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Search;

/// <summary>The engine's types of a table's columns.</summary>
internal static partial class ColumnTypes
{
    /// <summary>
    /// Those of its blocks. A result without rows has no blocks, so the engine is asked what the columns would be where a column may be one thing or the other: a
    /// table must have the same columns with and without rows.
    /// </summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(
        IQueryEngine engine, CompiledPipeline compiled, IReadOnlyList<ResultBlock> blocks, CancellationToken cancellationToken)
    {
        if (blocks.Count > 0)
        {
            return [.. blocks[0].Columns.Select(column => column.Type)];
        }

        if (!compiled.Columns.Any(column => column.Kind == ValueKind.Number))
        {
            return [.. compiled.Columns.Select(_ => "")];
        }

        // After two lines the tree has one for each column: its name and type. The engine does not stream what DESCRIBE answers.
        SqlStatement describe = compiled.Statement with
        {
            Text = $"SELECT explain FROM (EXPLAIN QUERY TREE {compiled.Statement.Text}) LIMIT {compiled.Columns.Count + 2}",
        };
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ResultBlock block in await engine.QueryAllAsync(describe, cancellationToken))
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                if (Header().Match(block["explain"].GetString(row)) is { Success: true } match)
                {
                    types.TryAdd(match.Groups[1].Value, match.Groups[2].Value);
                }
            }
        }

        return [.. compiled.Columns.Select(column => types.GetValueOrDefault(column.Alias, ""))];
    }

    [GeneratedRegex(@"^ +(r[0-9]+) (.+)$")]
    private static partial Regex Header();
}
