using Observe.Query.PromQL;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Histograms;
using Observe.Query.PromQL.Language;

namespace Observe.Tests.Query.PromQL.Evaluation;

public sealed class RangeEvaluationTests
{
    private const long Second = 1_000_000_000;

    private static readonly Grid Times = new(1_000 * Second, Second, 5_000);

    [Fact]
    public async Task Evaluate_PieceWithTooManySamples_DoesWithShorterOnes()
    {
        // Nothing at first, and then more than fits what the first pieces had.
        var source = new BoundedSource(longest: 400 * Second);

        PromQLAnswer answer = await new PromQLService(source, TimeProvider.System).RangeAsync("m", Times, null, TestContext.Current.CancellationToken);

        Series series = Assert.Single(((VectorValue)answer.Value!).Series);
        Assert.True(source.Refused > 0);
        Assert.Equal(Enumerable.Range(0, Times.Count).Select(step => (double)(Times[step] / Second)), series.Values);
    }

    [Fact]
    public async Task Evaluate_FirstTimesWithTooManySamples_DoesThemOneByOne()
    {
        var times = new Grid(1_000 * Second, 100 * Second, 50);

        PromQLAnswer answer = await new PromQLService(new BoundedSource(longest: 300 * Second), TimeProvider.System)
            .RangeAsync("m", times, null, TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(0, times.Count).Select(step => (double)(times[step] / Second)), Assert.Single(((VectorValue)answer.Value!).Series).Values);
    }

    [Fact]
    public async Task Evaluate_TooManySamplesAtOneTime_SaysSo()
    {
        var source = new BoundedSource(longest: 30 * Second);

        var exception = await Assert.ThrowsAsync<TooManySamplesException>(
            () => new PromQLService(source, TimeProvider.System).RangeAsync("m", Times, null, TestContext.Current.CancellationToken));

        Assert.Equal("too many", exception.Message);
    }

    /// <summary>A series with a sample a second, its time in seconds, of which not more than a stretch can be read at once.</summary>
    private sealed class BoundedSource(long longest) : IMetricSource, IMetricStore
    {
        private int _refused;

        public int Refused => _refused;

        public IMetricSource Open(SelectorTimes times, AnnotationLog log) => this;

        public async Task<IReadOnlyList<SampledSeries>> SelectAsync(VectorSelector selector, SampleRange range, SampleMemory memory, CancellationToken cancellationToken)
        {
            await Task.Yield();
            if (range.To - range.From > longest)
            {
                Interlocked.Increment(ref _refused);
                throw new TooManySamplesException("too many");
            }

            long[] times = [.. Enumerable.Range((int)(range.From / Second) + 1, (int)((range.To - range.From) / Second)).Select(second => second * Second)];
            return
                [new SampledSeries(Labels.Of(("__name__", "m")), new Samples<double>(times, times.Select(time => (double)(time / Second)).ToArray()), Samples<FloatHistogram>.Empty)];
        }
    }
}
