using Observe.Bench.Sending;

namespace Observe.Bench.Load;

/// <summary>What to send, where and how fast.</summary>
/// <param name="Records">Of each signal: log records, spans, data points.</param>
/// <param name="Batch">Records per request.</param>
/// <param name="Rate">Records per second over all connections and signals; 0 for as fast as it goes.</param>
/// <param name="TimeSpan">How far back the first record's time lies.</param>
/// <param name="End">The last record's time.</param>
/// <param name="RetryFor">How long a request is tried.</param>
/// <param name="Pid">Process to measure, or null.</param>
/// <param name="Settle">How long to wait at most until that process is at rest; zero for not at all.</param>
internal sealed record LoadOptions(
    IReadOnlyList<ExportSignal> Signals,
    Uri Endpoint,
    LoadProtocol Protocol,
    int Connections,
    long Records,
    int Batch,
    long Rate,
    bool Gzip,
    int Seed,
    TimeSpan TimeSpan,
    DateTimeOffset End,
    TimeSpan RetryFor,
    string? Key,
    int? Pid,
    TimeSpan Settle)
{
    /// <summary>Requests of each signal.</summary>
    public long Blocks => (Records + Batch - 1) / Batch;

    /// <summary>Records in a request: fewer in the last one.</summary>
    public int RecordsOf(long block) => (int)Math.Min(Batch, Records - (block * Batch));
}
