using Microsoft.Extensions.Options;
using Observe.Storage.Engine;

namespace Observe.Query.Execution;

/// <summary>Small answers that are given again: what dashboards ask every few seconds, and what several viewers ask at once.</summary>
/// <remarks>
/// The rule: an answer shows everything that was in the engine <see cref="CacheOptions.MaxAge"/> before it was asked for, or later. So it is given again
/// within that time, and after it as long as <see cref="DataStamp"/> says that its data is the same. The first answer has no stamp, which would
/// make every question dearer; what is asked again gets one.
/// The engine's own query cache knows only a time to live (and does nothing in libchdb 26.7); its cache of conditions is on and is of use beside this one.
/// </remarks>
internal sealed class AnswerCache
{
    /// <summary>What an entry takes besides its blocks' bytes, about.</summary>
    private const int EntryBytes = 1_024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byUse = new();
    private readonly Dictionary<string, SharedReading> _readings = new(StringComparer.Ordinal);
    private readonly CacheOptions _options;
    private readonly QueryMeter _meter;
    private readonly TimeProvider _time;
    private long _bytes;

    public AnswerCache(IOptions<QueryOptions> options, QueryMeter meter, TimeProvider time)
    {
        _options = options.Value.Cache;
        _meter = meter;
        _time = time;
        meter.Watch(() => Volatile.Read(ref _bytes));
    }

    /// <param name="holdsPlace">
    /// Whether the asker has a place. Then it does not wait for another's reading that still stands in line: all places could be held by such askers.
    /// </param>
    /// <param name="read">Reads the answer.</param>
    /// <param name="readStamp">Asks the engine for the stamp of the data.</param>
    public async Task<Answer> GetAsync(
        SqlStatement statement, DataScope reads, bool holdsPlace, Func<CancellationToken, Task<Answer>> read,
        Func<CancellationToken, Task<string>> readStamp, CancellationToken cancellationToken)
    {
        if (_options.MaxBytes == 0 || !DataStamp.Covers(reads))
        {
            return await read(cancellationToken);
        }

        string key = AnswerKey.Of(statement);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long now = _time.GetTimestamp();
            string? stamp = null;
            if (Find(key) is { } known)
            {
                if (_time.GetElapsedTime(known.CheckedAt, now) <= _options.MaxAge)
                {
                    return Kept(known);
                }

                stamp = await readStamp(cancellationToken);
                if (stamp == known.Stamp)
                {
                    Keep(key, known with { CheckedAt = now });
                    return Kept(known);
                }
            }

            SharedReading reading = Join(key, now, stamp, holdsPlace, read, out bool isFirst);
            try
            {
                Answer answer = await reading.WaitAsync(cancellationToken);
                _meter.Answered(isFirst ? "read" : "shared");
                return answer;
            }
            catch (Exception e) when (!isFirst && e is OperationCanceledException or QueryEndedException or QueryRefusedException)
            {
                // What happened to the other asker's question is no concern of this one.
            }
        }
    }

    private SharedReading Join(
        string key, long now, string? stamp, bool holdsPlace, Func<CancellationToken, Task<Answer>> read, out bool isFirst)
    {
        SharedReading reading;
        lock (_lock)
        {
            isFirst = !(_readings.TryGetValue(key, out SharedReading? running)
                && !holdsPlace && _time.GetElapsedTime(running.BeganAt, now) <= _options.MaxAge && running.TryJoin());
            if (!isFirst)
            {
                return running!;
            }

            reading = new SharedReading(now);
            _readings[key] = reading;
        }

        _ = reading.RunAsync(read, answer => End(key, reading, answer, stamp));
        return reading;
    }

    private void End(string key, SharedReading reading, Answer? answer, string? stamp)
    {
        lock (_lock)
        {
            if (_readings.GetValueOrDefault(key) == reading)
            {
                _readings.Remove(key);
            }
        }

        if (answer is not null)
        {
            Keep(key, new Entry(key, answer, stamp, reading.BeganAt, answer.ByteCount + EntryBytes));
        }
    }

    private Answer Kept(Entry entry)
    {
        _meter.Answered("kept");
        return entry.Answer with { IsKept = true };
    }

    private Entry? Find(string key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out LinkedListNode<Entry>? node))
            {
                return null;
            }

            _byUse.Remove(node);
            _byUse.AddLast(node);
            return node.Value;
        }
    }

    private void Keep(string key, Entry entry)
    {
        lock (_lock)
        {
            if (_entries.Remove(key, out LinkedListNode<Entry>? old))
            {
                _byUse.Remove(old);
                _bytes -= old.Value.ByteCount;
            }

            if (entry.ByteCount > _options.MaxEntryBytes || entry.ByteCount > _options.MaxBytes)
            {
                return;
            }

            _entries.Add(key, _byUse.AddLast(entry));
            _bytes += entry.ByteCount;
            while (_bytes > _options.MaxBytes)
            {
                Entry least = _byUse.First!.Value;
                _byUse.RemoveFirst();
                _entries.Remove(least.Key);
                _bytes -= least.ByteCount;
            }
        }
    }

    /// <param name="Stamp">Of the data, taken before it was read; null for a first answer.</param>
    /// <param name="CheckedAt">When it was known last that the answer is right.</param>
    private sealed record Entry(string Key, Answer Answer, string? Stamp, long CheckedAt, long ByteCount);
}
