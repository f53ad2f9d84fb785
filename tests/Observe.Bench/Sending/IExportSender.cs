namespace Observe.Bench.Sending;

/// <summary>One connection to an OTLP address.</summary>
internal interface IExportSender : IDisposable
{
    /// <summary>Sends one Export…ServiceRequest and waits for the answer. Failures of the network are replies, not exceptions.</summary>
    Task<ExportReply> SendAsync(ExportSignal signal, ReadOnlyMemory<byte> request, CancellationToken cancellation);
}
