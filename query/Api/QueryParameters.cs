using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Observe.Query.Api.Declarations;
using Observe.Query.Time;

namespace Observe.Query.Api;

/// <summary>The parameters of a request: from the query string, and from a form or a JSON object, which overrule it.</summary>
internal sealed class QueryParameters
{
    /// <summary>More than the longest SQL that is taken, with every character escaped.</summary>
    private const long MaxBodyBytes = 1 << 20;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly ApiRoute _route;

    private QueryParameters(ApiRoute route) => _route = route;

    /// <summary>The query in the search language, for errors that say where in it they are; empty where there is none.</summary>
    public string Query => _values.GetValueOrDefault(CommonParameters.Query.Name) ?? "";

    /// <exception cref="FormatException">The body is neither a form nor a JSON object, is not whole, or has a parameter that the route does not take.</exception>
    public static async Task<QueryParameters> ReadAsync(HttpRequest request, ApiRoute route, CancellationToken cancellationToken)
    {
        var parameters = new QueryParameters(route);
        foreach ((string name, StringValues value) in request.Query)
        {
            parameters.Set(name, value);
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            return parameters;
        }

        if (request.ContentLength > MaxBodyBytes)
        {
            throw TooLarge();
        }

        // A body whose length is not said is cut off by the server.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBodyBytes;
        }

        try
        {
            await parameters.ReadBodyAsync(request, cancellationToken);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge();
        }
        catch (IOException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FormatException($"The request's body is not whole: {e.Message}", e);
        }

        return parameters;
    }

    /// <summary>The value of a parameter that the route declares and that the query string or the body may have.</summary>
    /// <exception cref="FormatException">It is not one that the parameter takes.</exception>
    public T Get<T>(Parameter<T> parameter) => parameter.Read(TextOf(parameter));

    /// <exception cref="FormatException">from or to is not a time.</exception>
    public TimeRange Range(TimeProvider time) => TimeRangeExpression.Parse(Get(CommonParameters.From), Get(CommonParameters.To), time);

    /// <summary>A count whose default and limit depend on the other parameters.</summary>
    /// <exception cref="FormatException">It is not a number from 1 to <paramref name="max"/>.</exception>
    public int Count(Parameter<int?> parameter, int defaultValue, int max) =>
        ParameterKinds.ReadCount(parameter.Name, TextOf(parameter), max) ?? defaultValue;

    /// <summary>Reading what is not declared is a defect: it would never come here, and the document would not know it.</summary>
    private string? TextOf(Parameter parameter) => _route.Parameters.Contains(parameter)
        ? _values.GetValueOrDefault(parameter.Name)
        : throw new InvalidOperationException($"{_route.Path} does not declare its parameter {parameter.Name}.");

    private static FormatException TooLarge() => new($"The request's body has more than {MaxBodyBytes} bytes, which is all that is taken.");

    private void Set(string name, StringValues values)
    {
        _route.Check(name, values.Count);
        _values[name] = values.ToString();
    }

    private async Task ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HasFormContentType)
        {
            IFormCollection form = await ReadFormAsync(request, cancellationToken);
            if (form.Keys.FirstOrDefault()?.TrimStart().StartsWith('{') == true)
            {
                throw new FormatException("The request's body is JSON, but was sent as a form, which is what curl -d does by itself: add the header Content-Type: application/json.");
            }

            foreach ((string name, StringValues value) in form)
            {
                Set(name, value);
            }
        }
        else if (request.ContentLength != 0)
        {
            await ReadJsonAsync(request, cancellationToken);
        }
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.ReadFormAsync(cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException)
        {
            throw new FormatException($"The request's body is not a form: {e.Message}", e);
        }
    }

    private async Task ReadJsonAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using JsonDocument body = await JsonDocument.ParseAsync(request.Body, default, cancellationToken);
            if (body.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("The request's body is not a JSON object such as {\"q\": \"timeout\"}.");
            }

            foreach (IGrouping<string, JsonProperty> property in body.RootElement.EnumerateObject().GroupBy(property => property.Name))
            {
                _route.Check(property.Key, property.Count());
                ReadJson(property.Key, property.First().Value);
            }
        }
        catch (JsonException e)
        {
            throw new FormatException($"The request's body is not JSON: {e.Message} Send a JSON object, or a form with its content type.", e);
        }
        catch (InvalidOperationException e)
        {
            // The syntax is right: names and texts are decoded only when they are asked for.
            throw new FormatException("A name or a text in the request's body is not Unicode: it has half of a surrogate pair, or bytes that are not UTF-8.", e);
        }
    }

    private void ReadJson(string name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
        {
            _values[name] = value.ToString();
        }
        else if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            _values[name] = value.GetBoolean() ? "true" : "false";
        }
        else if (value.ValueKind != JsonValueKind.Null)
        {
            throw new FormatException($"{name} in the request's body is a string, a number, true or false.");
        }
    }
}
