using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Language;
using Observe.Query.PromQL.Selection;
using Observe.Storage.Engine;
using Observe.Tests.Query.Correlation;

namespace Observe.Tests.Query.PromQL.Selection;

/// <summary>What is read again shows as 2, for the second time the reader asks for that instead of the value, 1.</summary>
public sealed class NumberReaderTests(LongFixture fixture) : IClassFixture<LongFixture>
{
    private const long Minute = 60_000_000_000;
    private const long Base = (long)Arrivals.Base;

    private static readonly ReadKey Key = new((VectorSelector)PromQLParser.Parse("jobs_total"), "jobs");

    /// <summary>The first point is at 03:04, so a quarter of an hour ends after the points of the minutes 10, 25, ….</summary>
    private static readonly SampleRange First = new(Base - Minute, Base + (122 * Minute));

    [Fact]
    public async Task Read_NextPiece_ReadsWhatTheOneBeforeHasNot()
    {
        using var before = new SampleMemory(null, isFollowed: true);
        Samples<double>[] first = await ReadAsync(First, 1, before);
        using var memory = new SampleMemory(before);

        Samples<double>[] second = await ReadAsync(new SampleRange(Base + (100 * Minute), Base + (200 * Minute)), 2, memory);

        AssertMinutes(first[0], 0, 122, int.MaxValue);
        AssertMinutes(second[0], 101, 200, 131);
    }

    [Fact]
    public async Task Read_NextPieceInWhatWasReadAhead_ReadsNothing()
    {
        using var before = new SampleMemory(null, isFollowed: true);
        await ReadAsync(First, 1, before);
        using var memory = new SampleMemory(before, isFollowed: true);

        Samples<double>[] second = await ReadAsync(new SampleRange(Base + (118 * Minute), Base + (126 * Minute)), 2, memory);

        AssertMinutes(second[0], 119, 126, int.MaxValue);
        using var last = new SampleMemory(memory);
        AssertMinutes((await ReadAsync(new SampleRange(Base + (120 * Minute), Base + (140 * Minute)), 2, last))[0], 121, 140, 131);
    }

    [Fact]
    public async Task Read_LongWayToTheEndOfAQuarter_ReadsWhatIsAskedFor()
    {
        using var before = new SampleMemory(null, isFollowed: true);
        await ReadAsync(new SampleRange(Base + (112 * Minute), Base + (122 * Minute)), 1, before);
        using var memory = new SampleMemory(before);

        AssertMinutes((await ReadAsync(new SampleRange(Base + (115 * Minute), Base + (130 * Minute)), 2, memory))[0], 116, 130, 123);
    }

    [Fact]
    public async Task Read_LastPiece_ReadsWhatIsAskedFor()
    {
        using var before = new SampleMemory();
        await ReadAsync(First, 1, before);
        using var memory = new SampleMemory(before);

        AssertMinutes((await ReadAsync(new SampleRange(Base + (100 * Minute), Base + (130 * Minute)), 2, memory))[0], 101, 130, 101);
    }

    private async Task<Samples<double>[]> ReadAsync(SampleRange range, int value, SampleMemory memory)
    {
        ulong[] series = (await fixture.Get<IStorageEngine>().QueryAllAsync(
            new SqlStatement("SELECT groupArray(SeriesId) AS ids FROM (SELECT SeriesId FROM number_points WHERE MetricName = 'jobs' GROUP BY SeriesId HAVING uniqExactIf(Timestamp, Flags = 0) BETWEEN 560 AND 599)"),
            TestContext.Current.CancellationToken))[0]["ids"].GetUInt64Array(0);
        Assert.Single(series);
        return await fixture.Get<NumberReader>().ReadAsync(
            "number_points", $"toFloat64({value})", new PointRange("jobs", series, IsAll: false, range), Key, memory, TestContext.Current.CancellationToken);
    }

    /// <param name="samples">A point a minute.</param>
    /// <param name="first">The first minute.</param>
    /// <param name="last">The last one.</param>
    /// <param name="again">The first minute that the second reading found.</param>
    private static void AssertMinutes(Samples<double> samples, int first, int last, int again)
    {
        int[] minutes = [.. Enumerable.Range(first, last - first + 1)];
        Assert.Equal(minutes.Select(minute => Base + (minute * Minute)), samples.Times.ToArray());
        Assert.Equal(minutes.Select(minute => minute >= again ? 2.0 : 1), samples.Values.ToArray());
    }
}
