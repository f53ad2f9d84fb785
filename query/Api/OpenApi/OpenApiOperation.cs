using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Observe.Query.Api.Declarations;
using Observe.Query.Api.Schemas;

namespace Observe.Query.Api.OpenApi;

/// <summary>One method of a path.</summary>
internal static class OpenApiOperation
{
    public static JsonObject Of(ApiRoute route, string method)
    {
        bool isPost = HttpMethods.IsPost(method);
        var operation = new JsonObject
        {
            ["operationId"] = isPost && route.Methods.Count > 1 ? route.Id + "ByPost" : route.Id,
            ["tags"] = new JsonArray(route.Tag),
            ["summary"] = route.Summary,
        };
        if (route.Description is { } description)
        {
            operation["description"] = description;
        }

        if (route.Parameters.Count > 0)
        {
            operation["parameters"] = new JsonArray([.. route.Parameters.Select(parameter => Parameter(parameter, isPost))]);
        }

        if (isPost)
        {
            operation["requestBody"] = Body(route);
        }

        operation["responses"] = Responses(route);
        return operation;
    }

    private static JsonObject Parameter(Parameter parameter, bool isPost)
    {
        bool isList = parameter.Schema.Definition()["type"]?.GetValue<string>() == "array";
        var json = new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = parameter.Place.ToString().ToLowerInvariant(),
            ["description"] = parameter.Description,

            // What a POST must have may stand in its body, which says so.
            ["required"] = parameter.IsRequired && !(isPost && parameter.Place == ParameterPlace.Query),
            ["schema"] = parameter.Schema.ToJson(),
            ["example"] = Example(parameter),
        };
        if (isList)
        {
            json["style"] = "form";
            json["explode"] = false;
        }

        return json;
    }

    private static JsonNode Example(Parameter parameter) => parameter.Schema.Definition()["type"]?.GetValue<string>() switch
    {
        "integer" => long.Parse(parameter.Example, CultureInfo.InvariantCulture),
        "boolean" => bool.Parse(parameter.Example),
        "array" => new JsonArray([.. parameter.Example.Split(',').Select(item => (JsonNode)item)]),
        _ => parameter.Example,
    };

    private static JsonObject Body(ApiRoute route)
    {
        Parameter[] members = [.. route.Parameters.Where(parameter => parameter.Place == ParameterPlace.Query)];
        Schema schema = members.Aggregate(Schema.Object, (body, member) => member.IsRequired
            ? body.With(member.Name, member.Schema, member.Description)
            : body.WithOptional(member.Name, member.Schema, member.Description));
        Schema content = schema.And("additionalProperties", false);
        return new JsonObject
        {
            ["required"] = members.Any(member => member.IsRequired),
            ["content"] = new JsonObject(route.BodyForms.Select(form => KeyValuePair.Create(form, (JsonNode?)new JsonObject { ["schema"] = content.ToJson() }))),
        };
    }

    private static JsonObject Responses(ApiRoute route)
    {
        var responses = new JsonObject();
        foreach (ApiAnswer answer in route.Answers.Concat(route.Errors))
        {
            var response = new JsonObject { ["description"] = answer.Description };
            if (answer.Contents.Count > 0)
            {
                response["content"] = new JsonObject(answer.Contents.Select(content => KeyValuePair.Create(
                    content.MediaType,
                    (JsonNode?)(content.Schema is { } schema ? new JsonObject { ["schema"] = schema.ToJson() } : new JsonObject()))));
            }

            responses[Status(answer.Status)] = response;
        }

        IEnumerable<ProblemKind> problems = route.IsStrict ? route.Problems.Append(ProblemKind.Parameter).Distinct() : route.Problems;
        foreach (IGrouping<int, ProblemKind> kinds in problems.GroupBy(kind => kind.Status).OrderBy(kinds => kinds.Key))
        {
            var response = new JsonObject
            {
                ["description"] = string.Join(" ", kinds.Select(kind => $"{kind.Title} (`{kind.Type}`).")),
                ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = AnswerSchemas.Problem.ToJson() } },
            };
            if (kinds.Any(kind => kind.HasRetryAfter))
            {
                response["headers"] = new JsonObject
                {
                    ["Retry-After"] = new JsonObject { ["description"] = "In how many seconds to come again, when it is busy.", ["schema"] = Schema.Count.ToJson() },
                };
            }

            responses[Status(kinds.Key)] = response;
        }

        return responses;
    }

    private static string Status(int status) => status.ToString(CultureInfo.InvariantCulture);
}
