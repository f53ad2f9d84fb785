using System.Globalization;

namespace Observe.Ingest.Senders;

/// <summary>How much one sender may send, in bytes and in requests. Thread-safe.</summary>
internal sealed class SenderRateLimit(SenderOptions options, TimeProvider time)
{
    private readonly TokenBucket? _bytes =
        options.BytesPerSecond > 0 ? new TokenBucket(options.BytesPerSecond, options.Burst, time) : null;

    private readonly TokenBucket? _requests =
        options.RequestsPerSecond > 0 ? new TokenBucket(options.RequestsPerSecond, options.Burst, time) : null;

    /// <summary>Whether the sender owes nothing, so that its limit can be forgotten.</summary>
    public bool IsFull => _bytes is not { IsFull: false } && _requests is not { IsFull: false };

    /// <summary>Admits a request, before its body is read.</summary>
    /// <exception cref="IngestException">The sender is over its limit: <see cref="IngestError.RateLimited"/>, with the time until it is not.</exception>
    public void Admit()
    {
        TimeSpan delay = _bytes?.Delay() ?? TimeSpan.Zero;
        if (_requests?.Delay() is { } untilNext && untilNext > delay)
        {
            delay = untilNext;
        }

        if (delay > TimeSpan.Zero)
        {
            throw new IngestException(new IngestFailure(
                IngestError.RateLimited,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"This sender is over its limit. Send the same data again in {Math.Ceiling(delay.TotalSeconds):0} s, or have " +
                    $"{IngestOptions.Section}:{nameof(IngestOptions.Senders)} raised."),
                delay));
        }

        _requests?.Take(1);
    }

    /// <summary>Counts bytes that were received, or that came out of a compressed body, whatever becomes of them.</summary>
    public void Charge(long bytes) => _bytes?.Take(bytes);
}
