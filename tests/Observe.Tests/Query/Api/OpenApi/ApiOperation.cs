using System.Text.Json;

namespace Observe.Tests.Query.Api.OpenApi;

/// <summary>A method of a path in the document.</summary>
internal sealed record ApiOperation(string Path, string Method, JsonElement Json)
{
    public string Id => Json.GetProperty("operationId").GetString()!;

    public IReadOnlyList<JsonElement> Parameters => Json.TryGetProperty("parameters", out JsonElement parameters) ? [.. parameters.EnumerateArray()] : [];

    /// <summary>Whether a parameter that is not declared is an error: where 400 is one of the answers, as a problem document.</summary>
    public bool IsStrict => Json.GetProperty("responses").TryGetProperty("400", out JsonElement answer)
        && answer.GetProperty("content").TryGetProperty("application/problem+json", out _);

    public IEnumerable<string> QueryParameters => Parameters.Where(parameter => Is(parameter, "query")).Select(NameOf);

    /// <summary>The path with the examples of its parameters, and the query parameters without which there is no answer.</summary>
    public string Example => Parameters
        .Where(parameter => Is(parameter, "path"))
        .Aggregate(Path, (path, parameter) => path.Replace($"{{{NameOf(parameter)}}}", Uri.EscapeDataString(ExampleOf(parameter)), StringComparison.Ordinal))
        + "?" + string.Concat(Required.Select(parameter => $"{NameOf(parameter)}={Uri.EscapeDataString(ExampleOf(parameter))}&"));

    public string ExampleOf(string parameter) => ExampleOf(Parameters.Single(each => Is(each, "query") && NameOf(each) == parameter));

    public bool IsRequired(string parameter) => Required.Any(each => NameOf(each) == parameter);

    // A POST says in its body what it must have, and takes it in the query string too.
    private IEnumerable<JsonElement> Required => Parameters.Where(parameter =>
        Is(parameter, "query") && (parameter.GetProperty("required").GetBoolean() || (Method == "POST" && BodyRequires(NameOf(parameter)))));

    private static bool Is(JsonElement parameter, string place) => parameter.GetProperty("in").GetString() == place;

    private static string NameOf(JsonElement parameter) => parameter.GetProperty("name").GetString()!;

    private static string ExampleOf(JsonElement parameter) => parameter.GetProperty("example") is { ValueKind: JsonValueKind.Array } items
        ? string.Join(',', items.EnumerateArray())
        : parameter.GetProperty("example") is { ValueKind: JsonValueKind.True or JsonValueKind.False } flag ? flag.GetRawText() : parameter.GetProperty("example").ToString();

    private bool BodyRequires(string name) =>
        Json.GetProperty("requestBody").GetProperty("content").GetProperty("application/x-www-form-urlencoded").GetProperty("schema").TryGetProperty("required", out JsonElement names)
        && names.EnumerateArray().Any(each => each.GetString() == name);
}
