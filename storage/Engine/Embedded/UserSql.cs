using System.Collections.Frozen;
using Observe.Storage.Results;

namespace Observe.Storage.Engine.Embedded;

/// <summary>Makes SQL that a user wrote safe to run.</summary>
/// <remarks>
/// A read-only connection alone is not enough: it still takes <c>SELECT … INTO OUTFILE</c>, <c>KILL QUERY</c>, several statements in one text,
/// the scalar function <c>file()</c>, and a subquery's <c>SETTINGS readonly = 0</c>, after which the table function <c>file()</c> works as well.
/// So the text goes through the engine's own parser first:
/// <list type="number">
/// <item><c>formatQuery</c> refuses more than one statement and unbalanced parentheses;</item>
/// <item>what it prints is put into a subquery, where only a SELECT can stand;</item>
/// <item><c>EXPLAIN AST</c> of that shows every SETTINGS clause and every function that reaches outside the database: both are refused.</item>
/// </list>
/// </remarks>
internal static class UserSql
{
    /// <summary>Table functions that only make rows. All others read files, addresses or other databases.</summary>
    private static readonly FrozenSet<string> Harmless = FrozenSet.ToFrozenSet(
        ["numbers", "numbers_mt", "zeros", "zeros_mt", "values", "generate_series", "generateSeries", "view", "null", "format", "primes"],
        StringComparer.OrdinalIgnoreCase);

    /// <exception cref="StorageException">The text is not one SELECT over stored data.</exception>
    public static async Task<string> ToSelectAsync(IStorageEngine engine, string sql, CancellationToken cancellationToken)
    {
        IReadOnlyList<ResultBlock> blocks = await engine.QueryAllAsync(
            new SqlStatement("SELECT formatQuery({sql:String}) AS sql", [SqlParameter.String("sql", sql)]), cancellationToken);
        string formatted = blocks[0]["sql"].GetString(0);
        if (!formatted.StartsWith("SELECT", StringComparison.Ordinal) && !formatted.StartsWith("WITH", StringComparison.Ordinal))
        {
            throw Refused("Only a SELECT can be run here. Tables and columns: SELECT table, name, type FROM system.columns WHERE database = currentDatabase().");
        }

        string select = $"SELECT * FROM (\n{formatted}\n)";
        HashSet<string> functions = await OutsideFunctionsAsync(engine, cancellationToken);
        foreach (string node in await TreeAsync(engine, select, cancellationToken))
        {
            if (node == "Set")
            {
                throw Refused("SETTINGS cannot be used here; limits are set by the configuration (Observe:Engine:UserSqlSeconds and its neighbours).");
            }

            if (node.StartsWith("Function ", StringComparison.Ordinal) && node.Split(' ')[1] is var name && functions.Contains(name))
            {
                throw Refused($"The function {name} cannot be used here: it reaches outside the stored data.");
            }
        }

        return select;
    }

    private static async Task<HashSet<string>> OutsideFunctionsAsync(IStorageEngine engine, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (string name in await StringsAsync(engine, "SELECT name FROM system.table_functions", cancellationToken))
        {
            if (!Harmless.Contains(name))
            {
                names.Add(name);
            }
        }

        return names;
    }

    /// <summary>The nodes of the statement's syntax tree, one text each, such as <c>Function count (children 1)</c>.</summary>
    private static async Task<IEnumerable<string>> TreeAsync(IStorageEngine engine, string select, CancellationToken cancellationToken) =>
        (await StringsAsync(engine, $"SELECT * FROM (EXPLAIN AST {select})", cancellationToken)).Select(line => line.Trim());

    private static async Task<List<string>> StringsAsync(IStorageEngine engine, string sql, CancellationToken cancellationToken)
    {
        var texts = new List<string>();
        foreach (ResultBlock block in await engine.QueryAllAsync(new SqlStatement(sql), cancellationToken))
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                texts.Add(block.Columns[0].GetString(row));
            }
        }

        return texts;
    }

    private static StorageException Refused(string why) => new(StorageError.BadStatement, why);
}
