using Observe.Bench.Load;
using Observe.Bench.Measure;

namespace Observe.Bench.Report;

/// <summary>The figures of one load, as <c>--json</c> writes them.</summary>
/// <param name="BytesPerRecord">On the wire before compression, resources included.</param>
/// <param name="Acknowledgements">From a request's first attempt to its acknowledgement.</param>
/// <param name="Lateness">How late requests began, where a rate was given.</param>
/// <param name="Messages">What the server said about failures and rejections, and how often.</param>
internal sealed record LoadReport(
    string Signals,
    string Endpoint,
    string Protocol,
    bool Gzip,
    int Connections,
    int Batch,
    int Seed,
    long Rate,
    double Seconds,
    long Requests,
    long Retries,
    long Acknowledged,
    long Rejected,
    long Failed,
    double RecordsPerSecond,
    double BytesPerRecord,
    LatencySummary Acknowledgements,
    LatencySummary? Lateness,
    double GeneratorCpuSeconds,
    double GeneratorRecordsPerCpuSecond,
    ServerUsage? Server,
    IReadOnlyDictionary<string, int> Messages)
{
    public static LoadReport Of(LoadOptions options, LoadCounts counts, TimeSpan elapsed, TimeSpan own, ServerUsage? server)
    {
        long made = counts.Acknowledged + counts.Rejected + counts.Failed;
        return new LoadReport(
            string.Join(',', options.Signals).ToLowerInvariant(),
            options.Endpoint.ToString(),
            options.Protocol.ToString().ToLowerInvariant(),
            options.Gzip,
            options.Connections,
            options.Batch,
            options.Seed,
            options.Rate,
            Math.Round(elapsed.TotalSeconds, 3),
            counts.Requests,
            counts.Retries,
            counts.Acknowledged,
            counts.Rejected,
            counts.Failed,
            Math.Round(counts.Acknowledged / elapsed.TotalSeconds),
            Math.Round((double)counts.Bytes / Math.Max(made, 1), 1),
            counts.Acknowledgements.Summarize(),
            counts.Lateness.Count == 0 ? null : counts.Lateness.Summarize(),
            Math.Round(own.TotalSeconds, 3),
            Math.Round(made / own.TotalSeconds),
            server,
            counts.Messages);
    }
}
