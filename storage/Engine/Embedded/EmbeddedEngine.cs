using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Observe.Storage.Batches;

namespace Observe.Storage.Engine.Embedded;

/// <summary>ClickHouse inside this process.</summary>
/// <remarks>
/// <code>
///  callers (thread pool)         connections (a thread each)              libchdb
///  QueryAsync  ──────────┐       queries ×16 ┐
///  InsertAsync ──────────┼─────▶ inserts ×4  ├──── blocking C calls ────▶ one storage path
///  QueryUserSqlAsync ────┘       user SQL ×2 ┘     (read-only, limited)
///  a cancelled token ──────────▶ control     ───── KILL QUERY by tag
/// </code>
/// One process has one storage path, so there is one engine per process. Every connection must be closed before the process ends,
/// otherwise it ends in a segmentation fault: <see cref="DisposeAsync"/> sees to that, and as a last resort the process's exit.
/// </remarks>
internal sealed partial class EmbeddedEngine : IStorageEngine, IAsyncDisposable
{
    private readonly StorageOptions _options;
    private readonly ILogger<EmbeddedEngine> _logger;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConnectionPool _queries;
    private readonly ConnectionPool _inserts;
    private readonly ConnectionPool _userSql;
    private readonly ConcurrentDictionary<string, long> _insertCounts = new(StringComparer.Ordinal);
    private readonly Lock _closeLock = new();
    private Task? _closed;
    private DataDirectory? _directory;
    private EngineConnection? _control;
    private StatementCanceller? _canceller;

    public EmbeddedEngine(IOptions<StorageOptions> options, ILogger<EmbeddedEngine> logger, TimeProvider time)
    {
        _options = options.Value;
        _logger = logger;
        _time = time;
        _queries = Pool("query", _options.Engine.QueryConnections, OpenConnectionAsync);
        _inserts = Pool("insert", _options.Engine.InsertConnections, OpenConnectionAsync);
        _userSql = Pool("sql", _options.Engine.UserSqlConnections, OpenUserSqlConnectionAsync);
    }

    public string Database => _options.Database;

    public string Version { get; private set; } = "";

    /// <summary>Set before <see cref="OpenAsync"/>, a directory that the process owns already: for a further database in the same storage path.</summary>
    internal DataDirectory? SharedDirectory { get; init; }

    /// <summary>Takes the data directory, loads the library and opens the storage path with an (empty) database.</summary>
    /// <exception cref="StorageStartException">One of these cannot be done.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        EngineLibrary.Load(_options.Engine.LibraryPath);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => CloseAtExit();
        if (!EngineLibrary.NoticesFailedWrites)
        {
            Log.WritesUnguarded(_logger);
        }

        _directory = SharedDirectory ?? DataDirectory.Open(_options.DataDirectory);
        if (SharedDirectory is null)
        {
            RepairDeduplicationLogs();
        }

        try
        {
            ChdbNative.SetSignalHandlersEnabled(0);
            _control = await EngineConnection.OpenAsync($"{Database}-control", EngineArguments.ForPath(_directory.EnginePath));
            _canceller = new StatementCanceller(_control, _time, _logger);
            await _control.RunAsync(handle => NativeStatements.Execute(
                handle, new SqlStatement($"CREATE DATABASE IF NOT EXISTS {SqlText.QuoteIdentifier(Database)}")));
        }
        catch (StorageException e)
        {
            throw new StorageStartException(
                $"The storage engine could not open {_directory.EnginePath}: {e.Message} " +
                "Check that the disk has room, that the directory is writable, and that no newer version of Observe wrote it.", e);
        }

        catch (EntryPointNotFoundException e)
        {
            throw new StorageStartException($"The engine library is not the version that this program needs: {e.Message} Run 'npm ci' in storage/.", e);
        }

