using System.Buffers;

namespace Observe.Query.PromQL.Evaluation;

/// <summary>Room for samples, chunk by chunk out of a pool. For one thread at a time.</summary>
public sealed class SampleChunks : IDisposable
{
    /// <summary>Samples of a chunk: 4 MB. All are of one size, so that each can be used again for anything; those of small queries are smaller.</summary>
    private const int ChunkSize = 256 * 1024;

    /// <summary>Samples of the first chunk: an instant query of one series has a few dozen.</summary>
    private const int FirstSize = 1024;

    private readonly List<(long[] Times, double[] Values)> _chunks = [];
    private int _free;

    /// <summary>Room for so many samples side by side.</summary>
    public SampleSpace Reserve(int count)
    {
        if (_chunks.Count == 0 || _free + count > _chunks[^1].Times.Length)
        {
            int size = Math.Max(count, _chunks.Count == 0 ? FirstSize : ChunkSize);
            _chunks.Add((ArrayPool<long>.Shared.Rent(size), ArrayPool<double>.Shared.Rent(size)));
            _free = 0;
        }

        var space = new SampleSpace(_chunks.Count - 1, _free, count);
        _free += count;
        return space;
    }

    /// <summary>Where the times of a space are, in nanoseconds since 1970.</summary>
    public Memory<long> Times(SampleSpace space) => _chunks[space.Chunk].Times.AsMemory(space.Start, space.Count);

    public Memory<double> Values(SampleSpace space) => _chunks[space.Chunk].Values.AsMemory(space.Start, space.Count);

    public void Dispose()
    {
        foreach ((long[] times, double[] values) in _chunks)
        {
            ArrayPool<long>.Shared.Return(times);
            ArrayPool<double>.Shared.Return(values);
        }

        _chunks.Clear();
    }
}
