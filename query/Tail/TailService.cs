using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Query.Fields;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Engine;

namespace Observe.Query.Tail;

/// <inheritdoc cref="ITailService"/>
/// <remarks>
/// One loop asks for all queries, one after the other, and runs only while somebody watches. It reads what is stored: ingest knows nothing of it.
/// <code>
/// viewer ─┐
/// viewer ─┴─ TailQuery ─┐
/// viewer ─── TailQuery ─┴─ loop ──► TailPoll ──► engine
/// </code>
/// </remarks>
internal sealed partial class TailService : ITailService, IAsyncDisposable
{
    private readonly IQueryEngine _engine;
    private readonly RecordReader _records;
    private readonly IFieldTypes _fieldTypes;
    private readonly FieldNotices _fieldNotices;
    private readonly TailOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<TailService> _logger;
    private readonly CancellationTokenSource _stopping;
    private readonly Lock _lock = new();
    private readonly List<TailQuery> _queries = [];
    private int _viewers;
    private Task _loop = Task.CompletedTask;
    private bool _isLooping;
    private int _isDisposed;

    public TailService(
        IQueryEngine engine, RecordReader records, IFieldTypes fieldTypes, FieldNotices fieldNotices, IOptions<TailOptions> options,
        TimeProvider time, ILogger<TailService> logger, IHostApplicationLifetime? lifetime = null)
    {
        _engine = engine;
        _records = records;
        _fieldTypes = fieldTypes;
        _fieldNotices = fieldNotices;
        _options = options.Value;
        _time = time;
        _logger = logger;

        // Streams end when the process begins to, so that the server need not wait for them.
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(lifetime?.ApplicationStopping ?? CancellationToken.None);
    }

    /// <summary>Whether the engine is being asked.</summary>
    internal bool IsPolling
    {
        get
        {
            lock (_lock)
            {
                return _isLooping;
            }
        }
    }

    /// <summary>Queries that are polled: viewers of the same share one.</summary>
    internal int Queries
    {
        get
        {
            lock (_lock)
            {
                return _queries.Count;
            }
        }
    }

    internal int Viewers
    {
        get
        {
            lock (_lock)
            {
                return _viewers;
            }
        }
    }

    public async Task<TailSubscription> OpenAsync(TailRequest request, CancellationToken cancellationToken)
    {
        ParsedQuery query = QueryParser.Parse(request.Query);
        if (query.Stages.Count > 0)
        {
            throw new QuerySyntaxException("The tail shows records as they arrive, so it takes a filter only: remove the | and what follows it.", query.Stages[0].Span);
        }

        if (query.Signal == SearchSignal.Metrics)
        {
            throw new QuerySyntaxException("The tail shows logs or spans as they arrive: write one of these in place of metrics, or ask /api/v1/query which series there are.", query.SignalSpan);
        }

        if (request.Rate < 1 || request.Rate > _options.MaxRate)
        {
            throw new FormatException($"rate is a number of records a second from 1 to {_options.MaxRate}; not {request.Rate}.");
        }

        Reserve();
        try
        {
            using IDisposable question = Question.Begin("tail", _time, request.Query);
            IReadOnlyList<string> notices = await CheckAsync(query, cancellationToken);
            (long position, IReadOnlyList<string> resumed) = await StartAsync(query.Signal, request.After, cancellationToken);
            return Join(query, request.Rate, position, isResumed: request.After is not null, [.. notices, .. resumed]);
        }
        catch
        {
            Release();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Registered under two types, so the container disposes it twice.
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1)
        {
            return;
        }

        await _stopping.CancelAsync();
        Task loop;
        lock (_lock)
        {
            loop = _loop;
        }

        await loop;
        _stopping.Dispose();
    }

    private void Reserve()
    {
        lock (_lock)
        {
            if (_viewers >= _options.MaxViewers)
            {
                throw new TailLimitException(
                    $"{_viewers} viewers watch records as they arrive, and there may not be more at a time. Close some, or raise {TailOptions.Section}:{nameof(TailOptions.MaxViewers)}.");
            }

            _viewers++;
        }
    }

    private void Release()
    {
        lock (_lock)
        {
            _viewers--;
        }
    }

