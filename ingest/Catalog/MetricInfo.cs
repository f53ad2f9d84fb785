namespace Observe.Ingest.Catalog;

/// <summary>A metric of a resource and scope: what the labels of its series are told apart within.</summary>
/// <param name="canonical">The beginning of its series' canonical forms.</param>
internal sealed class MetricInfo(byte[] canonical)
{
    public byte[] Canonical => canonical;

    /// <summary>The series of the metric's first point the last time.</summary>
    public SeriesInfo? FirstSeries { get; set; }
}
