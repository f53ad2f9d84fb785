using Observe.Query.Time;
using Observe.Storage.Batches;

namespace Observe.Query.Ledger;

/// <summary>A question to the ledger.</summary>
/// <param name="Range">Minutes that overlap it are answered whole.</param>
/// <param name="GroupBy">One row for each combination of these.</param>
/// <param name="Signal">Null for every signal.</param>
/// <param name="Sender">Null for every sender.</param>
/// <param name="Service">Null for every service.</param>
public sealed record LedgerRequest(
    TimeRange Range, IReadOnlyList<LedgerKey> GroupBy, FieldSignal? Signal = null, string? Sender = null, string? Service = null);
