using Observe.Storage.Results;

namespace Observe.Storage.Engine.Embedded;

/// <summary>Makes SQL that a user wrote safe to run.</summary>
/// <remarks>
/// A read-only connection still takes <c>SELECT … INTO OUTFILE</c>, <c>KILL QUERY</c> and several statements in one text. So the engine's own
/// parser reads the text first (<c>formatQuery</c> refuses more than one statement and unbalanced parentheses), and what it prints is put into a
/// subquery, where only a SELECT can stand and nothing can be written.
/// </remarks>
internal static class UserSql
{
    /// <exception cref="StorageException">The text is not one SELECT.</exception>
    public static async Task<string> ToSelectAsync(IStorageEngine engine, string sql, CancellationToken cancellationToken)
    {
        IReadOnlyList<ResultBlock> blocks = await engine.QueryAllAsync(
            new SqlStatement("SELECT formatQuery({sql:String}) AS sql", [SqlParameter.String("sql", sql)]), cancellationToken);
        string formatted = blocks[0]["sql"].GetString(0);
        if (!formatted.StartsWith("SELECT", StringComparison.Ordinal) && !formatted.StartsWith("WITH", StringComparison.Ordinal))
        {
            throw new StorageException(StorageError.BadStatement, "Only a SELECT can be run here.");
        }

        return $"SELECT * FROM (\n{formatted}\n)";
    }
}
