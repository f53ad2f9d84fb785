using System.Diagnostics;
using System.Diagnostics.Metrics;
using Observe.Ingest.Ledger;
using Observe.Ingest.Otlp;
using Observe.Storage.Batches;

namespace Observe.Ingest.Pipeline;

/// <summary>Ingest's own figures. Meter <c>Observe.Ingest</c>; every instrument of a signal has the tag <c>signal</c>.</summary>
internal sealed class IngestMeter
{
    private readonly Meter _meter;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _received;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _truncated;
    private readonly Counter<long> _resent;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _stored;
    private readonly Counter<long> _quarantined;
    private readonly Counter<long> _booked;
    private readonly Counter<long> _pointsRefused;
    private readonly Counter<long> _retries;
    private readonly Histogram<long> _batchRows;
    private readonly Histogram<double> _insertDuration;
    private readonly Histogram<double> _appendDuration;

    public IngestMeter(IMeterFactory factory)
    {
        _meter = factory.Create("Observe.Ingest");
        _bytes = _meter.CreateCounter<long>("observe.ingest.bytes", "By", "Protobuf bytes of acknowledged requests.");
        _requests = _meter.CreateCounter<long>("observe.ingest.requests", "{request}", "Acknowledged requests.");
        _received = _meter.CreateCounter<long>("observe.ingest.records.received", "{record}", "Records of acknowledged requests.");
        _rejected = _meter.CreateCounter<long>("observe.ingest.records.rejected", "{record}", "Records that senders were told cannot be stored, by reason.");
        _truncated = _meter.CreateCounter<long>("observe.ingest.records.truncated", "{record}", "Records that are stored with less than was sent, by reason.");
        _resent = _meter.CreateCounter<long>("observe.ingest.records.resent", "{record}", "Records of requests that were recognised as sent before.");
        _refused = _meter.CreateCounter<long>("observe.ingest.requests.refused", "{request}", "Requests that were not taken, by reason.");
        _stored = _meter.CreateCounter<long>("observe.ingest.records.stored", "{record}", "Records whose rows are in the engine.");
        _quarantined = _meter.CreateCounter<long>("observe.ingest.records.quarantined", "{record}", "Records that were set aside in files, by reason.");
        _booked = _meter.CreateCounter<long>(
            "observe.ingest.ledger.records", "{record}", "What this process wrote into the ledger, by sender, service, outcome and reason.");
        _pointsRefused = _meter.CreateCounter<long>(
            "observe.ingest.metric.points.refused", "{point}", "Points of series beyond a limit, by metric, attribute (of a limit of values), service and reason.");
        _retries = _meter.CreateCounter<long>("observe.ingest.store.retries", "{attempt}", "Attempts to store a batch that failed and were repeated.");
        _batchRows = _meter.CreateHistogram(
            "observe.ingest.batch.size", "{record}", "Records of a stored batch.",
            advice: new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 10, 100, 1_000, 10_000, 50_000, 100_000, 500_000] });
        _insertDuration = _meter.CreateHistogram(
            "observe.ingest.insert.duration", "s", "Time that storing one batch took, its checkpoints included.", advice: Seconds);
        _appendDuration = _meter.CreateHistogram(
            "observe.ingest.append.duration", "s", "Time that a request waited for the journal: the greater part of its acknowledgement.", advice: Seconds);
    }

    private static InstrumentAdvice<double> Seconds =>
        new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] };

    /// <summary>Shows what the journals hold.</summary>
    public void Watch(JournalWatch watch)
    {
        _meter.CreateObservableGauge("observe.ingest.journal.size", watch.Bytes, "By", "Bytes of a signal's journal on disk.");
        _meter.CreateObservableGauge("observe.ingest.journal.waiting", watch.Records, "{record}", "Acknowledged records that are not in the engine.");
        _meter.CreateObservableCounter(
            "observe.ingest.journal.forgotten", watch.ForgottenEarly, "{request}",
            "Requests that were forgotten within the resend window, because more came than it holds: sent again, they would be stored twice.");
        _meter.CreateObservableGauge("observe.ingest.journal.lag", watch.Lag, "s", "Age of the oldest acknowledged record that is not in the engine.");
        _meter.CreateObservableGauge(
            "observe.ingest.store.failing", watch.Failing, null, "1 while the last attempt to store a batch failed and is repeated; the log says why.");
    }

    public void Received(OtlpSignal signal, int bytes, in RecordTally tally, TimeSpan appendDuration)
    {
        TagList tags = Tags(signal);
        _bytes.Add(bytes, tags);
        _requests.Add(1, tags);
        _received.Add(tally.Accepted + tally.Rejected, tags);
        _appendDuration.Record(appendDuration.TotalSeconds, tags);
        for (int i = 1; i < RecordRules.ReasonCount; i++)
        {
            if (tally[(RejectReason)i] > 0)
            {
                _rejected.Add(tally[(RejectReason)i], Tags(signal, RecordRules.NameOf((RejectReason)i)));
            }
        }

        for (int i = 0; i < RecordRules.TruncateReasonCount; i++)
        {
            if (tally[(TruncateReason)i] > 0)
            {
                _truncated.Add(tally[(TruncateReason)i], Tags(signal, RecordRules.NameOf((TruncateReason)i)));
            }
        }
    }

    public void Resent(OtlpSignal signal, int records) => _resent.Add(records, Tags(signal));

    public void Refused(OtlpSignal? signal, string reason) => _refused.Add(1, Tags(signal, reason));

    public void Stored(OtlpSignal signal, int records, TimeSpan duration)
    {
        TagList tags = Tags(signal);
        _stored.Add(records, tags);
        _batchRows.Record(records, tags);
        _insertDuration.Record(duration.TotalSeconds, tags);
    }

    /// <summary>Counts what stands in the ledger now, and with it what was set aside: a range may be read many times before it is committed.</summary>
    public void Booked(OtlpSignal signal, in LedgerKey key, long records)
    {
        TagList tags = Tags(signal);
        tags.Add("sender", key.Sender);
        tags.Add("service", key.Service);
        tags.Add("outcome", key.Outcome.ToString().ToLowerInvariant());
        tags.Add("reason", key.Reason);
        _booked.Add(records, tags);
        if (key.Outcome == LedgerOutcome.Quarantined)
        {
            _quarantined.Add(records, Tags(signal, key.Reason));
        }
    }

    public void PointsRefused(string metric, string key, string service, RejectReason reason, long points) =>
        _pointsRefused.Add(points, new TagList { { "metric", metric }, { "key", key }, { "service", service }, { "reason", RecordRules.NameOf(reason) } });

    public void Retried(OtlpSignal signal) => _retries.Add(1, Tags(signal));

    private static TagList Tags(OtlpSignal? signal) => new() { { "signal", signal?.Name() ?? "unknown" } };

    private static TagList Tags(OtlpSignal? signal, string reason)
    {
        TagList tags = Tags(signal);
        tags.Add("reason", reason);
        return tags;
    }
}
