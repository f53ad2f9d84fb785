namespace Observe.Bench.Shop;

/// <summary>Makes traces, block by block. A block depends on the seed, its number, its size and its time alone.</summary>
/// <remarks>
/// The logs of block n are written by the spans of block n, one each, so that logs and spans that were sent apart belong together.
/// Not thread-safe: each connection has its own.
/// </remarks>
internal sealed class ShopTraffic(ShopModel model)
{
    private const double NanosecondsPerMillisecond = 1e6;

    private Call[] _calls = [];
    private int[] _order = [];
    private readonly int[] _firstOfInstance = new int[model.Instances.Length + 1];
    private int _count;
    private ShopRandom _random;
    private ulong _traceHigh;
    private ulong _traceLow;

    /// <summary>The spans of the block in the order in which they were made.</summary>
    public ReadOnlySpan<Call> Calls => _calls.AsSpan(0, _count);

    /// <summary>Indexes into <see cref="Calls"/> of the spans of one instance.</summary>
    public ReadOnlySpan<int> OfInstance(int instance) => _order.AsSpan(_firstOfInstance[instance].._firstOfInstance[instance + 1]);

    /// <summary>The first span that a block holds: what an exemplar can name without making the block.</summary>
    public static SpanReference FirstSpanOf(ulong seed, long block)
    {
        var random = new ShopRandom(seed, (ulong)block);
        (ulong high, ulong low) = (random.Next(), random.Next());
        _ = random.Next(); // the root's operation
        _ = random.Next(); // its instance
        return new SpanReference(high, low, random.Next() | 1);
    }

    /// <summary>Makes a block of exactly <paramref name="count"/> spans between two times in Unix nanoseconds.</summary>
    public void Fill(long block, int count, long from, long to)
    {
        if (_calls.Length < count)
        {
            _calls = new Call[count];
            _order = new int[count];
        }

        _random = new ShopRandom(model.Seed, (ulong)block);
        _count = 0;
        while (_count < count)
        {
            _traceHigh = _random.Next();
            _traceLow = _random.Next();
            int root = model.PickRoot(ref _random);
            CallKind kind = model.Operations[root].IsMessage ? CallKind.Consumer : CallKind.Server;
            long start = from + (long)((to - from) * ((double)_count / count));
            Serve(root, kind, 0, 0, start, count);
        }

        SortByInstance();
    }

    /// <summary>The span of whoever serves a request, and all below it. Returns its duration and whether it failed.</summary>
    private (long Duration, bool Failed) Serve(int operation, CallKind kind, ulong parent, ulong linked, long start, int limit)
    {
        Operation what = model.Operations[operation];
        int index = Add(operation, model.PickInstance(operation, ref _random), kind, parent, start);
        ulong spanId = _calls[index].SpanId;
        int instance = _calls[index].Instance;
        bool failed = _random.Fraction() < what.ErrorRate;
        long elapsed = Vary(what.Milliseconds * 0.4);

        if (what.Database is not null && _count < limit)
        {
            int query = Add(operation, instance, CallKind.Client, spanId, start + elapsed);
            _calls[query].IsDatabase = true;
            _calls[query].Failed = failed && _random.Below(2) == 0;
            _calls[query].Duration = Vary(what.Milliseconds * 0.5);
            elapsed += _calls[query].Duration;
        }

        foreach ((int called, bool sometimes) in model.Calls[operation])
        {
            if (_count >= limit || (sometimes && _random.Below(3) != 0))
            {
                continue;
            }

            bool message = model.Operations[called].IsMessage;
            int client = Add(called, instance, message ? CallKind.Producer : CallKind.Client, spanId, start + elapsed);
            ulong clientId = _calls[client].SpanId;
            long network = Vary(0.3);
            (long duration, bool childFailed) = _count < limit
                ? Serve(called, message ? CallKind.Consumer : CallKind.Server, clientId, message ? clientId : 0, start + elapsed + network, limit)
                : (Vary(model.Operations[called].Milliseconds), false);
            _calls[client].Duration = message ? network * 2 : duration + (2 * network);
            _calls[client].Failed = childFailed && !message;
            elapsed += _calls[client].Duration;
            failed |= childFailed && !message && _random.Below(4) != 0;
        }

        ref Call call = ref _calls[index];
        call.Duration = elapsed + Vary(what.Milliseconds * 0.2);
        call.Failed = failed;
        call.LinkedSpanId = linked;
        return (call.Duration, failed);
    }

    private int Add(int operation, int instance, CallKind kind, ulong parent, long start)
    {
        ref Call call = ref _calls[_count];
        call.TraceHigh = _traceHigh;
        call.TraceLow = _traceLow;
        call.SpanId = _random.Next() | 1;
        call.ParentSpanId = parent;
        call.LinkedSpanId = 0;
        call.Start = start;
        call.Detail = _random.Next();
        call.Operation = (ushort)operation;
        call.Instance = (ushort)instance;
        call.Kind = kind;
        call.IsDatabase = false;
        call.Failed = false;
        return _count++;
    }

    /// <summary>A duration in nanoseconds around a mean in milliseconds, with the long tail that latencies have.</summary>
    private long Vary(double milliseconds)
    {
        double u = _random.Fraction();
        double factor = 0.4 + (0.7 * u) + (0.05 / (1.001 - u));
        return (long)(milliseconds * factor * NanosecondsPerMillisecond) + 1;
    }

    private void SortByInstance()
    {
        Array.Clear(_firstOfInstance);
        for (int i = 0; i < _count; i++)
        {
            _firstOfInstance[_calls[i].Instance + 1]++;
        }

        for (int instance = 1; instance < _firstOfInstance.Length; instance++)
        {
            _firstOfInstance[instance] += _firstOfInstance[instance - 1];
        }

        Span<int> next = stackalloc int[_firstOfInstance.Length];
        _firstOfInstance.CopyTo(next);
        for (int i = 0; i < _count; i++)
        {
            _order[next[_calls[i].Instance]++] = i;
        }
    }
}
