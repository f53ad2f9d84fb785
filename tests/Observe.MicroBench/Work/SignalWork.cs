using Observe.Bench.Otlp;
using Observe.Bench.Shop;
using Observe.Ingest.Catalog;
using Observe.Ingest.Otlp;
using Observe.Ingest.Pipeline;
using Observe.Storage.Batches;

namespace Observe.MicroBench.Work;

/// <summary>One signal's requests as the load generator makes them, and the batch that the pipeline decodes them into.</summary>
internal sealed class SignalWork
{
    /// <summary>As the load generator's default.</summary>
    public const int RecordsPerRequest = 1000;

    private readonly IRequestEncoder _encoder;
    private readonly WireBuffer _buffer = new();

    /// <param name="records">Records in all; they spread over the hour before <paramref name="end"/>.</param>
    public SignalWork(OtlpSignal signal, long records, DateTimeOffset end)
    {
        Signal = signal;
        var model = new ShopModel(1);
        long to = (end - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        ReceivedAt = to;
        var clock = new TrafficClock(to - (3600L * 1_000_000_000), to, records / RecordsPerRequest);
        _encoder = signal switch
        {
            OtlpSignal.Logs => new LogsEncoder(model, clock),
            OtlpSignal.Traces => new SpansEncoder(model, clock),
            _ => new MetricsEncoder(model, clock, RecordsPerRequest, records),
        };
        Batch = signal switch
        {
            OtlpSignal.Logs => new LogSignalBatch(new SignalCatalog(FieldSignal.Logs)),
            OtlpSignal.Traces => new SpanSignalBatch(new SignalCatalog(FieldSignal.Spans)),
            _ => new MetricSignalBatch(new SignalCatalog(FieldSignal.Metrics)),
        };
    }

    public OtlpSignal Signal { get; }

    public long ReceivedAt { get; }

    public SignalBatch Batch { get; }

    /// <summary>Rows that hold records, whatever their table.</summary>
    public int RecordRows => RecordTables.Sum(static table => table.RowCount);

    /// <summary>The tables whose rows are records, not what records refer to.</summary>
    public IEnumerable<ColumnBatch> RecordTables =>
        Batch.Tables.Where(static table => table is LogBatch or SpanBatch or MetricPointBatch);

    public byte[] Encode(long block)
    {
        _buffer.Clear();
        _encoder.Encode(_buffer, block, RecordsPerRequest);
        return _buffer.WrittenSpan.ToArray();
    }

    public RecordTally Validate(IReadOnlyList<byte[]> requests)
    {
        var last = default(RecordTally);
        foreach (byte[] request in requests)
        {
            last = OtlpValidator.Validate(Signal, request, long.MaxValue);
        }

        return last;
    }

    /// <summary>Decodes as the pipeline does: into a batch that was cleared, with all that is known from batches before.</summary>
    public int Decode(IReadOnlyList<byte[]> requests)
    {
        Batch.Clear();
        foreach (byte[] request in requests)
        {
            Batch.Decode(request, ReceivedAt);
        }

        return requests.Count * RecordsPerRequest;
    }

    /// <exception cref="InvalidOperationException">Validator and decoder do not make of these requests what they hold.</exception>
    public void Verify(IReadOnlyList<byte[]> requests)
    {
        foreach (byte[] request in requests)
        {
            int before = RecordRows;
            RecordTally tally = OtlpValidator.Validate(Signal, request, long.MaxValue);
            Batch.Decode(request, ReceivedAt);
            if ((tally.Accepted, tally.Rejected, RecordRows - before) != (RecordsPerRequest, 0, RecordsPerRequest))
            {
                throw new InvalidOperationException(
                    $"A request of {RecordsPerRequest} records of {Signal} was validated as {tally.Accepted} accepted and {tally.Rejected} rejected, " +
                    $"and decoded into {RecordRows - before} rows.");
            }
        }

        Batch.Finish();
        Batch.Commit();
        Batch.Clear();
    }
}
