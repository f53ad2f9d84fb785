using Observe.Query.Compilation;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Selection;

namespace Observe.Tests.Query.PromQL.Selection;

public sealed class SeriesCacheTests
{
    private static readonly DayRange Monday = new(1, 1), Tuesday = new(2, 2);

    [Theory]
    [InlineData(5L, 5L, true)]
    [InlineData(5L, 6L, false)]
    [InlineData(5L, null, false)]
    [InlineData(null, null, false)]
    public void TryGet_WhatWasRead_IsThereUntilSomethingIsAddedOrMayBe(long? read, long? now, bool isKnown)
    {
        var cache = new SeriesCache(10);
        cache.Keep(Name("a"), Entry(Monday, read, 1, 2));
        Assert.Equal(isKnown, cache.TryGet(Name("a"), Monday, now, out _));
        Assert.False(cache.TryGet(Name("a"), Tuesday, now, out _));
        Assert.False(cache.TryGet(Name("b"), Monday, now, out _));
    }

    [Fact]
    public void Keep_WhatWasReadBefore_DoesNotReplaceWhatWasReadSince()
    {
        var cache = new SeriesCache(10);
        cache.Keep(Name("a"), Entry(Monday, 6, 1, 2));
        cache.Keep(Name("a"), Entry(Monday, 5, 1));
        Assert.True(cache.TryGet(Name("a"), Monday, 6, out IReadOnlyList<MetricSeries>? series));
        Assert.Equal(2, series.Count);
    }

    [Fact]
    public void Keep_MoreThanThereIsRoomFor_DropsWhatWasNotAskedForLongest()
    {
        // Two series of each, and one that the entry itself counts as.
        var cache = new SeriesCache(9);
        cache.Keep(Name("a"), Entry(Monday, 1, 1, 2));
        cache.Keep(Name("b"), Entry(Monday, 1, 3, 4));
        cache.Keep(Name("a"), Entry(Tuesday, 1, 1, 5));
        Assert.True(cache.TryGet(Name("a"), Monday, 1, out _));
        cache.Keep(Name("c"), Entry(Monday, 1, 6, 7));
        Assert.False(cache.TryGet(Name("b"), Monday, 1, out _));
        Assert.True(cache.TryGet(Name("a"), Monday, 1, out _));
        Assert.True(cache.TryGet(Name("a"), Tuesday, 1, out _));
        Assert.True(cache.TryGet(Name("c"), Monday, 1, out _));

        cache.Keep(Name("large"), Entry(Monday, 1, [.. Enumerable.Range(1, 9).Select(id => (ulong)id)]));
        Assert.False(cache.TryGet(Name("large"), Monday, 1, out _));
    }

    [Fact]
    public void Fill_SeriesKnownOfAnyDay_AreTaken()
    {
        var cache = new SeriesCache(100);
        cache.Keep(Name("a"), Entry(Monday, 1, 1, 3, 5));
        cache.Keep(Name("a"), Entry(Tuesday, 2, 4, 5, 9));
        cache.Keep(Name("a"), Entry(new DayRange(3, 3), 2, 6) with { IsWhole = false });
        cache.Keep(Name("b"), Entry(Monday, 2, 2));
        ulong[] ids = [0, 1, 2, 4, 5, 6, 9, 10];
        var series = new MetricSeries?[ids.Length];
        cache.Fill(Name("a"), ids, series);
        Assert.Equal([null, 1UL, null, 4UL, 5UL, null, 9UL, null], series.Select(one => one?.Id));
    }

    private static ExposedName Name(string name) => new(name, new MetricIdentity(name, "", MetricType.Gauge, IsMonotonic: false), MetricView.Value, IsTranslated: true);

    private static SeriesCache.Entry Entry(DayRange days, long? state, params ulong[] ids)
    {
        MetricSeries[] series = [.. ids.Select(id => new MetricSeries(id, IsDelta: false, Labels.Empty))];
        return new SeriesCache.Entry(days, state, series, series, IsWhole: true);
    }
}
