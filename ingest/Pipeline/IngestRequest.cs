using Observe.Ingest.Memory;
using Observe.Ingest.Otlp;

namespace Observe.Ingest.Pipeline;

/// <summary>A validated request on its way into the engine.</summary>
/// <param name="body">Its protobuf bytes. The request owns them until it is completed.</param>
/// <param name="sender">Who sent it.</param>
/// <param name="validation">What it holds.</param>
/// <param name="receivedAt">Unix nanoseconds.</param>
internal sealed class IngestRequest(PooledBuffer body, string sender, RecordTally validation, long receivedAt)
{
    // The receiver's continuation writes a response: not on the thread that is about to fill the next batch.
    private readonly TaskCompletionSource<IngestFailure?> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ReadOnlySpan<byte> Body => body.Span;

    public string Sender => sender;

    public RecordTally Validation => validation;

    public long ReceivedAt => receivedAt;

    /// <summary>Ends when the rows are in the engine (null) or are not going to be.</summary>
    public Task<IngestFailure?> Completion => _completion.Task;

    /// <summary>Tells the receiver and gives the memory back. Once only.</summary>
    public void Complete(IngestFailure? failure)
    {
        body.Dispose();
        _completion.SetResult(failure);
    }
}
