using Observe.Storage.Batches;
using Observe.Storage.Columns;
using Observe.Storage.Engine;
using Observe.Tests.Query.Seeds;

namespace Observe.Tests.Query.Cardinality;

/// <summary>Series on three days: 2026-01-02 and the day before it, and one five days earlier.</summary>
internal static class CardinalitySeed
{
    public const ushort Day = (ushort)(Seed.Base / Seed.Second / 86_400);

    public static async Task InsertAsync(IStorageEngine engine, CancellationToken cancellationToken)
    {
        var series = new MetricSeriesBatch();
        Add(series, Day - 1, "grows", 1, ("user", "a"), ("http.route", "/x"));
        Add(series, Day - 1, "grows", 2, ("user", "b"), ("http.route", "/x"));
        Add(series, Day, "grows", 1, ("user", "a"), ("http.route", "/x"));
        Add(series, Day, "grows", 3, ("user", "c"), ("http.route", "/y"));
        Add(series, Day, "grows", 4, ("user", "d"), ("http.route", "/x"), ("code", 200L));
        Add(series, Day, "grows", 5, ("user", "e"), ("http.route", "/x"), ("code", 200.5), ("odd `key` \\ 'x'", true));
        Add(series, Day - 1, "shrinks", 10, ("user", "a"));
        Add(series, Day - 1, "shrinks", 11, ("user", "b"));
        Add(series, Day - 1, "shrinks", 12, ("user", "c"));
        Add(series, Day - 1, "shrinks", 13, ("user", "d"));
        Add(series, Day - 1, "shrinks", 14, ("user", "e"));
        Add(series, Day - 1, "shrinks", 15, ("user", "f"));
        Add(series, Day, "shrinks", 10, ("user", "a"));
        Add(series, Day - 5, "was", 20);
        Add(series, Day - 40, "hostile", 30, ("user", "a"), ("user.:`Int64`", "b"));
        await engine.InsertAsync(series, "series", cancellationToken);

        // A restart writes the series of the day again.
        var again = new MetricSeriesBatch();
        Add(again, Day, "grows", 3, ("user", "c"), ("http.route", "/y"));
        await engine.InsertAsync(again, "again", cancellationToken);

        var refusals = new MetricRefusalBatch();
        Add(refusals, Seed.Base / Seed.Second, "grows", "user", 7);
        Add(refusals, (Seed.Base / Seed.Second) + 60, "grows", "user", 3);
        Add(refusals, Seed.Base / Seed.Second, "grows", "", 5);
        Add(refusals, Seed.Base / Seed.Second, "shrinks", "", 1);
        await engine.InsertAsync(refusals, "refusals", cancellationToken);
    }

    private static void Add(MetricSeriesBatch batch, int day, string metric, ulong id, params (string Key, object Value)[] labels)
    {
        batch.Day.Append((ushort)day);
        batch.SeriesId.Append(id);
        batch.MetricName.Append(metric);
        batch.Type.Append((sbyte)MetricType.Gauge);
        batch.Unit.Append("");
        batch.Description.Append("");
        batch.Temporality.Append(0);
        batch.IsMonotonic.Append(0);
        batch.ServiceName.Append("checkout");
        batch.ResourceId.Append(1);
        batch.ScopeId.Append(1);
        batch.ScopeName.Append("");
        foreach ((string key, object value) in labels)
        {
            DynamicColumn column = batch.Attributes.Slot(System.Text.Encoding.UTF8.GetBytes(key));
            switch (value)
            {
                case string text:
                    column.AppendString(System.Text.Encoding.UTF8.GetBytes(text));
                    break;
                case long number:
                    column.AppendInt64(number);
                    break;
                case double number:
                    column.AppendFloat64(number);
                    break;
                case bool flag:
                    column.AppendBool(flag);
                    break;
            }
        }

        batch.Attributes.EndRow();
        batch.Metadata.EndRow();
    }

    private static void Add(MetricRefusalBatch batch, long minute, string metric, string key, ulong points)
    {
        batch.Minute.Append((uint)minute);
        batch.MetricName.Append(metric);
        batch.AttributeKey.Append(key);
        batch.ServiceName.Append("checkout");
        batch.Points.Append(points);
    }
}
