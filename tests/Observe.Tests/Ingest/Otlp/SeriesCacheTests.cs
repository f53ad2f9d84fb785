using Observe.Ingest.Otlp;
using Observe.Storage.Results;

namespace Observe.Tests.Ingest.Otlp;

public sealed class SeriesCacheTests
{
    private static readonly Action<ProtoWriter> A = LabelOf("a", "1");
    private static readonly Action<ProtoWriter> B = LabelOf("a", "2");

    [Fact]
    public void Get_PointsInAnotherOrderOrOfAnotherMetric_HaveTheirOwnSeries()
    {
        byte[] first = OtlpWriter.Request(Gauge("m", A, B), Gauge("n", A));
        byte[] second = OtlpWriter.Request(Gauge("n", A), Gauge("m", B, A, B), Gauge("m", B));

        ulong[] ids = SeriesIds(new Decoded(OtlpSignal.Metrics).Add(first).Add(second));

        ulong a = ids[0];
        ulong b = ids[1];
        ulong n = ids[2];
        Assert.Equal(3, new HashSet<ulong>([a, b, n]).Count);
        Assert.Equal([a, b, n, n, b, a, b, b], ids);
    }

    [Fact]
    public void Get_LabelsWithOtherFieldsInBetween_AreTheSameSeries()
    {
        Action<ProtoWriter> together = point => point
            .Attribute(7, "a", v => v.String(1, "1")).Attribute(7, "b", v => v.Int(3, 2)).Fixed64(3, OtlpWriter.Time).Double(4, 1);
        Action<ProtoWriter> apart = point => point
            .Attribute(7, "b", v => v.Int(3, 2)).Fixed64(3, OtlpWriter.Time).Attribute(7, "a", v => v.String(1, "1")).Double(4, 1);
        Action<ProtoWriter> other = point => point
            .Attribute(7, "b", v => v.Int(3, 3)).Fixed64(3, OtlpWriter.Time).Attribute(7, "a", v => v.String(1, "1")).Double(4, 1);

        ulong[] ids = SeriesIds(new Decoded(OtlpSignal.Metrics).Add(OtlpWriter.Request(Gauge("m", together, apart, other, together))));

        Assert.Equal([ids[0], ids[0], ids[2], ids[0]], ids);
        Assert.NotEqual(ids[0], ids[2]);
    }

    [Fact]
    public void Note_PointsOfOneSeriesOnTwoDays_WriteTheSeriesForEachDayOnce()
    {
        ulong day = 86_400ul * 1_000_000_000;
        Action<ProtoWriter> At(ulong time) => point => point.Attribute(7, "a", v => v.String(1, "1")).Fixed64(3, time).Double(4, 1);
        byte[] request = OtlpWriter.Request(Gauge("m", At(OtlpWriter.Time), At(OtlpWriter.Time + day), At(OtlpWriter.Time), At(OtlpWriter.Time + day)));

        ResultBlock series = new Decoded(OtlpSignal.Metrics).Add(request).Add(request).Rows("metric_series");

        Assert.Equal([OtlpWriter.Day, OtlpWriter.Day + 1], Enumerable.Range(0, series.RowCount).Select(row => (int)series["Day"].GetInt64(row)));
    }

    private static ulong[] SeriesIds(Decoded decoded)
    {
        ResultBlock points = decoded.Rows("number_points");
        return [.. Enumerable.Range(0, points.RowCount).Select(row => points["SeriesId"].GetUInt64(row))];
    }

    private static Action<ProtoWriter> LabelOf(string key, string value) =>
        point => point.Attribute(7, key, v => v.String(1, value)).Fixed64(3, OtlpWriter.Time).Double(4, 1);

    private static Action<ProtoWriter> Gauge(string name, params Action<ProtoWriter>[] points) => metric => metric.String(1, name).Sub(5, gauge =>
    {
        foreach (Action<ProtoWriter> point in points)
        {
            gauge.Sub(1, point);
        }
    });
}
