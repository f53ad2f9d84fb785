using Microsoft.Extensions.Logging.Abstractions;
using Observe.Ingest.Cardinality;
using Observe.Ingest.Otlp;
using Observe.Ingest.Wire;
using Observe.Storage.Batches;
using Observe.Storage.Engine;
using Observe.Tests.Ingest.Journal;
using Observe.Tests.Storage;

namespace Observe.Tests.Ingest.Cardinality;

/// <summary>Limits so large that small metrics are only counted, over the real engine.</summary>
public sealed class SeriesAdmissionTests(EngineFixture engines)
{
    private const ushort Day = 20_455;
    private const long DayStart = Day * 86_400L * 1_000_000_000;
    private const int Limit = 20_000;

    private static readonly CardinalityLimits Limits = new(Limit, int.MaxValue);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Admit_MetricThatTheEngineHasMuchOf_IsKnownFromTheStart()
    {
        IStorageEngine engine = await engines.DatabaseAsync("admission_start");
        await StoreAsync(engine, "m", 0, Limit - 5);
        await using var admission = new SeriesAdmission(Limits, new StoredSeriesReader(engine), NullLogger.Instance);
        await admission.StartAsync(DayStart);
        admission.Update();

        Assert.Equal(0, Refused(admission, "m", 0, Limit));
        Assert.Equal(100, Refused(admission, "m", Limit, 100));
        Assert.Equal(0, Refused(admission, "m", 0, Limit));
        Assert.Equal(0, Refused(admission, "n", 0, 100));
        Assert.True(admission.Reached.TryGet("m"u8, out ReachedLimit[]? limits));
        Assert.Equal((RejectReason.MetricSeriesLimit, Day, Limit), (limits.Single().Reason, limits.Single().Day, limits.Single().Count));
    }

    [Fact]
    public async Task Admit_MetricThatGrows_IsAskedAboutWhenItIsLargeAndItsBatchesAreStored()
    {
        IStorageEngine engine = await engines.DatabaseAsync("admission_growth");
        int watchFrom = Limits.WatchFrom;
        await StoreAsync(engine, "m", 0, watchFrom - 1);
        await using var admission = new SeriesAdmission(Limits, new StoredSeriesReader(engine), NullLogger.Instance);
        await admission.StartAsync(DayStart);
        admission.Update();

        // Not watched before: the first half is in a batch that is stored later.
        Assert.Equal(0, Refused(admission, "m", watchFrom, 2 * watchFrom));
        await StoreAsync(engine, "m", watchFrom, 2 * watchFrom);
        admission.Committed();
        admission.Committed();
        await admission.Loading;
        admission.Update();

        Assert.Equal((3 * watchFrom) - 1, Refused(admission, "m", 3 * watchFrom, Limit));
        Assert.Equal(0, Refused(admission, "m", 0, watchFrom - 1) + Refused(admission, "m", watchFrom, 2 * watchFrom));
    }

    [Fact]
    public async Task Start_EngineThatFails_IsAskedAgain()
    {
        IStorageEngine engine = await engines.DatabaseAsync("admission_failure");
        await StoreAsync(engine, "m", 0, Limit);
        var log = new LogLines();
        await engine.ExecuteAsync(new SqlStatement("RENAME TABLE metric_series TO away"), Token);
        await using var admission = new SeriesAdmission(Limits, new StoredSeriesReader(engine), log);
        await admission.StartAsync(DayStart);
        admission.Update();
        Assert.Equal(3, log.Of(2022).Count); // yesterday, today and tomorrow
        Assert.Equal(0, Refused(admission, "m", Limit, 10));

        await engine.ExecuteAsync(new SqlStatement("RENAME TABLE away TO metric_series"), Token);
        for (int batch = 0; batch < 30; batch++)
        {
            admission.Committed();
            await admission.Loading;
            admission.Update();
        }

        Assert.Equal(10, Refused(admission, "m", 2 * Limit, 10));
        Assert.Equal(0, Refused(admission, "m", 0, Limit));
    }

