namespace Observe.Query.PromQL.Evaluation;

/// <summary>Memory for the samples of one evaluation, which it gives back when it is over: the next piece of a range uses the same.</summary>
/// <remarks>To have the operating system map and clear as much for each piece would cost more than to compute with it.</remarks>
public sealed class SampleMemory : IDisposable
{
    /// <summary>
    /// Samples that one evaluation may have in memory, 400 MB, and once more while they are put into order. Twice as many are the limit of Prometheus, which has its process to itself.
    /// </summary>
    public const int MaxSamples = 25_000_000;

    private readonly Lock _lock = new();
    private readonly List<SampleChunks> _chunks = [];
    private long _samples;

    /// <summary>Counts so many more samples; false when they are more than <see cref="MaxSamples"/>.</summary>
    public bool TryCount(int samples) => Interlocked.Add(ref _samples, samples) <= MaxSamples;

    /// <summary>Room for samples that are needed until the evaluation is over.</summary>
    public SampleChunks Open()
    {
        var opened = new SampleChunks();
        lock (_lock)
        {
            _chunks.Add(opened);
        }

        return opened;
    }

    /// <summary>Ends the evaluation: no sample that is kept here may be read any more.</summary>
    public void Dispose()
    {
        foreach (SampleChunks chunks in _chunks)
        {
            chunks.Dispose();
        }

        _chunks.Clear();
    }
}
