using Observe.Query.PromQL.Evaluation;

namespace Observe.Query.PromQL.Selection;

/// <summary>Keeps the latest sample of each series: what an instant query sees of it.</summary>
/// <param name="range">Which series are wanted.</param>
/// <param name="memory">Where samples are kept.</param>
internal sealed class LatestScan(PointRange range, SampleMemory memory) : SeriesScan(range)
{
    private readonly Latest[] _latest = new Latest[range.Series.Length];

    /// <summary>The sample of each series, by their places.</summary>
    public Samples<double>[] Build()
    {
        SampleChunks kept = memory.Open();
        SampleSpace space = kept.Reserve(_latest.Length);
        Memory<long> times = kept.Times(space);
        Memory<double> values = kept.Values(space);
        var samples = new Samples<double>[_latest.Length];
        for (int place = 0; place < samples.Length; place++)
        {
            times.Span[place] = PromQLTime.FromMilliseconds(_latest[place].Milliseconds);
            values.Span[place] = _latest[place].Value;
            samples[place] = _latest[place].Exists ? new Samples<double>(times.Slice(place, 1), values.Slice(place, 1)) : Samples<double>.Empty;
        }

        return samples;
    }

    protected override void Add(int place, ReadOnlySpan<long> milliseconds, ReadOnlySpan<double> numbers)
    {
        ref Latest latest = ref _latest[place];
        for (int i = 0; i < milliseconds.Length; i++)
        {
            if (milliseconds[i] >= latest.Milliseconds || !latest.Exists)
            {
                latest = new Latest(true, milliseconds[i], numbers[i]);
            }
        }
    }

    private readonly record struct Latest(bool Exists, long Milliseconds, double Value);
}
