using System.Runtime.InteropServices;
using System.Text;
using Observe.Ingest.Pipeline;
using Observe.Storage.Batches;

namespace Observe.Ingest.Cardinality;

/// <summary>Counts the points of a batch that are refused because of limits, and writes them down as rows that are inserted with the batch's own.</summary>
internal sealed class RefusedPoints(MetricRefusalBatch rows)
{
    private const long NanosecondsPerMinute = 60_000_000_000;

    /// <summary>Combinations in one batch that are told apart. More are made-up names of services, or points from all times.</summary>
    private const int MaxKeys = 20_000;

    private static readonly byte[] OtherServices = "(other)"u8.ToArray();

    // Services are told apart by reference: each name stands in a cache once, and rows of the same name add up anyway.
    private readonly Dictionary<(ReachedLimit Limit, long Minute, byte[] Service), long> _points = [];

    public void Add(ReachedLimit limit, byte[] service, long timestamp)
    {
        long minute = timestamp / NanosecondsPerMinute;
        if (_points.Count >= MaxKeys && !_points.ContainsKey((limit, minute, service)))
        {
            (service, minute) = (OtherServices, limit.Day * 1440L);
        }

        CollectionsMarshal.GetValueRefOrAddDefault(_points, (limit, minute, service), out _)++;
    }

    /// <summary>Makes the rows. Call once, before the batch is inserted.</summary>
    public void Finish()
    {
        foreach (((ReachedLimit limit, long minute, byte[] service), long points) in _points)
        {
            rows.Minute.Append((uint)(minute * 60));
            rows.MetricName.Append(limit.Metric);
            rows.AttributeKey.Append(limit.Key);
            rows.ServiceName.Append(service);
            rows.Points.Append((ulong)points);
        }
    }

    /// <summary>The batch is in the engine.</summary>
    public void Count(IngestMeter meter)
    {
        foreach (((ReachedLimit limit, _, byte[] service), long points) in _points)
        {
            meter.PointsRefused(limit.Metric, limit.Key, Encoding.UTF8.GetString(service), limit.Reason, points);
        }
    }

    public void Clear() => _points.Clear();
}
