namespace Observe.Fuzz.Engine;

/// <summary>How much of a run is left; shared by its workers.</summary>
internal sealed class FuzzProgress(long executions, Func<bool> isOver)
{
    private long _left = executions;
    private volatile bool _stopped;

    /// <summary>Takes some of the executions that are left; 0 when the run is over.</summary>
    public int Take(int count)
    {
        if (_stopped || isOver())
        {
            return 0;
        }

        long before = Interlocked.Add(ref _left, -count) + count;
        return (int)Math.Clamp(before, 0, count);
    }

    public void Stop() => _stopped = true;
}
