using Observe.Query.PromQL.Selection;
using Observe.Query.Time;
using Observe.Storage.Results;

namespace Observe.Query.MetricBrowser;

/// <summary>From rows of <see cref="MetricStatements"/> to records.</summary>
internal static class MetricRows
{
    public static MetricEntry Entry(ResultBlock block, int row) => new(
        MetricIdentity.Of(block, row),
        block["LastDescription"].GetString(row),
        Texts(block["Temporalities"], row),
        Texts(block["LabelNames"], row),
        Texts(block["ServiceNames"], row),
        (long)block["ServiceCount"].GetUInt64(row),
        (long)block["SeriesCount"].GetUInt64(row),
        UnixDay.Date((long)block["LastDay"].GetUInt64(row)),
        null);

    private static IReadOnlyList<string> Texts(ResultColumn column, int row) => [.. ((object?[])column.GetValue(row)!).Cast<string>()];
}
