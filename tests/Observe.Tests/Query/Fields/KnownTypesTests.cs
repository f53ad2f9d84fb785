using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Observe.Query.Compilation;
using Observe.Query.Compilation.Targets;
using Observe.Query.Fields;
using Observe.Query.Language;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Storage.Results;
using Observe.Tests.Query.Seeds;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Fields;

/// <summary>To know where a field occurs and with which types makes statements short and must not change an answer.</summary>
public sealed class KnownTypesTests(EngineFixture engines)
{
    private const int Records = 400;
    private const int Filters = 250;

    private static readonly TimeRange Range = new(Seed.Base, Seed.Base + (Records * Seed.Second));
    private static readonly string[] Prefixes = ["", "", "", "attr.", "resource.", "body."];
    private static readonly string[] Numbers = ["5", "5.0", "-3", "0.25", "4KB", "1e2", "0"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Condition_WithAndWithoutTypes_HoldsForTheSameRecords()
    {
        (IStorageEngine engine, Random random, int seed) = await SeedAsync("known_types_filters");
        var compiler = new SearchCompiler(TimeProvider.System);
        int matched = 0;
        for (int i = 0; i < Filters; i++)
        {
            string query = Filter(random);
            CompiledSearch plain = compiler.Compile(query, Range);
            FieldTypes types = await TestQueryEngine.FieldTypes(engine).GetAsync(SearchSignal.Logs, plain.Fields, Range, Token);
            CompiledSearch informed = compiler.Compile(query, Range, types);
            IReadOnlyList<string> expected = await RowsAsync(engine, plain, "Flags");
            AssertSame($"seed {seed}: {query}", expected, await RowsAsync(engine, informed, "Flags"));
            matched += expected.Count is > 0 and < Records ? 1 : 0;
        }

        // Filters that hold for all records or for none would prove little.
        Assert.True(matched > Filters / 4, $"Only {matched} of {Filters} filters tell records apart (seed {seed}).");
    }

    [Fact]
    public async Task Value_WithAndWithoutTypes_IsTheSame()
    {
        (IStorageEngine engine, _, int seed) = await SeedAsync("known_types_values");
        foreach (string name in MixedLogs.Names)
        {
            foreach (FieldPlace place in new[] { FieldPlace.Any, FieldPlace.Attribute, FieldPlace.Resource, FieldPlace.Body })
            {
                var field = new FieldName(place, name, new TextSpan(0, 0));
                FieldTypes types = await TestQueryEngine.FieldTypes(engine).GetAsync(SearchSignal.Logs, [field], Range, Token);
                AssertSame($"seed {seed}: {place} {name}", await ValuesAsync(engine, field, null), await ValuesAsync(engine, field, types));
            }
        }
    }

    [Theory]
    [InlineData("double=5", "Attributes.`double`.:`Float64` = ", "`String`", "`Int64`", "BodyFields", "resources")]
    [InlineData("attr.text=5", "Attributes.`text`.:`String` = ", "`Int64`", "Array", "resources")]
    [InlineData("double>5", "Attributes.`double`.:`Float64` > ", "toFloat64OrNull", "`Int64`")]
    [InlineData("nowhere=5", "AND false", "nowhere")]
    [InlineData("nowhere:*", "AND false", "nowhere")]
    [InlineData("nowhere~x", "AND false", "nowhere")]
    [InlineData("scope.int=5", "AND false", "scopes")]
    public async Task Condition_WithTypes_AsksOnlyWhatThereIs(string query, string asked, params string[] notAsked)
    {
        (IStorageEngine engine, _, _) = await SeedAsync("known_types_sql");
        var compiler = new SearchCompiler(TimeProvider.System);
        FieldTypes types = await TestQueryEngine.FieldTypes(engine).GetAsync(SearchSignal.Logs, compiler.Compile(query, Range).Fields, Range, Token);
        string condition = compiler.Compile(query, Range, types).Condition;
        Assert.Contains(asked, condition, StringComparison.Ordinal);
        Assert.All(notAsked, text => Assert.DoesNotContain(text, condition[condition.IndexOf(") AND ", StringComparison.Ordinal)..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Types_StoredAfterARead_AreInTheNext()
    {
        IStorageEngine engine = await engines.DatabaseAsync("known_types_new");
        IServiceProvider services = TestQueryEngine.Services(engine);
        IFieldTypes reader = services.GetRequiredService<IFieldTypes>();
        KnownFields known = services.GetRequiredService<KnownFields>();
        var field = new FieldName(FieldPlace.Any, "later", new TextSpan(0, 0));
        FieldTypes before = await reader.GetAsync(SearchSignal.Logs, [field], Range, Token);
        Assert.Equal(AttributeTypes.None, before.Of(Observe.Storage.Batches.FieldSource.Attribute, "later"));
        Assert.Equal(AttributeTypes.All, before.Of(Observe.Storage.Batches.FieldSource.Attribute, "other"));

        var fields = new Observe.Storage.Batches.FieldBatch();
        var column = new Observe.Storage.Columns.JsonColumn();
        Json.Fill(column, ("later", 5L));
        FieldSeed.Add(fields, 20_455, Observe.Storage.Batches.FieldSignal.Logs, Observe.Storage.Batches.FieldSource.Attribute, column);
        Assert.True(known.TryGet(known.State, SearchSignal.Logs, "later", out KnownField? kept) && kept.Notes.Count == 0, "What was read should be kept.");
        await engine.InsertAsync(fields, null, Token);
        Assert.False(known.TryGet(known.State, SearchSignal.Logs, "later", out _), "What was read should not outlive an insert.");
        FieldTypes after = await reader.GetAsync(SearchSignal.Logs, [field], Range, Token);
        Assert.Equal(AttributeTypes.Int64, after.Of(Observe.Storage.Batches.FieldSource.Attribute, "later"));
        Assert.True(after.IsInRange(Observe.Storage.Batches.FieldSource.Attribute, "later"));
        FieldTypes otherDay = await reader.GetAsync(SearchSignal.Logs, [field], new TimeRange(0, 1), Token);
        Assert.Equal(AttributeTypes.Int64, otherDay.Of(Observe.Storage.Batches.FieldSource.Attribute, "later"));
        Assert.False(otherDay.IsInRange(Observe.Storage.Batches.FieldSource.Attribute, "later"));
    }

    [Fact]
    public async Task Types_OfANameThatIsTooLongForTheCatalogue_AreUnknown()
    {
        IStorageEngine engine = await engines.DatabaseAsync("known_types_new");
        string name = new('n', 10_000);
        FieldTypes types = await TestQueryEngine.FieldTypes(engine).GetAsync(
            SearchSignal.Logs, [new FieldName(FieldPlace.Any, name, new TextSpan(0, 0))], Range, Token);
        Assert.Equal(AttributeTypes.All, types.Of(Observe.Storage.Batches.FieldSource.Attribute, name));
        Assert.True(types.IsInRange(Observe.Storage.Batches.FieldSource.Attribute, name));
    }

    private static string Filter(Random random)
    {
        string condition = Comparison(random);
        return random.Next(4) switch
        {
            0 => $"not ({condition})",
            1 => $"({condition}) {(random.Next(2) == 0 ? "and" : "or")} ({Comparison(random)})",
            _ => condition,
        };
    }

    private static string Comparison(Random random)
    {
        string field = Prefixes[random.Next(Prefixes.Length)] + QuerySyntax.Field(
            new FieldName(FieldPlace.Any, MixedLogs.Names[random.Next(MixedLogs.Names.Length)], new TextSpan(0, 0)));
        string text = QuerySyntax.Quote(MixedLogs.Texts[random.Next(MixedLogs.Texts.Length)]);
        string number = Numbers[random.Next(Numbers.Length)];
        string bare = random.Next(3) switch { 0 => "true", 1 => "red", _ => number };
        return random.Next(9) switch
        {
            0 => $"{field}={text}",
            1 => $"{field}={bare}",
            2 => $"{field}!={bare}",
            3 => $"{field}{new[] { "<", "<=", ">", ">=" }[random.Next(4)]}{number}",
            4 => $"{field}>{text}",
            5 => $"{field}={new[] { "*r*", "5*", "*" }[random.Next(3)]}",
            6 => $"{field}~\"{new[] { ".*", "^5", "e", "^$" }[random.Next(4)]}\"",
            7 => $"{field}:{new[] { "red", "5", "da*" }[random.Next(3)]}",
            _ => $"{field}:*",
        };
    }

    private static void AssertSame(string described, IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        string? difference = expected.Except(actual).Select(row => $"lacks {row}").Concat(actual.Except(expected).Select(row => $"has {row}")).FirstOrDefault();
        Assert.Equal($"{described}", $"{described}{difference}");
        Assert.Equal(expected, actual);
    }

    private static async Task<IReadOnlyList<string>> ValuesAsync(IStorageEngine engine, FieldName field, FieldTypes? types)
    {
        FieldTarget target = new FieldResolver(SearchSignal.Logs, TimeProvider.System, types).Resolve(field);
        var search = new CompiledSearch(SearchSignal.Logs, "true", new ParameterBag(), [], []);
        string text = target.AsText(search.Parameters);
        string? number = target.AsNumber(search.Parameters);
        string value = target.AsValue(search.Parameters);
        return await RowsAsync(engine, search, $"(Flags, {text}, {number ?? "NULL"}, toString({value}))");
    }

    private static async Task<IReadOnlyList<string>> RowsAsync(IStorageEngine engine, CompiledSearch search, string value)
    {
        string sql = $"SELECT toString({value}) AS Row FROM logs WHERE {search.Condition} ORDER BY Flags";
        try
        {
            IReadOnlyList<ResultBlock> blocks = await engine.QueryAllAsync(new SqlStatement(sql, search.Parameters.Parameters), Token);
            return [.. blocks.SelectMany(block => Enumerable.Range(0, block.RowCount).Select(row => block["Row"].GetString(row)))];
        }
        catch (StorageException e)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{e.Message}\n{sql}"), e);
        }
    }

    private async Task<(IStorageEngine Engine, Random Random, int Seed)> SeedAsync(string database)
    {
        int seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        IStorageEngine engine = await engines.DatabaseAsync(database);
        await engine.ExecuteAsync(new SqlStatement("TRUNCATE TABLE logs"), Token);
        await engine.ExecuteAsync(new SqlStatement("TRUNCATE TABLE resources"), Token);
        await engine.ExecuteAsync(new SqlStatement("TRUNCATE TABLE fields"), Token);
        await MixedLogs.InsertAsync(engine, random, Records, Token);
        return (engine, random, seed);
    }
}
