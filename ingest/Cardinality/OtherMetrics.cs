using Observe.Storage.Columns;

namespace Observe.Ingest.Cardinality;

/// <summary>Counts new series of a day's metrics that are too many to be told apart, by a hash of their names.</summary>
/// <remarks>Metrics whose names meet are counted together, so that one may seem larger than it is, and none smaller.</remarks>
internal sealed class OtherMetrics
{
    private const int Slots = 1 << 16;

    /// <summary>Its memory.</summary>
    public const long Bytes = Slots * sizeof(int);

    private readonly int[] _series = new int[Slots];

    /// <summary>Counts a series that seems new.</summary>
    /// <returns>New series so far: the metric has at most so many.</returns>
    public int Count(ReadOnlySpan<byte> metricName)
    {
        ref int series = ref _series[ByteHash.Of(metricName) % Slots];
        series += series < int.MaxValue ? 1 : 0;
        return series;
    }
}
