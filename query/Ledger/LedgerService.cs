using System.Globalization;
using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Storage.Ingest;
using Observe.Storage.Results;

namespace Observe.Query.Ledger;

/// <inheritdoc cref="ILedgerService"/>
/// <param name="engine">Where the ledger is kept.</param>
/// <param name="time">The clock.</param>
/// <param name="ingest">Null in a process that does not ingest.</param>
internal sealed class LedgerService(IQueryEngine engine, TimeProvider time, IIngestStatus? ingest = null) : ILedgerService
{
    public async Task<LedgerAnswer> GetAsync(LedgerRequest request, CancellationToken cancellationToken)
    {
        using IDisposable question = Question.Begin("ingest/ledger", time, range: request.Range);

        // Before the table: a record that is stored meanwhile is counted twice for once, as received and as its outcome. The other way round it
        // would be missing, and what nobody shows is what a ledger is there against.
        IReadOnlyList<WaitingRecords>? waiting = request.Service is null ? ingest?.Waiting() : null;

        var rows = new LedgerRows();
        await using QueryResult result = await engine.QueryAsync(Statement(request), cancellationToken);
        while (await result.ReadBlockAsync(cancellationToken) is { } block)
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                Read(request, block, row, rows);
            }
        }

        foreach (WaitingRecords records in waiting ?? [])
        {
            if (Matches(request, records))
            {
                string?[] keys = [.. request.GroupBy.Select(key => KeyOf(key, records))];
                rows[keys].Add(records);
                rows.Total.Add(records);
            }
        }

        return new LedgerAnswer(rows.Sorted(), rows.Total, waiting is not null);
    }

    internal static string NameOf(FieldSignal signal) => signal switch
    {
        FieldSignal.Logs => "logs",
        FieldSignal.Spans => "spans",
        _ => "metrics",
    };

    private static SqlStatement Statement(LedgerRequest request)
    {
        var parameters = new ParameterBag();
        string keys = string.Concat(request.GroupBy.Select(key => ColumnOf(key) + ", "));
        string condition =
            $"Minute >= toStartOfMinute({parameters.AddTime(request.Range.From)}) AND Minute < {parameters.AddTime(request.Range.To)}";
        if (request.Signal is { } signal)
        {
            condition += $" AND Signal = {parameters.Add(NameOf(signal))}";
        }

        if (request.Sender is { } sender)
        {
            condition += $" AND Sender = {parameters.Add(sender)}";
        }

        if (request.Service is { } service)
        {
            condition += $" AND ServiceName = {parameters.Add(service)}";
        }

        string sql = $"""
            SELECT {keys}Outcome, Reason, sum(Requests) AS RequestSum, sum(Records) AS RecordSum, sum(Bytes) AS ByteSum
            FROM ingest_ledger
            WHERE {condition}
            GROUP BY {keys}Outcome, Reason
            ORDER BY {keys}Outcome, Reason
            """;
        return new SqlStatement(sql, parameters.Parameters, QueryLimits.Settings);
    }

    private static void Read(LedgerRequest request, ResultBlock block, int row, LedgerRows rows)
    {
        string?[] keys = [.. request.GroupBy.Select(key => KeyOf(key, block, row))];
        var outcome = (LedgerOutcome)block["Outcome"].GetInt64(row);
        string reason = block["Reason"].GetString(row);
        long requests = (long)block["RequestSum"].GetUInt64(row);
        long records = (long)block["RecordSum"].GetUInt64(row);
        long bytes = (long)block["ByteSum"].GetUInt64(row);
        rows[keys].Add(outcome, reason, requests, records, bytes);
        rows.Total.Add(outcome, reason, requests, records, bytes);
    }

    /// <summary>Whether the records were received in the range, or may have been: of a group only the oldest one's time is known.</summary>
    private static bool Matches(LedgerRequest request, WaitingRecords records) =>
        (request.Signal is null || request.Signal == records.Signal)
        && (request.Sender is null || request.Sender == records.Sender)
        && (records.OldestReceivedAt.Ticks - DateTimeOffset.UnixEpoch.Ticks) < request.Range.To / TimeSpan.NanosecondsPerTick;

    private static string ColumnOf(LedgerKey key) => key switch
    {
        LedgerKey.Minute => "Minute",
        LedgerKey.Signal => "Signal",
        LedgerKey.Sender => "Sender",
        _ => "ServiceName",
    };

    private static string KeyOf(LedgerKey key, ResultBlock block, int row) => key == LedgerKey.Minute
        ? DateTimeOffset.FromUnixTimeSeconds(block["Minute"].GetInt64(row)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : block[ColumnOf(key)].GetString(row);

    private static string? KeyOf(LedgerKey key, WaitingRecords records) => key switch
    {
        LedgerKey.Signal => NameOf(records.Signal),
        LedgerKey.Sender => records.Sender,
        _ => null,
    };
}
