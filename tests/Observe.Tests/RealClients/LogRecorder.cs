using OpenTelemetry;
using OpenTelemetry.Logs;

namespace Observe.Tests.RealClients;

/// <summary>Notes what is logged. The SDK's log exporter is sealed: whether it succeeded shows when the logs are read back.</summary>
internal sealed class LogRecorder(IReadOnlyDictionary<string, object?> resource) : BaseProcessor<LogRecord>
{
    public List<SentLog> Sent { get; } = [];

    public override void OnEnd(LogRecord data) => Sent.Add(Describe(data));

    private SentLog Describe(LogRecord log)
    {
        Dictionary<string, object?> attributes = DotNetValues.Attributes(log.Attributes ?? []);
        if (log.Exception is { } exception)
        {
            attributes.Add("exception.type", exception.GetType().Name);
            attributes.Add("exception.message", exception.Message);
            attributes.Add("exception.stacktrace", exception.ToString());
        }

        return new SentLog(
            DotNetValues.Nanoseconds(log.Timestamp),
            DotNetValues.Nanoseconds(log.Timestamp),
            log.TraceId == default ? "" : log.TraceId.ToHexString(),
            log.SpanId == default ? "" : log.SpanId.ToHexString(),
            (uint)log.TraceFlags,
            Severity(log),
            log.LogLevel.ToString(),
            log.EventId.Name ?? "",
            log.FormattedMessage,
            attributes,
            new SentOrigin(resource, log.CategoryName!, ""));
    }

    /// <summary>https://opentelemetry.io/docs/specs/otel/logs/data-model-appendix/#appendix-b-severitynumber-example-mappings</summary>
    private static int Severity(LogRecord log) => 1 + ((int)log.LogLevel * 4);
}
