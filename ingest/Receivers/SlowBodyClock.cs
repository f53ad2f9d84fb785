using System.IO.Pipelines;

namespace Observe.Ingest.Receivers;

/// <summary>
/// Reads a body that must arrive with a certain rate on average. Kestrel's own limit ends the connection, with all other calls on it and
/// without an answer; this one ends the request, with an answer that makes the sender keep its data.
/// </summary>
internal sealed class SlowBodyClock(PipeReader reader, ConnectionOptions options, TimeProvider time) : IAsyncDisposable
{
    private readonly long _startedAt = time.GetTimestamp();
    private ITimer? _timer;

    /// <summary>Reads what comes next.</summary>
    /// <param name="received">Bytes that were read before.</param>
    /// <exception cref="IngestException">It took too long: <see cref="IngestError.TooSlow"/>.</exception>
    public async ValueTask<ReadResult> ReadAsync(long received, CancellationToken cancellationToken)
    {
        while (true)
        {
            ValueTask<ReadResult> reading = reader.ReadAsync(cancellationToken);
            if (!reading.IsCompleted && options.MinBodyBytesPerSecond > 0)
            {
                TimeSpan left = Left(received);
                _timer ??= time.CreateTimer(
                    static state => ((PipeReader)state!).CancelPendingRead(), reader, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }

            // Cancelled by the timer, perhaps of an earlier read: then there may be time left.
            ReadResult result = await reading;
            if (!result.IsCanceled)
            {
                return result;
            }

            reader.AdvanceTo(result.Buffer.Start);
            if (Left(received + result.Buffer.Length) <= TimeSpan.Zero)
            {
                throw new IngestException(
                    IngestError.TooSlow,
                    $"The body arrived with less than {options.MinBodyBytesPerSecond} bytes per second. Send the same data again when the " +
                    $"network is faster, or have {IngestOptions.Section}:{nameof(IngestOptions.Connections)}:" +
                    $"{nameof(ConnectionOptions.MinBodyBytesPerSecond)} lowered.");
            }
        }
    }

    public ValueTask DisposeAsync() => _timer?.DisposeAsync() ?? ValueTask.CompletedTask;

    private TimeSpan Left(long received) =>
        options.SlowBodyGrace + TimeSpan.FromSeconds((double)received / options.MinBodyBytesPerSecond) - time.GetElapsedTime(_startedAt);
}
