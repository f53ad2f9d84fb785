using System.Globalization;
using System.Text.Json;

namespace Observe.Tests.Query.Api.OpenApi;

/// <summary>Checks a value against a schema of an OpenAPI document, in the part of JSON Schema that the document uses; any other keyword is an error.</summary>
/// <remarks>
/// Stricter than JSON Schema in one thing: a member that an object's schema does not name is an error, so that an answer has nothing that the document
/// does not tell.
/// </remarks>
internal sealed class JsonSchemaCheck(JsonElement document)
{
    public IReadOnlyList<string> Errors(JsonElement schema, JsonElement value)
    {
        var errors = new List<string>();
        Check(schema, value, "$", errors);
        return errors;
    }

    /// <summary>What a JSON pointer such as <c>#/components/schemas/Log</c> leads to.</summary>
    public JsonElement Resolve(string reference)
    {
        JsonElement found = document;
        foreach (string part in reference.Split('/').Skip(1))
        {
            found = found.GetProperty(part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
        }

        return found;
    }

    private void Check(JsonElement schema, JsonElement value, string place, List<string> errors)
    {
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            switch (keyword.Name)
            {
                case "$ref":
                    Check(Resolve(keyword.Value.GetString()!), value, place, errors);
                    break;
                case "anyOf":
                    CheckAnyOf(keyword.Value, value, place, errors);
                    break;
                case "type":
                    CheckType(keyword.Value, value, place, errors);
                    break;
                case "enum":
                    Expect(keyword.Value.EnumerateArray().Any(each => JsonElement.DeepEquals(each, value)), $"{place} is {value}, which is not in the enum", errors);
                    break;
                case "minimum":
                    Expect(value.ValueKind != JsonValueKind.Number || value.GetDouble() >= keyword.Value.GetDouble(), $"{place} is {value}", errors);
                    break;
                case "maximum":
                    Expect(value.ValueKind != JsonValueKind.Number || value.GetDouble() <= keyword.Value.GetDouble(), $"{place} is {value}", errors);
                    break;
                case "format":
                    Expect(value.ValueKind != JsonValueKind.String || IsOfFormat(keyword.Value.GetString()!, value.GetString()!), $"{place} is \"{value}\"", errors);
                    break;
                case "items":
                    CheckItems(keyword.Value, value, place, errors);
                    break;
                case "properties" or "required" or "additionalProperties":
                    break; // together, below
                case "description" or "default":
                    break; // they say nothing of the value
                default:
                    throw new NotSupportedException($"{keyword.Name} is not checked here.");
            }
        }

        if (value.ValueKind == JsonValueKind.Object && (schema.TryGetProperty("properties", out _) || schema.TryGetProperty("additionalProperties", out _)))
        {
            CheckMembers(schema, value, place, errors);
        }
    }

    private void CheckAnyOf(JsonElement schemas, JsonElement value, string place, List<string> errors)
    {
        List<string> failures = [];
        foreach (JsonElement schema in schemas.EnumerateArray())
        {
            IReadOnlyList<string> found = Errors(schema, value);
            if (found.Count == 0)
            {
                return;
            }

            failures.Add(found[0]);
        }

        errors.Add($"{place} is none of those: {string.Join("; ", failures)}");
    }

    private void CheckItems(JsonElement items, JsonElement value, string place, List<string> errors)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        int i = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            Check(items, item, $"{place}[{i++}]", errors);
        }
    }

    private void CheckMembers(JsonElement schema, JsonElement value, string place, List<string> errors)
    {
        if (schema.TryGetProperty("required", out JsonElement required))
        {
            foreach (string name in required.EnumerateArray().Select(each => each.GetString()!))
            {
                Expect(value.TryGetProperty(name, out _), $"{place} has no {name}", errors);
            }
        }

        foreach (JsonProperty member in value.EnumerateObject())
        {
            string at = $"{place}.{member.Name}";
            if (schema.TryGetProperty("properties", out JsonElement properties) && properties.TryGetProperty(member.Name, out JsonElement declared))
            {
                Check(declared, member.Value, at, errors);
            }
            else if (schema.TryGetProperty("additionalProperties", out JsonElement others) && others.ValueKind == JsonValueKind.Object)
            {
                Check(others, member.Value, at, errors);
            }
            else
            {
                errors.Add($"{at} is not declared");
            }
        }
    }

    private static void CheckType(JsonElement type, JsonElement value, string place, List<string> errors)
    {
        IEnumerable<string> types = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(each => each.GetString()!) : [type.GetString()!];
        Expect(types.Any(each => IsOfType(each, value)), $"{place} is a {value.ValueKind}, not {type}", errors);
    }

    private static bool IsOfType(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && (value.TryGetInt64(out _) || value.TryGetUInt64(out _)),
        "number" => value.ValueKind == JsonValueKind.Number,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => throw new NotSupportedException($"{type} is no type."),
    };

    private static bool IsOfFormat(string format, string text) => format switch
    {
        "date" => DateOnly.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => text.EndsWith('Z') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _) && text[10] == 'T',
        _ => throw new NotSupportedException($"The format {format} is not checked here."),
    };

    private static void Expect(bool isMet, string error, List<string> errors)
    {
        if (!isMet)
        {
            errors.Add(error);
        }
    }
}
