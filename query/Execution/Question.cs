using Observe.Query.Time;
using Observe.Storage.Engine;

namespace Observe.Query.Execution;

/// <summary>What somebody asked, from its first statement to the last byte of its answer. It takes one place however many statements it runs.</summary>
/// <remarks>
/// <see cref="Begin"/> makes it the question of everything that is called from there, as an activity does; a question within a question is the
/// same question. It is over when its scope is closed and no result of it is read any more. Thread-safe.
/// </remarks>
public sealed class Question : IDisposable
{
    /// <summary>Characters of a query's text that are kept for those who look at what runs: the values of its lists may be many more.</summary>
    private const int MaxText = Language.LanguageLimits.MaxLength;

    private static readonly AsyncLocal<Question?> Ambient = new();
    private static long _lastId;

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _entering = new(1);
    private readonly CancellationTokenSource _ending = new();
    private readonly TimeProvider _time;
    private readonly long _began;
    private QuestionRegister? _register;
    private IDisposable? _place;
    private IDisposable? _large;
    private TimeSpan _busy;
    private TimeSpan _slowestBusy;
    private long _busySince;
    private int _working;
    private int _holders = 1;
    private bool _isOver;

    internal Question(string kind, TimeProvider time)
    {
        Kind = kind;
        _time = time;
        _began = time.GetTimestamp();
        StartedAt = time.GetUtcNow();
        Caller = QueryCaller.Current;
        Ending = _ending.Token;
    }

    /// <summary>The question of what is running here; null where nobody began one.</summary>
    public static Question? Current => Ambient.Value;

    /// <summary>Names the question in <c>/api/v1/queries</c>; of this process.</summary>
    public long Id { get; } = Interlocked.Increment(ref _lastId);

    /// <summary>What was asked for: a few words of the program's own, such as <c>query</c> or <c>histogram</c>.</summary>
    public string Kind { get; }

    public string Caller { get; private init; }

    public DateTimeOffset StartedAt { get; }

    /// <summary>The query as it was typed, or the beginning of a very long one; null where there is none.</summary>
    public string? Text { get; private set; }

    public TimeRange? Range { get; private set; }

    /// <summary>Whether the asker wants an answer that was read just now.</summary>
    public bool PassesCacheBy { get; private set; }

    public QuestionOutcome Outcome { get; private set; }

    /// <summary>Whether it has a place. Without one it stands in line, or has run nothing yet.</summary>
    public bool IsRunning => _place is not null;

    public int Statements { get; private set; }

    public ulong RowsRead { get; private set; }

    public ulong BytesRead { get; private set; }

    /// <summary>The statement that kept the engine busy for longest.</summary>
    public SqlStatement? Slowest { get; private set; }

    /// <summary>Whether a statement of it is SQL that a user wrote.</summary>
    public bool HasUserSql { get; private set; }

    public TimeSpan Elapsed => _time.GetElapsedTime(_began);

    /// <summary>Time in which the engine worked for it: neither in line nor while a client read the answer.</summary>
    public TimeSpan Busy
    {
        get
        {
            lock (_lock)
            {
                return _working > 0 ? _busy + _time.GetElapsedTime(_busySince) : _busy;
            }
        }
    }

    /// <summary>Time in line.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Whether a statement of it may take all the memory that one may.</summary>
    internal bool IsLarge => _large is not null;

    /// <summary>Cancelled when somebody ends the question.</summary>
    internal CancellationToken Ending { get; }

    /// <summary>
    /// Begins a question, or adds what is known now to the one that has begun, which keeps its kind. To be disposed when everything was asked, before the answer is sent.
    /// </summary>
    public static IDisposable Begin(string kind, TimeProvider time, string? text = null, TimeRange? range = null, bool passesCacheBy = false)
    {
        Question? outer = Ambient.Value;
        Question question = outer is { _isOver: false } ? outer : new Question(kind, time);
        question.Text ??= text?.Length > MaxText ? string.Concat(text.AsSpan(0, MaxText), "…") : text;
        question.Range ??= range;
        question.PassesCacheBy |= passesCacheBy;
        if (question == outer)
        {
            return Joined.Instance;
        }

        Ambient.Value = question;
        return new Scope(question, outer);
    }

