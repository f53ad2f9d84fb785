using Microsoft.AspNetCore.Http;
using Observe.Query.Language;

namespace Observe.Query.Api.Declarations;

/// <summary>A route, declared once: for routing, for reading its parameters, and for the OpenAPI document.</summary>
/// <param name="Path">As OpenAPI writes it, such as <c>/api/v1/traces/{traceId}</c>.</param>
/// <param name="Id">Names it in programs that are made from the document.</param>
/// <param name="Tag">The group that it belongs to.</param>
internal sealed record ApiRoute(string Path, string Id, string Tag, string Summary)
{
    public const string Form = "application/x-www-form-urlencoded";

    private const string Prefix = "/api/v1/";

    public IReadOnlyList<string> Methods { get; init; } = [HttpMethods.Get];

    public string? Description { get; init; }

    /// <summary>For routing, where a path parameter may hold slashes; null where it is <see cref="Path"/>.</summary>
    public string? Pattern { get; init; }

    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    public required IReadOnlyList<ApiAnswer> Answers { get; init; }

    public IReadOnlyList<ProblemKind> Problems { get; init; } = [];

    /// <summary>Errors of an interface that has another form for them than problem documents.</summary>
    public IReadOnlyList<ApiAnswer> Errors { get; init; } = [];

    /// <summary>The media types in which a POST's body may have the parameters.</summary>
    public IReadOnlyList<string> BodyForms { get; init; } = [ApiAnswer.Json, Form];

    /// <summary>
    /// Whether a parameter that is not declared is an error. Not for probes and scrapers, whose settings are often not their reader's own: an
    /// addition to their address must not take a process out of service.
    /// </summary>
    public bool IsStrict { get; init; } = true;

    /// <summary>The path without what all have in common, such as <c>fields/{name}/values</c>.</summary>
    public string ShortPath => Path.StartsWith(Prefix, StringComparison.Ordinal) ? Path[Prefix.Length..] : Path;

    /// <exception cref="FormatException">There is no such parameter, or it was given more than once.</exception>
    public void Check(string name, int count)
    {
        string[] names = [.. Parameters.Where(parameter => parameter.Place == ParameterPlace.Query).Select(parameter => parameter.Name)];
        if (!names.Contains(name, StringComparer.Ordinal))
        {
            string guess = NearestName.Find(name, names, 1) is [string nearest] ? $"; did you mean \"{nearest}\"?" : ".";
            string known = names.Length == 0 ? "This route takes none." : $"Parameters: {string.Join(", ", names)}.";
            throw new FormatException($"There is no parameter \"{Excerpt.Of(name)}\" here{guess} {known}");
        }

        if (count > 1)
        {
            throw new FormatException($"{name} is given {count} times; it takes one value.");
        }
    }
}
