using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Observe.Query.Language;
using Observe.Query.Time;
using Observe.Storage.Engine;

namespace Observe.Query.Execution;

/// <summary>Logs slow questions with their plans, one after the other: plans are asked for afterwards and never several at once.</summary>
internal sealed partial class SlowQueryLog(
    SlowQueries slowQueries, Explainer explainer, IOptions<QueryOptions> options, TimeProvider time, ILogger<SlowQueryLog> logger) : BackgroundService
{
    /// <summary>The kind of the questions for plans, which are never slow questions themselves.</summary>
    public const string Kind = "plan";

    /// <summary>A plan takes some milliseconds, unless the query has a subquery that takes long itself.</summary>
    private static readonly TimeSpan PlanTimeout = TimeSpan.FromSeconds(2);

    private readonly bool _logsText = options.Value.SlowQueries.LogText;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (Question question in slowQueries.Found.ReadAllAsync(stoppingToken))
            {
                SlowQuery query = await DescribeAsync(question, stoppingToken);
                slowQueries.Add(query);
                Write(query);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    private async Task<SlowQuery> DescribeAsync(Question question, CancellationToken cancellationToken)
    {
        SqlStatement statement = question.Slowest!;

        // What a user wrote is only safe where storage checks it, and only there it is run: not even an EXPLAIN of it here.
        StatementPlan? plan = question.HasUserSql ? null : await PlanAsync(statement, cancellationToken);
        return new SlowQuery(
            question.Id, question.Kind, _logsText && question.Text is { } text ? Excerpt.ForLog(text) : null, question.Range, question.StartedAt, question.Busy,
            question.Waited, question.Outcome, question.Statements, question.RowsRead, question.BytesRead,
            question.HasUserSql && !_logsText ? "(a user's SQL)" : Excerpt.ForLog(statement.Text),
            _logsText ? [.. statement.Parameters.Select(p => KeyValuePair.Create(p.Name, Excerpt.ForLog(p.Text)))] : [],
            _logsText ? plan : WithoutConditions(plan));
    }

    private async Task<StatementPlan?> PlanAsync(SqlStatement statement, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(PlanTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        using IDisposable question = Question.Begin(Kind, time);
        try
        {
            return await explainer.ExplainAsync(statement, either.Token);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever is wrong with the plan, that the query was slow is to be said.
            return null;
        }
    }

    private static StatementPlan? WithoutConditions(StatementPlan? plan) => plan is null ? null : plan with
    {
        Reads = [.. plan.Reads.Select(read => read with { Indexes = [.. read.Indexes.Select(index => index with { Condition = "" })] })],
    };

    private void Write(SlowQuery query) => Log.Slow(
        logger, query.Id, query.Kind, (long)query.Busy.TotalMilliseconds, QuestionOutcomes.NameOf(query.Outcome),
        query.Text ?? "(no text)",
        query.Range is { } range ? $"{Rfc3339.Format(range.From)} to {Rfc3339.Format(range.To)}" : "any time",
        (long)query.Waited.TotalMilliseconds, query.Statements, query.RowsRead, query.BytesRead, query.Sql,
        string.Join(", ", query.Parameters.Select(p => $"{p.Key}={p.Value}")),
        query.Plan is { } plan ? PlanText(plan) : "not known");

    private static string PlanText(StatementPlan plan) => Excerpt.ForLog(string.Join("; ", plan.Reads.Select(read => string.Create(
        CultureInfo.InvariantCulture,
        $"{read.Table} {read.SelectedParts} of {read.TotalParts} parts, {read.SelectedGranules} of {read.TotalGranules} granules ({string.Join(", ", read.Indexes.Select(IndexText))})"))));

    private static string IndexText(IndexUse index) => string.Create(
        CultureInfo.InvariantCulture, $"{index.Name ?? index.Type} left {index.SelectedGranules} of {index.InitialGranules}");

    private static partial class Log
    {
        [LoggerMessage(3201, LogLevel.Warning,
            "Slow query {Id} ({Kind}): the engine was busy for {BusyMs} ms, {Outcome}. Query: {Query}; time: {Range}; {WaitedMs} ms in line; {Statements} statements read {Rows} rows, " +
            "{Bytes} bytes. Slowest statement: {Sql} with {Parameters}. It reads: {Plan}")]
        public static partial void Slow(
            ILogger logger, long id, string kind, long busyMs, string outcome, string query, string range, long waitedMs, int statements, ulong rows,
            ulong bytes, string sql, string parameters, string plan);
    }
}
