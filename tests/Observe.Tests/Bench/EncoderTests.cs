using Observe.Bench.Otlp;
using Observe.Bench.Shop;

namespace Observe.Tests.Bench;

/// <summary>The load generator's requests are what its README says: figures measured with anything else would mean nothing.</summary>
public sealed class EncoderTests
{
    private const int Batch = 500;

    private const long Hour = 3_600_000_000_000;

    private static readonly TrafficClock Clock = new(1_700_000_000_000_000_000, 1_700_000_000_000_000_000 + Hour, 20);

    private readonly ShopModel _model = new(seed: 7);

    [Fact]
    public void Encode_SameBlock_SameBytesWhateverCameBefore()
    {
        IRequestEncoder[] busy = Encoders(_model);
        IRequestEncoder[] fresh = Encoders(new ShopModel(seed: 7));
        for (int signal = 0; signal < busy.Length; signal++)
        {
            Bytes(busy[signal], 3);
            Assert.Equal(Bytes(fresh[signal], 11), Bytes(busy[signal], 11));
            Assert.NotEqual(Bytes(fresh[signal], 11), Bytes(Encoders(new ShopModel(seed: 8))[signal], 11));
        }
    }

    [Fact]
    public void LogsAndSpans_OfTheSameBlock_BelongTogether()
    {
        WireMessage[] logs = [.. Request(new LogsEncoder(_model, Clock), 5).Messages(1, 2, 2)];
        WireMessage[] spans = [.. Request(new SpansEncoder(_model, Clock), 5).Messages(1, 2, 2)];

        Assert.Equal(Batch, logs.Length);
        Assert.Equal(
            spans.Select(span => span.Hex(1) + span.Hex(2)).Order(StringComparer.Ordinal),
            logs.Select(log => log.Hex(9) + log.Hex(10)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Spans_ParentsAreInTheSameTraceAndStartBefore()
    {
        WireMessage[] spans = [.. Request(new SpansEncoder(_model, Clock), 0).Messages(1, 2, 2)];
        Dictionary<string, WireMessage> byId = spans.ToDictionary(span => span.Hex(1) + span.Hex(2));

        WireMessage[] children = [.. spans.Where(span => span.Hex(4).Length > 0)];
        Assert.NotEmpty(children);
        Assert.All(children, child => Assert.True(byId[child.Hex(1) + child.Hex(4)].Number(7) <= child.Number(7)));
        Assert.All(spans, span => Assert.True(span.Number(7) < span.Number(8)));
        Assert.Contains(spans, span => span.Messages(13).Any());
        Assert.Contains(spans, span => span.Messages(11).Any());
    }

    [Fact]
    public void Logs_EachRecord_HasNineAttributesAndLiesInItsBlocksTime()
    {
        WireMessage[] logs = [.. Request(new LogsEncoder(_model, Clock), 5).Messages(1, 2, 2)];

        Assert.All(logs, log => Assert.Equal(9, log.Keys(6).Distinct().Count()));
        Assert.All(logs, log => Assert.InRange((long)log.Number(1), Clock.StartOf(5), Clock.StartOf(6) + 10_000_000_000));
    }

    [Fact]
    public void Metrics_AllBlocks_CountersNeverFallAndBucketsAddUp()
    {
        const long Total = 20L * Batch;
        var encoder = new MetricsEncoder(_model, Clock, Batch, Total);
        var last = new Dictionary<string, ulong>();
        int points = 0;
        for (int block = 0; block < 20; block++)
        {
            foreach (WireMessage resource in Request(encoder, block).Messages(1))
            {
                string instance = resource.Messages(1, 1).Single(pair => pair.Text(1) == "service.instance.id").Messages(2).Single().Text(1);
                foreach (WireMessage metric in resource.Messages(2, 2))
                {
                    points += metric.Messages(5, 1).Count() + metric.Messages(10, 1).Count();
                    foreach (WireMessage point in metric.Messages(7, 1))
                    {
                        points++;
                        string series = $"{instance} {metric.Text(1)} {string.Join(' ', point.Messages(7).Select(pair => pair.Hex(2)))}";
                        ulong value = point.Number(6) != 0 ? point.Number(6) : (ulong)BitConverter.UInt64BitsToDouble(point.Number(4));
                        Assert.True(value >= last.GetValueOrDefault(series), $"{series} fell to {value}.");
                        last[series] = value;
                    }

                    foreach (WireMessage point in metric.Messages(9, 1))
                    {
                        points++;
                        Assert.Equal(point.Number(4), point.Packed(6).Aggregate(0UL, (sum, count) => sum + count));
                        Assert.Equal(point.Packed(7).Length + 1, point.Packed(6).Length);
                    }
                }
            }
        }

        Assert.Equal(Total, points);
        Assert.Contains(last.Values, value => value > 0);
    }

    private static IRequestEncoder[] Encoders(ShopModel model) =>
        [new LogsEncoder(model, Clock), new SpansEncoder(model, Clock), new MetricsEncoder(model, Clock, Batch, 20 * Batch)];

    private static byte[] Bytes(IRequestEncoder encoder, long block)
    {
        var buffer = new WireBuffer();
        encoder.Encode(buffer, block, Batch);
        return buffer.Written.ToArray();
    }

    private static WireMessage Request(IRequestEncoder encoder, long block) => new(Bytes(encoder, block));
}
