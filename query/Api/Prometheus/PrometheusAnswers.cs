using System.Text.Json;
using Observe.Query.PromQL;

namespace Observe.Query.Api.Prometheus;

/// <summary>Answers of Prometheus's interface.</summary>
internal static class PrometheusAnswers
{
    /// <summary>A query's result.</summary>
    public static JsonAnswer Of(PromQLAnswer answer, bool isRange, int? limit) => new((writer, token) => PrometheusWriter.WriteAsync(
        writer, () => PrometheusWriter.WriteResultAsync(writer, answer, isRange, limit, token), answer.Annotations.Warnings, answer.Annotations.Infos));

    /// <param name="writeData">Writes one value.</param>
    /// <param name="warnings">What the user should know besides.</param>
    public static JsonAnswer Of(Action<Utf8JsonWriter> writeData, params IReadOnlyCollection<string> warnings) => new((writer, _) => PrometheusWriter.WriteAsync(
        writer,
        () =>
        {
            writeData(writer);
            return Task.CompletedTask;
        },
        warnings, []));

    /// <summary>A list.</summary>
    public static JsonAnswer List<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write, params IReadOnlyCollection<string> warnings) => new(
        (writer, token) => PrometheusWriter.WriteAsync(writer, () => PrometheusWriter.WriteListAsync(writer, items, write, token), warnings, []));

    /// <summary>A list of texts, of which there may be more than were asked for.</summary>
    public static JsonAnswer Texts(IReadOnlyCollection<string> texts, int? limit) =>
        List(texts.Take(limit ?? int.MaxValue), (writer, text) => writer.WriteStringValue(text), limit < texts.Count ? [Truncated] : []);

    /// <summary>What Prometheus says of it.</summary>
    public const string Truncated = "results truncated due to limit";
}
