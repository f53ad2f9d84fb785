using Microsoft.Extensions.Options;
using Observe.Ingest.Journal;

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
        CheckRange(nameof(options.MaxBytesInFlight), options.MaxBytesInFlight, 2L * options.MaxRequestBytes, long.MaxValue, failures);
        CheckRange(nameof(options.MaxBatchRows), options.MaxBatchRows, 1, 1_000_000, failures);
        CheckRange(nameof(options.MaxBatchBytes), options.MaxBatchBytes, 1 << 10, 1 << 30, failures);
        CheckRange(nameof(options.EagerBatchRows), options.EagerBatchRows, 1, options.MaxBatchRows, failures);
        CheckRange($"{nameof(options.MaxBatchDelay)} (ms)", (long)options.MaxBatchDelay.TotalMilliseconds, 0, 10_000, failures);
        CheckJournal(options, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckJournal(IngestOptions options, List<string> failures)
    {
        JournalOptions journal = options.Journal;
        CheckRange($"Journal:{nameof(journal.SegmentBytes)}", journal.SegmentBytes, 4 << 10, 4L << 30, failures);

        // Each signal keeps one segment that is not full, and must have room for the next request beside it.
        CheckRange(
            $"Journal:{nameof(journal.MaxBytes)}", journal.MaxBytes, 8 * journal.SegmentBytes, long.MaxValue, failures);
        CheckRange($"Journal:{nameof(journal.SyncInterval)} (ms)", (long)journal.SyncInterval.TotalMilliseconds, 1, 60_000, failures);
        CheckRange($"Journal:{nameof(journal.ResendWindow)} (s)", (long)journal.ResendWindow.TotalSeconds, 0, 86_400, failures);
        CheckRange($"Journal:{nameof(journal.ResendWindowRequests)}", journal.ResendWindowRequests, 1, 10_000_000, failures);
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

    private static void CheckRange(string setting, long value, long min, long max, List<string> failures)
    {
        if (value < min || value > max)
        {
            failures.Add($"{IngestOptions.Section}:{setting} is {value}; it must lie between {min} and {max}.");
        }
    }
}
