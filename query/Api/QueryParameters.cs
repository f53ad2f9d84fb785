using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Observe.Query.Time;

namespace Observe.Query.Api;

/// <summary>The parameters of a request: from the query string, and from a form or a JSON object, which overrule it.</summary>
internal sealed class QueryParameters
{
    /// <summary>More than the longest SQL that is taken, with every character escaped.</summary>
    private const long MaxBodyBytes = 1 << 20;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <exception cref="FormatException">The body is neither a form nor a JSON object.</exception>
    public static async Task<QueryParameters> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var parameters = new QueryParameters();
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues value) in request.Query)
        {
            parameters._values[name] = value.ToString();
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            return parameters;
        }

        if (request.ContentLength > MaxBodyBytes)
        {
            throw new FormatException($"The request's body has {request.ContentLength} bytes; {MaxBodyBytes} are allowed.");
        }

        // A body whose length is not said is cut off by the server, with status 413.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBodyBytes;
        }

        if (request.HasFormContentType)
        {
            foreach ((string name, Microsoft.Extensions.Primitives.StringValues value) in await request.ReadFormAsync(cancellationToken))
            {
                parameters._values[name] = value.ToString();
            }
        }
        else if (request.ContentLength != 0)
        {
            await parameters.ReadJsonAsync(request, cancellationToken);
        }

        return parameters;
    }

    /// <exception cref="FormatException">from or to is not a time.</exception>
    public TimeRange Range(TimeProvider time) => TimeRangeExpression.Parse(this["from"], this["to"], time);

    /// <exception cref="FormatException">The parameter is not a number from 1 to <paramref name="max"/>.</exception>
    public int Count(string name, int defaultValue, int max)
    {
        if (this[name] is not { Length: > 0 } text)
        {
            return defaultValue;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= 1 && count <= max
            ? count
            : throw new FormatException($"{name} is a number from 1 to {max}; not \"{text}\".");
    }

    /// <exception cref="FormatException">The parameter is neither true nor false.</exception>
    public bool Flag(string name) => this[name] switch
    {
        null or "" or "false" => false,
        "true" => true,
        { } other => throw new FormatException($"{name} is true or false; not \"{other}\"."),
    };

    private async Task ReadJsonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using JsonDocument body = await JsonDocument.ParseAsync(request.Body, default, cancellationToken);
            if (body.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("The request's body is not a JSON object such as {\"q\": \"timeout\"}.");
            }

            foreach (JsonProperty property in body.RootElement.EnumerateObject())
            {
                if (property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                {
                    _values[property.Name] = property.Value.ToString();
                }
                else if (property.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                {
                    _values[property.Name] = property.Value.GetBoolean() ? "true" : "false";
                }
                else if (property.Value.ValueKind != JsonValueKind.Null)
                {
                    throw new FormatException($"{property.Name} in the request's body is a string, a number, true or false.");
                }
            }
        }
        catch (JsonException e)
        {
            throw new FormatException($"The request's body is not JSON: {e.Message} Send a JSON object, or a form with its content type.", e);
        }
    }
}
