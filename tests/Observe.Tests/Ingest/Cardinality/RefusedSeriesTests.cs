using Microsoft.Extensions.Logging.Abstractions;
using Observe.Ingest.Cardinality;
using Observe.Ingest.Catalog;
using Observe.Ingest.Otlp;
using Observe.Ingest.Pipeline;
using Observe.Storage.Batches;
using Observe.Storage.Results;

namespace Observe.Tests.Ingest.Cardinality;

/// <summary>What is decoded under a limit, compared with what is decoded without one.</summary>
public sealed class RefusedSeriesTests
{
    private const int Limit = 10;

    /// <summary>The same series in all orders: whichever are in the cache, each point has its own series, and the first ones of each metric go in.</summary>
    [Fact]
    public void Decode_RandomOrders_KeepsTheFirstSeriesOfEachMetricAndTheirIds()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        var limited = new MetricSignalBatch(
            new SignalCatalog(FieldSignal.Metrics, admission: new SeriesAdmission(new CardinalityLimits(Limit, int.MaxValue), null, NullLogger.Instance)));
        var admitted = new Dictionary<string, HashSet<ulong>> { ["a"] = [], ["b"] = [] };
        for (int i = 0; i < 300; i++)
        {
            string[] metrics = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(2) == 0 ? "a" : "b")];
            byte[] request = OtlpWriter.Request([.. metrics.Select(metric => Metric(metric, random.GetItems(Enumerable.Range(0, 30).ToArray(), random.Next(40))))]);
            var unlimited = new MetricSignalBatch(new SignalCatalog(FieldSignal.Metrics));
            unlimited.Decode(request, 0);
            (string Metric, ulong Id, double Value)[] expected =
                [.. Points(unlimited).Where(point => admitted[point.Metric].Contains(point.Id) || (admitted[point.Metric].Count < Limit && admitted[point.Metric].Add(point.Id)))];

            limited.Decode(request, 0);

            string round = $"seed {seed}, round {i}";
            Assert.True(expected.SequenceEqual(Points(limited)), $"{round}: {string.Join(' ', Points(limited))} instead of {string.Join(' ', expected)}");
            Assert.Equal((round, expected.Length), (round, limited.Tallies.All.Values.Sum(tally => tally.Accepted)));
            Assert.Equal(
                (round, Points(unlimited).Length - expected.Length), (round, limited.Tallies.All.Values.Sum(tally => tally[RejectReason.MetricSeriesLimit])));
            if (random.Next(3) == 0)
            {
                limited.Finish();
                limited.Commit();
            }

            limited.Clear();
        }

        Assert.All(admitted.Values, ids => Assert.Equal((seed, Limit), (seed, ids.Count)));
    }

    private static Action<ProtoWriter> Metric(string name, int[] series) => metric => metric.String(1, name).Sub(5, gauge =>
    {
        foreach (int n in series)
        {
            gauge.Sub(1, point => point.Attribute(7, "n", v => v.Int(3, n)).Fixed64(3, OtlpWriter.Time).Double(4, n));
        }
    });

    private static (string Metric, ulong Id, double Value)[] Points(SignalBatch batch)
    {
        ResultBlock rows = BatchRows.Read(batch.Tables.Single(table => table is NumberPointBatch));
        return [.. Enumerable.Range(0, rows.RowCount).Select(row => (rows["MetricName"].GetString(row), rows["SeriesId"].GetUInt64(row), rows["Value"].GetFloat64(row)))];
    }
}
