namespace Observe.Ingest.Cardinality;

/// <summary>How many series a metric may have on a day, and when to begin to count them one by one.</summary>
/// <param name="SeriesPerMetric">Series of a metric.</param>
/// <param name="ValuesPerKey">Distinct values of an attribute of a metric.</param>
internal sealed record CardinalityLimits(int SeriesPerMetric, int ValuesPerKey)
{
    /// <summary>Up to this size of a limit every series is counted from the first one on, so that even one request cannot go beyond it.</summary>
    private const int Small = 10_000;

    /// <summary>The largest limit. Series and values of an attribute by the million: together they take 128 of the <see cref="SeriesAdmission.MaxBytes"/>.</summary>
    public const int Largest = 4_000_000;

    public static readonly CardinalityLimits None = Of(new CardinalityOptions { MaxSeriesPerMetric = 0, MaxValuesPerKey = 0 });

    public bool AreNone => SeriesPerMetric == int.MaxValue && ValuesPerKey == int.MaxValue;

    /// <summary>
    /// Series from which on a metric may be large. A key has no more values than its metric has series, so below a quarter of the lower limit there is nothing that could
    /// be reached soon, and a number is enough.
    /// </summary>
    public int LargeFrom { get; } = Math.Max(Math.Min(SeriesPerMetric, ValuesPerKey) / 4, 1);

    /// <summary>Series from which on a metric is watched: its series and their values are known one by one.</summary>
    public int WatchFrom => Math.Min(SeriesPerMetric, ValuesPerKey) > Small ? LargeFrom : 1;

    public static CardinalityLimits Of(CardinalityOptions options) => new(OrNone(options.MaxSeriesPerMetric), OrNone(options.MaxValuesPerKey));

    private static int OrNone(int limit) => limit == 0 ? int.MaxValue : limit;
}
