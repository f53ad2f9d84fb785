using System.Runtime.InteropServices;
using Observe.Bench.Shop;

namespace Observe.Bench.Otlp;

/// <summary>Writes the inside of one data point of any kind.</summary>
/// <param name="epoch">When every counter was 0, in Unix nanoseconds.</param>
internal sealed class PointWriter(long epoch)
{
    /// <summary>Upper bounds in seconds, as the semantic conventions advise for durations.</summary>
    private static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    /// <summary>Of 1,000 measurements, how many lie in each bucket.</summary>
    private static readonly int[] Shares = [40, 110, 210, 220, 130, 90, 110, 50, 20, 10, 6, 2, 1, 1, 0];

    private const double MeanSeconds = 0.092;

    private const int ExponentialBuckets = 24;

    /// <param name="scale">A gauge's middle, a counter's increase per second.</param>
    /// <param name="noise">Random bits of this point.</param>
    /// <param name="labels">Encoded attributes.</param>
    /// <param name="exemplar">The span that an exemplar names, or null for no exemplar.</param>
    public void Write(
        WireBuffer buffer, ShopMetricKind kind, double scale, long time, ulong noise, byte[] labels, SpanReference? exemplar)
    {
        double elapsed = (time - epoch) / 1e9;
        double wobble = (noise >> 40) / (double)(1 << 24);
        if (kind == ShopMetricKind.ExponentialHistogram)
        {
            buffer.Bytes(labels);
        }

        buffer.Byte(0x11);
        buffer.Fixed64((ulong)epoch);
        buffer.Byte(0x19);
        buffer.Fixed64((ulong)time);
        switch (kind)
        {
            case ShopMetricKind.GaugeInt:
                Int(buffer, (long)(scale * (0.8 + (0.4 * wobble))));
                break;
            case ShopMetricKind.GaugeDouble:
                Double(buffer, Math.Round(scale * (0.8 + (0.4 * wobble)), 4));
                break;
            case ShopMetricKind.CounterInt:
                Int(buffer, (long)(scale * elapsed));
                break;
            case ShopMetricKind.CounterDouble:
                Double(buffer, Math.Round(scale * elapsed, 3));
                break;
            case ShopMetricKind.Histogram:
                Histogram(buffer, (ulong)(scale * elapsed * 1000), time, exemplar);
                break;
            case ShopMetricKind.ExponentialHistogram:
                Exponential(buffer, (ulong)(scale * elapsed), time, exemplar);
                return;
        }

        buffer.Bytes(labels);
    }

    private static void Int(WireBuffer buffer, long value)
    {
        buffer.Byte(0x31);
        buffer.Fixed64((ulong)value);
    }

    private static void Double(WireBuffer buffer, double value)
    {
        buffer.Byte(0x21);
        buffer.Double(value);
    }

    private static void Histogram(WireBuffer buffer, ulong thousandths, long time, SpanReference? exemplar)
    {
        ulong count = 0;
        foreach (int share in Shares)
        {
            count += thousandths * (ulong)share / 1_000_000;
        }

        Totals(buffer, count);
        buffer.Byte(0x32);
        buffer.Byte((byte)(Shares.Length * 8));
        foreach (int share in Shares)
        {
            buffer.Fixed64(thousandths * (ulong)share / 1_000_000);
        }

        buffer.Byte(0x3A);
        buffer.Byte((byte)(Bounds.Length * 8));
        buffer.Bytes(MemoryMarshal.AsBytes<double>(Bounds));
        if (exemplar is { } span)
        {
            Exemplar(buffer, 0x42, time, span);
        }

        buffer.Byte(0x59);
        buffer.Double(0.0013);
        buffer.Byte(0x61);
        buffer.Double(8.4);
    }

    private static void Exponential(WireBuffer buffer, ulong total, long time, SpanReference? exemplar)
    {
        ulong each = total / ExponentialBuckets;
        Totals(buffer, each * ExponentialBuckets);
        buffer.Byte(0x30);
        buffer.Byte(4); // sint32: zigzag of scale 2, buckets grow by the fourth root of two
        buffer.Byte(0x39);
        buffer.Fixed64(0);
        int positive = buffer.Begin(0x42, 2);
        buffer.Byte(0x08);
        buffer.Byte(55); // sint32: zigzag of -28, the first bucket starts at 7.8 ms
        int counts = buffer.Begin(0x12, 2);
        for (int bucket = 0; bucket < ExponentialBuckets; bucket++)
        {
            buffer.Varint(each);
        }

        buffer.End(counts, 2);
        buffer.End(positive, 2);
        if (exemplar is { } span)
        {
            Exemplar(buffer, 0x5A, time, span);
        }
    }

    private static void Totals(WireBuffer buffer, ulong count)
    {
        buffer.Byte(0x21);
        buffer.Fixed64(count);
        buffer.Byte(0x29);
        buffer.Double(count * MeanSeconds);
    }

    private static void Exemplar(WireBuffer buffer, byte tag, long time, SpanReference span)
    {
        int start = buffer.Begin(tag, 2);
        buffer.Byte(0x11);
        buffer.Fixed64((ulong)time);
        buffer.Byte(0x19);
        buffer.Double(MeanSeconds);
        ReadOnlySpan<ulong> id = [span.TraceHigh, span.TraceLow, span.SpanId];
        buffer.Field(0x22, MemoryMarshal.AsBytes(id[2..]));
        buffer.Field(0x2A, MemoryMarshal.AsBytes(id[..2]));
        buffer.End(start, 2);
    }
}
