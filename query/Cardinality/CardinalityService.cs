using System.Globalization;
using Observe.Query.Compilation;
using Observe.Query.Execution;
using Observe.Storage.Engine;
using Observe.Storage.Ingest;
using Observe.Storage.Results;

namespace Observe.Query.Cardinality;

/// <inheritdoc cref="ICardinalityService"/>
/// <param name="engine">Where the series are kept.</param>
/// <param name="refusals">What was refused.</param>
/// <param name="time">The clock.</param>
/// <param name="limits">Null in a process that does not ingest.</param>
internal sealed class CardinalityService(IQueryEngine engine, MetricRefusals refusals, TimeProvider time, MetricLimits? limits = null) : ICardinalityService
{
    /// <summary>Attributes of one metric whose values are counted: each is a column to read. SDKs make a few, and no metric has use for more.</summary>
    private const int MaxKeys = 100;

    private const string Unaskable = "Attributes with .:` in their name are kept, but their values cannot be counted.";

    public async Task<CardinalityAnswer> GetAsync(CardinalityRequest request, CancellationToken cancellationToken)
    {
        using IDisposable question = Question.Begin("metrics/cardinality", time, request.Metric ?? "", request.Range);
        CountedDays days = CountedDays.Of(request.Range);
        Growth series = Growth((await engine.QueryAllAsync(CardinalityStatements.Series(days, request.Metric), cancellationToken))[0], 0, "Series");
        IReadOnlyList<MetricRefusal> refused = await refusals.InAsync(days.Range, request.Metric is { } metric ? [metric] : null, cancellationToken);
        (IReadOnlyList<CardinalityRow> rows, long count, string? notice) = request switch
        {
            { Metric: null } => await MetricsAsync(days, request, refused, cancellationToken),
            { Key: null } => await KeysAsync(days, request, refused, cancellationToken),
            _ => await ValuesAsync(days, request, cancellationToken),
        };
        return new CardinalityAnswer(
            days.FirstDate, days.LastDate, limits, series, rows, count, refused.Sum(static one => one.Points), notice is null ? [] : [notice]);
    }

    private async Task<(IReadOnlyList<CardinalityRow>, long, string?)> MetricsAsync(
        CountedDays days, CardinalityRequest request, IReadOnlyList<MetricRefusal> refused, CancellationToken cancellationToken)
    {
        ILookup<string, long> points = refused.ToLookup(one => one.Metric, one => one.Points);
        IReadOnlyList<ResultBlock> blocks = await engine.QueryAllAsync(CardinalityStatements.Metrics(days, request), cancellationToken);
        return (Rows(blocks, (name, series) => new CardinalityRow(name, series, null, Share(series, limits?.SeriesPerMetric), points[name].Sum())), Count(blocks), null);
    }

    private async Task<(IReadOnlyList<CardinalityRow>, long, string?)> KeysAsync(
        CountedDays days, CardinalityRequest request, IReadOnlyList<MetricRefusal> refused, CancellationToken cancellationToken)
    {
        IReadOnlyList<ResultBlock> found = await engine.QueryAllAsync(CardinalityStatements.Keys(days, request.Metric!, MaxKeys), cancellationToken);
        (string Name, long Series)[] all = [.. found.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row =>
            (block["Name"].GetString(row), (long)block["Series"].GetUInt64(row))))];
        (string Name, long Series)[] keys = [.. all.Where(key => AttributePath.CanBeAsked(key.Name))];
        if (keys.Length == 0)
        {
            return ([], Count(found), all.Length > 0 ? Unaskable : $"No series of {request.Metric} with an attribute was seen in these days.");
        }

        IReadOnlyList<ResultBlock> counts = await engine.QueryAllAsync(
            CardinalityStatements.Values(days, request.Metric!, [.. keys.Select(key => key.Name)]), cancellationToken);
        ILookup<string, long> points = refused.ToLookup(one => one.Key, one => one.Points);
        IEnumerable<CardinalityRow> rows = keys.Select((key, i) =>
        {
            Growth values = Growth(counts[0], 0, string.Create(CultureInfo.InvariantCulture, $"K{i}"));
            return new CardinalityRow(key.Name, values, key.Series, Share(values, limits?.ValuesPerKey), points[key.Name].Sum());
        });
        long count = Count(found);
        return (
            [.. rows
                .OrderByDescending(row => request.IsByGrowth ? row.Count.Change : row.Count.Total)
                .ThenByDescending(row => row.Count.Total)
                .ThenBy(row => row.Name, StringComparer.Ordinal)
                .Take(request.Limit)],
            count,
            keys.Length < all.Length ? Unaskable : count > MaxKeys ? $"The metric has {count} attributes; only the {MaxKeys} that most of its series have were looked at." : null);
    }

    private async Task<(IReadOnlyList<CardinalityRow>, long, string?)> ValuesAsync(CountedDays days, CardinalityRequest request, CancellationToken cancellationToken)
    {
        if (!AttributePath.CanBeAsked(request.Key!))
        {
            return ([], 0, Unaskable);
        }

        IReadOnlyList<ResultBlock> blocks = await engine.QueryAllAsync(CardinalityStatements.Values(days, request), cancellationToken);
        return (
            Rows(blocks, static (value, series) => new CardinalityRow(value, series, null, null, 0)), Count(blocks),
            blocks.Count == 0 ? $"No series of {request.Metric} with the attribute {request.Key} was seen in these days." : null);
    }

    private static IReadOnlyList<CardinalityRow> Rows(IReadOnlyList<ResultBlock> blocks, Func<string, Growth, CardinalityRow> create) =>
        [.. blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => create(block["Name"].GetString(row), Growth(block, row, "Series"))))];

    private static long Count(IReadOnlyList<ResultBlock> blocks) => blocks.Count == 0 ? 0 : (long)blocks[0]["RowCount"].GetUInt64(0);

    private static Growth Growth(ResultBlock block, int row, string prefix) => new(
        (long)block[prefix + "Total"].GetUInt64(row), (long)block[prefix + "Last"].GetUInt64(row), (long)block[prefix + "Before"].GetUInt64(row));

    private static double? Share(Growth growth, int? limit) => limit is { } all ? (double)growth.LastDay / all : null;
}
