using System.Globalization;
using Observe.Query.PromQL.Histograms;

namespace Observe.Query.PromQL.Evaluation.Aggregations;

/// <summary>A native histogram as Prometheus writes it: <c>{count:3, sum:4.5, (1,2]:3}</c>.</summary>
internal static class HistogramText
{
    public static string Of(FloatHistogram histogram)
    {
        IEnumerable<string> buckets = Enumerable.Range(0, histogram.BucketCount).Select(histogram.BucketAt)
            .Select(bucket => $"{(bucket.LowerInclusive ? '[' : '(')}{Number(bucket.Lower)},{Number(bucket.Upper)}{(bucket.UpperInclusive ? ']' : ')')}:{Number(bucket.Count)}");
        return $"{{{string.Join(", ", buckets.Prepend($"sum:{Number(histogram.Sum)}").Prepend($"count:{Number(histogram.Count)}"))}}}";
    }

    private static string Number(double value) =>
        double.IsInfinity(value) ? value > 0 ? "+Inf" : "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