    /// <summary>Makes it the current question again, for the rest of an answer that is sent after its scope was closed.</summary>
    internal IDisposable Resume()
    {
        Question? outer = Ambient.Value;
        Ambient.Value = this;
        return new Resumed(outer);
    }

    /// <summary>Ends what of it runs or waits; the asker gets a <see cref="QueryEndedException"/>.</summary>
    public void End()
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return;
            }
        }

        try
        {
            _ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It was over in this moment.
        }
    }

    /// <summary>Closes the scope in which it was begun.</summary>
    public void Dispose() => LetGo();

    /// <summary>Keeps the question going until <see cref="LetGo"/>; false when it is over.</summary>
    internal bool TryHold(QuestionRegister register)
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return false;
            }

            _holders++;
            Statements++;
            if (_register is not null)
            {
                return true;
            }

            _register = register;
        }

        register.Add(this);
        return true;
    }

    /// <summary>Keeps the question and its place between the statements of an answer that is sent piece by piece; null when it is over.</summary>
    internal IDisposable? Keep()
    {
        lock (_lock)
        {
            if (_isOver)
            {
                return null;
            }

            _holders++;
            return new Kept(this);
        }
    }

    internal void LetGo()
    {
        lock (_lock)
        {
            if (--_holders > 0)
            {
                return;
            }

            _isOver = true;
        }

        _register?.Remove(this);
        _large?.Dispose();
        _place?.Dispose();
        _ending.Dispose();
        _entering.Dispose();
    }

    /// <summary>Takes the question's place, once for all its statements.</summary>
    internal async Task EnterAsync(QuestionLine line, CancellationToken cancellationToken)
    {
        if (_place is not null)
        {
            return;
        }

        await _entering.WaitAsync(cancellationToken);
        try
        {
            if (_place is null)
            {
                long arrived = _time.GetTimestamp();
                try
                {
                    _place = await line.EnterAsync(Caller, cancellationToken);
                }
                finally
                {
                    Waited = _time.GetElapsedTime(arrived);
                }
            }
        }
        finally
        {
            _entering.Release();
        }
    }

    /// <summary>Takes the memory of a large question, once for all its statements.</summary>
    internal async Task GrowAsync(LargeQuestions larges, CancellationToken cancellationToken)
    {
        await _entering.WaitAsync(cancellationToken);
        try
        {
            _large ??= await larges.EnterAsync(cancellationToken);
        }
        finally
        {
            _entering.Release();
        }
    }

    internal void NoteUserSql() => HasUserSql = true;

    internal void BeginWork()
    {
        lock (_lock)
        {
            if (_working++ == 0)
            {
                _busySince = _time.GetTimestamp();
            }
        }
    }

    /// <param name="statementBusy">How long the statement has kept the engine busy by now.</param>
    internal void EndWork(SqlStatement statement, TimeSpan statementBusy)
    {
        lock (_lock)
        {
            if (--_working == 0)
            {
                _busy += _time.GetElapsedTime(_busySince);
            }

            if (statementBusy > _slowestBusy)
            {
                _slowestBusy = statementBusy;
                Slowest = statement;
            }
        }
    }

    internal void Add(QueryStatistics cost)
    {
        lock (_lock)
        {
            RowsRead += cost.RowsRead;
            BytesRead += cost.BytesRead;
        }
    }

    internal void Note(QuestionOutcome outcome)
    {
        lock (_lock)
        {
            Outcome = outcome > Outcome ? outcome : Outcome;
        }
    }

    /// <summary>Another one of the same asker about the same, for what is run after it is over.</summary>
    internal Question Again() => new(Kind, _time) { Caller = Caller, Text = Text, Range = Range, PassesCacheBy = PassesCacheBy };

    private sealed class Scope(Question question, Question? outer) : IDisposable
    {
        public void Dispose()
        {
            Ambient.Value = outer;
            question.Dispose();
        }
    }

    private sealed class Resumed(Question? outer) : IDisposable
    {
        public void Dispose() => Ambient.Value = outer;
    }

    private sealed class Kept(Question question) : IDisposable
    {
        private Question? _question = question;

        public void Dispose() => Interlocked.Exchange(ref _question, null)?.LetGo();
    }

    private sealed class Joined : IDisposable
    {
        public static readonly Joined Instance = new();

        public void Dispose()
        {
            // The question goes on until whoever began it closes it.
        }
    }
}
