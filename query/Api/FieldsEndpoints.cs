using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Observe.Query.Fields;
using Observe.Query.Search;
using Observe.Query.Time;
using Observe.Storage.Results;

namespace Observe.Query.Api;

/// <summary><c>/api/v1/fields</c>, <c>/api/v1/fields/{name}/values</c> and, for names that no path can hold, <c>/api/v1/fields/values?name=</c>.</summary>
internal static class FieldsEndpoints
{
    private const string Prefix = "/api/v1/fields/";
    private const string Suffix = "/values";
    private const int DefaultValues = 20;
    private const int MaxValues = 1_000;

    private static readonly string[] Methods = ["GET", "POST"];

    public static void MapFields(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/api/v1/fields", Methods, (HttpContext context, IFieldExplorer fields, TimeProvider time) =>
            QueryRequestHandler.RunAsync(context, async (parameters, cancellationToken) =>
            {
                FieldUsages found = await fields.GetFieldsAsync(Request(parameters, time), cancellationToken);
                return new JsonAnswer((writer, token) => WriteAsync(writer, found, token));
            }));

        // A name may hold slashes, so the route takes whatever stands before /values.
        routes.MapMethods("/api/v1/fields/{**rest}", Methods, (HttpContext context, IFieldExplorer fields, TimeProvider time) =>
            QueryRequestHandler.RunAsync(context, async (parameters, cancellationToken) =>
            {
                var request = new FieldValuesRequest(
                    Request(parameters, time),
                    Name(context, parameters),
                    parameters["source"] is { Length: > 0 } source ? source : null,
                    parameters.Count("limit", DefaultValues, MaxValues),
                    parameters["prefix"] ?? "");
                FieldValues values = await fields.GetValuesAsync(request, cancellationToken);
                return new JsonAnswer((writer, _) =>
                {
                    Write(writer, request, values);
                    return Task.CompletedTask;
                });
            }));
    }

    private static FieldsRequest Request(QueryParameters parameters, TimeProvider time)
    {
        SearchSignal? signal = parameters["signal"] switch
        {
            null or "" => null,
            "logs" => SearchSignal.Logs,
            "spans" => SearchSignal.Spans,
            { } other => throw new FormatException($"signal is logs or spans; not \"{other}\"."),
        };
        return new FieldsRequest(parameters["q"] ?? "", signal, parameters.Range(time));
    }

    /// <summary>The field's name, from the target as it was sent: routing would not tell an escaped slash from a per cent sign that was one.</summary>
    private static string Name(HttpContext context, QueryParameters parameters)
    {
        string target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        string path = target.Split('?', 2)[0];
        int start = path.IndexOf(Prefix, StringComparison.Ordinal);
        string rest = start < 0 ? "" : path[(start + Prefix.Length)..];
        if (rest == Suffix[1..] && parameters["name"] is { } name)
        {
            return name;
        }

        return rest.EndsWith(Suffix, StringComparison.Ordinal)
            ? Uri.UnescapeDataString(rest[..^Suffix.Length])
            : throw new FormatException($"The path is {Prefix}NAME{Suffix}, or {Prefix}values?name=NAME.");
    }

    private static async Task WriteAsync(Utf8JsonWriter writer, FieldUsages found, CancellationToken cancellationToken)
    {
        writer.WriteStartObject();
        writer.WriteString("signal", RecordFields.Lower(found.Signal));
        writer.WriteStartArray("fields");
        foreach (FieldUsage field in found.Fields)
        {
            Write(writer, field, found.Sample);
            await JsonAnswer.FlushIfLargeAsync(writer, cancellationToken);
        }

        writer.WriteEndArray();
        Write(writer, found.Sample);
        AnswerParts.WriteNotices(writer, found.Notices);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, FieldUsage field, RecordSample sample)
    {
        writer.WriteStartObject();
        writer.WriteString("name", field.Name);
        writer.WriteString("source", field.Source);
        writer.WriteStartArray("types");
        foreach (string type in field.Types)
        {
            writer.WriteStringValue(type);
        }

        writer.WriteEndArray();
        writer.WriteNumber("records", field.Records);
        WriteShare(writer, field.Records, sample);
        writer.WriteNumber("distinct", field.Distinct);
        WriteText(writer, "lastSeen", field.LastSeen is { } time ? Rfc3339.Format(time) : null);
        WriteText(writer, "firstDay", field.FirstDay?.ToString("O"));
        WriteText(writer, "lastDay", field.LastDay?.ToString("O"));
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, FieldValuesRequest request, FieldValues values)
    {
        writer.WriteStartObject();
        writer.WriteString("signal", RecordFields.Lower(values.Signal));
        writer.WriteString("name", request.Name);
        writer.WriteStartArray("values");
        foreach (FieldValue value in values.Values)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("value");
            JsonValue.Write(writer, value.Value);
            writer.WriteString("type", value.Type);
            writer.WriteNumber("records", value.Records);
            WriteShare(writer, value.Records, values.Sample);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("records", values.Records);
        writer.WriteNumber("distinct", values.Distinct);
        Write(writer, values.Sample);
        AnswerParts.WriteNotices(writer, values.Notices);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, RecordSample sample)
    {
        writer.WriteStartObject("sample");
        writer.WriteNumber("records", sample.Records);
        writer.WriteString("from", Rfc3339.Format(sample.From));
        writer.WriteString("to", Rfc3339.Format(sample.To));
        writer.WriteBoolean("isComplete", sample.IsComplete);
        writer.WriteEndObject();
    }

    private static void WriteShare(Utf8JsonWriter writer, long records, RecordSample sample) =>
        writer.WriteNumber("share", sample.Records == 0 ? 0 : Math.Round((double)records / sample.Records, 6));

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is null)
        {
            writer.WriteNull(name);
        }
        else
        {
            writer.WriteString(name, text);
        }
    }
}
