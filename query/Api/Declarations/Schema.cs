using System.Text.Json.Nodes;

namespace Observe.Query.Api.Declarations;

/// <summary>A JSON schema, as far as this interface needs it. It does not change: every method gives another one.</summary>
/// <remarks>https://json-schema.org/draft/2020-12, which OpenAPI 3.1 takes as it is.</remarks>
internal sealed class Schema
{
    private readonly JsonObject _json;

    private Schema(JsonObject json, IReadOnlyList<Schema> uses, string? name = null)
    {
        _json = json;
        Uses = uses;
        Name = name;
    }

    /// <summary>Where it stands in the document's components; null for one that is written where it is used.</summary>
    public string? Name { get; }

    /// <summary>The named schemas that this one refers to.</summary>
    public IReadOnlyList<Schema> Uses { get; }

    /// <summary>Any value.</summary>
    public static Schema Any { get; } = new([], []);

    public static Schema Text { get; } = OfType("string");

    /// <summary>A point in time as answers have it: RFC 3339 in UTC.</summary>
    public static Schema Time { get; } = OfType("string", ("format", "date-time"));

    /// <summary>A day in UTC.</summary>
    public static Schema Date { get; } = OfType("string", ("format", "date"));

    public static Schema Integer { get; } = OfType("integer");

    /// <summary>A number of things: not negative.</summary>
    public static Schema Count { get; } = OfType("integer", ("minimum", 0));

    public static Schema Number { get; } = OfType("number");

    public static Schema Flag { get; } = OfType("boolean");

    /// <summary>An object without members, for <see cref="With(string, Schema, string?)"/>.</summary>
    public static Schema Object { get; } = OfType("object");

    public static Schema OneOf(params IReadOnlyList<string> values) =>
        OfType("string", ("enum", new JsonArray([.. values.Select(value => (JsonNode)value)])));

    public static Schema List(Schema items) => new(new JsonObject { ["type"] = "array", ["items"] = items.ToJson() }, items.UsesOrSelf);

    /// <summary>An object whose members have any names.</summary>
    public static Schema Map(Schema values) => new(new JsonObject { ["type"] = "object", ["additionalProperties"] = values.ToJson() }, values.UsesOrSelf);

    /// <summary>What one of several schemas describes.</summary>
    public static Schema AnyOf(params IReadOnlyList<Schema> schemas) =>
        new(new JsonObject { ["anyOf"] = new JsonArray([.. schemas.Select(schema => schema.ToJson())]) }, [.. schemas.SelectMany(schema => schema.UsesOrSelf)]);

    /// <summary>An object with this member, which is always there.</summary>
    public Schema With(string name, Schema schema, string? description = null) => Member(name, schema, description, isRequired: true);

    /// <summary>An object with this member, which may be missing.</summary>
    public Schema WithOptional(string name, Schema schema, string? description = null) => Member(name, schema, description, isRequired: false);

    /// <summary>The same with a sentence of explanation.</summary>
    public Schema About(string? description) => description is null ? this : And("description", description);

    public Schema And(string keyword, JsonNode value)
    {
        JsonObject json = ToJson();
        json[keyword] = value;
        return new Schema(json, UsesOrSelf);
    }

    public Schema OrNull()
    {
        if (Name is not null)
        {
            return AnyOf(this, OfType("null"));
        }

        JsonObject json = ToJson();
        json["type"] = new JsonArray(json["type"]!.DeepClone(), "null");
        (json["enum"] as JsonArray)?.Add(null);
        return new Schema(json, Uses);
    }

    /// <summary>The same, to stand in the document's components once and be referred to.</summary>
    public Schema Named(string name) => new(Definition(), Uses, name);

    /// <summary>As it stands where it is used: a reference, when it has a name.</summary>
    public JsonObject ToJson() => Name is null ? Definition() : new JsonObject { ["$ref"] = $"#/components/schemas/{Name}" };

    /// <summary>What it says itself.</summary>
    public JsonObject Definition() => (JsonObject)_json.DeepClone();

    private IReadOnlyList<Schema> UsesOrSelf => Name is null ? Uses : [this];

    private static Schema OfType(string type, params (string Keyword, JsonNode Value)[] keywords)
    {
        var json = new JsonObject { ["type"] = type };
        foreach ((string keyword, JsonNode value) in keywords)
        {
            json[keyword] = value;
        }

        return new Schema(json, []);
    }

    private Schema Member(string name, Schema schema, string? description, bool isRequired)
    {
        JsonObject json = Definition();
        var properties = json["properties"] as JsonObject;
        if (properties is null)
        {
            json["properties"] = properties = [];
        }

        properties.Add(name, schema.About(description).ToJson());
        if (isRequired)
        {
            var required = json["required"] as JsonArray;
            if (required is null)
            {
                json["required"] = required = [];
            }

            required.Add(name);
        }

        return new Schema(json, [.. Uses, .. schema.UsesOrSelf]);
    }
}