    [Fact]
    public void Admit_MoreThanCanBeCounted_GivesTheMetricUpAndNoOther()
    {
        const long maxBytes = 1_400_000;
        var limits = new CardinalityLimits(40_000, int.MaxValue);
        var log = new LogLines();
        var admission = new SeriesAdmission(limits, null, log, maxBytes: maxBytes);

        Assert.Equal(0, Refused(admission, "a", 0, 40_000));
        Assert.Equal(1, Refused(admission, "a", 40_000, 1));
        Assert.Equal(0, Refused(admission, "b", 0, 40_000));
        Assert.Equal(1, Refused(admission, "b", 40_000, 1));

        // They take half a megabyte each; the third finds none when it has to grow.
        Assert.Equal(0, Refused(admission, "c", 0, 60_000));
        Assert.Equal(0, Refused(admission, "d", 0, 10));
        Assert.InRange(admission.Bytes, 1, maxBytes);
        Assert.StartsWith("Metric c is not limited on", Assert.Single(log.Of(2023)), StringComparison.Ordinal);
        Assert.Equal(1, Refused(admission, "a", 40_001, 1));
        Assert.Equal(1, Refused(admission, "b", 40_001, 1));
    }

    [Fact]
    public void Admit_ABackfillThatTakesTenDaysInTurn_HoldsTheLimitOfEachDay()
    {
        var admission = new SeriesAdmission(new CardinalityLimits(10, int.MaxValue), null, NullLogger.Instance);
        int[] admitted = new int[10];
        for (int round = 0; round < 20; round++)
        {
            for (ushort day = 0; day < admitted.Length; day++)
            {
                admitted[day] += 4 - Refused(admission, "m", round * 4, 4, (ushort)(Day + day));
                admission.Committed();
            }
        }

        Assert.All(admitted, count => Assert.Equal(10, count));
        Assert.True(admission.Reached.TryGet("m"u8, out ReachedLimit[]? limits));
        Assert.Equal(admitted.Length, limits.Length);
    }

    [Fact]
    public async Task Admit_MoreDaysThanThereIsMemoryFor_HoldsTheLimitOfEachDayThatComesBack()
    {
        const int days = 10;
        const int limit = 2_000;
        const long maxBytes = 150_000; // three days of 33 KB, and a fourth that is being read
        var limits = new CardinalityLimits(limit, int.MaxValue);
        IStorageEngine engine = await engines.DatabaseAsync("admission_memory");
        for (ushort day = 0; day < days; day++)
        {
            await StoreAsync(engine, "m", 0, limit, (ushort)(Day + (2 * day)));
        }

        var log = new LogLines();
        await using var admission = new SeriesAdmission(limits, new StoredSeriesReader(engine), log, maxBytes: maxBytes);
        for (int round = 0; round < 3; round++)
        {
            for (ushort day = 0; day < days; day++)
            {
                ushort today = (ushort)(Day + (2 * day));
                Assert.Equal(0, Refused(admission, "m", 0, 1, today));
                await LoadAsync(admission);
                Assert.Equal(100, Refused(admission, "m", limit, 100, today));
                Assert.Equal(0, Refused(admission, "m", 0, limit, today));
                Assert.InRange(admission.Bytes, 1, maxBytes);
                for (int batch = 0; batch < AdmissionDays.IdleBatches; batch++)
                {
                    admission.Committed();
                    await LoadAsync(admission);
                }
            }
        }

        Assert.Empty(log.Of(2023));
        Assert.True(admission.Reached.TryGet("m"u8, out ReachedLimit[]? reached));
        Assert.InRange(reached.Length, 1, 4);
    }

