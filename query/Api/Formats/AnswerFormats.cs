using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Observe.Query.Api.Declarations;
using Observe.Storage.Engine;

namespace Observe.Query.Api.Formats;

/// <summary>Which form of answer a request wants, and what the forms are called.</summary>
internal static class AnswerFormats
{
    private static readonly (AnswerFormat Format, string Name, string MediaType, string ContentType)[] All =
    [
        (AnswerFormat.Json, "json", "application/json", "application/json; charset=utf-8"),
        (AnswerFormat.NdJson, "ndjson", "application/x-ndjson", "application/x-ndjson; charset=utf-8"),
        (AnswerFormat.Csv, "csv", "text/csv", "text/csv; charset=utf-8; header=present"),
        (AnswerFormat.Arrow, "arrow", "application/vnd.apache.arrow.stream", "application/vnd.apache.arrow.stream"),
        (AnswerFormat.Parquet, "parquet", "application/vnd.apache.parquet", "application/vnd.apache.parquet"),
    ];

    public static readonly Parameter<AnswerFormat?> Parameter = ParameterKinds.Choice<AnswerFormat?>(
        "format", "The form of the answer; it overrules Accept. All but json are streamed.", null, [.. All.Select(form => (form.Name, (AnswerFormat?)form.Format))]);

    /// <summary>By the parameter <c>format</c>, else by <c>Accept</c>: the form with the highest quality, the first of equals. Who accepts everything gets JSON.</summary>
    /// <exception cref="FormatException">There is no such form.</exception>
    public static AnswerFormat Of(HttpRequest request, QueryParameters parameters)
    {
        if (parameters.Get(Parameter) is { } chosen)
        {
            return chosen;
        }

        IList<MediaTypeHeaderValue> accepted = request.GetTypedHeaders().Accept;
        if (accepted.Count == 0)
        {
            return AnswerFormat.Json;
        }

        foreach (MediaTypeHeaderValue wanted in accepted.Where(type => type.Quality is not 0).OrderByDescending(type => type.Quality ?? 1))
        {
            foreach ((AnswerFormat format, _, string mediaType, _) in All)
            {
                if (wanted.MatchesAllTypes || wanted.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase) || IsGroup(wanted, mediaType))
                {
                    return format;
                }
            }
        }

        throw new FormatException(
            $"None of the accepted media types can be answered. There are {string.Join(", ", All.Select(form => form.MediaType))}; or write format={All[0].Name}.");
    }

    /// <param name="json">What the answer is as JSON.</param>
    public static ApiAnswer Answer(Schema json, string description) => new(StatusCodes.Status200OK, description, [.. All.Select(form => (form.MediaType, form.Format switch
    {
        AnswerFormat.Json => json,
        AnswerFormat.NdJson => Schema.Text.About("A JSON object for each row, each on a line of its own."),
        AnswerFormat.Csv => Schema.Text.About("RFC 4180, with a line of column names."),
        _ => null,
    }))]);

    public static string ContentType(this AnswerFormat format) => All[(int)format].ContentType;

    /// <summary>The form as the engine itself writes it; null for JSON.</summary>
    public static ResultFormat? Engine(this AnswerFormat format) => format switch
    {
        AnswerFormat.NdJson => ResultFormat.JsonEachRow,
        AnswerFormat.Csv => ResultFormat.Csv,
        AnswerFormat.Arrow => ResultFormat.ArrowStream,
        AnswerFormat.Parquet => ResultFormat.Parquet,
        _ => null,
    };

    private static bool IsGroup(MediaTypeHeaderValue wanted, string mediaType) =>
        wanted.MatchesAllSubTypes && mediaType.StartsWith(wanted.Type + "/", StringComparison.OrdinalIgnoreCase);
}
