using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace Observe.Tests.RealClients;

/// <summary>The SDK's exporter, which also notes what it exported and whether that was accepted.</summary>
internal sealed class RecordingMetricExporter(OtlpExporterOptions options, IReadOnlyDictionary<string, object?> resource)
    : OtlpMetricExporter(options)
{
    public List<SentMetric> Sent { get; } = [];

    public bool AllAccepted { get; private set; } = true;

    public override ExportResult Export(in Batch<Metric> metrics)
    {
        foreach (Metric metric in metrics)
        {
            foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
            {
                Sent.Add(Describe(metric, in point));
            }
        }

        ExportResult result = base.Export(metrics);
        AllAccepted &= result == ExportResult.Success;
        return result;
    }

    private SentMetric Describe(Metric metric, in MetricPoint point)
    {
        var attributes = new List<KeyValuePair<string, object?>>();
        foreach (KeyValuePair<string, object?> tag in point.Tags)
        {
            attributes.Add(tag);
        }

        bool gauge = metric.MetricType is MetricType.LongGauge or MetricType.DoubleGauge;
        return new SentMetric(
            metric.Name,
            metric.Unit,
            metric.Description,
            TypeOf(metric),
            gauge ? "unspecified" : metric.Temporality.ToString().ToLowerInvariant(),
            metric.MetricType is MetricType.LongSum or MetricType.DoubleSum,
            DotNetValues.Nanoseconds(point.StartTime.UtcDateTime) / 1_000_000,
            DotNetValues.Nanoseconds(point.EndTime.UtcDateTime) / 1_000_000,
            ValueOf(metric, in point),
            HistogramOf(metric, in point),
            ExemplarsOf(metric, in point),
            DotNetValues.Attributes(attributes),
            new SentOrigin(resource, metric.MeterName, metric.MeterVersion));
    }

    private static string TypeOf(Metric metric) => metric.MetricType switch
    {
        MetricType.LongGauge or MetricType.DoubleGauge => "gauge",
        MetricType.Histogram => "histogram",
        MetricType.ExponentialHistogram => "exponential_histogram",
        _ => "sum",
    };

    private static object? ValueOf(Metric metric, in MetricPoint point) => metric.MetricType switch
    {
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        MetricType.DoubleGauge => point.GetGaugeLastValueDouble(),
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
        _ => null,
    };

    private static Dictionary<string, object?> HistogramOf(Metric metric, in MetricPoint point)
    {
        var figures = new Dictionary<string, object?>();
        if (metric.MetricType is not (MetricType.Histogram or MetricType.ExponentialHistogram))
        {
            return figures;
        }

        figures.Add("count", point.GetHistogramCount());
        figures.Add("sum", point.GetHistogramSum());
        if (point.TryGetHistogramMinMaxValues(out double min, out double max))
        {
            figures.Add("min", min);
            figures.Add("max", max);
        }

        if (metric.MetricType == MetricType.Histogram)
        {
            var bounds = new List<object>();
            var counts = new List<object>();
            foreach (HistogramBucket bucket in point.GetHistogramBuckets())
            {
                counts.Add(bucket.BucketCount);
                if (!double.IsPositiveInfinity(bucket.ExplicitBound))
                {
                    bounds.Add(bucket.ExplicitBound);
                }
            }

            figures.Add("bounds", bounds.ToArray());
            figures.Add("counts", counts.ToArray());
            return figures;
        }

        ExponentialHistogramData data = point.GetExponentialHistogramData();
        figures.Add("scale", (long)data.Scale);
        figures.Add("zeroCount", data.ZeroCount);
        figures.Add("positiveOffset", (long)data.PositiveBuckets.Offset);
        figures.Add("positiveCounts", Counts(data.PositiveBuckets));

        // The SDK sends no negative buckets at all: its histograms take no negative values.
        figures.Add("negativeOffset", 0L);
        figures.Add("negativeCounts", Array.Empty<object>());
        return figures;
    }

    private static object[] Counts(ExponentialHistogramBuckets buckets)
    {
        var counts = new List<object>();
        foreach (long count in buckets)
        {
            counts.Add(count);
        }

        return [.. counts];
    }

    private static List<(object, string, string)> ExemplarsOf(Metric metric, in MetricPoint point)
    {
        var exemplars = new List<(object, string, string)>();
        bool whole = metric.MetricType is MetricType.LongGauge or MetricType.LongSum or MetricType.LongSumNonMonotonic;
        if (point.TryGetExemplars(out ReadOnlyExemplarCollection collection))
        {
            foreach (ref readonly Exemplar exemplar in collection)
            {
                exemplars.Add((whole ? exemplar.LongValue : (object)exemplar.DoubleValue, exemplar.TraceId.ToHexString(), exemplar.SpanId.ToHexString()));
            }
        }

        return [.. exemplars.OrderBy(e => Convert.ToDouble(e.Item1, null)).ThenBy(e => e.Item3, StringComparer.Ordinal)];
    }
}
