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
    private readonly RecordLimits? _limits;
    private readonly SignalBatch _batch;

    public Decoded(OtlpSignal signal, RecordLimits? limits = null)
    {
        _signal = signal;
        _limits = limits;
        _batch = CreateBatch(signal, limits);
    }

    /// <summary>What the validator said of the last request.</summary>
    public RecordTally Tally { get; private set; }

    /// <summary>Fails unless the decoder counted what the validator did.</summary>
    public static void AssertSame(RecordTally validated, SignalBatch decoded)
    {
        RecordTally[] tallies = [.. decoded.Tallies.All.Values];
        Assert.Equal(validated.Accepted, tallies.Sum(tally => tally.Accepted));
        Assert.Equal(validated.Rejected, tallies.Sum(tally => tally.Rejected));
        Assert.Equal(validated.Untimed, tallies.Sum(tally => tally.Untimed));
        Assert.Equal(validated.Truncated, tallies.Sum(tally => tally.Truncated));
        for (int i = 1; i < RecordRules.ReasonCount; i++)
        {
            Assert.Equal(validated[(RejectReason)i], tallies.Sum(tally => tally[(RejectReason)i]));
        }

        for (int i = 0; i < RecordRules.TruncateReasonCount; i++)
        {
            Assert.Equal(validated[(TruncateReason)i], tallies.Sum(tally => tally[(TruncateReason)i]));
        }
    }

    public static ResultBlock Logs(params Action<ProtoWriter>[] records) => new Decoded(OtlpSignal.Logs).Add(OtlpWriter.Request(records)).Rows("logs");

    public static ResultBlock Spans(params Action<ProtoWriter>[] records) => new Decoded(OtlpSignal.Traces).Add(OtlpWriter.Request(records)).Rows("spans");

    public static Decoded Metrics(params Action<ProtoWriter>[] metrics) => new Decoded(OtlpSignal.Metrics).Add(OtlpWriter.Request(metrics));

    public static SignalBatch CreateBatch(OtlpSignal signal, RecordLimits? limits = null) => signal switch
    {
        OtlpSignal.Logs => new LogSignalBatch(new SignalCatalog(FieldSignal.Logs, limits)),
        OtlpSignal.Traces => new SpanSignalBatch(new SignalCatalog(FieldSignal.Spans, limits)),
        _ => new MetricSignalBatch(new SignalCatalog(FieldSignal.Metrics, limits)),
    };

    /// <summary>Rows that hold records, whatever their table.</summary>
    public static int RecordRows(SignalBatch batch) =>
        batch.Tables.Where(t => t is LogBatch or SpanBatch or MetricPointBatch)
            .Sum(t => t.RowCount);

    public Decoded Add(byte[] request)
    {
        Tally = OtlpValidator.Validate(_signal, request, limits: _limits);
        int before = RecordRows(_batch);
        _batch.Decode(request, ReceivedAt);
        Assert.Equal(Tally.Accepted, RecordRows(_batch) - before);
        AssertSame(Tally, _batch);
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
