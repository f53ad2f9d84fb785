namespace Observe.Query.Api;

/// <summary>The groups in which the OpenAPI document shows the routes.</summary>
internal static class ApiTags
{
    public const string Search = "Search";
    public const string Traces = "Traces and correlation";
    public const string Fields = "Fields";
    public const string Services = "Services";
    public const string Metrics = "Metrics";
    public const string Operation = "Operation";
}
