using System.Text.RegularExpressions;
using Observe.Query.PromQL;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Histograms;
using Observe.Query.PromQL.Language;
using HistogramText = Observe.Tests.Query.PromQL.Histograms.HistogramText;

namespace Observe.Tests.Query.PromQL.Evaluation;

/// <summary>
/// A series as a line of text: <c>up{job="a"} 1 2x3 0+10x5 _ stale {{count:1 buckets:[1]}}</c>. Its samples lie evenly from time 0 on; <c>2x3</c> is 2 and three more,
/// <c>0+10x5</c> six samples that grow by 10, <c>_</c> no sample and <c>stale</c> the end of the series. A line that begins with <c>delta</c> has increments.
/// </summary>
internal static partial class SeriesText
{
    private const string Delta = "delta ";

    /// <param name="line">The text.</param>
    /// <param name="step">From one sample to the next, in nanoseconds.</param>
    public static SampledSeries Parse(string line, long step)
    {
        bool isDelta = line.StartsWith(Delta, StringComparison.Ordinal);
        Match parts = Line().Match(isDelta ? line[Delta.Length..] : line);
        if (!parts.Success)
        {
            throw new FormatException($"No series: {line}");
        }

        var numbers = new SamplesBuilder<double>();
        var histograms = new SamplesBuilder<FloatHistogram>();
        long time = 0;
        foreach (Match word in Word().Matches(parts.Groups["samples"].Value))
        {
            Add(word.Value);
        }

        return new SampledSeries(LabelsOf(parts.Groups["selector"].Value), numbers.Build(), histograms.Build()) { IsDelta = isDelta };

        void Add(string word)
        {
            if (word.StartsWith("{{", StringComparison.Ordinal))
            {
                histograms.Add(time, HistogramText.Parse(word[2..^2]));
            }
            else if (word == "stale")
            {
                numbers.Add(time, StaleMarker.Value);
            }
            else if (word != "_")
            {
                AddNumbers(Repetition().Match(word));
                return;
            }

            time += step;
        }

        void AddNumbers(Match word)
        {
            double value = HistogramText.Number(word.Groups["first"].Value);
            double growth = word.Groups["growth"].Success ? HistogramText.Number(word.Groups["growth"].Value) : 0;
            int more = word.Groups["more"].Success ? int.Parse(word.Groups["more"].Value, System.Globalization.CultureInfo.InvariantCulture) : 0;
            for (int i = 0; i <= more; i++)
            {
                numbers.Add(time, value + (i * growth));
                time += step;
            }
        }
    }

    private static Labels LabelsOf(string text)
    {
        var selector = (VectorSelector)PromQLParser.Parse(text);
        IEnumerable<KeyValuePair<string, string>> labels = selector.Matchers.Select(matcher => KeyValuePair.Create(matcher.Name, matcher.Value));
        return Labels.Of(selector.Name is { } name ? labels.Append(KeyValuePair.Create(LabelMatcher.MetricName, name)) : labels);
    }

    [GeneratedRegex(@"^(?<selector>[\w:]*(\{(""[^""]*""|[^}""])*\})?)\s+(?<samples>.*)$")]
    private static partial Regex Line();

    [GeneratedRegex(@"\{\{.*?\}\}|\S+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^(?<first>[+-]?(Inf|NaN|[\d.]+(e[+-]?\d+)?))((?<growth>[+-][\d.]+)?x(?<more>\d+))?$")]
    private static partial Regex Repetition();
}
