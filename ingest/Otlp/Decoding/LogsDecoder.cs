using Observe.Ingest.Catalog;
using Observe.Ingest.Otlp.Correlation;
using Observe.Ingest.Otlp.Messages;
using Observe.Storage.Batches;

namespace Observe.Ingest.Otlp.Decoding;

/// <summary>Turns validated log requests into rows of a <see cref="LogBatch"/>.</summary>
internal sealed class LogsDecoder(LogBatch batch, SignalCatalog catalog, SideTables sideTables, AttributeDecoder attributes, ServiceTallies tallies)
{
    private readonly CorrelationIdCollector _ids = new(catalog.CorrelationIds);
    private readonly BodyDecoder _body = new(batch, attributes, new AnyValueJsonWriter(), catalog.Limits);

    /// <param name="request">An ExportLogsServiceRequest that <see cref="OtlpValidator"/> accepted.</param>
    /// <param name="receivedAt">Unix nanoseconds; the time of records that have none.</param>
    public void Decode(ReadOnlySpan<byte> request, long receivedAt)
    {
        foreach (ReadOnlySpan<byte> resourceBytes in ResourceEnvelope.AllOf(request))
        {
            var resource = new ResourceEnvelope(resourceBytes);
            ResourceInfo resourceInfo = catalog.Resources.Get(resource);
            ref RecordTally tally = ref tallies.Of(resourceInfo.ServiceName);
            foreach (ReadOnlySpan<byte> scopeBytes in resource.Scopes)
            {
                var scope = new ScopeEnvelope(scopeBytes);
                var origin = new RecordOrigin(resourceInfo, resource, catalog.Scopes.Get(scope), scope);
                foreach (ReadOnlySpan<byte> record in scope.Records)
                {
                    var log = new LogRecordMessage(record);
                    Truncations truncations = Append(origin, log, receivedAt);
                    tally.Add(RejectReason.None, RecordRules.TimeOf(log), truncations);
                }
            }
        }
    }

    private Truncations Append(in RecordOrigin origin, in LogRecordMessage record, long receivedAt)
    {
        long observed = UnixTime.Clamp(record.ObservedTimeUnixNano);
        ulong time = RecordRules.TimeOf(record);
        Truncations truncations = RecordRules.CheckTime(time);
        long timestamp = time != 0 ? UnixTime.ClampTimestamp(time) : receivedAt;
        sideTables.Note(origin, UnixTime.Day(timestamp));

        ReadOnlySpan<byte> traceId = RecordRules.OptionalTraceId(record.TraceId);
        ReadOnlySpan<byte> spanId = RecordRules.OptionalSpanId(record.SpanId);
        _ids.Begin(traceId, spanId);

        batch.Timestamp.Append(timestamp);
        batch.ObservedTimestamp.Append(observed);
        batch.TraceId.Append(traceId);
        batch.SpanId.Append(spanId);
        batch.Flags.Append(record.Flags);
        batch.SeverityNumber.Append(record.SeverityNumber is >= 1 and <= 24 ? (byte)record.SeverityNumber : (byte)0);
        batch.SeverityText.Append(Utf8Text.Valid(record.SeverityText));
        batch.EventName.Append(Utf8Text.Valid(record.EventName));
        batch.ServiceName.Append(origin.Resource.ServiceName);
        batch.ResourceId.Append(origin.Resource.Id);
        batch.ScopeId.Append(origin.Scope.Id);
        batch.ScopeName.Append(origin.Scope.Name);
        ulong unheldTime = truncations == Truncations.None ? 0 : time;
        truncations |= _body.Append(new AnyValueMessage(record.Body), _ids);
        truncations |= attributes.AppendRow(batch.Attributes, record.Attributes, catalog.Limits, _ids, out int dropped, unheldTime);
        batch.DroppedAttributesCount.Append((uint)Math.Min((ulong)record.DroppedAttributesCount + (ulong)dropped, uint.MaxValue));
        _ids.AppendTo(batch.CorrelationIds);
        return truncations;
    }
}
