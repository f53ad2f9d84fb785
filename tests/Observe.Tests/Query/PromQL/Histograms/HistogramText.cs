using System.Globalization;
using Observe.Query.PromQL.Histograms;

namespace Observe.Tests.Query.PromQL.Histograms;

/// <summary>
/// Histograms as text, in the notation of Prometheus's unit tests for rules: <c>schema:1 count:4 sum:5 offset:-1 buckets:[1 2 1]</c>, with n_offset and n_buckets
/// for negative ones, z_bucket and z_bucket_w for the zero bucket, custom_values and counter_reset_hint.
/// </summary>
internal static class HistogramText
{
    public static FloatHistogram Parse(string text)
    {
        Dictionary<string, string> parts = [];
        string? key = null;
        foreach (string word in text.Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (char.IsLetter(word[0]) && word is not ("NaN" or "Inf") && key != "counter_reset_hint")
            {
                parts.Add(key = word, "");
            }
            else
            {
                parts[key!] += $" {word.Trim('[', ']')}";
                key = key == "counter_reset_hint" ? null : key;
            }
        }

        return new FloatHistogram
        {
            Schema = (int)One("schema"),
            Count = One("count"),
            Sum = One("sum"),
            ZeroCount = One("z_bucket"),
            ZeroThreshold = One("z_bucket_w"),
            Positive = BucketCounts.FromDense((int)One("offset"), All("buckets")),
            Negative = BucketCounts.FromDense((int)One("n_offset"), All("n_buckets")),
            CustomBounds = [.. All("custom_values")],
            CounterResetHint = parts.GetValueOrDefault("counter_reset_hint", "").Trim() switch
            {
                "" => CounterResetHint.Unknown,
                "reset" => CounterResetHint.CounterReset,
                "not_reset" => CounterResetHint.NotCounterReset,
                "gauge" => CounterResetHint.Gauge,
                string other => throw new FormatException(other),
            },
        };

        double[] All(string name) =>
            [.. parts.GetValueOrDefault(name, "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number)];

        double One(string name) => All(name) is [double value] ? value : 0;
    }

    public static double Number(string text) => text switch
    {
        "Inf" or "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    /// <summary>The buckets as they are shown: their bounds with the brackets of intervals, and their counts.</summary>
    public static string Buckets(FloatHistogram histogram) => string.Join(' ', Enumerable.Range(0, histogram.BucketCount).Select(i =>
    {
        HistogramBucket bucket = histogram.BucketAt(i);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(bucket.LowerInclusive ? '[' : '(')}{Text(bucket.Lower)},{Text(bucket.Upper)}{(bucket.UpperInclusive ? ']' : ')')}:{bucket.Count}");
    }));

    private static string Text(double bound) => double.IsInfinity(bound) ? bound > 0 ? "+Inf" : "-Inf" : bound.ToString(CultureInfo.InvariantCulture);
}
