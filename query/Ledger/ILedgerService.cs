using Observe.Storage.Engine;

namespace Observe.Query.Ledger;

/// <summary>What Observe did with every record that arrived.</summary>
public interface ILedgerService
{
    /// <exception cref="StorageException">The engine failed.</exception>
    /// <exception cref="Compilation.ResultLimitException">There are more rows than <see cref="Compilation.QueryLimits.MaxRecords"/>.</exception>
    Task<LedgerAnswer> GetAsync(LedgerRequest request, CancellationToken cancellationToken);
}
