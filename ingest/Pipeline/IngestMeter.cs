using System.Diagnostics;
using System.Diagnostics.Metrics;
using Observe.Ingest.Otlp;

namespace Observe.Ingest.Pipeline;

/// <summary>Ingest's own figures. Meter <c>Observe.Ingest</c>; every instrument has the tag <c>signal</c>.</summary>
internal sealed class IngestMeter
{
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _stored;
    private readonly Histogram<double> _insertDuration;

    public IngestMeter(IMeterFactory factory)
    {
        Meter meter = factory.Create("Observe.Ingest");
        _bytes = meter.CreateCounter<long>("observe.ingest.bytes", "By", "Protobuf bytes of well-formed requests.");
        _accepted = meter.CreateCounter<long>("observe.ingest.records.accepted", "{record}", "Records of well-formed requests that were taken on.");
        _rejected = meter.CreateCounter<long>("observe.ingest.records.rejected", "{record}", "Records that senders were told are invalid.");
        _stored = meter.CreateCounter<long>("observe.ingest.records.stored", "{record}", "Records whose rows are in the engine.");
        _insertDuration = meter.CreateHistogram<double>("observe.ingest.insert.duration", "s", "Time that the inserts of one batch took.");
    }

    public void Received(OtlpSignal signal, int bytes, RecordTally validation)
    {
        TagList tags = Tags(signal);
        _bytes.Add(bytes, tags);
        _accepted.Add(validation.Accepted, tags);
        _rejected.Add(validation.Rejected, tags);
    }

    public void Stored(OtlpSignal signal, int records, TimeSpan duration)
    {
        TagList tags = Tags(signal);
        _stored.Add(records, tags);
        _insertDuration.Record(duration.TotalSeconds, tags);
    }

    private static TagList Tags(OtlpSignal signal) => new()
    {
        {
            "signal", signal switch
            {
                OtlpSignal.Logs => "logs",
                OtlpSignal.Metrics => "metrics",
                _ => "traces",
            }
        },
    };
}
