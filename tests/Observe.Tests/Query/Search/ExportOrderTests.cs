using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Observe.Query.Compilation;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Tests.Ingest;
using Observe.Tests.Query.Seeds;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Search;

/// <summary>Long lists that the engine itself writes: sorted where they can be, and whole where they cannot.</summary>
public sealed class ExportOrderTests(EngineFixture engines)
{
    private const int FiveMinutes = 300;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_ReadForTooLong_EndsWithinASlice()
    {
        IStorageEngine engine = await engines.DatabaseAsync("export_time");
        await engine.ExecuteAsync(
            new SqlStatement($"INSERT INTO logs (Timestamp, ServiceName) SELECT fromUnixTimestamp64Nano({Seed.Base} + toInt64(number), 'UTC'), 'shop' FROM numbers(20000)"), Token);
        var time = new ManualTime();
        ISearchService search = TestQueryEngine.Services(engine, time).GetRequiredService<ISearchService>();
        SearchStream stream = await search.StreamAsync(new SearchRequest("", new TimeRange(Seed.Base, Seed.Base + Seed.Second), 1_000_000), Token);
        await using IAsyncEnumerator<IReadOnlyList<SearchRecord>> records = stream.Records!.GetAsyncEnumerator(Token);
        Assert.True(await records.MoveNextAsync());
        Assert.InRange(records.Current.Count, 1, 19_999);

        time.Advance(TimeSpan.FromMinutes(11));

        StorageException error = await Assert.ThrowsAsync<StorageException>(async () => await records.MoveNextAsync());
        Assert.Equal(StorageError.TimeLimit, error.Error);
        Assert.Contains("Observe:Query:MaxStreamTime", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(QueryLimits.MaxRecords / 2, 40)]
    [InlineData((QueryLimits.MaxRecords / 2) + 1, 40)]
    [InlineData(200_000, 40)]
    [InlineData(15_000, 1_400)]
    public async Task Answer_RecordsOfTenMinutes_IsWholeInEveryForm(int recordsInFiveMinutes, int words)
    {
        IStorageEngine engine = await engines.DatabaseAsync($"export_{recordsInFiveMinutes}");
        int records = recordsInFiveMinutes * 2;
        await engine.ExecuteAsync(
            new SqlStatement(string.Create(
                CultureInfo.InvariantCulture,
                $"INSERT INTO logs (Timestamp, ServiceName, Body) SELECT fromUnixTimestamp64Nano({Seed.Base} + toInt64(number * {2 * FiveMinutes * Seed.Second / records}), 'UTC'), toString(number % 5), repeat('body ', {words}) FROM numbers({records})")),
            Token);
        var range = new TimeRange(Seed.Base, Seed.Base + (2 * FiveMinutes * Seed.Second));

        List<long> times = await TimesAsync(engine, new SearchRequest("| fields observed_timestamp, timestamp", range, 1_000_000));

        Assert.Equal(records, times.Count);
        Assert.Equal(records, times.Distinct().Count());
        bool isSorted = records <= QueryLimits.MaxRecords;
        Assert.Equal(isSorted, times.SequenceEqual(times.OrderDescending()));

        // In slices, sorted in any case.
        var request = new SearchRequest("", range, 1_000_000, MustBeWhole: true);
        var streamed = new List<long>();
        SearchStream stream = await TestQueryEngine.Services(engine).GetRequiredService<ISearchService>().StreamAsync(request, Token);
        await foreach (IReadOnlyList<SearchRecord> found in stream.Records!)
        {
            streamed.AddRange(found.Cast<TimedRecord>().Select(record => record.Timestamp));
        }

        Assert.Equal(times.OrderDescending(), streamed);

        // As a list, as many as one may have.
        SearchResult list = await TestQueryEngine.Services(engine).GetRequiredService<ISearchService>().SearchAsync(request with { Limit = QueryLimits.MaxRecords }, Token);
        Assert.Equal(streamed.Take(QueryLimits.MaxRecords), list.Records.Cast<TimedRecord>().Select(record => record.Timestamp));

        // Five minutes after five minutes, in any case.
        List<long> groups = [.. times.Select(time => time / (FiveMinutes * Seed.Second))];
        Assert.Equal(groups.OrderDescending(), groups);
    }

    private static async Task<List<long>> TimesAsync(IStorageEngine engine, SearchRequest request)
    {
        await using FormattedResult result = await TestQueryEngine.Services(engine).GetRequiredService<ISearchService>().ExportAsync(request, ResultFormat.Csv, Token);
        var text = new StringBuilder();
        while (await result.ReadAsync(Token) is { Length: > 0 } chunk)
        {
            text.Append(Encoding.UTF8.GetString(chunk.Span));
        }

        return [.. text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => Nanoseconds(line.Split(',')[1].Trim('"')))];
    }

    private static long Nanoseconds(string time)
    {
        long seconds = (long)(DateTime.ParseExact(time[..19], "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)
            - DateTime.UnixEpoch).TotalSeconds;
        return (seconds * Seed.Second) + long.Parse(time[20..], CultureInfo.InvariantCulture);
    }
}
