using System.Globalization;
using Observe.Query.Execution;
using Observe.Query.Language;
using Observe.Query.PromQL.Selection;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Query.MetricBrowser;

/// <inheritdoc cref="IMetricBrowser"/>
internal sealed class EngineMetricBrowser(IQueryEngine engine, TimeProvider time) : IMetricBrowser
{
    /// <summary>Metrics of one answer.</summary>
    public const int MaxMetrics = 10_000;

    /// <summary>Labels of a metric: conventions have ten at most, and a program that invents their names has no end.</summary>
    public const int MaxLabels = 1_000;

    /// <summary>Services that are named for a metric; the others are counted.</summary>
    public const int MaxServices = 100;

    private readonly LastPoints _lastPoints = new(engine);

    public async Task<MetricList> ListAsync(MetricsRequest request, CancellationToken cancellationToken)
    {
        using IDisposable question = Question.Begin("metrics", time, range: request.Range);
        (IReadOnlyList<MetricEntry> entries, long total) = await EntriesAsync(MetricStatements.List(request), request.Range, cancellationToken);
        if (entries.Count == 0 && request.Offset > 0)
        {
            // Beyond the last one there is no row that could say how many there are.
            (_, total) = await EntriesAsync(MetricStatements.List(request with { Offset = 0, Limit = 1 }), request.Range, cancellationToken);
        }

        IReadOnlyList<MetricEntry> metrics = entries.Count == 0 ? entries
            : await WithLastSeenAsync(entries, LastPoints.Alone(request, entries), request.Service, LastPoints.Recent(request.Range, time), cancellationToken);
        return new MetricList(metrics, total, [.. SeriesNotices.Of(request.Range, time), .. Cut(request, entries.Count, total)]);
    }

    public async Task<MetricDetails> DetailsAsync(string name, TimeRange range, CancellationToken cancellationToken)
    {
        using IDisposable question = Question.Begin("metrics/labels", time, name, range);
        (IReadOnlyList<MetricEntry> entries, _) = await EntriesAsync(MetricStatements.Of(name, range), range, cancellationToken);
        if (entries.Count == 0)
        {
            throw new UnknownMetricException(await UnknownAsync(name, range, cancellationToken));
        }

        // From the earliest of the last days on: the latest point of each is found.
        long from = UnixDay.Start(entries.Min(entry => entry.LastDay));
        Task<IReadOnlyList<MetricEntry>> looking = WithLastSeenAsync(entries, new HashSet<string>(), null, range with { From = from }, cancellationToken);
        Task<ILookup<MetricIdentity, LabelUsage>> counting = LabelsAsync(name, range, cancellationToken);
        await Task.WhenAll(looking, counting);
        ILookup<MetricIdentity, LabelUsage> labels = await counting;
        List<string> notices = [.. SeriesNotices.Of(range, time)];
        if (entries.Any(entry => labels[entry.Metric].Count() == MaxLabels))
        {
            notices.Add(string.Create(CultureInfo.InvariantCulture, $"Of a metric's labels the first {MaxLabels:#,0} are counted; there may be more."));
        }

        return new MetricDetails([.. (await looking).Select(entry => (entry, (IReadOnlyList<LabelUsage>)[.. labels[entry.Metric]]))], notices);
    }

    private static IEnumerable<string> Cut(MetricsRequest request, int count, long total)
    {
        long next = (long)request.Offset + count;
        if (count == 0 && total > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"There are {total} metrics, so none from the offset {request.Offset} on.");
        }
        else if (next < total)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"These are {count} of {total} metrics: go on with offset={next}, or narrow the question by q, service or type.");
        }
    }

    private async Task<(IReadOnlyList<MetricEntry> Entries, long Total)> EntriesAsync(SqlStatement statement, TimeRange range, CancellationToken cancellationToken)
    {
        Answer answer = await engine.AskAsync(statement, DataScope.Of(SearchSignal.Metrics, range), cancellationToken);
        var entries = new List<MetricEntry>();
        long total = 0;
        foreach (ResultBlock block in answer.Blocks)
        {
            for (int row = 0; row < block.RowCount; row++)
            {
                entries.Add(MetricRows.Entry(block, row));
                total = (long)block["Total"].GetUInt64(row);
            }
        }

        return (entries, total);
    }

    private async Task<IReadOnlyList<MetricEntry>> WithLastSeenAsync(
        IReadOnlyList<MetricEntry> entries, IReadOnlySet<string> alone, string? service, TimeRange looked, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<MetricIdentity, long> latest =
            await _lastPoints.ReadAsync(entries.Select(entry => entry.Metric), alone, service, looked, cancellationToken);
        return [.. entries.Select(entry => latest.TryGetValue(entry.Metric, out long seen) ? entry with { LastSeen = seen } : entry)];
    }

    private async Task<ILookup<MetricIdentity, LabelUsage>> LabelsAsync(string name, TimeRange range, CancellationToken cancellationToken)
    {
        Answer answer = await engine.AskAsync(MetricStatements.Labels(name, range), DataScope.Of(SearchSignal.Metrics, range), cancellationToken);
        return answer.Blocks
            .SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => (
                Metric: MetricIdentity.Of(block, row),
                Label: new LabelUsage(block["LabelName"].GetString(row), (long)block["SeriesCount"].GetUInt64(row), (long)block["ValueCount"].GetUInt64(row)))))
            .ToLookup(found => found.Metric, found => found.Label);
    }

    private async Task<string> UnknownAsync(string name, TimeRange range, CancellationToken cancellationToken)
    {
        Answer answer = await engine.AskAsync(MetricStatements.Identities(range), DataScope.Of(SearchSignal.Metrics, range), cancellationToken);
        MetricIdentity[] known =
            [.. answer.Blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => MetricIdentity.Of(block, row))).OrderBy(metric => metric.Name, StringComparer.Ordinal)];
        string unknown = $"No metric is called \"{Excerpt.Of(name)}\" in this time range.";
        if (known.FirstOrDefault(metric => ExposedName.Of(metric).Any(exposed => exposed.Name == name)) is { } meant)
        {
            return $"{unknown} It is Prometheus's name of {meant.Name}: ask for that.";
        }

        IReadOnlyList<string> nearest = NearestName.Find(name, known.Select(metric => metric.Name), 3);
        return nearest.Count > 0 ? $"{unknown} Nearest known: {string.Join(", ", nearest)}." : $"{unknown} GET /api/v1/metrics lists those that there are.";
    }
}
