using System.Globalization;
using Observe.Query.Fields;
using Observe.Query.Time;
using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Storage.Results;
using Observe.Tests.Query.Seeds;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Fields;

/// <summary>What lists of fields and values say of records of any types, of very many records and of very many fields.</summary>
public sealed class ManyFieldsTests(EngineFixture engines)
{
    private const ushort Day = 20_455;

    private static readonly TimeRange Range = new(Seed.Base, Seed.Base + (24 * 3600 * Seed.Second));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FieldsAndValues_OfMixedTypes_AreThoseOfTheRecords()
    {
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        await using QueryServices services = await QueryServices.CreateAsync(engines, "many_mixed");
        await MixedLogs.InsertAsync(services.Engine, new Random(seed), 300, Token);
        IReadOnlyList<IReadOnlyDictionary<string, object?>> records = await AttributesAsync(services.Engine);
        IFieldExplorer explorer = services.Get<IFieldExplorer>();
        FieldUsages fields = await explorer.GetFieldsAsync(new FieldsRequest("", null, Range), Token);
        foreach (string name in MixedLogs.Names.Where(name => name != "nowhere"))
        {
            List<object?> present = [.. records.Where(record => record.ContainsKey(name)).Select(record => record[name])];
            Dictionary<string, long> expected = present.SelectMany(Elements).GroupBy(value => value).ToDictionary(group => group.Key, group => group.LongCount());

            FieldValues values = await explorer.GetValuesAsync(
                new FieldValuesRequest(new FieldsRequest("", null, Range), name, "attribute", 1_000), Token);
            Dictionary<string, long> actual = values.Values.ToDictionary(value => Text(value.Value, value.Type), value => value.Records);
            Assert.Equal(
                string.Join("\n", expected.Select(each => $"{name} {each.Key} {each.Value}").Order(StringComparer.Ordinal)),
                string.Join("\n", actual.Select(each => $"{name} {each.Key} {each.Value}").Order(StringComparer.Ordinal)));
            Assert.Equal((name, present.Count, (long)expected.Count), (name, (int)values.Records, values.Distinct));

            FieldUsage usage = Assert.Single(fields.Fields, field => field.Name == name && field.Source == "attribute");
            Assert.Equal((name, present.Count, (long)expected.Count), (name, (int)usage.Records, usage.Distinct));
        }
    }

    [Fact]
    public async Task Fields_OfMoreRecordsThanTheSample_AreOfTheLatestAndSaySo()
    {
        const int Records = 12_000;
        await using QueryServices services = await QueryServices.CreateAsync(engines, "many_records");
        await InsertAsync(services.Engine, Records, i => i < 100 ? [("early", (long)i)] : [("n", (long)i), ("half", i % 2 == 0 ? null : "x")]);
        FieldUsages found = await services.Get<IFieldExplorer>().GetFieldsAsync(new FieldsRequest("", null, Range), Token);
        Assert.Equal((10_000, false), (found.Sample.Records, found.Sample.IsComplete));
        Assert.Equal(Seed.Base + (2_000 * Seed.Second), found.Sample.From);
        Assert.Equal(["n 10000 10000", "half 10000 2", "early 0 0"],
            found.Fields.Where(field => field.Source == "attribute").OrderByDescending(field => field.Distinct).Select(field => $"{field.Name} {field.Records} {field.Distinct}"));
        Assert.Equal(Seed.Base + ((Records - 1) * Seed.Second), found.Fields.Single(field => field.Name == "n").LastSeen);
        Assert.Null(found.Fields.Single(field => field.Name == "early").LastSeen);
        Assert.Contains("latest 10000 matching records", Assert.Single(found.Notices), StringComparison.Ordinal);

        FieldUsages filtered = await services.Get<IFieldExplorer>().GetFieldsAsync(new FieldsRequest("n:*", null, Range), Token);
        Assert.DoesNotContain(filtered.Fields, field => field.Name == "early");
    }

    [Fact]
    public async Task Values_OfMoreRecordsThanWanted_AreOfTheEndOfTheRange()
    {
        await using QueryServices services = await QueryServices.CreateAsync(engines, "many_records_range");
        await InsertAsync(services.Engine, 6_400, i => [("n", (long)i)]);
        var range = new TimeRange(Seed.Base, Seed.Base + (6_400 * Seed.Second));
        var sampleRange = new SampleRange(services.Get<Observe.Query.Execution.IQueryEngine>(), new Observe.Query.Compilation.SearchCompiler(TimeProvider.System));
        foreach ((long wanted, long seconds) in new[] { (10L, 10L), (100L, 100L), (400L, 400L), (1_600L, 1_600L), (6_400L, 6_400L), (100_000L, 6_400L) })
        {
            TimeRange found = await sampleRange.FindAsync(
                Observe.Query.Language.QueryParser.Parse(""), range, FieldTypes.Unknown, wanted, Token);
            Assert.Equal((wanted, range.To, seconds), (wanted, found.To, (found.To - found.From) / Seed.Second));
        }

        TimeRange none = await sampleRange.FindAsync(Observe.Query.Language.QueryParser.Parse("nosuchword"), range, FieldTypes.Unknown, 10, Token);
        Assert.Equal(range, none);
    }

    [Fact]
    public async Task Fields_TwoThousandNames_AreAllListed()
    {
        const int Names = 2_000;
        await using QueryServices services = await QueryServices.CreateAsync(engines, "many_names");
        await InsertAsync(services.Engine, Names / 10, i => [.. Enumerable.Range(0, 10).Select(k => ($"field.{(i * 10) + k}", (object?)(long)i))]);
        FieldUsages found = await services.Get<IFieldExplorer>().GetFieldsAsync(new FieldsRequest("", null, Range), Token);
        Assert.Equal(Names, found.Fields.Count(field => field.Source == "attribute" && field.Records == 1 && field.Distinct == 1));
        FieldValues values = await services.Get<IFieldExplorer>().GetValuesAsync(
            new FieldValuesRequest(new FieldsRequest("", null, Range), "field.1995", null, 10), Token);
        Assert.Equal("199 int 1", string.Join(", ", values.Values.Select(value => $"{value.Value} {value.Type} {value.Records}")));
    }

