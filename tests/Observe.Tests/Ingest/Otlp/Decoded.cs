using Observe.Ingest.Catalog;
using Observe.Ingest.Otlp;
using Observe.Ingest.Pipeline;
using Observe.Storage.Batches;
using Observe.Storage.Results;

namespace Observe.Tests.Ingest.Otlp;

/// <summary>Validates and decodes requests as the pipeline does, and shows the rows.</summary>
internal sealed class Decoded
{
    public const long ReceivedAt = 1_700_000_000_000_000_000;

    private readonly OtlpSignal _signal;
    private readonly SignalBatch _batch;

    public Decoded(OtlpSignal signal)
    {
        _signal = signal;
        _batch = CreateBatch(signal);
    }

    public static ResultBlock Logs(params Action<ProtoWriter>[] records) => new Decoded(OtlpSignal.Logs).Add(OtlpWriter.Request(records)).Rows("logs");

    public static ResultBlock Spans(params Action<ProtoWriter>[] records) => new Decoded(OtlpSignal.Traces).Add(OtlpWriter.Request(records)).Rows("spans");

    public static Decoded Metrics(params Action<ProtoWriter>[] metrics) => new Decoded(OtlpSignal.Metrics).Add(OtlpWriter.Request(metrics));

    public static SignalBatch CreateBatch(OtlpSignal signal) => signal switch
    {
        OtlpSignal.Logs => new LogSignalBatch(new SignalCatalog(FieldSignal.Logs)),
        OtlpSignal.Traces => new SpanSignalBatch(new SignalCatalog(FieldSignal.Spans)),
        _ => new MetricSignalBatch(new SignalCatalog(FieldSignal.Metrics)),
    };

    /// <summary>Rows that hold records, whatever their table.</summary>
    public static int RecordRows(SignalBatch batch) =>
        batch.Tables.Where(t => t is LogBatch or SpanBatch or MetricPointBatch or MetricHistogramBatch or MetricExponentialHistogramBatch or MetricSummaryBatch)
            .Sum(t => t.RowCount);

    public Decoded Add(byte[] request)
    {
        RecordTally result = OtlpValidator.Validate(_signal, request);
        int before = RecordRows(_batch);
        _batch.Decode(request, ReceivedAt);
        Assert.Equal(result.Accepted, RecordRows(_batch) - before);
        Assert.Equal(result.Rejected, _batch.Tallies.All.Values.Sum(tally => tally.Rejected));
        Assert.Equal(result.Untimed, _batch.Tallies.All.Values.Sum(tally => tally.Untimed));
        _batch.Tallies.Clear();
        return this;
    }

    public Decoded Finish()
    {
        _batch.Finish();
        return this;
    }

    public ResultBlock Rows(string table) => BatchRows.Read(_batch.Tables.Single(t => t.Table == table));
}
