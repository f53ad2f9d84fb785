using Observe.Query.PromQL.Evaluation;

namespace Observe.Tests.Query.PromQL.Evaluation;

public sealed class ReadSamplesTests
{
    private static readonly ReadSamples Read = new([2, 5, 9], new SampleRange(100, 200), [Samples(110, 150, 190), Samples(), Samples(101, 200)]);

    [Fact]
    public void Beginning_LaterRange_HasWhatIsInBoth()
    {
        ReadSamples? beginning = Read.Beginning([5, 9], new SampleRange(150, 300));

        Assert.Equal(new SampleRange(150, 200), beginning!.Range);
        Assert.Equal([[], [200]], beginning.Samples.Select(samples => samples.Times.ToArray()));
    }

    [Fact]
    public void Beginning_AllOfIt_HasEachSampleAfterTheStart()
    {
        ReadSamples? beginning = Read.Beginning([2, 5, 9], new SampleRange(110, 250));

        Assert.Equal([[150, 190], [], [200]], beginning!.Samples.Select(samples => samples.Times.ToArray()));
    }

    [Theory]
    [InlineData(99)]
    [InlineData(200)]
    [InlineData(250)]
    public void Beginning_RangeThatBeginsElsewhere_IsNone(long from) => Assert.Null(Read.Beginning([2], new SampleRange(from, 300)));

    [Theory]
    [InlineData(1ul)]
    [InlineData(3ul)]
    [InlineData(10ul)]
    public void Beginning_SeriesThatWasNotRead_IsNone(ulong series) => Assert.Null(Read.Beginning([series], new SampleRange(150, 300)));

    private static Samples<double> Samples(params long[] times) => new(times, new double[times.Length]);
}
