namespace Observe.Query.PromQL.Evaluation;

/// <summary>Memory for the samples of one evaluation, which it gives back when it is over: the next piece of a range uses the same.</summary>
/// <remarks>To have the operating system map and clear as much for each piece would cost more than to compute with it.</remarks>
/// <param name="before">That of the piece of a range which ended where this one begins; it has to outlast this evaluation.</param>
/// <param name="isFollowed">Whether a piece that begins where this one ends will get this as its <paramref name="before"/>.</param>
public sealed class SampleMemory(SampleMemory? before = null, bool isFollowed = false) : IDisposable
{
    /// <summary>
    /// Samples that one evaluation may have in memory, 400 MB, and once more while they are put into order. Twice as many are the limit of Prometheus, which has its process to itself.
    /// </summary>
    public const int MaxSamples = 25_000_000;

    private readonly Lock _lock = new();
    private readonly List<SampleChunks> _chunks = [];
    private readonly Dictionary<ReadKey, ReadSamples> _read = [];
    private SampleMemory? _before = before;
    private long _samples;

    /// <summary>Whether samples behind the last one that is needed may be worth reading: the next piece of the range begins with them.</summary>
    public bool IsFollowed => isFollowed;

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

    /// <summary>Lets the next piece of the range find what was read, when there is one.</summary>
    /// <param name="key">What for.</param>
    /// <param name="read">In the memory of this.</param>
    public void Remember(ReadKey key, ReadSamples read)
    {
        if (isFollowed)
        {
            lock (_lock)
            {
                _read[key] = read;
            }
        }
    }

    /// <summary>What the piece before read for the same part of the query; null when it did not or there is none.</summary>
    public ReadSamples? Before(ReadKey key) => _before?.Find(key);

    /// <summary>Ends the evaluation: no sample that is kept here may be read any more.</summary>
    public void Dispose()
    {
        foreach (SampleChunks chunks in _chunks)
        {
            chunks.Dispose();
        }

        _chunks.Clear();
        _read.Clear();
        _before = null;
    }

    private ReadSamples? Find(ReadKey key)
    {
        lock (_lock)
        {
            return _read.GetValueOrDefault(key);
        }
    }
}
