using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace Observe.Tests.RealClients;

/// <summary>The SDK's exporter, which also notes what it exported and whether that was accepted.</summary>
internal sealed class RecordingTraceExporter(OtlpExporterOptions options, IReadOnlyDictionary<string, object?> resource)
    : OtlpTraceExporter(options)
{
    public List<SentSpan> Sent { get; } = [];

    public bool AllAccepted { get; private set; } = true;

    public override ExportResult Export(in Batch<Activity> activityBatch)
    {
        // A batch can be read once only: reading takes the spans out of the processor's queue.
        var spans = new List<Activity>();
        foreach (Activity span in activityBatch)
        {
            spans.Add(span);
        }

        Sent.AddRange(spans.Select(Describe));
        ExportResult result = base.Export(new Batch<Activity>([.. spans], spans.Count));
        AllAccepted &= result == ExportResult.Success;
        return result;
    }

    private SentSpan Describe(Activity span) => new(
        span.TraceId.ToHexString(),
        span.SpanId.ToHexString(),
        span.ParentSpanId == default ? "" : span.ParentSpanId.ToHexString(),
        span.TraceStateString ?? "",
        // Bits 8 and 9 say whether the parent is known to be remote; here it never is.
        0x100 | (uint)span.ActivityTraceFlags,
        span.DisplayName,
        span.Kind.ToString().ToLowerInvariant(),
        DotNetValues.Nanoseconds(span.StartTimeUtc),
        DotNetValues.Nanoseconds(span.StartTimeUtc + span.Duration),
        span.Status.ToString().ToLowerInvariant(),
        span.StatusDescription ?? "",
        DotNetValues.Attributes(span.TagObjects),
        [.. span.Events.Select(e => new SentEvent(DotNetValues.Nanoseconds(e.Timestamp.UtcDateTime), e.Name, DotNetValues.Attributes(e.Tags)))],
        [.. span.Links.Select(link => new SentLink(
            link.Context.TraceId.ToHexString(),
            link.Context.SpanId.ToHexString(),
            link.Context.TraceState ?? "",
            DotNetValues.Attributes(link.Tags ?? [])))],
        new SentOrigin(resource, span.Source.Name, span.Source.Version ?? ""));
}
