using Observe.Bench.Sending;

namespace Observe.Bench.Load;

/// <summary>Hands out requests to connections: signals in turn, and at a given rate each at its time.</summary>
internal sealed class LoadSchedule(LoadOptions options, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private long _next = -1;

    /// <summary>Takes the next request; false when there is none left.</summary>
    /// <param name="due">Since the start; zero when no rate is given.</param>
    public bool TryTake(out ExportSignal signal, out long block, out TimeSpan due)
    {
        long number = Interlocked.Increment(ref _next);
        signal = options.Signals[(int)(number % options.Signals.Count)];
        block = number / options.Signals.Count;
        due = options.Rate > 0 ? TimeSpan.FromSeconds((double)number * options.Batch / options.Rate) : TimeSpan.Zero;
        return block < options.Blocks;
    }

    /// <summary>Waits until a request is due, and says how late it is.</summary>
    public async Task<TimeSpan> WaitAsync(TimeSpan due, CancellationToken cancellation)
    {
        TimeSpan ahead = due - time.GetElapsedTime(_started);
        if (ahead > TimeSpan.Zero)
        {
            await Task.Delay(ahead, time, cancellation);
        }

        return time.GetElapsedTime(_started) - due;
    }
}
