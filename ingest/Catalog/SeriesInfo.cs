using Observe.Ingest.Otlp;

namespace Observe.Ingest.Catalog;

/// <summary>What points need to know of their series. An entry of <see cref="SeriesCache"/>.</summary>
internal sealed class SeriesInfo(MetricInfo metric, byte[] labels, ulong hash, ulong id, Truncations truncations)
{
    /// <summary>The same for the same metric and labels, in whatever order and encoding they were sent.</summary>
    public ulong Id => id;

    public MetricInfo Metric => metric;

    /// <summary>The labels as they were sent.</summary>
    public byte[] Labels => labels;

    public ulong Hash => hash;

    /// <summary>What its row leaves out of the labels.</summary>
    public Truncations Truncations => truncations;

    /// <summary>The next entry in the same bucket of the cache.</summary>
    public SeriesInfo? NextInBucket { get; set; }

    /// <summary>The series whose point came after this one's the last time: exporters send the points of a metric in one order.</summary>
    public SeriesInfo? Follower { get; set; }

    /// <summary>The batch, and the day in it, for which the series was seen to last.</summary>
    public object? NotedIn { get; set; }

    /// <inheritdoc cref="NotedIn"/>
    public ushort NotedDay { get; set; }
}
