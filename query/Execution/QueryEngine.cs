using System.Globalization;
using Microsoft.Extensions.Options;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.Execution;

/// <inheritdoc cref="IQueryEngine"/>
/// <remarks>
/// <code>
/// AskAsync ──► AnswerCache ──kept, or shared──► answer
///                  │ not there
/// QueryAsync ──────┴─1─► QuestionLine: a place ─2─► a connection ─3─► IStorageEngine, with limits ─4─► result
/// FormatAsync, users' SQL ──►                             ▲                      │ memory limit
///                                                         └── LargeQuestions ◄───┘ once more, with the whole of it
/// </code>
/// The place is the question's and is kept until the question is over (<see cref="Question"/>), so its later statements do not stand in line again.
/// </remarks>
internal sealed class QueryEngine(
    IStorageEngine storage,
    QuestionPlaces places,
    QuestionLine line,
    LargeQuestions larges,
    QuestionRegister register,
    AnswerCache cache,
    IOptions<QueryOptions> options,
    QueryMeter meter,
    TimeProvider time) : IQueryEngine, IDisposable
{
    private static readonly int Cores = Environment.ProcessorCount;

    private readonly QueryOptions _options = options.Value;
    private readonly SemaphoreSlim _gate = new(places.Statements);

    public Task<QueryResult> QueryAsync(SqlStatement statement, CancellationToken cancellationToken) =>
        StartAsync(Question.Current, statement, _options.MaxExecutionTime, cancellationToken);

    public Task<QueryResult> StreamAsync(SqlStatement statement, CancellationToken cancellationToken) =>
        StartAsync(Question.Current, statement, _options.MaxStreamTime, cancellationToken);

    public async Task<FormattedResult> FormatAsync(SqlStatement statement, ResultFormat format, CancellationToken cancellationToken)
    {
        (FormattedResult result, StatementRun run) = await StartAsync(
            Question.Current, statement, isUserSql: false,
            (memory, token) => storage.FormatAsync(Limited(statement, memory, _options.MaxStreamTime), format, token),
            cancellationToken);
        return new GuardedFormattedResult(result, run);
    }

    public Task<Answer> AskAsync(SqlStatement statement, DataScope reads, CancellationToken cancellationToken)
    {
        Question? question = Question.Current;
        return question?.PassesCacheBy == true
            ? ReadAllAsync(question, statement, cancellationToken)
            : cache.GetAsync(
                statement, reads, question?.IsRunning == true, token => ReadAllAsync(question, statement, token),
                token => DataStamp.ReadAsync(storage, reads, token), cancellationToken);
    }

    public async Task<QueryResult> QueryUserSqlAsync(string sql, CancellationToken cancellationToken)
    {
        (QueryResult result, StatementRun run) = await StartAsync(
            Question.Current, new SqlStatement(sql), isUserSql: true, (_, token) => storage.QueryUserSqlAsync(sql, token), cancellationToken);
        return new GuardedResult(result, run);
    }

    public async Task<FormattedResult> FormatUserSqlAsync(string sql, ResultFormat format, CancellationToken cancellationToken)
    {
        (FormattedResult result, StatementRun run) = await StartAsync(
            Question.Current, new SqlStatement(sql), isUserSql: true, (_, token) => storage.FormatUserSqlAsync(sql, format, token), cancellationToken);
        return new GuardedFormattedResult(result, run);
    }

    public void Dispose() => _gate.Dispose();

    private async Task<QueryResult> StartAsync(Question? asked, SqlStatement statement, TimeSpan maxTime, CancellationToken cancellationToken)
    {
        (QueryResult result, StatementRun run) = await StartAsync(
            asked, statement, isUserSql: false,
            (memory, token) => storage.QueryAsync(Limited(statement, memory, maxTime), token),
            cancellationToken);
        return new GuardedResult(result, run);
    }

    private async Task<Answer> ReadAllAsync(Question? asked, SqlStatement statement, CancellationToken cancellationToken)
    {
        await using QueryResult result = await StartAsync(asked, statement, _options.MaxExecutionTime, cancellationToken);
        IReadOnlyList<ResultBlock> blocks = await result.ReadAllAsync(cancellationToken);
        return new Answer(blocks, result.Statistics);
    }

    /// <param name="isUserSql">Whether a user wrote it: its memory is configured apart and taken to be that of a large question.</param>
    /// <param name="start">Starts it with so many bytes of memory.</param>
    private async Task<(T Result, StatementRun Run)> StartAsync<T>(
        Question? asked, SqlStatement statement, bool isUserSql, Func<long, CancellationToken, Task<T>> start, CancellationToken cancellationToken)
    {
        Question question = Hold(asked);
        var run = new StatementRun(question, statement, _gate, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, question.Ending);
        try
        {
            if (isUserSql)
            {
                question.NoteUserSql();
            }

            await question.EnterAsync(line, either.Token);
            if (isUserSql || larges.Knows(statement))
            {
                await question.GrowAsync(larges, either.Token);
            }

            while (true)
            {
                await run.PassGateAsync(either.Token);

                // As it is now: another statement of the question may have it grow while this one runs.
                bool isLarge = question.IsLarge;
                long memory = isLarge ? places.LargeMemory : places.SmallMemory;
                try
                {
                    return (await run.WorkAsync(token => start(memory, token), cancellationToken), run);
                }
                catch (StorageException e) when (e.Error == StorageError.MemoryLimit && !isLarge)
                {
                    // Whoever waits for memory keeps no connection from those who have it.
                    run.LeaveGate();
                    larges.Remember(statement);
                    meter.Repeated();
                    await question.GrowAsync(larges, either.Token);
                }
            }
        }
        catch (OperationCanceledException e) when (question.Ending.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            run.End(QuestionOutcome.Cancelled, default);
            throw new QueryEndedException(new QueryEndedException().Message, e);
        }
        catch (Exception e)
        {
            run.End(QuestionOutcomes.Of(e), default);
            throw;
        }
    }

    private Question Hold(Question? asked)
    {
        if (asked is not null && asked.TryHold(register))
        {
            return asked;
        }

        Question own = asked?.Again() ?? new Question("statement", time);
        own.TryHold(register);
        own.Dispose(); // Nobody asks more in it: it is over with its statement.
        return own;
    }

    private SqlStatement Limited(SqlStatement statement, long memory, TimeSpan maxTime)
    {
        var settings = new List<KeyValuePair<string, string>>
        {
            new("max_execution_time", Text((long)Math.Ceiling(maxTime.TotalSeconds))),
            new("max_memory_usage", Text(memory)),
        };
        if (_options.MaxRowsToRead > 0)
        {
            settings.Add(new("max_rows_to_read", Text(_options.MaxRowsToRead)));
        }

        // All questions together run about one thread for each core, so that ingest and short questions get theirs.
        int threads = Math.Max(1, Cores / Math.Max(1, line.Running));
        if (threads < Cores)
        {
            settings.Add(new("max_threads", Text(threads)));
        }

        settings.AddRange(statement.Settings.Where(own => settings.TrueForAll(limit => limit.Key != own.Key)));
        return statement with { Settings = settings };
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
