using Observe.Storage.Engine;

namespace Observe.Query.Execution;

/// <summary>A statement of a question, from its start until its result is read or left.</summary>
internal sealed class StatementRun(Question question, SqlStatement statement, SemaphoreSlim gate, TimeProvider time)
{
    private TimeSpan _busy;
    private bool _hasGate;
    private bool _isOver;

    /// <summary>Waits for one of the connections that questions may use.</summary>
    public async Task PassGateAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        _hasGate = true;
    }

    public void LeaveGate()
    {
        if (_hasGate)
        {
            _hasGate = false;
            gate.Release();
        }
    }

    /// <summary>Has the engine do something, until it is done, the token is cancelled or the question is ended.</summary>
    public async Task<T> WorkAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, question.Ending);
        long began = time.GetTimestamp();
        question.BeginWork();
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException e) when (question.Ending.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new QueryEndedException(new QueryEndedException().Message, e);
        }
        finally
        {
            _busy += time.GetElapsedTime(began);
            question.EndWork(statement, _busy);
        }
    }

    /// <summary>Notes how it ended, unless something else was noted before, and lets go of the question.</summary>
    public void End(QuestionOutcome outcome, QueryStatistics cost)
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        question.Note(outcome);
        question.Add(cost);
        LeaveGate();
        question.LetGo();
    }
}
