namespace Observe.MicroBench.Measure;

/// <summary>Adds up what one step of the path costs the thread that runs it.</summary>
internal sealed class StepCost
{
    public TimeSpan Cpu { get; private set; }

    public long AllocatedBytes { get; private set; }

    public TResult Run<TResult>(Func<TResult> step)
    {
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan started = CpuClock.Thread;
        TResult result = step();
        AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - allocated;
        Cpu += CpuClock.Thread - started;
        return result;
    }
}
