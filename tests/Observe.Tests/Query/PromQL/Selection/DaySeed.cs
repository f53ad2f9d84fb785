using Observe.Storage.Engine;
using Observe.Tests.Ingest;
using static Observe.Tests.Query.Correlation.Arrivals;
using static Observe.Tests.Query.PromQL.Selection.MetricMessages;

namespace Observe.Tests.Query.PromQL.Selection;

/// <summary>
/// Metrics of two days, with exemplars. shop's instance i-1 sends on both, i-2 on the second; of mailer, which names no instances, two processes send on the first and
/// one on the second. Points are taken at 03:04, in 2026 on January 2 and 3.
/// </summary>
internal static class DaySeed
{
    public const ulong Tomorrow = 86_400;

    public static async Task InsertAsync(IStorageEngine engine)
    {
        await MetricSeed.InsertAsync(engine, Request(
            [("service.name", "shop"), ("service.instance.id", "i-1"), ("k8s.pod.name", "shop-1"), ("process.pid", "7"), ("process_pid", "seven")],
            Gauge("queue.length", "{item}", "Waiting items.", 0, Tomorrow),
            Gauge("old.gauge", "By/s", "", 0),
            Sum("http.requests", "{request}", isDelta: false, isMonotonic: true, Tomorrow),
            Histogram("http.server.request.duration", "s", Tomorrow, 0.05, 0.5, 5),
            Coarse("coarse.size", "By", Tomorrow)));
        await MetricSeed.InsertAsync(engine, Request(
            [("service.name", "shop"), ("service.instance.id", "i-2"), ("k8s.pod.name", "shop-2"), ("process.pid", "8")],
            Gauge("queue.length", "{item}", "Items that wait.", Tomorrow)));
        await MetricSeed.InsertAsync(engine, Request([("service.name", "mailer"), ("process.pid", "1"), ("telemetry.sdk.language", "go")], Mailer(0, Tomorrow)));
        await MetricSeed.InsertAsync(engine, Request([("service.name", "mailer"), ("process.pid", "2"), ("telemetry.sdk.language", "go")], Mailer(0)));
        await MetricSeed.InsertAsync(engine, Request([("service.name", "bare")], Gauge("bare.gauge", "", "", 0, Tomorrow)));
    }

    private static Action<ProtoWriter>[] Mailer(params ulong[] seconds) =>
    [
        Sum("mail.sent", "{mail}", isDelta: true, isMonotonic: true, seconds),
        Sum("mail.balance", "{mail}", isDelta: true, isMonotonic: false, seconds),
        Sum("mail.open", "1", isDelta: false, isMonotonic: false, seconds),
        metric => metric.String(1, "mail.size").String(3, "By").Sub(11, summary => Points(summary, seconds, (point, _) => point.Fixed64(4, 1).Double(5, 1))),
    ];

    /// <param name="seconds">When there are points, in seconds after the first.</param>
    private static Action<ProtoWriter> Gauge(string name, string unit, string description, params ulong[] seconds) =>
        metric => metric.String(1, name).String(2, description).String(3, unit).Sub(5, gauge => Points(gauge, seconds, (point, _) => point.Double(4, 1)));

    private static Action<ProtoWriter> Sum(string name, string unit, bool isDelta, bool isMonotonic, params ulong[] seconds) =>
        metric => metric.String(1, name).String(3, unit).Sub(7, sum => Points(sum, seconds, (point, time) => point.Double(4, 1).Sub(5, exemplar => Exemplar(exemplar, time, 1)))
            .Varint(2, isDelta ? 1u : 2u).Varint(3, isMonotonic ? 1u : 0u));

    /// <summary>With the bounds 0.1 and 1 and an exemplar of each value, a second after another, the last at the point.</summary>
    private static Action<ProtoWriter> Histogram(string name, string unit, ulong second, params double[] values) =>
        metric => metric.String(1, name).String(3, unit).Sub(9, histogram => Points(histogram, [second], (point, time) =>
        {
            point.Fixed64(4, (ulong)values.Length).Double(5, values.Sum()).Fixed64(6, 1).Fixed64(6, 1).Fixed64(6, 1).Double(7, 0.1).Double(7, 1);
            for (int i = 0; i < values.Length; i++)
            {
                double value = values[i];
                ulong at = time - ((ulong)(values.Length - 1 - i) * Second);
                point.Sub(8, exemplar => Exemplar(exemplar, at, value));
            }
        }).Varint(2, 2));

    /// <summary>Of scale -5, which is coarser than any native histogram.</summary>
    private static Action<ProtoWriter> Coarse(string name, string unit, ulong second) =>
        metric => metric.String(1, name).String(3, unit).Sub(10, histogram => Points(histogram, [second], (point, _) =>
            point.Fixed64(4, 3).Double(5, 9).Varint(6, ((5 << 1) - 1)).Sub(8, buckets => buckets.Varint(2, 3))).Varint(2, 2));

    private static void Exemplar(ProtoWriter exemplar, ulong time, double value) => exemplar
        .Attribute(7, "user.id", v => v.String(1, "u-1")).Fixed64(2, time).Double(3, value)
        .Bytes(4, Convert.FromHexString("00f067aa0ba902b7")).Bytes(5, Convert.FromHexString("4bf92f3577b34da6a3ce929d0e0e4736"));

    private static ProtoWriter Points(ProtoWriter metric, ulong[] seconds, Action<ProtoWriter, ulong> fill)
    {
        foreach (ulong second in seconds)
        {
            ulong time = Base + (second * Second);
            metric.Sub(1, point =>
            {
                point.Fixed64(2, time - (60 * Second)).Fixed64(3, time);
                fill(point, time);
            });
        }

        return metric;
    }
}
