using Microsoft.Extensions.Options;
using Observe.Ingest.Cardinality;
using Observe.Ingest.Journal;
using Observe.Ingest.Otlp.Correlation;
using Observe.Ingest.Receivers;
using Observe.Ingest.Senders;

namespace Observe.Ingest;

/// <summary>Checks the configuration, so that a wrong setting is named at the start and not found out at the first request.</summary>
internal sealed class IngestOptionsValidator : IValidateOptions<IngestOptions>
{
    public ValidateOptionsResult Validate(string? name, IngestOptions options)
    {
        var failures = new List<string>();
        CheckAddress(IngestOptions.OtlpGrpcKey, options.OtlpGrpc, failures);
        CheckAddress(IngestOptions.OtlpHttpKey, options.OtlpHttp, failures);
        CheckRange(nameof(options.MaxRequestBytes), options.MaxRequestBytes, 1 << 10, 1 << 30, failures);
        CheckRange(nameof(options.MaxBytesInFlight), options.MaxBytesInFlight, 5L * options.MaxRequestBytes, long.MaxValue, failures);
        CheckRange(nameof(options.MaxTransformations), options.MaxTransformations, 0, 1024, failures);
        CheckSenders(options.Senders, failures);
        CheckConnections(options.Connections, failures);
        CheckRange(nameof(options.MaxAttributesPerRecord), options.MaxAttributesPerRecord, 1, 100_000, failures);
        CheckRange(nameof(options.MaxAttributeValueBytes), options.MaxAttributeValueBytes, 64, 1 << 30, failures);
        CheckRange(nameof(options.MaxBodyBytes), options.MaxBodyBytes, 64, 1 << 30, failures);
        CheckRange(nameof(options.MaxBatchRows), options.MaxBatchRows, 1, 1_000_000, failures);
        CheckRange(nameof(options.MaxBatchBytes), options.MaxBatchBytes, 1 << 10, 1 << 30, failures);
        CheckRange($"{nameof(options.MaxBatchDelay)} (ms)", (long)options.MaxBatchDelay.TotalMilliseconds, 0, 10_000, failures);
        CheckRange($"{nameof(options.LedgerInterval)} (ms)", (long)options.LedgerInterval.TotalMilliseconds, 10, 3_600_000, failures);
        CheckCardinality(options.Cardinality, failures);
        CorrelationIdOptionsCheck.Run(options.CorrelationIds, failures);
        CheckJournal(options, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckJournal(IngestOptions options, List<string> failures)
    {
        JournalOptions journal = options.Journal;
        CheckRange($"Journal:{nameof(journal.SegmentBytes)}", journal.SegmentBytes, 4 << 10, 4L << 30, failures);

        // Each signal keeps a segment, which its last request may have made longer; and the next request must find room beside them.
        CheckRange(
            $"Journal:{nameof(journal.MaxBytes)}", journal.MaxBytes, (8 * journal.SegmentBytes) + (4L * options.MaxRequestBytes), long.MaxValue, failures);
        CheckRange($"Journal:{nameof(journal.SyncInterval)} (ms)", (long)journal.SyncInterval.TotalMilliseconds, 1, 60_000, failures);
        CheckRange($"Journal:{nameof(journal.ResendWindow)} (s)", (long)journal.ResendWindow.TotalSeconds, 0, 86_400, failures);
        CheckRange($"Journal:{nameof(journal.ResendWindowRequests)}", journal.ResendWindowRequests, 1, 10_000_000, failures);
    }

    /// <summary>0 is no limit. More could not be counted in the memory that is set aside for it, so that nothing would be limited.</summary>
    private static void CheckCardinality(CardinalityOptions cardinality, List<string> failures)
    {
        const string section = nameof(IngestOptions.Cardinality);
        CheckRange($"{section}:{nameof(cardinality.MaxSeriesPerMetric)}", cardinality.MaxSeriesPerMetric, 0, CardinalityLimits.Largest, failures);
        CheckRange($"{section}:{nameof(cardinality.MaxValuesPerKey)}", cardinality.MaxValuesPerKey, 0, CardinalityLimits.Largest, failures);
    }

    private static void CheckAddress(string key, string address, List<string> failures)
    {
        // A wildcard host (http://*:4318) is no Uri, so it is replaced for the check.
        string checkable = address.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(checkable, UriKind.Absolute, out Uri? uri) || uri.Scheme != Uri.UriSchemeHttp || uri.PathAndQuery != "/")
        {
            failures.Add($"{key} is \"{address}\", which is not an address to listen on. Write it like http://127.0.0.1:4317; use " +
                "http://0.0.0.0:4317 to accept senders from the network. TLS is ended by a proxy in front of Observe.");
        }
    }

    private static void CheckSenders(SenderOptions senders, List<string> failures)
    {
        const string section = nameof(IngestOptions.Senders);
        CheckRange($"{section}:{nameof(senders.BytesPerSecond)}", senders.BytesPerSecond, 0, 1L << 40, failures);
        CheckRange($"{section}:{nameof(senders.RequestsPerSecond)}", senders.RequestsPerSecond, 0, 1_000_000, failures);
        CheckRange($"{section}:{nameof(senders.Burst)} (s)", (long)senders.Burst.TotalSeconds, 1, 3600, failures);
        CheckRange($"{section}:{nameof(senders.MaxSenders)}", senders.MaxSenders, 1, 1_000_000, failures);
    }

    private static void CheckConnections(ConnectionOptions connections, List<string> failures)
    {
        const string section = nameof(IngestOptions.Connections);
        Check(nameof(connections.MaxConnections), connections.MaxConnections, 1, 1_000_000);
        Check(nameof(connections.MaxConnectionsPerSender), connections.MaxConnectionsPerSender, 1, 1_000_000);
        Check(nameof(connections.MaxStreamsPerConnection), connections.MaxStreamsPerConnection, 1, 10_000);
        Check(nameof(connections.MinBodyBytesPerSecond), connections.MinBodyBytesPerSecond, 0, 1 << 30);
        CheckTime(nameof(connections.SlowBodyGrace), connections.SlowBodyGrace, 1);
        CheckTime(nameof(connections.HeadersTimeout), connections.HeadersTimeout, 100);
        CheckTime(nameof(connections.KeepAliveTimeout), connections.KeepAliveTimeout, 100);
        CheckTime(nameof(connections.PingDelay), connections.PingDelay, 1000);
        CheckTime(nameof(connections.PingTimeout), connections.PingTimeout, 1000);

        // HTTP/2's own smallest; above 64 MiB a connection could hold more than a request may have.
        Check(nameof(connections.StreamWindowBytes), connections.StreamWindowBytes, 65_535, 64 << 20);
        Check(nameof(connections.ConnectionWindowBytes), connections.ConnectionWindowBytes, connections.StreamWindowBytes, 64 << 20);

        void Check(string setting, long value, long min, long max) => CheckRange($"{section}:{setting}", value, min, max, failures);
        void CheckTime(string setting, TimeSpan time, long min) => Check($"{setting} (ms)", (long)time.TotalMilliseconds, min, 86_400_000);
    }

    private static void CheckRange(string setting, long value, long min, long max, List<string> failures)
    {
        if (value < min || value > max)
        {
            failures.Add($"{IngestOptions.Section}:{setting} is {value}; it must lie between {min} and {max}.");
        }
    }
}
