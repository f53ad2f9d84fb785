using Microsoft.Extensions.Logging.Abstractions;
using Observe.Ingest.Cardinality;
using Observe.Ingest.Otlp;
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
        await using var admission = new SeriesAdmission(Limits, new StoredSeriesReader(engine, Limits), NullLogger.Instance);
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
        await using var admission = new SeriesAdmission(Limits, new StoredSeriesReader(engine, Limits), NullLogger.Instance);
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
        await using var admission = new SeriesAdmission(Limits, new StoredSeriesReader(engine, Limits), log);
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
        var limits = new CardinalityLimits(4_000_000, int.MaxValue);
        var log = new LogLines();
        var admission = new SeriesAdmission(limits, null, log);

        Assert.Equal(0, Refused(admission, "a", 0, 4_000_000));
        Assert.Equal(1, Refused(admission, "a", 4_000_000, 1));
        Assert.Equal(0, Refused(admission, "b", 0, 4_000_000));
        Assert.Equal(0, Refused(admission, "c", 0, 10));
        Assert.StartsWith("Metric c is not limited on", Assert.Single(log.Of(2023)), StringComparison.Ordinal);
        Assert.Equal(1, Refused(admission, "a", 4_000_001, 1));
        Assert.Equal(1, Refused(admission, "b", 4_000_001, 1));
    }

    [Fact]
    public void Admit_OfManyDays_ForgetsThoseThatWereNotUsedForLongest()
    {
        var admission = new SeriesAdmission(new CardinalityLimits(2, int.MaxValue), null, NullLogger.Instance);
        Assert.Equal(1, Refused(admission, "m", 0, 3));
        for (ushort day = 1; day <= 100; day++)
        {
            Assert.Equal(1, Refused(admission, "m", 0, 3, (ushort)(Day - day)));
            Assert.Equal(1, Refused(admission, "m", 2, 1));
        }

        Assert.True(admission.Reached.TryGet("m"u8, out ReachedLimit[]? limits));
        Assert.Equal(8, limits.Length);
        Assert.Contains(limits, limit => limit.Day == Day);
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

    /// <summary>As good as a hash.</summary>
    private static ulong IdOf(int n) => unchecked((ulong)n * 0x9E37_79B9_7F4A_7C15);

    private static Task StoreAsync(IStorageEngine engine, string metric, int start, int count)
    {
        var batch = new MetricSeriesBatch();
        for (int i = start; i < start + count; i++)
        {
            batch.Day.Append(Day);
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
