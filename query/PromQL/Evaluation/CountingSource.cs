using Observe.Query.PromQL.Histograms;
using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Evaluation;

/// <summary>Counts the samples that an evaluation reads, histograms by their size.</summary>
internal sealed class CountingSource(IMetricSource source) : IMetricSource
{
    private long _samples;

    public long Samples => Interlocked.Read(ref _samples);

    public async Task<IReadOnlyList<SampledSeries>> SelectAsync(VectorSelector selector, SampleRange range, SampleMemory memory, CancellationToken cancellationToken)
    {
        IReadOnlyList<SampledSeries> series = await source.SelectAsync(selector, range, memory, cancellationToken);
        Interlocked.Add(ref _samples, series.Sum(one => one.Samples.Count + Size(one.Histograms)));
        return series;
    }

    private static long Size(Samples<FloatHistogram> histograms)
    {
        long size = 0;
        foreach (FloatHistogram histogram in histograms.Values)
        {
            size += histogram.SizeInSamples;
        }

        return size;
    }
}
