using System.Globalization;
using Observe.Query.PromQL.Histograms;

namespace Observe.Query.PromQL.Evaluation.Functions;

/// <summary>Functions of histograms: native ones, and (quantile and fraction) classic ones, whose buckets are series with a label <c>le</c>.</summary>
internal static class HistogramFunctions
{
    private const string UpperBound = "le";

    /// <summary>A figure of each native histogram; numbers have none.</summary>
    public static VectorValue OfEach(VectorValue vector, int count, Func<FloatHistogram, double> figure) => SeriesSet.Of([.. vector.Series
        .Where(series => series.Histograms is not null)
        .Select(series =>
        {
            double[] values = GridValues.None(count);
            for (int step = 0; step < count; step++)
            {
                if (series.Histograms![step] is { } histogram)
                {
                    values[step] = figure(histogram);
                }
            }

            return new Series(series.Labels.WithoutName(), values);
        })]);

    /// <summary>A figure of each histogram, native or classic, at each time.</summary>
    /// <param name="vector">Native histograms, and buckets of classic ones.</param>
    /// <param name="count">Times of the grid.</param>
    /// <param name="ofNative">The figure at a time.</param>
    /// <param name="ofClassic">The figure at a time, of buckets in the order of their bounds.</param>
    /// <param name="mistake">Takes what is wrong with series of the vector.</param>
    public static VectorValue Of(
        VectorValue vector, int count, Func<FloatHistogram, int, double> ofNative, Func<ClassicBucket[], int, double> ofClassic, Action<string> mistake)
    {
        var natives = new Dictionary<Labels, double[]>();
        var classics = new Dictionary<Labels, List<(double Bound, double[] Counts)>>();
        foreach (Series series in vector.Series)
        {
            if (series.Histograms is { } histograms)
            {
                natives.Add(series.Labels, Native(histograms, count, ofNative));
            }

            if (series.Values.All(StaleMarker.Is))
            {
                continue;
            }

            if (!TryBound(series.Labels[UpperBound], out double bound))
            {
                mistake($"a series without a bound in its label {UpperBound} is no bucket, so it was left out");
                continue;
            }

            Labels key = series.Labels.With(UpperBound, "");
            if (!classics.TryGetValue(key, out List<(double, double[])>? buckets))
            {
                classics.Add(key, buckets = []);
            }

            buckets.Add((bound, series.Values));
        }

        var results = new List<Series>(natives.Count + classics.Count);
        foreach ((Labels labels, List<(double, double[])> buckets) in classics)
        {
            double[] values = Classic(buckets, count, ofClassic);
            if (natives.TryGetValue(labels, out double[]? others) && Separate(values, others))
            {
                mistake("there are classic and native histograms with the same labels, so there is no result for them");
            }

            results.Add(new Series(labels.WithoutName(), values));
        }

        results.AddRange(natives.Select(native => new Series(native.Key.WithoutName(), native.Value)));
        return SeriesSet.Of(results);
    }

    private static double[] Native(FloatHistogram?[] histograms, int count, Func<FloatHistogram, int, double> figure)
    {
        double[] values = GridValues.None(count);
        for (int step = 0; step < count; step++)
        {
            if (histograms[step] is { } histogram)
            {
                values[step] = figure(histogram, step);
            }
        }

        return values;
    }

    /// <summary>Takes away what both have: it is not known which is meant.</summary>
    private static bool Separate(double[] classic, double[] native)
    {
        bool hasBoth = false;
        for (int step = 0; step < classic.Length; step++)
        {
            if (!StaleMarker.Is(classic[step]) && !StaleMarker.Is(native[step]))
            {
                hasBoth = true;
                classic[step] = native[step] = StaleMarker.Value;
            }
        }

        return hasBoth;
    }

    private static double[] Classic(List<(double Bound, double[] Counts)> buckets, int count, Func<ClassicBucket[], int, double> figure)
    {
        (double Bound, double[] Counts)[] inOrder = [.. buckets.OrderBy(bucket => bucket.Bound)];
        double[] values = GridValues.None(count);
        for (int step = 0; step < count; step++)
        {
            int time = step;
            ClassicBucket[] present = [.. inOrder.Where(bucket => !StaleMarker.Is(bucket.Counts[time])).Select(bucket => new ClassicBucket(bucket.Bound, bucket.Counts[time]))];
            if (present.Length > 0)
            {
                values[step] = figure(present, step);
            }
        }

        return values;
    }

    private static bool TryBound(string text, out double bound)
    {
        bound = text is "+Inf" or "Inf" or "inf" or "+inf" ? double.PositiveInfinity : double.NaN;
        return text.Length > 0 && (!double.IsNaN(bound) || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out bound));
    }
}
