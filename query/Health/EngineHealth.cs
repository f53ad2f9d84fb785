using Observe.Query.Compilation;
using Observe.Storage.Engine;

namespace Observe.Query.Health;

/// <summary>Asks the engine for an answer, but not for long.</summary>
internal sealed class EngineHealth(IStorageEngine engine, TimeProvider time)
{
    /// <summary>Null when the engine answers, otherwise the reason why the process is not ready.</summary>
    public async Task<string?> CheckAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(QueryLimits.HealthTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await engine.QueryAllAsync(new SqlStatement("SELECT 1"), either.Token).WaitAsync(either.Token);
            return null;
        }
        catch (StorageException e)
        {
            return e.Message;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return $"the storage engine did not answer within {QueryLimits.HealthTimeout.TotalSeconds} s; all its connections may be busy.";
        }
    }
}