    [Fact]
    public async Task Start_MoreThanThereIsMemoryFor_GivesUpWhatDoesNotFit()
    {
        const int limit = 2_000;
        const long maxBytes = 100_000; // three days take as much, and more while they are read
        var limits = new CardinalityLimits(limit, int.MaxValue);
        IStorageEngine engine = await engines.DatabaseAsync("admission_room");
        for (int day = -1; day <= 1; day++)
        {
            await StoreAsync(engine, "m", 0, limit, (ushort)(Day + day));
            await StoreAsync(engine, "n", 0, limit, (ushort)(Day + day));
        }

        var log = new LogLines();
        await using var admission = new SeriesAdmission(limits, new StoredSeriesReader(engine), log, maxBytes: maxBytes);
        await admission.StartAsync(DayStart);
        Assert.InRange(admission.Bytes, 1, maxBytes);
        await LoadAsync(admission);

        Assert.InRange(admission.Bytes, 1, maxBytes);
        int[] refused = [.. from day in new[] { -1, 0, 1 } from metric in new[] { "m", "n" } select Refused(admission, metric, limit, 10, (ushort)(Day + day))];
        Assert.All(refused, count => Assert.True(count is 0 or 10));
        Assert.Contains(10, refused);
        Assert.Contains(0, refused);
        Assert.NotEmpty(log.Of(2023));
        Assert.InRange(admission.Bytes, 1, maxBytes);
    }

