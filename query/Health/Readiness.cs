using Observe.Storage.Ingest;

namespace Observe.Query.Health;

/// <summary>Whether this process is of use to whoever sends or asks.</summary>
/// <param name="ingest">Null in a process that does not ingest.</param>
internal sealed class Readiness(EngineHealth engine, IIngestStatus? ingest = null)
{
    /// <summary>Every reason why the process is not ready; none when it is.</summary>
    public async Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken)
    {
        string? engineReason = await engine.CheckAsync(cancellationToken);
        return [.. new[] { engineReason, ingest?.NotReadyReason }.OfType<string>()];
    }

    /// <summary>What is wrong although the process is of use: what it takes is safe, but cannot be found yet.</summary>
    public IReadOnlyList<string> Warnings => ingest?.Warnings ?? [];
}
