using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Observe.Query.Api.Declarations;
using Observe.Query.Api.Schemas;
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

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    private static readonly Parameter<SearchSignal?> Signal = ParameterKinds.Choice<SearchSignal?>(
        "signal", "Of which records, where the query does not say it; otherwise logs.", null, ("logs", SearchSignal.Logs), ("spans", SearchSignal.Spans), ("metrics", SearchSignal.Metrics));

    private static readonly Parameter<string?> Name = ParameterKinds.RequiredText("name", "The field, as a query names it.", "http.route");

    private static readonly Parameter<string?> Source = ParameterKinds.Choice<string?>(
        "source", "The place of the field, where its name occurs in several.", null,
        ("column", "column"), ("attribute", "attribute"), ("resource", "resource"), ("scope", "scope"), ("body", "body")) with
    { Example = "attribute" };

    private static readonly Parameter<int> Limit = ParameterKinds.Count("limit", "Values at most, the most frequent.", 20, 1_000);

    private static readonly Parameter<string?> Start = ParameterKinds.Text("prefix", "Only values whose text begins so, in any case.", "/api", defaultValue: "");

    private static readonly ApiRoute ListRoute = new("/api/v1/fields", "fields", ApiTags.Fields, "The fields that matching records have.")
    {
        Methods = Methods,
        Parameters = [CommonParameters.Query, CommonParameters.From, CommonParameters.To, Signal],
        Answers = [ApiAnswer.Of(FieldSchemas.Fields, "The fields of the latest matching records, with types, frequency and age.")],
        Problems = ProblemKind.OfQueries,
    };

    private static readonly ApiRoute ValuesRoute = new("/api/v1/fields/values", "fieldValuesByName", ApiTags.Fields, "The most frequent values of a field, whatever its name.")
    {
        Methods = Methods,
        Parameters = [Name, .. ListRoute.Parameters, Source, Limit, Start],
        Answers = [ApiAnswer.Of(FieldSchemas.Values, "The values of the latest matching records.")],
        Problems = ProblemKind.OfQueries,
    };

    // A name may hold slashes, so the route takes whatever stands before /values.
    private static readonly ApiRoute NamedValuesRoute = ValuesRoute with
    {
        Path = "/api/v1/fields/{name}/values",
        Id = "fieldValues",
        Summary = "The most frequent values of a field.",
        Pattern = "/api/v1/fields/{**rest}",
        Parameters = [Name with { Place = ParameterPlace.Path }, .. ListRoute.Parameters, Source, Limit, Start],
    };

    public static void MapFields(this IEndpointRouteBuilder routes)
    {
        routes.MapApi(ListRoute, (HttpContext context, IFieldExplorer fields, TimeProvider time) =>
            QueryRequestHandler.RunAsync(context, async (parameters, cancellationToken) =>
            {
                FieldUsages found = await fields.GetFieldsAsync(Request(parameters, time), cancellationToken);
                return new JsonAnswer((writer, token) => WriteAsync(writer, found, token));
            }));

        routes.MapApi(ValuesRoute, (HttpContext context, IFieldExplorer fields, TimeProvider time) =>
            QueryRequestHandler.RunAsync(context, (parameters, cancellationToken) =>
                ValuesAsync(parameters.Get(Name) ?? throw WrongPath(), parameters, fields, time, cancellationToken)));
        routes.MapApi(NamedValuesRoute, (HttpContext context, IFieldExplorer fields, TimeProvider time) =>
            QueryRequestHandler.RunAsync(context, (parameters, cancellationToken) =>
                ValuesAsync(NameIn(context), parameters, fields, time, cancellationToken)));
    }

    private static async Task<IResult> ValuesAsync(
        string name, QueryParameters parameters, IFieldExplorer fields, TimeProvider time, CancellationToken cancellationToken)
    {
        var request = new FieldValuesRequest(
            Request(parameters, time),
            name,
            parameters.Get(Source),
            parameters.Get(Limit),
            parameters.Get(Start) ?? "");
        FieldValues values = await fields.GetValuesAsync(request, cancellationToken);
        return new JsonAnswer((writer, _) =>
        {
            Write(writer, request, values);
            return Task.CompletedTask;
        });
    }

    private static FieldsRequest Request(QueryParameters parameters, TimeProvider time) => new(parameters.Query, parameters.Get(Signal), parameters.Range(time));

    /// <summary>The field's name, from the target as it was sent: routing would not tell an escaped slash from a per cent sign that was one.</summary>
    private static string NameIn(HttpContext context)
    {
        string target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        string path = target.Split('?', 2)[0];
        int start = path.IndexOf(Prefix, StringComparison.Ordinal);
        string rest = start < 0 ? "" : path[(start + Prefix.Length)..];
        return rest.EndsWith(Suffix, StringComparison.Ordinal)
            ? Uri.UnescapeDataString(rest[..^Suffix.Length])
            : throw WrongPath();
    }

    private static FormatException WrongPath() => new($"The path is {Prefix}NAME{Suffix}, or {Prefix}values?name=NAME.");

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
