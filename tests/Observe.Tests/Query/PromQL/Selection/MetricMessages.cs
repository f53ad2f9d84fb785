using Observe.Tests.Ingest;
using static Observe.Tests.Query.Correlation.Arrivals;

namespace Observe.Tests.Query.PromQL.Selection;

/// <summary>OTLP's metrics by hand: each kind with a point a minute, the first at <see cref="Base"/>.</summary>
internal static class MetricMessages
{
    private const ulong Delta = 1;
    private const ulong Cumulative = 2;
    private const ulong NoRecordedValue = 1;

    /// <summary>A point's attributes are written to this field of it.</summary>
    public delegate void Attributes(ProtoWriter point, int field);

    public static Attributes None { get; } = (_, _) => { };

    public static Attributes Text(string name, string value) => (point, field) => point.Attribute(field, name, v => v.String(1, value));

    /// <summary>A request with one resource and one scope, my.library 1.0.0.</summary>
    public static byte[] Request((string Name, string Value)[] resource, params Action<ProtoWriter>[] metrics) => ProtoWriter.Message(request => request
        .Sub(1, envelope => envelope
            .Sub(1, to =>
            {
                foreach ((string name, string value) in resource)
                {
                    to.Attribute(1, name, v => v.String(1, value));
                }
            })
            .Sub(2, scopeEnvelope =>
            {
                scopeEnvelope.Sub(1, scope => scope.String(1, "my.library").String(2, "1.0.0"));
                foreach (Action<ProtoWriter> metric in metrics)
                {
                    scopeEnvelope.Sub(2, metric);
                }
            })));

    /// <param name="values">A point for each; null is one that says that it has no value.</param>
    public static Action<ProtoWriter> Gauge(string name, string unit, Attributes attributes, params double?[] values) =>
        metric => metric.String(1, name).String(3, unit).Sub(5, gauge => Numbers(gauge, attributes, values));

    public static Action<ProtoWriter> Sum(string name, string unit, Attributes attributes, bool isDelta, bool isMonotonic, params double?[] values) =>
        metric => metric.String(1, name).String(3, unit).Sub(7, sum => Numbers(sum, attributes, values)
            .Varint(2, isDelta ? Delta : Cumulative).Varint(3, isMonotonic ? 1u : 0u));

    /// <summary>With the bounds 0.1 and 1; each point's counts and sum are so many times 1, 2, 1 and 1.5.</summary>
    public static Action<ProtoWriter> Histogram(string name, string unit, Attributes attributes, bool isDelta, params int?[] times) =>
        metric => metric.String(1, name).String(3, unit).Sub(9, histogram => Points(histogram, times, (point, factor) =>
        {
            attributes(point, 9);
            if (factor is { } n)
            {
                point.Fixed64(4, 4 * (ulong)n).Double(5, 1.5 * n);
                point.Fixed64(6, (ulong)n).Fixed64(6, 2 * (ulong)n).Fixed64(6, (ulong)n).Double(7, 0.1).Double(7, 1);
            }
            else
            {
                point.Varint(10, NoRecordedValue);
            }
        }).Varint(2, isDelta ? Delta : Cumulative));

    /// <summary>Of scale 0, each point with so many times 1 at zero, 1 in (1, 2], 2 in (2, 4], and 9 as its sum.</summary>
    public static Action<ProtoWriter> Exponential(string name, string unit, Attributes attributes, bool isDelta, params int?[] times) =>
        metric => metric.String(1, name).String(3, unit).Sub(10, histogram => Points(histogram, times, (point, factor) =>
        {
            attributes(point, 1);
            if (factor is { } n)
            {
                point.Fixed64(4, 4 * (ulong)n).Double(5, 9 * n).Fixed64(7, (ulong)n)
                    .Sub(8, buckets => buckets.Varint(2, (ulong)n).Varint(2, 2 * (ulong)n));
            }
            else
            {
                point.Varint(10, NoRecordedValue);
            }
        }).Varint(2, isDelta ? Delta : Cumulative));

    /// <summary>Each point with so many times 10 observations and 2 as their sum; half of them up to 0.1, 99 % up to 0.4.</summary>
    public static Action<ProtoWriter> Summary(string name, string unit, Attributes attributes, params int?[] times) =>
        metric => metric.String(1, name).String(3, unit).Sub(11, summary => Points(summary, times, (point, factor) =>
        {
            attributes(point, 7);
            if (factor is { } n)
            {
                point.Fixed64(4, 10 * (ulong)n).Double(5, 2 * n);
            }
            else
            {
                point.Varint(8, NoRecordedValue);
            }

            point.Sub(6, q => q.Double(1, 0.5).Double(2, 0.1)).Sub(6, q => q.Double(1, 0.99).Double(2, 0.4));
        }));

    private static ProtoWriter Numbers(ProtoWriter metric, Attributes attributes, double?[] values) => Points(metric, values, (point, value) =>
    {
        attributes(point, 7);
        if (value is { } number)
        {
            point.Double(4, number);
        }
        else
        {
            point.Varint(8, NoRecordedValue);
        }
    });

    private static ProtoWriter Points<T>(ProtoWriter metric, T?[] values, Action<ProtoWriter, T?> fill)
        where T : struct
    {
        for (int i = 0; i < values.Length; i++)
        {
            ulong time = Base + (ulong)i * 60 * Second;
            T? value = values[i];
            metric.Sub(1, point =>
            {
                point.Fixed64(2, time - (60 * Second)).Fixed64(3, time);
                fill(point, value);
            });
        }

        return metric;
    }
}