    /// <summary>A query that the engine would refuse at each poll is refused now.</summary>
    private async Task<IReadOnlyList<string>> CheckAsync(ParsedQuery query, CancellationToken cancellationToken)
    {
        if (query.Filter is null)
        {
            return [];
        }

        if (query.Filter is BelowNode below)
        {
            throw new QuerySyntaxException(
                $"Spans below others cannot be watched as they arrive: a span is sent when it ends, so those above it come after it. Watch the spans themselves, or search for them with {(below.IsDirect ? ">" : ">>")}.",
                below.Span);
        }

        long now = TimeExpression.Now(_time);
        var range = new TimeRange(now - TailLimits.FieldsNs, now);
        var compiler = new FilterCompiler(new FieldResolver(query.Signal, _time), new ParameterBag(), range, range);
        compiler.Compile(query.Filter);
        await RegexCheck.RunAsync(_engine, compiler.Regexes, cancellationToken);
        FieldTypes types = await _fieldTypes.GetAsync(query.Signal, compiler.Fields, range, cancellationToken);
        return await _fieldNotices.NoticesAsync(query, compiler.Fields, types, range, cancellationToken);
    }

    private async Task<(long Position, IReadOnlyList<string> Notices)> StartAsync(SearchSignal signal, long? after, CancellationToken cancellationToken)
    {
        IReadOnlyList<Part> parts = await Part.AfterAsync(_engine, signal, -1, cancellationToken);
        long last = parts.Count == 0 ? 0 : parts.Max(part => part.LastBlock);
        return after switch
        {
            null => (last, []),
            < 0 => (last, ["The position to go on from is not one of this tail, so it begins now."]),
            { } position when position > last => (last, ["The position to go on from is ahead of what is stored, so the tail begins now."]),
            { } position => (position, []),
        };
    }

    private TailSubscription Join(ParsedQuery query, int rate, long position, bool isResumed, IReadOnlyList<string> notices)
    {
        string key = TailQuery.KeyOf(query, rate);
        lock (_lock)
        {
            // Who goes on from before has something to catch up with that the others have seen.
            TailQuery? shared = _queries.Find(other => other.Key == key && (!isResumed || other.Position == position));
            TailQuery joined = shared ?? new TailQuery(query, rate, position, new TailPoll(_engine, _records, _fieldTypes, query, _time), _time);
            var viewer = new TailSubscription(query.Signal, joined.Position, notices, leaving => Leave(joined, leaving));
            joined.Add(viewer);
            if (shared is null)
            {
                _queries.Add(joined);
            }

            if (_stopping.IsCancellationRequested)
            {
                viewer.End();
            }
            else if (!_isLooping)
            {
                _isLooping = true;

                // The loop is not the viewer's question and does not end with it.
                using (ExecutionContext.SuppressFlow())
                {
                    _loop = Task.Run(LoopAsync);
                }
            }

            return viewer;
        }
    }

    private void Leave(TailQuery query, TailSubscription viewer)
    {
        lock (_lock)
        {
            if (query.Remove(viewer))
            {
                _viewers--;
            }

            if (!query.HasViewers)
            {
                _queries.Remove(query);
            }
        }
    }

    private async Task LoopAsync()
    {
        try
        {
            while (Next() is { } queries)
            {
                long started = _time.GetTimestamp();
                foreach (TailQuery query in queries)
                {
                    await PollAsync(query);
                }

                TimeSpan pause = _time.GetElapsedTime(started) * TailLimits.PauseFactor;
                await Task.Delay(pause > _options.PollInterval ? pause : _options.PollInterval, _time, _stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The process ends.
        }
        finally
        {
            if (_stopping.IsCancellationRequested)
            {
                End();
            }
        }
    }

    /// <summary>What is watched now; null when nothing is, and then the loop has ended.</summary>
    private TailQuery[]? Next()
    {
        lock (_lock)
        {
            _isLooping = _queries.Count > 0 && !_stopping.IsCancellationRequested;
            return _isLooping ? [.. _queries] : null;
        }
    }

    private void End()
    {
        lock (_lock)
        {
            _isLooping = false;
            _queries.ForEach(query => query.End());
        }
    }

    private async Task PollAsync(TailQuery query)
    {
        using IDisposable asker = QueryCaller.Use("live tail");
        using IDisposable question = Question.Begin("tail", _time);
        try
        {
            await query.PollAsync(_stopping.Token);
        }
        catch (Exception e) when (e is StorageException or QueryRefusedException or QueryEndedException)
        {
            query.Fail(e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // One query must not end the tail of all others.
            Log.PollFailed(_logger, e);
            query.Fail("Observe could not look through what arrived; its log has the reason. It is tried again.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3401, LogLevel.Error, "A poll of the live tail failed in a way that is not expected. It is tried again.")]
        public static partial void PollFailed(ILogger logger, Exception error);
    }
}
