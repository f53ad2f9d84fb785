using System.Globalization;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Histograms;
using Observe.Query.PromQL.Language;

namespace Observe.Query.PromQL.Selection;

/// <summary>Reads what a name means of its metric's points.</summary>
internal sealed class PointReaders(NumberReader numbers, HistogramReader histograms, ExponentialHistogramReader exponentials, SummaryReader summaries)
{
    /// <summary>The marker of a series' end in place of a number of a point that says that it has none.</summary>
    private static readonly string Marker = string.Create(CultureInfo.InvariantCulture, $"reinterpretAsFloat64(toUInt64({BitConverter.DoubleToUInt64Bits(StaleMarker.Value)}))");

    /// <param name="name">What is asked for.</param>
    /// <param name="series">The series that are wanted, in the places that <paramref name="range"/> gives them.</param>
    /// <param name="range">Which points.</param>
    /// <param name="selector">What they are read for.</param>
    /// <param name="matchers">For the labels that a series has only as a part of a metric, such as a bucket's bound.</param>
    /// <param name="memory">Where samples may be kept.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Series with samples.</returns>
    public async Task<IReadOnlyList<SampledSeries>> ReadAsync(
        ExposedName name, IReadOnlyList<MetricSeries> series, PointRange range, VectorSelector selector, LabelMatchers matchers, SampleMemory memory, CancellationToken cancellationToken) => name.View switch
        {
            MetricView.Histogram when name.Metric.Type == MetricType.ExponentialHistogram => await exponentials.ReadAsync(series, range, memory, cancellationToken),
            MetricView.Histogram => await histograms.NativeAsync(series, range, memory, cancellationToken),
            MetricView.Bucket => await histograms.BucketsAsync(series, range, labels => matchers.Match(labels), memory, cancellationToken),
            MetricView.Quantile => await summaries.ReadAsync(series, range, labels => matchers.Match(labels), memory, cancellationToken),
            _ => await NumbersAsync(name, series, range, new ReadKey(selector, name), memory, cancellationToken),
        };

    private async Task<IReadOnlyList<SampledSeries>> NumbersAsync(
        ExposedName name, IReadOnlyList<MetricSeries> series, PointRange range, ReadKey key, SampleMemory memory, CancellationToken cancellationToken)
    {
        string column = name.View switch
        {
            MetricView.Count => "Count",
            MetricView.Sum when name.Metric.Type == MetricType.Summary => "Sum",
            MetricView.Sum => "ifNull(Sum, nan)",
            _ => "Value",
        };
        Samples<double>[] samples = await numbers.ReadAsync(name.Metric.Type.PointTable(), $"if(Flags % 2 = 1, {Marker}, toFloat64({column}))", range, key, memory, cancellationToken);
        return [.. series
            .Select((one, place) => new SampledSeries(one.Labels, samples[place], Samples<FloatHistogram>.Empty) { IsDelta = one.IsDelta })
            .Where(one => one.Samples.Count > 0)];
    }
}
