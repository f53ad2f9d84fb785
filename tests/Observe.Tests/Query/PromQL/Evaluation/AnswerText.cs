using System.Globalization;
using Observe.Query.PromQL;
using Observe.Query.PromQL.Evaluation;

namespace Observe.Tests.Query.PromQL.Evaluation;

/// <summary>
/// An answer as a line of text: series with a value for each time, <c>_</c> for none, separated by semicolons; ten digits of each number. Warnings follow after
/// <c>!</c>, infos after <c>?</c>, without the place in the query.
/// </summary>
internal static class AnswerText
{
    public const string Separator = " ; ";

    private const string Colon = ": ";

    /// <param name="answer">What is written.</param>
    /// <param name="isOrdered">Whether series stay in their order; otherwise they are sorted as texts.</param>
    public static string Of(PromQLAnswer answer, bool isOrdered)
    {
        string[] series = answer switch
        {
            { Samples: { } samples } => [.. samples.Select(Window)],
            { Value: ScalarValue scalar } => [string.Join(' ', scalar.Values.Select(Number))],
            { Value: StringValue text } => [$"\"{text.Text}\""],
            { Value: VectorValue vector } => [.. vector.Series.Select(one => $"{one.Labels} {string.Join(' ', Enumerable.Range(0, answer.Grid.Count).Select(step => Value(one, step)))}")],
            _ => [],
        };
        string joined = string.Join(Separator, isOrdered ? series : series.Order(StringComparer.Ordinal));
        return $"{joined}{Notes("!", answer.Annotations.Warnings)}{Notes("?", answer.Annotations.Infos)}".Trim();
    }

    /// <summary>The series of an expected answer in the order in which <see cref="Of"/> has them.</summary>
    public static string Sorted(string expected)
    {
        int notes = expected.IndexOfAny(['!', '?']);
        string series = notes < 0 ? expected : expected[..notes].TrimEnd(), rest = notes < 0 ? "" : $" {expected[notes..]}";
        return $"{string.Join(Separator, series.Split(Separator).Order(StringComparer.Ordinal))}{rest}".Trim();
    }

    private static string Window(SampledSeries series)
    {
        IEnumerable<string> samples = Enumerable.Range(0, series.Samples.Count)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"{Number(series.Samples.Values[i])}@{series.Samples.Times[i] / 1e9}"));
        return $"{series.Labels} {string.Join(' ', samples)}";
    }

    private static string Value(Series series, int step) =>
        series.Histograms?[step] is { } histogram
            ? $"{{{{count:{Number(histogram.Count)} sum:{Number(histogram.Sum)} {Histograms.HistogramText.Buckets(histogram)}}}}}"
            : Number(series.Values[step]);

    private static string Number(double value) =>
        StaleMarker.Is(value) ? "_"
        : double.IsInfinity(value) ? value > 0 ? "+Inf" : "-Inf"
        : value.ToString("G10", CultureInfo.InvariantCulture);

    /// <summary>What annotations say, without <c>PromQL warning: </c> before and the expression behind.</summary>
    private static string Notes(string mark, IReadOnlyCollection<string> texts) =>
        string.Concat(texts.Select(text => $" {mark} {text[(text.IndexOf(Colon, StringComparison.Ordinal) + Colon.Length)..text.LastIndexOf(Colon, StringComparison.Ordinal)]}"));
}
