using System.Collections.Concurrent;
using Observe.Storage.Engine;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.PromQL.Selection;

/// <summary>The engine it is given, and which statements were asked of it.</summary>
internal sealed class RecordingEngine(IStorageEngine engine) : ForwardingEngine(engine)
{
    private ConcurrentQueue<string> _statements = new();

    /// <summary>The texts since the last time, of statements that read a table.</summary>
    public string[] TakeOf(string table) =>
        [.. Interlocked.Exchange(ref _statements, new ConcurrentQueue<string>()).Where(text => text.Contains($"FROM {table}\n", StringComparison.Ordinal))];

    public override Task<QueryResult> QueryAsync(SqlStatement statement, CancellationToken cancellationToken)
    {
        _statements.Enqueue(statement.Text);
        return base.QueryAsync(statement, cancellationToken);
    }
}
