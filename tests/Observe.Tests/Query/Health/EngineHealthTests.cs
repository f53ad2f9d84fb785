using Observe.Query.Health;
using Observe.Storage.Batches;
using Observe.Storage.Engine;

namespace Observe.Tests.Query.Health;

public sealed class EngineHealthTests
{
    [Fact]
    public async Task Check_EngineNotThere_GivesItsReason()
    {
        var health = new EngineHealth(new BrokenEngine(), TimeProvider.System);
        Assert.Equal("Storage has not started yet.", await health.CheckAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>An engine as it is before storage started.</summary>
    private sealed class BrokenEngine : IStorageEngine
    {
        public string Database => "observe";

        public string Version => "";

        public Task ExecuteAsync(SqlStatement statement, CancellationToken cancellationToken) => throw Unavailable();

        public Task<QueryResult> QueryAsync(SqlStatement statement, CancellationToken cancellationToken) => throw Unavailable();

        public Task<QueryResult> QueryUserSqlAsync(string sql, CancellationToken cancellationToken) => throw Unavailable();

        public Task<FormattedResult> FormatAsync(SqlStatement statement, ResultFormat format, CancellationToken cancellationToken) =>
            throw Unavailable();

        public Task<FormattedResult> FormatUserSqlAsync(string sql, ResultFormat format, CancellationToken cancellationToken) =>
            throw Unavailable();

        public Task InsertAsync(ColumnBatch batch, string? deduplicationToken, CancellationToken cancellationToken) => throw Unavailable();

        public long? InsertCount(string table) => null;

        public Task ProbeAsync(ColumnBatch batch, CancellationToken cancellationToken) => throw Unavailable();

        private static StorageException Unavailable() => new(StorageError.Unavailable, "Storage has not started yet.");
    }
}
