using Observe.Ingest.Catalog;
using Observe.Ingest.Otlp.Correlation;
using Observe.Ingest.Otlp.Messages;
using Observe.Ingest.Wire;
using Observe.Storage.Batches;

namespace Observe.Ingest.Otlp.Decoding;

/// <summary>Turns validated trace requests into rows of a <see cref="SpanBatch"/>.</summary>
internal sealed class TracesDecoder(
    SpanBatch batch, TraceTimes traceTimes, SignalCatalog catalog, SideTables sideTables, AttributeDecoder attributes, ServiceTallies tallies)
{
    private readonly CorrelationIdCollector _ids = new(catalog.CorrelationIds);
    private readonly AnyValueJsonWriter _json = new();

    /// <param name="request">An ExportTraceServiceRequest that <see cref="OtlpValidator"/> accepted.</param>
    /// <param name="receivedAt">Unix nanoseconds; the time of spans that have none.</param>
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
                    var span = new SpanMessage(record);
                    RejectReason verdict = RecordRules.Check(span);
                    Truncations truncations = verdict == RejectReason.None ? Append(origin, span, receivedAt) : Truncations.None;
                    tally.Add(verdict, RecordRules.TimeOf(span), truncations);
                }
            }
        }
    }

    private Truncations Append(in RecordOrigin origin, in SpanMessage span, long receivedAt)
    {
        (long start, long duration) = Times(span, receivedAt);
        sideTables.Note(origin, UnixTime.Day(start));
        traceTimes.Note(span.TraceId, start);
        _ids.Begin(span.TraceId, span.SpanId);

        batch.Timestamp.Append(start);
        batch.DurationNs.Append(duration);
        batch.TraceId.Append(span.TraceId);
        batch.SpanId.Append(span.SpanId);
        batch.ParentSpanId.Append(RecordRules.OptionalSpanId(span.ParentSpanId));
        batch.TraceState.Append(Utf8Text.Valid(span.TraceState));
        batch.Flags.Append(span.Flags);
        batch.Name.Append(Utf8Text.Valid(span.SpanName));
        batch.Kind.Append(span.Kind is >= 0 and <= 5 ? (sbyte)span.Kind : (sbyte)0);

        var status = new SpanStatusMessage(span.Status);
        batch.StatusCode.Append(status.Code is >= 0 and <= 2 ? (sbyte)status.Code : (sbyte)0);
        batch.StatusMessage.Append(Utf8Text.Valid(status.Message));

        batch.ServiceName.Append(origin.Resource.ServiceName);
        batch.ResourceId.Append(origin.Resource.Id);
        batch.ScopeId.Append(origin.Scope.Id);
        batch.ScopeName.Append(origin.Scope.Name);
        ulong time = RecordRules.TimeOf(span);
        Truncations truncations = RecordRules.CheckTime(time);
        ulong unheldTime = truncations == Truncations.None ? 0 : time;
        truncations |= attributes.AppendRow(batch.Attributes, span.Attributes, catalog.Limits, _ids, out int dropped, unheldTime);
        batch.DroppedAttributesCount.Append((uint)Math.Min((ulong)span.DroppedAttributesCount + (ulong)dropped, uint.MaxValue));
        AppendEvents(span.Events, start);
        batch.DroppedEventsCount.Append(span.DroppedEventsCount);
        AppendLinks(span.Links);
        batch.DroppedLinksCount.Append(span.DroppedLinksCount);
        _ids.AppendTo(batch.CorrelationIds);
        return truncations;
    }

    /// <summary>A span that lacks one of its two times lies at the other; one that lacks both lies where it was received.</summary>
    private static (long Start, long Duration) Times(in SpanMessage span, long receivedAt)
    {
        long start = UnixTime.Clamp(span.StartTimeUnixNano);
        long end = UnixTime.Clamp(span.EndTimeUnixNano);
        return (start, end) switch
        {
            (0, 0) => (receivedAt, 0),
            (0, _) => (Math.Min(end, UnixTime.MaxTimestamp), 0),
            (_, 0) => (Math.Min(start, UnixTime.MaxTimestamp), 0),
            _ => (Math.Min(start, UnixTime.MaxTimestamp), end - start),
        };
    }

    private void AppendEvents(RepeatedField events, long spanStart)
    {
        foreach (ReadOnlySpan<byte> bytes in events)
        {
            var spanEvent = new SpanEventMessage(bytes);
            long time = UnixTime.Clamp(spanEvent.TimeUnixNano);
            batch.EventsTimestamp.Elements.Append(time != 0 ? time : spanStart);
            batch.EventsName.Elements.Append(Utf8Text.Valid(spanEvent.EventName));
            batch.EventsAttributes.Elements.Append(_json.Object(spanEvent.Attributes));
            batch.EventsDroppedAttributesCount.Elements.Append(spanEvent.DroppedAttributesCount);
        }

        batch.EventsTimestamp.EndRow();
        batch.EventsName.EndRow();
        batch.EventsAttributes.EndRow();
        batch.EventsDroppedAttributesCount.EndRow();
    }

    private void AppendLinks(RepeatedField links)
    {
        foreach (ReadOnlySpan<byte> bytes in links)
        {
            var link = new SpanLinkMessage(bytes);
            ReadOnlySpan<byte> traceId = RecordRules.OptionalTraceId(link.TraceId);
            _ids.OfferLink(traceId);
            batch.LinksTraceId.Elements.Append(traceId);
            batch.LinksSpanId.Elements.Append(RecordRules.OptionalSpanId(link.SpanId));
            batch.LinksTraceState.Elements.Append(Utf8Text.Valid(link.TraceState));
            batch.LinksFlags.Elements.Append(link.Flags);
            batch.LinksAttributes.Elements.Append(_json.Object(link.Attributes));
            batch.LinksDroppedAttributesCount.Elements.Append(link.DroppedAttributesCount);
        }

        batch.LinksTraceId.EndRow();
        batch.LinksSpanId.EndRow();
        batch.LinksTraceState.EndRow();
        batch.LinksFlags.EndRow();
        batch.LinksAttributes.EndRow();
        batch.LinksDroppedAttributesCount.EndRow();
    }
}
