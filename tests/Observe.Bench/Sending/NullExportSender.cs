namespace Observe.Bench.Sending;

/// <summary>Accepts everything at once: what is left is the cost of the generator itself.</summary>
internal sealed class NullExportSender : IExportSender
{
    public Task<ExportReply> SendAsync(ExportSignal signal, ReadOnlyMemory<byte> request, CancellationToken cancellation) =>
        Task.FromResult(new ExportReply(ExportOutcome.Accepted, 0, null, ""));

    public void Dispose()
    {
        // Holds nothing.
    }
}
