using Observe.Fuzz.Engine;
using Observe.Ingest.Catalog;
using Observe.Ingest.Otlp;
using Observe.Ingest.Pipeline;
using Observe.Storage.Batches;
using Observe.Storage.Columns;
using Observe.Storage.Results;

namespace Observe.Fuzz.Targets;

/// <summary>A signal's batch as the pipeline uses it: filled by several requests, finished, written as a block, cleared.</summary>
internal sealed class DecodedBatch
{
    public const long ReceivedAt = 1_700_000_000_000_000_000;

    /// <summary>Small, so that requests of a few hundred bytes exceed them.</summary>
    public static readonly RecordLimits Limits = new(MaxAttributes: 12, MaxAttributeBytes: 24, MaxBodyBytes: 48);

    private const int MaxRequests = 64;

    /// <summary>Longer requests get a batch of their own, of which it can be told how large they made it.</summary>
    private const int AloneLength = 512;

    /// <summary>A byte of text may become three that say that it was none, and each of these six in JSON; numbers and flags grow less.</summary>
    private const int MaxGrowth = 32;

    /// <summary>What is shared is counted as it was sent: an attribute of two bytes is eight of text where the columns have no place for it.</summary>
    private const int MaxSharedGrowth = 8;

    private readonly OtlpSignal _signal;
    private readonly MemoryBlockSink _sink = new();
    private FuzzRandom _random = new(0);
    private SignalBatch _batch;
    private ColumnBatch[] _recordTables = [];
    private int _requests;
    private int _due;
    private int _accepted;
    private int _rejected;
    private int _untimed;
    private int _truncated;
    private int _truncations;

    public DecodedBatch(OtlpSignal signal)
    {
        _signal = signal;
        _batch = CreateBatch(signal);
        Reset();
    }

    /// <summary>Bytes of columns for each byte of the last request; 0 when others share them.</summary>
    public int Growth { get; private set; }

    /// <summary>Bytes of all columns.</summary>
    public long ByteCount => _batch.ByteCount;

    /// <summary>Makes room for a request of its own, if it is long.</summary>
    public void Begin(int length)
    {
        if (length > AloneLength && _requests > 0)
        {
            Flush();
        }
    }

    /// <summary>Appends the records of a validated request, and checks that they are those that the validator counted.</summary>
    /// <param name="request">The request.</param>
    /// <param name="tally">What the validator counted.</param>
    /// <param name="maxDecodedBytes">What the validator allowed for the rows beyond the request's own bytes.</param>
    public void Decode(ReadOnlySpan<byte> request, in RecordTally tally, long maxDecodedBytes)
    {
        bool isFirst = _requests == 0;
        _batch.Decode(request, ReceivedAt);
        Growth = 0;
        if (isFirst)
        {
            long bytes = ByteCount;
            long limit = (MaxSharedGrowth * maxDecodedBytes) + (MaxGrowth * request.Length) + 4096;
            Expect.That(bytes <= limit, $"A request of {request.Length} bytes became {bytes} bytes of columns; {limit} are allowed.");
            Growth = (int)(bytes / request.Length);
        }

        _requests++;
        _accepted += tally.Accepted;
        _rejected += tally.Rejected;
        _untimed += tally.Untimed;
        _truncated += tally.Truncated;
        _truncations += TruncationsOf(tally);

        int rows = 0;
        foreach (ColumnBatch table in _recordTables)
        {
            rows += table.RowCount;
        }

        (int accepted, int rejected, int untimed, int truncated, int truncations) = (0, 0, 0, 0, 0);
        foreach (RecordTally service in ((Dictionary<byte[], RecordTally>)_batch.Tallies.All).Values)
        {
            accepted += service.Accepted;
            rejected += service.Rejected;
            untimed += service.Untimed;
            truncated += service.Truncated;
            truncations += TruncationsOf(service);
        }

        Expect.That(rows == _accepted, $"{rows} rows of {_accepted} accepted records.");
        Expect.That(accepted == _accepted && rejected == _rejected && untimed == _untimed, $"The services have {accepted} records and {rejected} rejected ones, of {_accepted} and {_rejected}.");
        Expect.That(
            truncated == _truncated && truncations == _truncations,
            $"The services have {truncated} truncated records of {_truncated}, for other reasons: {truncations}, not {_truncations}.");
    }

    /// <summary>All counts of truncations in one number, which differs where any of them does.</summary>
    private static int TruncationsOf(in RecordTally tally)
    {
        int sum = 0;
        for (int i = 0; i < RecordRules.TruncateReasonCount; i++)
        {
            sum = unchecked(sum + (tally[(TruncateReason)i] * (1 + (i * 1_000_003))));
        }

        return sum;
    }

    /// <summary>Checks that the columns of each table have the same number of rows.</summary>
    public void CheckColumns()
    {
        IReadOnlyList<ColumnBatch> tables = _batch.Tables;
        for (int t = 0; t < tables.Count; t++)
        {
            ColumnBatch table = tables[t];
            int rows = table.RowCount;
            IReadOnlyList<KeyValuePair<string, Column>> columns = table.Columns;
            for (int i = 0; i < columns.Count; i++)
            {
                if (columns[i].Value.Count != rows)
                {
                    throw new FuzzFailureException($"Column {columns[i].Key} of {table.Table} has {columns[i].Value.Count} rows, the first has {rows}.");
                }
            }
        }
    }

    public void FlushWhenDue()
    {
        if (_requests >= _due)
        {
            Flush();
        }
    }

    /// <summary>Finishes the batch, writes its blocks and reads them back, and empties it.</summary>
    public void Flush()
    {
        _batch.Finish();
        CheckColumns();
        foreach (ColumnBatch table in _batch.Tables)
        {
            CheckBlock(table);
        }

        if (_random.OneIn(2))
        {
            _batch.Commit();
        }

        _batch.Clear();
        _requests = _accepted = _rejected = _untimed = _truncated = _truncations = 0;
        _due = _random.Between(1, MaxRequests);
    }

    public void Reset()
    {
        _random = new FuzzRandom(1);
        _batch = CreateBatch(_signal);
        _recordTables = [.. _batch.Tables.Where(static table =>
            table is LogBatch or SpanBatch or MetricPointBatch)];
        _requests = _accepted = _rejected = _untimed = _truncated = _truncations = 0;
        _due = MaxRequests;
    }

    private void CheckBlock(ColumnBatch table)
    {
        if (table.RowCount == 0)
        {
            return;
        }

        _sink.Clear();
        table.WriteBlock(_sink);
        ResultBlock block = BlockReader.ReadAll(_sink.Span).Single();
        Expect.That(block.RowCount == table.RowCount, $"The block of {table.Table} has {block.RowCount} rows, the batch {table.RowCount}.");
        Expect.That(block.Columns.Count == table.Columns.Count, $"The block of {table.Table} has {block.Columns.Count} columns of {table.Columns.Count}.");
        int row = _random.Below(block.RowCount);
        foreach (ResultColumn column in block.Columns)
        {
            column.GetValue(row);
        }
    }

    private static SignalBatch CreateBatch(OtlpSignal signal) => signal switch
    {
        OtlpSignal.Logs => new LogSignalBatch(new SignalCatalog(FieldSignal.Logs, Limits)),
        OtlpSignal.Traces => new SpanSignalBatch(new SignalCatalog(FieldSignal.Spans, Limits)),
        _ => new MetricSignalBatch(new SignalCatalog(FieldSignal.Metrics, Limits)),
    };
}
