namespace Observe.Tests.Ingest.Outage;

/// <summary>The system's time, passing faster: delays end after a part of their length.</summary>
internal sealed class FasterTime(int factor) : TimeProvider
{
    private readonly long _startedAt = System.GetTimestamp();
    private readonly DateTimeOffset _started = System.GetUtcNow();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => System.GetElapsedTime(_startedAt).Ticks * factor;

    public override DateTimeOffset GetUtcNow() => _started.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Shortened(dueTime), Shortened(period));

    private TimeSpan Shortened(TimeSpan time) => time > TimeSpan.Zero ? time / factor : time;
}
