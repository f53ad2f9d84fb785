using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Observe.Storage.Engine;

namespace Observe.Query.Execution;

/// <summary>The questions that may take the whole of <see cref="QueryOptions.MaxMemory"/>, few at a time.</summary>
/// <remarks>
/// How much a statement needs is not known before it ran. So each begins with a part, is run again with the whole when that was not enough, and its
/// text, which has no values in it, is remembered to begin with the whole the next time.
/// </remarks>
internal sealed class LargeQuestions(QuestionPlaces places, IOptions<QueryOptions> options, QueryMeter meter, TimeProvider time) : IDisposable
{
    /// <summary>Texts are as many as the kinds of questions that people ask; beyond it they are learnt anew. They may be long, so their hashes are kept.</summary>
    private const int MostTexts = 1_000;

    private readonly SemaphoreSlim _free = new(places.LargeCount);
    private readonly ConcurrentDictionary<string, bool> _texts = new(StringComparer.Ordinal);
    private readonly TimeSpan _maxWait = options.Value.MaxWait;

    public bool Knows(SqlStatement statement) => !_texts.IsEmpty && _texts.ContainsKey(AnswerKey.OfText(statement));

    public void Remember(SqlStatement statement)
    {
        if (_texts.Count >= MostTexts)
        {
            _texts.Clear();
        }

        _texts[AnswerKey.OfText(statement)] = true;
    }

    /// <exception cref="QueryRefusedException">The wait was too long.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_maxWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await _free.WaitAsync(either.Token);
            return new Grant(_free);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            meter.Refused(RefusalReason.WaitedTooLong);
            throw new QueryRefusedException(
                RefusalReason.WaitedTooLong, TimeSpan.FromSeconds(5),
                $"The query needs more than {places.SmallMemory >> 20} MiB of memory, and for {_maxWait.TotalSeconds:0.#} s other queries had all that may be taken so. Narrow the time " +
                "range or the filter, ask again later, or raise Observe:Query:MaxMemoryInAll.");
        }
    }

    public void Dispose() => _free.Dispose();

    private sealed class Grant(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
