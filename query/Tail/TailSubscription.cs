using System.Threading.Channels;
using Observe.Query.Search;

namespace Observe.Query.Tail;

/// <summary>One viewer: the batches of a query, from when it came. Ends when it is disposed, when its token is cancelled and when the process ends.</summary>
/// <remarks>
/// The poll never waits for a viewer: what finds no room is counted and told in the next batch that does.
/// <code>
/// TailPoll ── Offer ──► ▤▤▤▤ bounded ──► await foreach
///                        └ full: + passed over
/// </code>
/// </remarks>
public sealed class TailSubscription : IAsyncEnumerable<TailBatch>, IAsyncDisposable
{
    private readonly Channel<TailBatch> _batches = Channel.CreateBounded<TailBatch>(
        new BoundedChannelOptions(TailLimits.BufferedPolls) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly Action<TailSubscription> _leave;
    private long _missed;
    private long _bufferedBytes;
    private int _isDisposed;

    internal TailSubscription(SearchSignal signal, long position, IReadOnlyList<string> notices, Action<TailSubscription> leave)
    {
        Signal = signal;
        Position = position;
        Notices = notices;
        _leave = leave;
    }

    /// <summary>Of all records.</summary>
    public SearchSignal Signal { get; }

    /// <summary>Where it begins: what arrives after this.</summary>
    public long Position { get; }

    /// <summary>What is known of the query before anything arrives, such as a field that nothing has.</summary>
    public IReadOnlyList<string> Notices { get; }

    public async IAsyncEnumerator<TailBatch> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (TailBatch batch in _batches.Reader.ReadAllAsync(cancellationToken))
        {
            Interlocked.Add(ref _bufferedBytes, -batch.Bytes);
            yield return batch;
        }
    }

    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _leave(this);
            End();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Nothing more comes.</summary>
    internal void End() => _batches.Writer.TryComplete();

    internal void Offer(TailBatch batch)
    {
        TailBatch counted = _missed == 0 ? batch : batch with { PassedOverSlow = _missed };
        _missed = TryBuffer(counted) ? 0 : _missed + batch.Records.Count + batch.PassedOver;
    }

    private bool TryBuffer(TailBatch batch)
    {
        // Before it is written: a reader takes it off at once.
        long before = Interlocked.Add(ref _bufferedBytes, batch.Bytes) - batch.Bytes;
        if ((before == 0 || before + batch.Bytes <= TailLimits.BufferedBytes) && _batches.Writer.TryWrite(batch))
        {
            return true;
        }

        Interlocked.Add(ref _bufferedBytes, -batch.Bytes);
        return false;
    }
}