    [Fact]
    public async Task Admit_MoreNamesThanAreToldApart_HoldsTheLimitsOfAllAndSaysSoOnce()
    {
        IStorageEngine engine = await engines.DatabaseAsync("admission_names");
        var log = new LogLines();
        await using var admission = new SeriesAdmission(Limits, new StoredSeriesReader(engine), log);
        await admission.StartAsync(DayStart);
        admission.Update();
        int small = Limits.WatchFrom - 1;
        Assert.Equal(0, Refused(admission, "early", 0, small));
        for (int i = 0; i < MetricsOfDay.MaxNames + 50_000; i++)
        {
            Assert.Equal(0, Refused(admission, $"made.up.{i}", i, 1));
        }

        Assert.Equal(0, Refused(admission, "late", 0, small));
        await StoreAsync(engine, "early", 0, small);
        await StoreAsync(engine, "late", 0, small);
        foreach (string metric in (string[])["early", "late"])
        {
            Assert.Equal(0, Refused(admission, metric, small, 10));
            admission.Committed();
            await LoadAsync(admission);
            admission.Committed();
            await LoadAsync(admission);
            Assert.Equal(100, Refused(admission, metric, small, Limit - small + 100));
            Assert.Equal(0, Refused(admission, metric, 0, Limit));
        }

        Assert.StartsWith($"More than {MetricsOfDay.MaxNames} names of metrics came on", Assert.Single(log.Of(2024)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Admit_LimitThatIsReachedBeforeTheEngineHasAnswered_IsToldToSendersAfterwards()
    {
        var limits = new CardinalityLimits(10, int.MaxValue);
        IStorageEngine engine = await engines.DatabaseAsync("admission_told");
        await StoreAsync(engine, "m", 0, 5);
        await using var admission = new SeriesAdmission(limits, new StoredSeriesReader(engine), NullLogger.Instance);

        // Five that are stored already go in whenever they come, so nobody may be told that they do not.
        Assert.Equal(1, Refused(admission, "m", 5, 11));
        Assert.True(admission.Reached.IsEmpty);
        await LoadAsync(admission);

        Assert.Equal(1, Refused(admission, "m", 15, 1));
        Assert.True(admission.Reached.TryGet("m"u8, out ReachedLimit[]? reached));
        Assert.All(Enumerable.Range(0, 15), n => Assert.True(reached.Single().Takes(IdOf(n))));
        Assert.False(reached.Single().Takes(IdOf(15)));
    }

    [Fact]
    public void Admit_MadeUpNamesThatUseUpTheirShare_LeavesOtherMetricsTheirLimits()
    {
        const long maxBytes = 1_000_000;
        const int limit = 10_000;
        var log = new LogLines();
        var admission = new SeriesAdmission(new CardinalityLimits(limit, int.MaxValue), null, log, maxBytes: maxBytes);

        Assert.Equal(0, Refused(admission, "m", 0, 10));
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(0, Refused(admission, $"{i}.{new string('x', 1_000_000)}", 0, 1));
        }

        Assert.InRange(admission.Bytes, 1, maxBytes / 100);
        Assert.StartsWith("Metric 0.xxx", Assert.Single(log.Of(2025)), StringComparison.Ordinal);
        for (int i = 0; i < 2_000; i++)
        {
            Assert.Equal(0, Refused(admission, $"{i}.{new string('x', SeriesMemory.MaxNameBytes - 10)}", 0, 1));
        }

        Assert.Single(log.Of(2023));
        Assert.Equal(5, Refused(admission, "m", 10, limit - 5));
    }

    [Fact]
    public void Admit_MadeUpAttributesThatUseUpTheirShare_LeavesTheLimitOfSeries()
    {
        const long maxBytes = 400_000;
        const int limit = 2_000;
        var log = new LogLines();
        var admission = new SeriesAdmission(new CardinalityLimits(limit, 1_000), null, log, maxBytes: maxBytes);

        for (int i = 0; i < limit; i++)
        {
            Assert.Null(admission.Admit("m"u8, Day, IdOf(i), Label($"key.{i}.{new string('x', i % 2 == 0 ? 10 : 2_000)}")));
        }

        Assert.Equal(RejectReason.MetricSeriesLimit, admission.Admit("m"u8, Day, IdOf(limit), Label("one more"))?.Reason);
        Assert.InRange(admission.Bytes, 1, maxBytes);
        Assert.StartsWith("Attributes of metric m are not limited on", Assert.Single(log.Of(2026)), StringComparison.Ordinal);
        Assert.Empty(log.Of(2023));
    }

    [Fact]
    public void Of_DayThatWasReadAheadLongAgo_DoesNotGoForTheNextOne()
    {
        var rules = new CountingRules(Limits, RecordLimits.Default, new SeriesMemory(2_500)); // two days
        var forgotten = new List<ushort>();
        var days = new AdmissionDays(rules, forgotten.Add);
        MetricsOfDay today = days.Of(Day, 0)!;
        MetricsOfDay tomorrow = days.Expect(Day + 1, 0)!;
        Assert.Same(today, days.Of(Day, AdmissionDays.IdleBatches));

        Assert.Same(tomorrow, days.Of(Day + 1, AdmissionDays.IdleBatches));
        Assert.Empty(forgotten);
        Assert.False(tomorrow.IsForgotten);
    }

    [Fact]
    public async Task Admit_MetricThatWasGivenUp_IsLimitedAgainOnceThereIsMemory()
    {
        const int limit = 2_000;
        IStorageEngine engine = await engines.DatabaseAsync("admission_again");
        var log = new LogLines();
        await using var admission = new SeriesAdmission(new CardinalityLimits(limit, int.MaxValue), new StoredSeriesReader(engine), log, maxBytes: 110_000);
        Assert.Equal(0, Refused(admission, "large", 0, limit, Day + 5)); // each takes 33 KB, and 49 while it grows
        Assert.Equal(0, Refused(admission, "larger", 0, limit, Day + 5));
        Assert.Equal(0, Refused(admission, "m", 0, limit + 10));
        Assert.StartsWith("Metric m is not limited on", Assert.Single(log.Of(2023)), StringComparison.Ordinal);

        // The other day is not used any more, and goes when a third one wants its memory.
        await StoreAsync(engine, "m", 0, limit + 10);
        for (int batch = 0; batch <= DayWishes.BatchesUntilRetry + MetricsOfDay.OpenBatches; batch++)
        {
            Refused(admission, "n", batch, 1);
            if (batch == 2 * AdmissionDays.IdleBatches)
            {
                Refused(admission, "large", 0, limit, Day + 10);
            }

            admission.Committed();
            await LoadAsync(admission);
        }

        Assert.Equal(10, Refused(admission, "m", 2 * limit, 10));
        Assert.Equal(0, Refused(admission, "m", 0, limit + 10));
    }

    [Fact]
    public async Task Start_MoreNamesThanThereIsMemoryFor_KeepsWhatFitsAndNamesOneThatDoesNot()
    {
        const int metrics = 60;
        IStorageEngine engine = await engines.DatabaseAsync("admission_missing");
        for (int i = 0; i < metrics; i++)
        {
            await StoreAsync(engine, $"m{i}", 0, 5);
        }

        var log = new LogLines();
        await using var admission = new SeriesAdmission(new CardinalityLimits(5, int.MaxValue), new StoredSeriesReader(engine), log, maxBytes: 30_000);
        await admission.StartAsync(DayStart);
        await LoadAsync(admission);

        string[] refused = [.. Enumerable.Range(0, metrics).Select(i => $"m{i}").Where(metric => Refused(admission, metric, 5, 1) == 1)];
        Assert.InRange(refused.Length, 10, metrics - 1);
        string named = Assert.Single(log.Of(2023)).Split(' ')[1];
        Assert.DoesNotContain(named, refused);
        Assert.StartsWith("m", named, StringComparison.Ordinal);
    }

    [Fact]
    public void TakeRipe_MoreMetricsThanFitIntoAStatement_TakesTheRestNextTime()
    {
        var rules = new CountingRules(Limits, RecordLimits.Default, new SeriesMemory(SeriesAdmission.MaxBytes));
        DayWishes wishes = MetricsOfDay.TryCreate(Day, rules)!.Wishes;
        for (int i = 0; i < DayWishes.MaxMetrics + 1; i++)
        {
            wishes.Add($"m{i}", 2);
        }

        wishes.Retry("large", 0);
        Assert.Null(wishes.TakeRipe(1, isMemoryScarce: false));
        Assert.Equal(DayWishes.MaxMetrics, wishes.TakeRipe(2, isMemoryScarce: false)?.Metrics?.Count);
        Assert.Equal(1, wishes.TakeRipe(2, isMemoryScarce: false)?.Metrics?.Count);
        Assert.Null(wishes.TakeRipe(DayWishes.BatchesUntilRetry, isMemoryScarce: true));
        Assert.Equal(["large"], wishes.TakeRipe(DayWishes.BatchesUntilRetry, isMemoryScarce: false)?.Metrics);
    }

    private static async Task LoadAsync(SeriesAdmission admission)
    {
        // Where there was no memory, what has become free is used for a second attempt.
        for (int attempt = 0; attempt < 3; attempt++)
        {
            admission.Update();
            await admission.Loading;
        }

        admission.Update();
    }

    private static int Refused(SeriesAdmission admission, string metric, int start, int count, ushort day = Day)
    {
        byte[] name = System.Text.Encoding.UTF8.GetBytes(metric);
        int refused = 0;
        for (int i = start; i < start + count; i++)
        {
            refused += admission.Admit(name, day, IdOf(i), default) is null ? 0 : 1;
        }

        return refused;
    }

    private static RepeatedField Label(string key) =>
        new(ProtoWriter.Message(point => point.Attribute(7, key, v => v.Int(3, 1))), (7 << 3) | 2, "NumberDataPoint.attributes");

    /// <summary>As good as a hash.</summary>
    private static ulong IdOf(int n) => unchecked((ulong)n * 0x9E37_79B9_7F4A_7C15);

    private static Task StoreAsync(IStorageEngine engine, string metric, int start, int count, ushort day = Day)
    {
        var batch = new MetricSeriesBatch();
        for (int i = start; i < start + count; i++)
        {
            batch.Day.Append(day);
            batch.SeriesId.Append(IdOf(i));
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
            batch.Attributes.EndRow();
            batch.Metadata.EndRow();
        }

        return engine.InsertAsync(batch, null, Token);
    }
}