        Version = (await this.QueryAllAsync(new SqlStatement("SELECT version() AS version"), cancellationToken))[0]["version"].GetString(0);
    }

    public async Task ExecuteAsync(SqlStatement statement, CancellationToken cancellationToken)
    {
        StatementCanceller canceller = Opened();
        EngineConnection connection = await _inserts.RentAsync(cancellationToken);
        try
        {
            await canceller.AwaitAsync(
                connection, connection.RunAsync(handle => NativeStatements.Execute(handle, statement)), cancellationToken);
        }
        finally
        {
            _inserts.Return(connection);
        }
    }

    public Task<QueryResult> QueryAsync(SqlStatement statement, CancellationToken cancellationToken) =>
        StartAsync(_queries, statement, cancellationToken);

    public async Task<QueryResult> QueryUserSqlAsync(string sql, CancellationToken cancellationToken)
    {
        string select = await UserSql.ToSelectAsync(this, sql, cancellationToken);
        return await StartAsync(_userSql, new SqlStatement(select), cancellationToken);
    }

    public Task<FormattedResult> FormatAsync(SqlStatement statement, ResultFormat format, CancellationToken cancellationToken) =>
        StartFormattedAsync(_queries, statement with { Settings = [.. OutputFormats.StreamSettings, .. statement.Settings] }, format, cancellationToken);

    public async Task<FormattedResult> FormatUserSqlAsync(string sql, ResultFormat format, CancellationToken cancellationToken)
    {
        string select = await UserSql.ToSelectAsync(this, sql, cancellationToken);
        return await StartFormattedAsync(_userSql, new SqlStatement(select), format, cancellationToken);
    }

    public async Task InsertAsync(ColumnBatch batch, string? deduplicationToken, CancellationToken cancellationToken)
    {
        Opened();
        if (batch.RowCount == 0)
        {
            return;
        }

        try
        {
            await SendAsync(batch, deduplicationToken, cancellationToken);
        }
        finally
        {
            // Counted after it, for whoever read the table meanwhile; and whatever its outcome, for an insert that fails may have stored some days.
            _insertCounts.AddOrUpdate(batch.Table, 1, static (_, count) => count + 1);
        }
    }

    public long? InsertCount(string table) => _insertCounts.GetValueOrDefault(table);

    public async Task ProbeAsync(ColumnBatch batch, CancellationToken cancellationToken)
    {
        Opened();
        if (batch.RowCount > 0)
        {
            throw new ArgumentException($"A probe of {batch.Table} has {batch.RowCount} rows; they would be stored.", nameof(batch));
        }

        await SendAsync(batch, null, cancellationToken);
    }

    private async Task SendAsync(ColumnBatch batch, string? deduplicationToken, CancellationToken cancellationToken)
    {
        EngineConnection connection = await _inserts.RentAsync(cancellationToken);
        try
        {
            await connection.RunAsync(handle => NativeStatements.Insert(handle, batch, deduplicationToken));
        }
        finally
        {
            _inserts.Return(connection);
        }
    }

    private void RepairDeduplicationLogs()
    {
        try
        {
            int repaired = DeduplicationLogs.Repair(_directory!.EnginePath);
            if (repaired > 0)
            {
                Log.TokensRepaired(_logger, repaired);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageStartException(
                $"The storage engine's files in {_directory!.EnginePath} cannot be read and written: {e.Message} Check their owner and that the disk has room.", e);
        }
    }

    /// <summary>Ends running queries, lets inserts finish and closes every connection.</summary>
    public async ValueTask DisposeAsync() => await CloseOnceAsync();

    /// <summary>An engine that does not close keeps its guards: until the process is gone it may still write.</summary>
    private void CloseAtExit()
    {
        if (CloseOnceAsync().Wait(TimeSpan.FromSeconds(10)))
        {
            EngineLibrary.RemoveGuards();
        }
    }

    private Task CloseOnceAsync()
    {
        lock (_closeLock)
        {
            return _closed ??= Task.Run(CloseAsync);
        }
    }

    private async Task CloseAsync()
    {
        await _closing.CancelAsync();
        await _queries.DisposeAsync();
        await _userSql.DisposeAsync();
        await _inserts.DisposeAsync();
        if (_control is not null)
        {
            await _control.DisposeAsync();
        }

        if (SharedDirectory is null)
        {
            _directory?.Dispose();
        }
    }

    private async Task<QueryResult> StartAsync(ConnectionPool pool, SqlStatement statement, CancellationToken cancellationToken)
    {
        StatementCanceller canceller = Opened();
        EngineConnection connection = await pool.RentAsync(cancellationToken);
        var result = new EmbeddedQueryResult(connection, pool, canceller, _time, _closing.Token);
        try
        {
            await result.StartAsync(statement, cancellationToken);
            return result;
        }
        catch
        {
            await result.DisposeAsync();
            throw;
        }
    }

    private async Task<FormattedResult> StartFormattedAsync(
        ConnectionPool pool, SqlStatement statement, ResultFormat format, CancellationToken cancellationToken)
    {
        StatementCanceller canceller = Opened();
        EngineConnection connection = await pool.RentAsync(cancellationToken);
        var result = new EmbeddedFormattedResult(connection, pool, canceller, _time, _closing.Token);
        try
        {
            await result.StartAsync(statement, format, cancellationToken);
            return result;
        }
        catch
        {
            await result.DisposeAsync();
            throw;
        }
    }

    private ConnectionPool Pool(string kind, int size, Func<string, Task<EngineConnection>> open) =>
        new($"{Database}-{kind}", size, _options.Engine.CloseGrace, _time, _logger, open);

    private StatementCanceller Opened() =>
        _canceller is { } canceller && !_closing.IsCancellationRequested
            ? canceller
            : throw new StorageException(
                StorageError.Unavailable, _closing.IsCancellationRequested ? "Storage is closing." : "Storage has not started yet.");

    private Task<EngineConnection> OpenConnectionAsync(string tag) => OpenConnectionAsync(tag, []);

    private Task<EngineConnection> OpenUserSqlConnectionAsync(string tag) =>
        OpenConnectionAsync(tag, EngineArguments.ForUserSql(_options.Engine));

    private async Task<EngineConnection> OpenConnectionAsync(string tag, IEnumerable<string> settings)
    {
        EngineConnection connection = await EngineConnection.OpenAsync(
            tag, [.. EngineArguments.ForPath(_directory!.EnginePath), .. settings]);
        try
        {
            await connection.RunAsync(handle => NativeStatements.Execute(handle, new SqlStatement($"USE {SqlText.QuoteIdentifier(Database)}")));
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1121, LogLevel.Information,
            "The process ended in the middle of {Count} inserts: the engine knew their tokens but has no rows of them. They will be stored when they are repeated.")]
        public static partial void TokensRepaired(ILogger logger, int count);

        [LoggerMessage(1122, LogLevel.Warning,
            "The storage engine ignores failed writes, and on this system Observe cannot notice them for it: records are lost if the data directory's disk becomes full. Keep room on it.")]
        public static partial void WritesUnguarded(ILogger logger);
    }
}
