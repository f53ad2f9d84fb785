using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Storage.Results;

namespace Observe.Tests.Storage;

/// <summary>Small batches of rows that have nothing of interest but their day and number, and what the tables say of them.</summary>
internal static class TableRows
{
    public const long Day = 86_400_000_000_000;

    /// <summary>2024-10-04, in Unix nanoseconds.</summary>
    public const long Start = 20_000 * Day;

    /// <summary>A day of points of metrics, in milliseconds.</summary>
    public const long PointDay = 86_400_000;

    /// <summary>Three points for each of the days from <see cref="Start"/> on.</summary>
    public static NumberPointBatch Points(int days)
    {
        var batch = new NumberPointBatch();
        for (int i = 0; i < days * 3; i++)
        {
            batch.MetricName.Append(batch.MetricName.IndexOf("m"u8));
            batch.SeriesId.Append(1);
            batch.Timestamp.Append(((20_000 + (i / 3)) * PointDay) + i);
            batch.StartTimestamp.Append(0);
            batch.Value.Append(i);
            batch.ValueType.Append((sbyte)PointValueType.Double);
            batch.IntRemainder.Append(0);
            batch.Flags.Append(0);
        }

        return batch;
    }

    /// <summary>Spans of one trace each.</summary>
    public static SpanBatch Spans(int count)
    {
        var spans = new SpanBatch();
        byte[] id = new byte[16];
        for (int i = 0; i < count; i++)
        {
            id[0] = (byte)(i + 1);
            spans.Timestamp.Append(Start + i);
            spans.DurationNs.Append(1);
            spans.TraceId.Append(id);
            spans.SpanId.Append(id.AsSpan(0, 8));
            spans.ParentSpanId.Append(""u8);
            spans.TraceState.Append("");
            spans.Flags.Append(0);
            spans.Name.Append("GET /");
            spans.Kind.Append(2);
            spans.StatusCode.Append(0);
            spans.StatusMessage.Append("");
            spans.ServiceName.Append("shop");
            spans.ResourceId.Append(1);
            spans.ScopeId.Append(1);
            spans.ScopeName.Append("");
            spans.Attributes.EndRow();
            spans.DroppedAttributesCount.Append(0);
            spans.EventsTimestamp.EndRow();
            spans.EventsName.EndRow();
            spans.EventsAttributes.EndRow();
            spans.EventsDroppedAttributesCount.EndRow();
            spans.DroppedEventsCount.Append(0);
            spans.LinksTraceId.EndRow();
            spans.LinksSpanId.EndRow();
            spans.LinksTraceState.EndRow();
            spans.LinksFlags.EndRow();
            spans.LinksAttributes.EndRow();
            spans.LinksDroppedAttributesCount.EndRow();
            spans.DroppedLinksCount.Append(0);
            spans.CorrelationIds.EndRow();
        }

        return spans;
    }

    /// <summary>Each day's first number and how many rows it has: <c>20000: 3, 20001: 3</c>.</summary>
    public static async Task<string> RowsPerDayAsync(IStorageEngine engine, string table) => string.Join(", ", await ReadAsync(
        engine, $"SELECT toInt64(toUnixTimestamp(toDate(Timestamp))) DIV 86400 AS a, toInt64(count()) AS b FROM {table} GROUP BY a ORDER BY a"));

    public static async Task<long> CountAsync(IStorageEngine engine, string what) =>
        (await engine.QueryAllAsync(new SqlStatement($"SELECT {what}"), TestContext.Current.CancellationToken))[0].Columns[0].GetInt64(0);

    private static async Task<IEnumerable<string>> ReadAsync(IStorageEngine engine, string sql)
    {
        IReadOnlyList<ResultBlock> blocks = await engine.QueryAllAsync(new SqlStatement(sql), TestContext.Current.CancellationToken);
        return blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => $"{block["a"].GetInt64(row)}: {block["b"].GetInt64(row)}"));
    }
}
