using System.Text;
using Observe.Storage.Batches;
using Observe.Storage.Columns;
using Observe.Storage.Engine;
using Observe.Storage.Results;
using Observe.Tests.Ingest;

namespace Observe.Tests.Storage;

/// <summary>A batch's rows by day: those that the engine puts into one part, with everything that is in them.</summary>
public sealed class ColumnBatchTests(EngineFixture fixture)
{
    private static readonly Type[] BatchTypes = [.. typeof(ColumnBatch).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ColumnBatch)) && !type.IsAbstract)];

    public static TheoryData<string> Tables => [.. BatchTypes.Select(static type => Create(type).Table)];

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task PartitionTime_IsByWhatTheEngineDividesAndRemembersInserts(string table)
    {
        IStorageEngine engine = await fixture.DatabaseAsync("batch_partitions");
        ResultBlock definition = (await engine.QueryAllAsync(
            new SqlStatement(
                "SELECT partition_key AS k, create_table_query AS q FROM system.tables WHERE database = currentDatabase() AND name = {table:String}",
                [SqlParameter.String("table", table)]),
            TestContext.Current.CancellationToken))[0];
        ColumnBatch batch = BatchTypes.Select(Create).Single(batch => batch.Table == table);

        if (batch.PartitionTime is { } time)
        {
            Assert.Equal($"toDate({batch.Columns.Single(column => column.Value == time).Key})", definition["k"].GetString(0));
        }
        else if (batch is not (IngestLedgerBatch or MetricRefusalBatch))
        {
            Assert.DoesNotContain("deduplication_window", definition["q"].GetString(0), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AppendDay_RowsOfEveryKind_AreThoseThatAnInsertOfTheDayAloneHas()
    {
        const int Seed = 20_261_121;
        var random = new Random(Seed);
        var all = new LogBatch();
        LogBatch[] expected = [new(), new(), new()];
        for (int i = 0; i < 500; i++)
        {
            int day = random.Next(expected.Length);
            int rowSeed = random.Next();
            Append(all, day, new Random(rowSeed));
            Append(expected[day], day, new Random(rowSeed));
        }

        Assert.Equal([20_000, 20_001, 20_002], all.Days().Select(static day => (int)day));
        var rows = new LogBatch();
        for (int day = 0; day < expected.Length; day++)
        {
            rows.Clear();
            rows.AppendDay(all, (ushort)(20_000 + day));

            Assert.Equal((Seed, day, Texts(expected[day])), (Seed, day, Texts(rows)));
            Assert.Equal(expected[day].Attributes.PathCount, rows.Attributes.PathCount);
        }

        rows.Clear();
        rows.AppendDay(all, 20_003);
        Assert.Equal(0, rows.RowCount);
        Assert.Equal(0, rows.Attributes.PathCount);
    }

    [Fact]
    public void AppendDay_ColumnsOfHistograms_AreThoseOfTheDay()
    {
        var all = new HistogramPointBatch();
        AppendHistogram(all, 0, null, [1]);
        AppendHistogram(all, 1, 5, [2, 3]);
        AppendHistogram(all, 0, 7, []);
        AppendHistogram(all, 0, null, [4, 5, 6]);
        var expected = new HistogramPointBatch();
        AppendHistogram(expected, 0, null, [1]);
        AppendHistogram(expected, 0, 7, []);
        AppendHistogram(expected, 0, null, [4, 5, 6]);
        var rows = new HistogramPointBatch();
        rows.AppendDay(all, 20_000);

        Assert.Equal(BatchRows.Bytes(expected), BatchRows.Bytes(rows));
    }

    [Fact]
    public void AppendDay_OfATableThatIsNotDivided_IsRefused() =>
        Assert.Contains("resources", Assert.Throws<ArgumentException>(() => new ResourceBatch().AppendDay(new ResourceBatch(), 1)).Message, StringComparison.Ordinal);

    private static ColumnBatch Create(Type type) => (ColumnBatch)Activator.CreateInstance(type)!;

    /// <summary>Every row with all its values as text: the order of paths and types in the block may differ.</summary>
    private static string Texts(ColumnBatch batch)
    {
        ResultBlock block = BatchRows.Read(batch);
        using var stream = new MemoryStream();
        using (var writer = new System.Text.Json.Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            for (int row = 0; row < block.RowCount; row++)
            {
                foreach (ResultColumn column in block.Columns)
                {
                    column.WriteJson(writer, row);
                }
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void AppendHistogram(HistogramPointBatch batch, int day, double? sum, ulong[] counts)
    {
        batch.MetricName.Append(batch.MetricName.IndexOf(sum is null ? "without a sum"u8 : "with a sum"u8));
        batch.SeriesId.Append(1);
        batch.Timestamp.Append((20_000 + day) * TableRows.PointDay);
        batch.StartTimestamp.Append(0);
        batch.Count.Append(1);
        batch.Sum.Append(sum);
        batch.Min.Append(null);
        batch.Max.Append(sum);
        batch.BoundsId.Append(3);
        foreach (ulong count in counts)
        {
            batch.BucketCounts.Elements.Append(count);
        }

        batch.BucketCounts.EndRow();
        batch.Flags.Append(0);
    }

    private static void Append(LogBatch batch, int day, Random random)
    {
        batch.Timestamp.Append(TableRows.Start + (day * TableRows.Day) + random.Next());
        batch.ObservedTimestamp.Append(random.Next());
        batch.TraceId.Append(random.Next(2) == 0 ? [] : Bytes(random, 16));
        batch.SpanId.Append(Bytes(random, 8));
        batch.Flags.Append((uint)random.Next());
        batch.SeverityNumber.Append((byte)random.Next(25));
        batch.SeverityText.Append("");
        batch.EventName.Append(new string('e', random.Next(3) * 100));
        batch.ServiceName.Append("shop");
        batch.ResourceId.Append(1);
        batch.ScopeId.Append(2);
        batch.ScopeName.Append("");
        batch.BodyType.Append(1);
        batch.Body.Append(new string('b', random.Next(20) == 0 ? 20_000 : random.Next(300)));
        batch.BodyFields.EndRow();
        AppendMap(batch.Attributes, random, depth: 0);
        batch.DroppedAttributesCount.Append(0);
        for (int i = random.Next(3); i > 0; i--)
        {
            batch.CorrelationIds.Elements.Append($"id {random.Next()}");
        }

        batch.CorrelationIds.EndRow();
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static void AppendMap(JsonColumn map, Random random, int depth)
    {
        for (int i = random.Next(5); i > 0; i--)
        {
            AppendValue(map.Slot(Encoding.UTF8.GetBytes($"key{random.Next(12)}")), random, depth);
        }

        map.EndRow();
    }

    private static void AppendValue(DynamicColumn values, Random random, int depth)
    {
        switch (random.Next(depth < 3 ? 9 : 5))
        {
            case 0: values.AppendString(Encoding.UTF8.GetBytes(new string('v', random.Next(300)))); break;
            case 1: values.AppendInt64(random.NextInt64()); break;
            case 2: values.AppendFloat64(random.NextDouble()); break;
            case 3: values.AppendBool(random.Next(2) == 0); break;
            case 4: values.AppendNull(); break;
            case 5:
                ArrayColumn<StringColumn> strings = values.AppendStringArray();
                for (int i = random.Next(3); i > 0; i--)
                {
                    strings.Elements.Append($"s{random.Next(9)}");
                }

                strings.EndRow();
                break;
            case 6:
                ArrayColumn<FixedColumn<long>> numbers = values.AppendInt64Array();
                numbers.Elements.Append(random.Next());
                numbers.EndRow();
                break;
            case 7: AppendMap(values.AppendJson(), random, depth + 1); break;
            default:
                ArrayColumn<DynamicColumn> mixed = values.AppendDynamicArray();
                for (int i = random.Next(4); i > 0; i--)
                {
                    AppendValue(mixed.Elements, random, depth + 1);
                }

                mixed.Elements.AppendAbsent();
                mixed.EndRow();
                break;
        }
    }
}
