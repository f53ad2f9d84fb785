using System.Globalization;
using System.Text.Json;
using Observe.Query.PromQL;
using Observe.Query.PromQL.Evaluation;
using Observe.Query.PromQL.Histograms;
using Observe.Query.PromQL.Language;

namespace Observe.Query.Api.Prometheus;

/// <summary>Writes results as Prometheus does: numbers as texts, times as seconds.</summary>
/// <remarks>https://prometheus.io/docs/prometheus/latest/querying/api/#expression-query-result-formats</remarks>
internal static class PrometheusWriter
{
    /// <summary>An answer with data, and with what the user should know besides.</summary>
    public static async Task WriteAsync(
        Utf8JsonWriter writer, Func<Task> writeData, IReadOnlyCollection<string> warnings, IReadOnlyCollection<string> infos)
    {
        writer.WriteStartObject();
        writer.WriteString("status", "success");
        writer.WritePropertyName("data");
        await writeData();
        WriteTexts(writer, "warnings", warnings);
        WriteTexts(writer, "infos", infos);
        writer.WriteEndObject();
    }

    /// <param name="writer">Where to.</param>
    /// <param name="answer">What is written.</param>
    /// <param name="isRange">Whether values are lists of points; otherwise each is one.</param>
    /// <param name="limit">At most so many series; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task WriteResultAsync(Utf8JsonWriter writer, PromQLAnswer answer, bool isRange, int? limit, CancellationToken cancellationToken)
    {
        writer.WriteStartObject();
        writer.WriteString("resultType", answer switch
        {
            { Samples: not null } => "matrix",
            { Value: StringValue } => "string",
            _ when isRange => "matrix",
            { Value: ScalarValue } => "scalar",
            _ => "vector",
        });
        writer.WritePropertyName("result");
        switch (answer)
        {
            case { Samples: { } samples }:
                await WriteListAsync(writer, samples.Take(limit ?? int.MaxValue), WriteSamples, cancellationToken);
                break;
            case { Value: StringValue text }:
                WritePoint(writer, answer.Grid.Start, text.Text);
                break;
            case { Value: ScalarValue scalar } when isRange:
                await WriteListAsync(writer, [new Series(Labels.Empty, scalar.Values)], (to, series) => WriteRange(to, series, answer.Grid), cancellationToken);
                break;
            case { Value: ScalarValue scalar }:
                WritePoint(writer, answer.Grid.Start, NumberText.Print(scalar.Values[0]));
                break;
            case { Value: VectorValue vector }:
                await WriteListAsync(
                    writer, vector.Series.Take(limit ?? int.MaxValue),
                    (to, series) =>
                    {
                        if (isRange)
                        {
                            WriteRange(to, series, answer.Grid);
                        }
                        else
                        {
                            WriteInstant(to, series, answer.Grid.Start);
                        }
                    },
                    cancellationToken);
                break;
        }

        writer.WriteEndObject();
    }

    public static void WriteLabels(Utf8JsonWriter writer, Labels labels)
    {
        writer.WriteStartObject();
        foreach ((string name, string value) in labels)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
    }

    /// <summary>Seconds, with as many decimals as there are milliseconds: 1767323040.5.</summary>
    public static void WriteTime(Utf8JsonWriter writer, long time)
    {
        long milliseconds = time / PromQLTime.Millisecond;
        writer.WriteRawValue(
            milliseconds % 1000 == 0
                ? (milliseconds / 1000).ToString(CultureInfo.InvariantCulture)
                : (milliseconds / 1000m).ToString("0.###", CultureInfo.InvariantCulture),
            skipInputValidation: true);
    }

    public static async Task WriteListAsync<T>(Utf8JsonWriter writer, IEnumerable<T> items, Action<Utf8JsonWriter, T> write, CancellationToken cancellationToken)
    {
        writer.WriteStartArray();
        foreach (T item in items)
        {
            write(writer, item);
            await JsonAnswer.FlushIfLargeAsync(writer, cancellationToken);
        }

        writer.WriteEndArray();
    }

    private static void WriteInstant(Utf8JsonWriter writer, Series series, long time)
    {
        Begin(writer, series.Labels);
        if (series.Histograms?[0] is { } histogram)
        {
            writer.WritePropertyName("histogram");
            WritePoint(writer, time, histogram);
        }
        else
        {
            writer.WritePropertyName("value");
            WritePoint(writer, time, NumberText.Print(series.Values[0]));
        }

        writer.WriteEndObject();
    }

    private static void WriteRange(Utf8JsonWriter writer, Series series, Grid grid)
    {
        Begin(writer, series.Labels);
        if (series.Values.Any(value => !StaleMarker.Is(value)))
        {
            writer.WriteStartArray("values");
            for (int step = 0; step < grid.Count; step++)
            {
                if (!StaleMarker.Is(series.Values[step]))
                {
                    WritePoint(writer, grid[step], NumberText.Print(series.Values[step]));
                }
            }

            writer.WriteEndArray();
        }

        if (series.Histograms is { } histograms)
        {
            writer.WriteStartArray("histograms");
            for (int step = 0; step < grid.Count; step++)
            {
                if (histograms[step] is { } histogram)
                {
                    WritePoint(writer, grid[step], histogram);
                }
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteSamples(Utf8JsonWriter writer, SampledSeries series)
    {
        Begin(writer, series.Labels);
        if (series.Samples.Count > 0)
        {
            writer.WriteStartArray("values");
            for (int i = 0; i < series.Samples.Count; i++)
            {
                WritePoint(writer, series.Samples.Times[i], NumberText.Print(series.Samples.Values[i]));
            }

            writer.WriteEndArray();
        }

        if (series.Histograms.Count > 0)
        {
            writer.WriteStartArray("histograms");
            for (int i = 0; i < series.Histograms.Count; i++)
            {
                WritePoint(writer, series.Histograms.Times[i], series.Histograms.Values[i]);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter writer, Labels labels)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("metric");
        WriteLabels(writer, labels);
    }

    private static void WritePoint(Utf8JsonWriter writer, long time, string value)
    {
        writer.WriteStartArray();
        WriteTime(writer, time);
        writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private static void WritePoint(Utf8JsonWriter writer, long time, FloatHistogram histogram)
    {
        writer.WriteStartArray();
        WriteTime(writer, time);
        writer.WriteStartObject();
        writer.WriteString("count", NumberText.Print(histogram.Count));
        writer.WriteString("sum", NumberText.Print(histogram.Sum));
        if (histogram.BucketCount > 0)
        {
            writer.WriteStartArray("buckets");
            for (int i = 0; i < histogram.BucketCount; i++)
            {
                HistogramBucket bucket = histogram.BucketAt(i);
                writer.WriteStartArray();

                // Which of the bounds belong to the bucket: 0 the upper, 1 the lower, 2 neither, 3 both.
                writer.WriteNumberValue(bucket switch
                {
                    { LowerInclusive: true, UpperInclusive: true } => 3,
                    { LowerInclusive: true } => 1,
                    { UpperInclusive: true } => 0,
                    _ => 2,
                });
                writer.WriteStringValue(NumberText.Print(bucket.Lower));
                writer.WriteStringValue(NumberText.Print(bucket.Upper));
                writer.WriteStringValue(NumberText.Print(bucket.Count));
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyCollection<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
