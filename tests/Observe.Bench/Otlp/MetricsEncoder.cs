using System.Text;
using Observe.Bench.Shop;

namespace Observe.Bench.Otlp;

/// <summary>Writes an ExportMetricsServiceRequest: point by point through all series, round after round, as scrapes would come in.</summary>
/// <remarks>
/// Point p of the whole run belongs to series p mod S in round p / S; a round's time is its share of the clock's span. Counters grow from
/// the start of the run on. https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/metrics/v1/metrics.proto
/// </remarks>
internal sealed class MetricsEncoder : IRequestEncoder
{
    /// <summary>More than a point with its metric's and resource's head takes.</summary>
    private const int LargestPoint = 4096;

    /// <summary>Of histogram points, one in so many has an exemplar.</summary>
    private const ulong ExemplarEvery = 8;

    private readonly ulong _seed;
    private readonly TrafficClock _clock;
    private readonly ShopSeries[] _series;
    private readonly ResourcePrefix[] _prefixes;
    private readonly byte[][] _heads;
    private readonly byte[][] _labels;
    private readonly PointWriter _points;
    private readonly long _rounds;
    private readonly long _batch;

    /// <param name="batch">Points in each request but the last.</param>
    /// <param name="total">Points in the whole run.</param>
    public MetricsEncoder(ShopModel model, TrafficClock clock, int batch, long total)
    {
        _seed = model.Seed;
        _clock = clock;
        _batch = batch;
        _series = ShopSeries.Of(model);
        _rounds = Math.Max((total + _series.Length - 1) / _series.Length, 1);
        _prefixes = ResourcePrefix.Of(model);
        _heads = [.. ShopMetric.All.Select(Head)];
        _labels = [.. _series.Select(series => KeyValue.Encode(AttributesFieldOf(ShopMetric.All[series.Metric].Kind), series.Labels))];
        _points = new PointWriter(clock.From);
    }

    public void Encode(WireBuffer buffer, long block, int count)
    {
        long point = block * _batch;
        long end = point + count;
        while (point < end)
        {
            int instance = _series[(int)(point % _series.Length)].Instance;
            buffer.Reserve(LargestPoint);
            int resource = buffer.Begin(0x0A, 4);
            buffer.Bytes(_prefixes[instance].Resource);
            int scope = buffer.Begin(0x12, 4);
            buffer.Bytes(_prefixes[instance].Scope);
            long round = point / _series.Length;
            do
            {
                point = Metric(buffer, point, end);
            }
            while (point < end && point / _series.Length == round && _series[(int)(point % _series.Length)].Instance == instance);

            buffer.End(scope, 4);
            buffer.End(resource, 4);
        }
    }

    /// <summary>Writes one metric with those of its points that lie together, and returns the point after them.</summary>
    private long Metric(WireBuffer buffer, long point, long end)
    {
        int index = (int)(point % _series.Length);
        (int metric, int instance) = (_series[index].Metric, _series[index].Instance);
        ShopMetricKind kind = ShopMetric.All[metric].Kind;
        long time = _clock.From + (long)((Int128)(_clock.To - _clock.From) * (point / _series.Length) / _rounds);
        buffer.Reserve(LargestPoint);
        int start = buffer.Begin(0x12, 4);
        buffer.Bytes(_heads[metric]);
        int data = buffer.Begin(DataTag(kind), 4);
        do
        {
            buffer.Reserve(LargestPoint);
            int written = buffer.Begin(0x0A, 2);
            ShopSeries series = _series[index];
            ulong noise = ShopRandom.Mix(series.Character ^ (ulong)time);
            SpanReference? exemplar = noise % ExemplarEvery == 0 ? ShopTraffic.FirstSpanOf(_seed, _clock.BlockAt(time)) : null;
            _points.Write(buffer, kind, ShopMetric.All[metric].Scale * series.Weight, time, noise, _labels[index], exemplar);
            buffer.End(written, 2);
            point++;
            index++;
        }
        while (point < end && index < _series.Length && _series[index].Metric == metric && _series[index].Instance == instance);

        if (kind is not (ShopMetricKind.GaugeInt or ShopMetricKind.GaugeDouble))
        {
            buffer.Byte(0x10);
            buffer.Byte(2); // AGGREGATION_TEMPORALITY_CUMULATIVE
        }

        if (kind is ShopMetricKind.CounterInt or ShopMetricKind.CounterDouble)
        {
            buffer.Byte(0x18);
            buffer.Byte(1);
        }

        buffer.End(data, 4);
        buffer.End(start, 4);
        return point;
    }

    private static byte[] Head(ShopMetric metric)
    {
        var buffer = new WireBuffer();
        buffer.Field(0x0A, Encoding.UTF8.GetBytes(metric.Name));
        buffer.Field(0x12, Encoding.UTF8.GetBytes(metric.Description));
        buffer.Field(0x1A, Encoding.UTF8.GetBytes(metric.Unit));
        return buffer.Written.ToArray();
    }

    private static byte DataTag(ShopMetricKind kind) => kind switch
    {
        ShopMetricKind.GaugeInt or ShopMetricKind.GaugeDouble => 0x2A,
        ShopMetricKind.CounterInt or ShopMetricKind.CounterDouble => 0x3A,
        ShopMetricKind.Histogram => 0x4A,
        _ => 0x52,
    };

    private static int AttributesFieldOf(ShopMetricKind kind) => kind switch
    {
        ShopMetricKind.Histogram => 9,
        ShopMetricKind.ExponentialHistogram => 1,
        _ => 7,
    };
}
