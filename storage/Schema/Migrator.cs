using Microsoft.Extensions.Logging;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Storage.Schema;

/// <summary>Brings the database's tables to this version of the program.</summary>
/// <remarks>
/// A migration is recorded in <c>schema_migrations</c> after its last statement. A process that dies in between repeats the whole migration,
/// so every statement must be repeatable (<c>IF NOT EXISTS</c>).
/// </remarks>
internal sealed partial class Migrator(IStorageEngine engine, ILogger<Migrator> logger)
{
    private const string CreateTable =
        """
        CREATE TABLE IF NOT EXISTS schema_migrations
        (
          Number UInt32,
          Name String,
          AppliedAt DateTime DEFAULT now()
        )
        ENGINE = MergeTree
        ORDER BY Number
        SETTINGS fsync_after_insert = 1, fsync_part_directory = 1, min_rows_to_fsync_after_merge = 1
        """;

    /// <exception cref="StorageStartException">A migration failed, or the data was written by a newer version.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await engine.ExecuteAsync(new SqlStatement(CreateTable), cancellationToken);
        HashSet<int> applied = await AppliedAsync(cancellationToken);
        int newest = Migration.All[^1].Number;
        if (applied.Count > 0 && applied.Max() > newest)
        {
            throw new StorageStartException(
                $"The data was written by a newer version of Observe (schema {applied.Max()}; this version knows up to {newest}). " +
                "Start that version or a newer one, or choose another data directory.");
        }

        foreach (Migration migration in Migration.All.Where(migration => !applied.Contains(migration.Number)))
        {
            await ApplyAsync(migration, cancellationToken);
        }
    }

    private async Task<HashSet<int>> AppliedAsync(CancellationToken cancellationToken)
    {
        var applied = new HashSet<int>();
        foreach (ResultBlock block in await engine.QueryAllAsync(new SqlStatement("SELECT Number FROM schema_migrations"), cancellationToken))
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                applied.Add((int)block["Number"].GetInt64(row));
            }
        }

        return applied;
    }

    private async Task ApplyAsync(Migration migration, CancellationToken cancellationToken)
    {
        try
        {
            foreach (string statement in migration.Statements(engine.Database))
            {
                await engine.ExecuteAsync(new SqlStatement(statement), cancellationToken);
            }

            await engine.ExecuteAsync(
                new SqlStatement(
                    "INSERT INTO schema_migrations (Number, Name) SELECT {number:UInt32}, {name:String}",
                    [SqlParameter.Int64("number", migration.Number), SqlParameter.String("name", migration.Name)]),
                cancellationToken);
            Log.Applied(logger, migration.Name);
        }
        catch (StorageException e)
        {
            throw new StorageStartException($"The migration {migration.Name} of the database failed: {e.Message}", e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Information, "Applied the migration {Name}.")]
        public static partial void Applied(ILogger logger, string name);
    }
}
