using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Engine;
using Observe.Tests.Query.Seeds;
using Observe.Tests.Storage;

namespace Observe.Tests.Query.Search;

/// <summary>Long lists that the engine itself writes: sorted where they can be, and whole where they cannot.</summary>
public sealed class ExportOrderTests(EngineFixture engines)
{
    private const int FiveMinutes = 300;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1_000)]
    [InlineData(SortSizes.MaxRows + 10_000)]
    public async Task Export_RecordsOfTenMinutes_AreAllThereByTime(int recordsInFiveMinutes)
    {
        IStorageEngine engine = await engines.DatabaseAsync($"export_{recordsInFiveMinutes}");
        int records = recordsInFiveMinutes * 2;
        await engine.ExecuteAsync(
            new SqlStatement(string.Create(
                CultureInfo.InvariantCulture,
                $"INSERT INTO logs (Timestamp, ServiceName, Body) SELECT fromUnixTimestamp64Nano({Seed.Base} + toInt64(number * {2 * FiveMinutes * Seed.Second / records}), 'UTC'), toString(number % 5), repeat('body ', 40) FROM numbers({records})")),
            Token);
        var range = new TimeRange(Seed.Base, Seed.Base + (2 * FiveMinutes * Seed.Second));

        List<long> times = await TimesAsync(engine, new SearchRequest("| fields observed_timestamp, timestamp", range, 1_000_000));

        Assert.Equal(records, times.Count);
        Assert.Equal(records, times.Distinct().Count());
        bool isSorted = recordsInFiveMinutes <= SortSizes.MaxRows;
        Assert.Equal(isSorted, times.SequenceEqual(times.OrderDescending()));

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