    [Fact]
    public async Task Values_HostileNames_AreFoundAndNothingElse()
    {
        string[] names =
        [
            "`", "a`b\\`c", "' OR 1=1 --", "\"quoted\"", "a.b..c", "", " ", "héllo 世界 🎉", "line\nbreak\ttab", "{p0:String}", "a/b/values", "100%2F", "attr.x",
            ".:Int64", "a[]", "^x", "@x",
        ];
        await using QueryServices services = await QueryServices.CreateAsync(engines, "many_hostile");
        await InsertAsync(services.Engine, 3, i => [.. names.Select((name, n) => (name, i == 0 ? $"text {n}" : (object?)(long)n))]);
        IFieldExplorer explorer = services.Get<IFieldExplorer>();
        FieldUsages fields = await explorer.GetFieldsAsync(new FieldsRequest("", null, Range), Token);
        for (int n = 0; n < names.Length; n++)
        {
            string name = names[n];
            Assert.Equal(
                (name, 3L, 2L), Assert.Single(fields.Fields.Where(field => field.Name == name).Select(field => (field.Name, field.Records, field.Distinct))));
            FieldValues values = await explorer.GetValuesAsync(new FieldValuesRequest(new FieldsRequest("", null, Range), name, "attribute", 10), Token);
            Assert.Equal(
                $"{name}: {n} int 2, text {n} string 1",
                $"{name}: {string.Join(", ", values.Values.Select(value => $"{value.Value} {value.Type} {value.Records}"))}");
        }
    }

    [Fact]
    public async Task Values_NameThatTheEngineCannotRead_IsRefused()
    {
        await using QueryServices services = await QueryServices.CreateAsync(engines, "hostile_type");
        await InsertAsync(services.Engine, 3, _ => [("x.:`Int64`", 5L)]);
        IFieldExplorer explorer = services.Get<IFieldExplorer>();
        Assert.Contains((await explorer.GetFieldsAsync(new FieldsRequest("", null, Range), Token)).Fields, field => field.Name == "x.:`Int64`");
        await Assert.ThrowsAsync<Observe.Query.Language.QuerySyntaxException>(
            () => explorer.GetValuesAsync(new FieldValuesRequest(new FieldsRequest("", null, Range), "x.:`Int64`", null, 10), Token));
    }

    [Fact]
    public async Task Values_NameOfTenThousandCharacters_AreFoundThoughItIsNotInTheCatalogue()
    {
        string name = new('n', 10_000);
        await using QueryServices services = await QueryServices.CreateAsync(engines, "hostile_long");
        await InsertAsync(services.Engine, 3, i => [(name, i == 0 ? "text" : 5L)]);
        IFieldExplorer explorer = services.Get<IFieldExplorer>();
        FieldValues values = await explorer.GetValuesAsync(new FieldValuesRequest(new FieldsRequest("", null, Range), name, null, 10), Token);
        Assert.Equal("5 int 2, text string 1", string.Join(", ", values.Values.Select(value => $"{value.Value} {value.Type} {value.Records}")));
        Assert.Contains((await explorer.GetFieldsAsync(new FieldsRequest("", null, Range), Token)).Fields, field => field.Name == name);
    }

    private static IEnumerable<string> Elements(object? value) =>
        (value is object?[] elements ? elements : [value]).Select(element => Text(element, AttributeTypeNames.Word(element))).Distinct();

    private static string Text(object? value, string type) => value switch
    {
        null => type,
        IReadOnlyDictionary<string, object?> => $"{type} {{}}",
        IFormattable number => $"{type} {number.ToString(null, CultureInfo.InvariantCulture)}",
        _ => $"{type} {value}",
    };

    private static async Task<IReadOnlyList<IReadOnlyDictionary<string, object?>>> AttributesAsync(IStorageEngine engine)
    {
        IReadOnlyList<ResultBlock> blocks = await engine.QueryAllAsync(new SqlStatement("SELECT Attributes FROM logs"), Token);
        return [.. blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => (IReadOnlyDictionary<string, object?>)block["Attributes"].GetValue(row)!))];
    }

    private static async Task InsertAsync(IStorageEngine engine, int count, Func<int, (string, object?)[]> attributes)
    {
        var logs = new LogBatch();
        for (int i = 0; i < count; i++)
        {
            logs.Timestamp.Append(Seed.Base + (i * Seed.Second));
            logs.ObservedTimestamp.Append(0);
            logs.TraceId.Append([]);
            logs.SpanId.Append([]);
            logs.Flags.Append(0);
            logs.SeverityNumber.Append(9);
            logs.SeverityText.Append("");
            logs.EventName.Append("");
            logs.ServiceName.Append("s");
            logs.ResourceId.Append(1);
            logs.ScopeId.Append(1);
            logs.ScopeName.Append("");
            logs.BodyType.Append((sbyte)BodyType.String);
            logs.Body.Append("x");
            Json.Fill(logs.BodyFields);
            Json.Fill(logs.Attributes, attributes(i));
            logs.DroppedAttributesCount.Append(0);
            logs.CorrelationIds.EndRow();
        }

        var fields = new FieldBatch();
        FieldSeed.Add(fields, Day, FieldSignal.Logs, FieldSource.Attribute, logs.Attributes);
        await engine.InsertAsync(fields, null, Token);
        await engine.InsertAsync(logs, null, Token);
    }
}
