namespace Observe.Tests.Query.PromQL.Windows;

/// <summary>What the functions mean, written down as plainly as it can be, over the samples of one window: their times in seconds and their values.</summary>
internal static class ReferenceFunctions
{
    /// <returns>Null for nothing.</returns>
    public static double? Evaluate(string function, double start, double end, (double Time, double Value)[] samples, double parameter)
    {
        if (samples.Length == 0)
        {
            return null;
        }

        double[] values = [.. samples.Select(sample => sample.Value)];
        (double, double)[] neighbours = [.. values.Zip(values.Skip(1))];
        return function switch
        {
            "count_over_time" => values.Length,
            "present_over_time" => 1,
            "first_over_time" => values[0],
            "last_over_time" => values[^1],
            "sum_over_time" => values.Sum(),
            "avg_over_time" => values.Average(),
            "min_over_time" => values.Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Min(),
            "max_over_time" => values.Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Max(),
            "stdvar_over_time" => Variance(values),
            "stddev_over_time" => Math.Sqrt(Variance(values)),
            "quantile_over_time" => Quantile([.. values.Order()], parameter),
            "resets" => neighbours.Count(pair => pair.Item2 < pair.Item1),
            "changes" => neighbours.Count(pair => !pair.Item1.Equals(pair.Item2)),
            _ when values.Length == 1 => null,
            "rate" => Extrapolated(start, end, samples, true) / (end - start),
            "increase" => Extrapolated(start, end, samples, true),
            "delta" => Extrapolated(start, end, samples, false),
            "irate" => (values[^1] < values[^2] ? values[^1] : values[^1] - values[^2]) / (samples[^1].Time - samples[^2].Time),
            "idelta" => values[^1] - values[^2],
            "deriv" => Line(samples).Slope,
            "predict_linear" => Line(samples) is var line ? line.Mean + (line.Slope * (end + parameter - samples.Average(sample => sample.Time))) : null,
            _ => throw new ArgumentException(function),
        };
    }

    private static double Extrapolated(double start, double end, (double Time, double Value)[] samples, bool counter)
    {
        (double firstTime, double first) = samples[0];
        (double lastTime, double last) = samples[^1];
        double increase = last - first;
        for (int i = 1; counter && i < samples.Length; i++)
        {
            increase += samples[i].Value < samples[i - 1].Value ? samples[i - 1].Value : 0;
        }

        double covered = lastTime - firstTime, distance = covered / (samples.Length - 1);
        double before = firstTime - start < 1.1 * distance ? firstTime - start : distance / 2;
        double after = end - lastTime < 1.1 * distance ? end - lastTime : distance / 2;
        if (counter && increase > 0 && first >= 0)
        {
            before = Math.Min(before, first / (increase / covered));
        }

        return increase / covered * (before + covered + after);
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }

    private static double Quantile(double[] sorted, double quantile)
    {
        double rank = quantile * (sorted.Length - 1);
        double part = rank - Math.Floor(rank);
        return part == 0 ? sorted[(int)rank] : (sorted[(int)rank] * (1 - part)) + (sorted[(int)rank + 1] * part);
    }

    private static (double Slope, double Mean) Line((double Time, double Value)[] samples)
    {
        double time = samples.Average(sample => sample.Time), mean = samples.Average(sample => sample.Value);
        double slope = samples.Sum(sample => (sample.Time - time) * (sample.Value - mean)) / samples.Sum(sample => (sample.Time - time) * (sample.Time - time));
        return (slope, mean);
    }
}
