using Observe.Storage.Ingest;

namespace Observe.Tests.Query.Ledger;

internal sealed class FakeIngestStatus : IIngestStatus
{
    public IReadOnlyList<WaitingRecords> Records { get; set; } = [];

    public string? NotReadyReason { get; set; }

    public IReadOnlyList<string> Warnings { get; set; } = [];

    public IReadOnlyList<WaitingRecords> Waiting() => Records;
}
