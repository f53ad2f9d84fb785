namespace Observe.Query.Api.Declarations;

/// <summary>An answer that a route gives: its status and its forms.</summary>
/// <param name="Contents">The media types from which a client chooses; none for an answer without a body. A schema is null for bytes.</param>
internal sealed record ApiAnswer(int Status, string Description, params IReadOnlyList<(string MediaType, Schema? Schema)> Contents)
{
    public const string Json = "application/json";

    public static ApiAnswer Of(Schema schema, string description) => new(200, description, (Json, schema));
}
